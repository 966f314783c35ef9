"""Arguments have the order and the defaults of torch's."""

from __future__ import annotations

from typing import Any

import pytest
from tests.parity.signatures import NONE, arguments, pairs

# What the documentation of torch does not say, or says in another way.
OTHERWISE: dict[tuple[str, str], object] = {
    **{(name, "dim"): () for name in ("amax", "amin", "Tensor.amax", "Tensor.amin")},
    **{(name, "dim"): -1 for name in ("kthvalue", "topk", "Tensor.kthvalue", "Tensor.topk")},
    ("Tensor.mode", "dim"): -1,
    ("asarray", "requires_grad"): False,
    ("load", "weights_only"): True,
    ("utils.data.random_split", "generator"): None,
    # `unbiased` may come in its place.
    **{(f"{of}{name}", "correction"): None for of in ("", "Tensor.") for name in ("std", "var")},
    **{(name, "correction"): None for name in ("std_mean", "var_mean")},
    # These are made by others.
    ("nn.RNNCellBase", "device"): NONE,
    ("nn.RNNCellBase", "dtype"): NONE,
    ("nn.utils.rnn.PackedSequence", "batch_sizes"): NONE,
}
BY_NAME = {"correction", "keepdim"}  # where there are both

PAIRS = list(pairs())


def same(one: object, other: object) -> bool:
    if callable(one) and callable(other):
        return getattr(one, "__name__", one) == getattr(other, "__name__", other)
    return one == other and isinstance(one, bool) == isinstance(other, bool)


@pytest.mark.parametrize(("name", "ours", "theirs"), PAIRS, ids=[name for name, _, _ in PAIRS])
def test_arguments(name: str, ours: Any, theirs: Any) -> None:
    here, there = arguments(ours), arguments(theirs)
    common = [argument for argument in here if argument in there]
    for argument in common:
        meant = OTHERWISE.get((name, argument), there[argument])
        # What must be given there has a default here where one of several forms leaves it out.
        needed = there[argument] is NONE and here[argument] is not NONE
        assert needed or same(here[argument], meant), f"{name}: {argument}={here[argument]!r}"
    if not set(common) >= BY_NAME:
        assert common == [argument for argument in there if argument in here]


def test_most_is_compared() -> None:
    count = sum(len(arguments(a).keys() & arguments(b).keys()) for _, a, b in PAIRS)
    assert count > 2500
