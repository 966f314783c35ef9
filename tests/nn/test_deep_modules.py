"""Modules within modules, many levels deep, and shared by many: looking through them is linear."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minitorch_autograd import tensor
from minitorch_nn import BatchNorm1d, Linear, Module, Sequential

DEPTH = 3_000


class Around(Module):
    """A module in another."""

    def __init__(self, inner: Module) -> None:
        super().__init__()
        self.inner = inner


class Pair(Module):
    """Two modules, each of which has the same third."""

    def __init__(self, inner: Module) -> None:
        super().__init__()
        self.left = Around(inner)
        self.right = Around(inner)


# Each looks at every module, and returns how many it has found.
LOOKS: dict[str, Callable[[Module], int]] = {
    "modules": lambda m: len(list(m.modules())),
    "named_modules": lambda m: len(list(m.named_modules())),
    "named_modules, all": lambda m: len(list(m.named_modules(remove_duplicate=False))),
    "parameters": lambda m: len(list(m.parameters())),
    "named_parameters": lambda m: len(list(m.named_parameters())),
    "buffers": lambda m: len(list(m.buffers())),
    "children": lambda m: len(list(m.children())),
    "train": lambda m: len(list(m.train().modules())),
    "double": lambda m: len(list(m.double().parameters())),
    "requires_grad_": lambda m: len(list(m.requires_grad_(False).parameters())),
}
FOUND = {"parameters": 4, "named_parameters": 4, "buffers": 3, "children": 1, "double": 4}
FOUND["requires_grad_"] = 4


@pytest.mark.parametrize("look", LOOKS)
def test_a_deep_chain(look: str) -> None:
    model: Module = Sequential(Linear(2, 2), BatchNorm1d(2))
    for _ in range(DEPTH):
        model = Around(model)
    assert LOOKS[look](model) == FOUND.get(look, DEPTH + 3)


def test_paths_of_a_deep_chain_and_loading() -> None:
    model: Module = Linear(1, 1, bias=False)
    for _ in range(DEPTH):
        model = Around(model)
    key = "inner." * DEPTH + "weight"
    assert [name for name, _ in model.named_parameters()] == [key]
    model.load_state_dict({key: tensor([[5.0]])})
    assert [p.tolist() for p in model.parameters()] == [[[5.0]]]


def test_what_many_share_is_looked_at_once() -> None:
    model: Module = Linear(1, 1)
    for _ in range(60):  # 2^60 paths lead to it
        model = Pair(model)
    assert [name for name, _ in model.named_parameters()] == [
        "left.inner." * 60 + "weight",
        "left.inner." * 60 + "bias",
    ]
    assert len(list(model.modules())) == 60 * 3 + 1
