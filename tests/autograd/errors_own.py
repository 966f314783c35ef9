"""Errors of what torch has not, or takes otherwise: pictures, strides, halves of products."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import minitorch_autograd as t


def picture(path: str) -> None:
    t.draw_graph(t.ones(1, requires_grad=True) * 2).save(Path(path))


def strided_write() -> None:
    x = t.ones(2, 3).t().detach()
    x.as_strided((2,), (1,)).mul_(t.ones(2, requires_grad=True))
    x.sum().backward()


def unknown(value: object) -> Any:
    return value


OWN: list[tuple[Callable[[], object], type[Exception], str]] = [
    (
        lambda: setattr(t.ones(1), "requires_grad", "a"),
        RuntimeError,
        "requires_grad must be a bool, not str",
    ),
    (
        lambda: t.add_windows(unknown([1.0]), (1,), (1,), (1,)),
        TypeError,
        "expected a Tensor, got list: [1.0]",
    ),
    (
        lambda: t.draw_graph(unknown(1.0)),
        TypeError,
        "draw_graph: expected a Tensor, got float",
    ),
    (
        lambda: t.draw_graph(t.ones(1, requires_grad=True), max_nodes=1),
        ValueError,
        "draw_graph: expected max_nodes of 2 or more, got 1",
    ),
    (
        lambda: t.draw_graph(t.ones(1, requires_grad=True), names=unknown(3)),
        TypeError,
        "draw_graph: names: expected a mapping of names to tensors or a module, got int",
    ),
    (
        lambda: picture("graph.png"),
        ValueError,
        "save: the suffix says what to write, expected one of .svg, .txt, .dot, .gv, "
        ".mmd, .mermaid, got '.png' in 'graph.png'",
    ),
    (
        lambda: t.draw_graph(t.ones(2)),
        RuntimeError,
        "draw_graph: the tensor, of shape (2,), tracks no gradients, so no graph was "
        "recorded; compute it from a tensor with requires_grad=True, outside of no_grad()",
    ),
    (
        lambda: t.foreach_copy_([t.ones(2, requires_grad=True)], [t.zeros(2)]),
        RuntimeError,
        "foreach_copy_ is not recorded: call it under no_grad",
    ),
    (
        lambda: t.addmm(t.tensor([[1]]), t.tensor([[1]]), t.tensor([[1]]), beta=0.5),
        RuntimeError,
        "addmm: For integral input tensors, argument beta must not be a floating point "
        "number, got 0.5",
    ),
    (
        lambda: t.pow(2, 3),
        TypeError,
        "pow: expected a tensor as the base or as the exponent, but got int and int",
    ),
    (
        strided_write,
        RuntimeError,
        "as_strided: a view of memory that is not in row-major order from its beginning can't be "
        "written while that is recorded",
    ),
]
