"""Results that are copies also where a view could show them, and results that are the input."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minitorch_autograd import Tensor, chain_matmul, ones, tensor
from minitorch_nn import functional as F
from minitorch_nn.utils.rnn import unpad_sequence

COPIES: dict[str, Callable[[Tensor], Tensor]] = {
    "pixel_shuffle(x, 1)": lambda x: F.pixel_shuffle(x, 1),
    "pixel_shuffle of one pixel": lambda x: F.pixel_shuffle(x[:, :, :1, :1], 2),
    "pixel_unshuffle(x, 1)": lambda x: F.pixel_unshuffle(x, 1),
    "pixel_unshuffle to one pixel": lambda x: F.pixel_unshuffle(x[..., :2], 2),
    "channel_shuffle(x, 1)": lambda x: F.channel_shuffle(x, 1),
    "channel_shuffle(x, C)": lambda x: F.channel_shuffle(x, 4),
    "unfold by blocks of one": lambda x: F.unfold(x, 1),
    "unfold of one block": lambda x: F.unfold(x, (2, 3)),
    "unfold by rows": lambda x: F.unfold(x[:, :1], (1, 3), stride=3),
    "unpad_sequence of full length": lambda x: unpad_sequence(x, tensor([4]), batch_first=True)[0],
    "pad by nothing, constant": lambda x: F.pad(x, (0, 0, 0, 0)),
    "pad by nothing, reflect": lambda x: F.pad(x, (0, 0, 0, 0), "reflect"),
    "pad by nothing, replicate": lambda x: F.pad(x, (0, 0, 0, 0), "replicate"),
    "pad by nothing, circular": lambda x: F.pad(x, (0, 0, 0, 0), "circular"),
    "chain_matmul of one": lambda x: chain_matmul(x[0, 0]),
}
ITSELF: dict[str, Callable[[Tensor], Tensor]] = {
    "dropout(p=0)": lambda x: F.dropout(x, 0.0),
    "dropout in evaluation": lambda x: F.dropout(x, training=False),
    "dropout2d in evaluation": lambda x: F.dropout2d(x, training=False),
    "alpha_dropout(p=0)": lambda x: F.alpha_dropout(x, 0.0, training=True),
}
EMPTY: dict[str, Callable[[Tensor], Tensor]] = {
    "dropout": F.dropout,
    "dropout2d": F.dropout2d,
    "alpha_dropout": lambda x: F.alpha_dropout(x, training=True),
}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy(name: str) -> None:
    x = ones(1, 4, 2, 3)
    y = COPIES[name](x)
    y += 1
    assert x.tolist() == ones(1, 4, 2, 3).tolist()


@pytest.mark.parametrize("name", ITSELF)
def test_the_input_itself(name: str) -> None:
    x = ones(1, 4, 2, 3)
    assert ITSELF[name](x) is x


@pytest.mark.parametrize("name", EMPTY)
def test_nothing_to_drop(name: str) -> None:
    x = ones(0, 4, 2, 3)
    assert EMPTY[name](x) is x
