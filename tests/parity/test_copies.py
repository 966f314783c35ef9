"""What copies, pickles and new values of tensors and modules have of gradients and attributes."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
import torch

import minitorch


def leaf(t: Any) -> Any:
    x = t.ones(2, requires_grad=True)
    (x * 2).sum().backward()
    x.tag = ["leaf"]
    x.grad.tag = "gradient"
    return x


def parameter(t: Any) -> Any:
    x = t.nn.Parameter(t.ones(2))
    (x * 2).sum().backward()
    x.tag = ["parameter"]
    return x


def module(t: Any) -> Any:
    model = t.nn.Sequential(t.nn.Linear(2, 1), t.nn.BatchNorm1d(1))
    model(t.tensor([[1.0, 2.0], [3.0, 5.0]])).sum().backward()
    model[0].weight.tag = "weight"
    model[1].running_mean.tag = "mean"
    return model


def again(x: Any) -> Any:
    return pickle.loads(pickle.dumps(x))


def told(x: Any) -> tuple[Any, ...]:
    """Return the class, the gradient and its attributes, and the attributes."""
    grad = x.grad
    kept = None if grad is None else (grad.tolist(), vars(grad))
    return type(x).__name__, x.requires_grad, kept, vars(x)


def told_of_all(model: Any) -> list[tuple[Any, ...]]:
    tensors = [*model.parameters(), *model.buffers()]
    return [(type(x).__name__, x.grad is None, vars(x)) for x in tensors]


def shared(t: Any) -> bool:
    x = leaf(t)
    twin, gradient = copy.deepcopy([x, x.grad])
    return twin.grad is gradient


def overridden(t: Any) -> Any:
    x = t.ones(1)
    x.sum = 3
    return x.sum


def deleted(t: Any) -> bool:
    x = leaf(t)
    del x.tag
    return hasattr(x, "tag")


def results(t: Any) -> list[bool]:
    x = t.ones(1)
    x.tag = 2
    return [hasattr(one, "tag") for one in (x.detach(), x.clone(), x + 1, x.data, x.add_(1), x[0])]


CALLS: dict[str, Callable[[Any], Any]] = {
    f"{how.__name__} of a {make.__name__}": lambda t, how=how, make=make: (
        told_of_all(how(make(t))) if make is module else told(how(make(t)))
    )
    for how in (copy.copy, copy.deepcopy, again)
    for make in (leaf, parameter, module)
} | {
    "the gradient is copied once": shared,
    "a copy has the attribute itself": lambda t: (lambda x: copy.copy(x).tag is x.tag)(leaf(t)),
    "a deep copy has a copy": lambda t: (lambda x: copy.deepcopy(x).tag is x.tag)(leaf(t)),
    "an attribute over a method": overridden,
    "an attribute that is deleted": deleted,
    "what is computed has none": results,
    "none given": lambda t: vars(t.ones(1)),
}


@pytest.mark.parametrize("name", CALLS)
def test_as_torch(name: str) -> None:
    assert CALLS[name](minitorch) == CALLS[name](torch)
