"""Where recurrent networks begin and end: by themselves, packed, in layers, and backwards."""

from __future__ import annotations

from itertools import product
from typing import Any, TypeAlias

import pytest

import minitorch as torch
from minitorch import nn
from minitorch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

State: TypeAlias = "torch.Tensor | tuple[torch.Tensor, ...]"

KINDS = ["RNN", "GRU", "LSTM", "LSTM projected"]
LENGTHS = [[3, 2, 1], [1, 3, 2], [2, 1, 3], [3, 3, 3]]
each_network = pytest.mark.parametrize(
    ("kind", "layers", "ways"), list(product(KINDS, [1, 2], [1, 2])), ids=str
)


def make(kind: str, layers: int, ways: int) -> Any:
    torch.manual_seed(0)
    name, _, projected = kind.partition(" ")
    options = {"proj_size": 2} if projected else {}
    return getattr(nn, name)(2, 3, layers, bidirectional=ways == 2, **options).double()


def states(network: Any, batch: int) -> tuple[torch.Tensor, ...]:
    """Return the state of each layer and way, and of each sequence another."""
    number = network.num_layers * (2 if network.bidirectional else 1)
    sizes = [network.proj_size or network.hidden_size]
    if isinstance(network, nn.LSTM):
        sizes.append(network.hidden_size)
    return tuple(
        torch.randn(number, batch, n, dtype=torch.float64, requires_grad=True) for n in sizes
    )


def whole(state: tuple[torch.Tensor, ...]) -> State:
    return state if len(state) == 2 else state[0]


def parts(state: State) -> tuple[torch.Tensor, ...]:
    return state if isinstance(state, tuple) else (state,)


def assert_close(xs: tuple[torch.Tensor, ...], ys: tuple[torch.Tensor, ...]) -> None:
    for x, y in zip(xs, ys, strict=True):
        assert x.shape == y.shape
        assert torch.allclose(x, y)


@each_network
@pytest.mark.parametrize("lengths", LENGTHS, ids=str)
def test_packed_sequences_are_as_each_alone(
    kind: str, layers: int, ways: int, lengths: list[int]
) -> None:
    """With its own initial state: values, last states, and the gradients of both."""
    network = make(kind, layers, ways)
    x = torch.randn(3, len(lengths), 2, dtype=torch.float64, requires_grad=True)
    given = states(network, len(lengths))
    packed = pack_padded_sequence(x, lengths, enforce_sorted=False)
    output, last = network(packed, whole(given))
    padded, _ = pad_packed_sequence(output)
    total = (padded**2).sum() + sum((one**3).sum() for one in parts(last))
    found = torch.autograd.grad(total, [x, *given])

    sums = torch.zeros((), dtype=torch.float64)
    for i, length in enumerate(lengths):
        y, end = network(x[:length, i], whole(tuple(one[:, i] for one in given)))
        assert_close((padded[:length, i],), (y,))
        assert_close(tuple(one[:, i] for one in parts(last)), parts(end))
        sums = sums + (y**2).sum() + sum((one**3).sum() for one in parts(end))
    assert_close(found, torch.autograd.grad(sums, [x, *given]))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("packed", [False, True])
def test_the_way_back_is_the_way_there_of_the_reverse(kind: str, packed: bool) -> None:
    both, one = make(kind, 1, 2), make(kind, 1, 1)
    for name, parameter in one.named_parameters():
        parameter.data.copy_(getattr(both, f"{name}_reverse"))
    x = torch.randn(3, 2, 2, dtype=torch.float64)
    lengths = [2, 3] if packed else [3, 3]
    given = states(both, 2)
    if packed:
        output, last = both(pack_padded_sequence(x, lengths, enforce_sorted=False), whole(given))
        y, _ = pad_packed_sequence(output)
    else:
        y, last = both(x, whole(given))
    width = both.proj_size or both.hidden_size
    for i, n in enumerate(lengths):
        alone, end = one(x[:n, i].flip(0), whole(tuple(state[1:, i] for state in given)))
        assert_close((y[:n, i, width:].flip(0),), (alone,))
        assert_close(tuple(state[1:, i] for state in parts(last)), parts(end))


@each_network
def test_no_state_is_a_state_of_zeros(kind: str, layers: int, ways: int) -> None:
    network = make(kind, layers, ways)
    x = torch.randn(3, 2, 2, dtype=torch.float64)
    zeros = tuple(one.detach() * 0 for one in states(network, 2))
    y, last = network(x)
    z, end = network(x, whole(zeros))
    assert_close((y, *parts(last)), (z, *parts(end)))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("layers", [1, 2])
def test_a_sequence_goes_on_where_it_ended(kind: str, layers: int) -> None:
    network = make(kind, layers, 1)
    x = torch.randn(5, 2, 2, dtype=torch.float64)
    y, last = network(x)
    first, between = network(x[:2])
    second, end = network(x[2:], between)
    assert_close((y, *parts(last)), (torch.cat([first, second]), *parts(end)))
