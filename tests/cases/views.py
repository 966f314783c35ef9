"""Writes into tensors and their views, which become a part of the history of all of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cases.case import Case, case, truth, whole

# The ways to see y, of shape (2, 3), or a part of it.
VIEWS: dict[str, Callable[[Any], Any]] = {
    "y": lambda y: y,
    "y[0]": lambda y: y[0],
    "y[:, 1:]": lambda y: y[:, 1:],
    "y[..., None]": lambda y: y[..., None],
    "y[::1, ::2]": lambda y: y[:, ::2],
    "y.t()": lambda y: y.t(),
    "y.transpose": lambda y: y.transpose(0, 1),
    "y.permute": lambda y: y.permute(1, 0),
    "y.T": lambda y: y.T,
    "y.view": lambda y: y.view(3, 2),
    "y.reshape": lambda y: y.reshape(-1),
    "y.unsqueeze": lambda y: y.unsqueeze(1),
    "y.squeeze": lambda y: y.unsqueeze(0).squeeze(0),
    "views of views": lambda y: y.view(6)[1:5].view(2, 2).t()[1],
}


def write_view(view: Callable[[Any], Any]) -> Callable[..., Any]:
    """Return a case: write into a view between two uses, and use it and its root afterwards."""

    def call(t: Any, x: Any, scale: Any) -> Any:
        y = x * 2
        sum_before = y.sum()
        sibling = y.view(6)[2:4]
        part = view(y)
        part.mul_(scale)
        part.add_(1.0)
        return y * y, part * 3, sibling * sibling, sum_before

    return call


def written(write: Callable[..., object]) -> Callable[..., Any]:
    """Return a case: `write(t, x, y)` writes into y, a tensor computed from x; its squares."""

    def call(t: Any, x: Any, *others: Any) -> Any:
        y = x * 1
        write(t, y, *others)
        return y * y

    return call


def untracked_base(t: Any, x: Any) -> Any:
    base = t.zeros(2, 3, dtype=x.dtype)
    column = base[:, 1]
    other = base.view(6)
    column.copy_(x)
    other[0:2] = x * 3
    return base * base, other * 2, column * column


def several_writes(t: Any, x: Any) -> Any:
    y = x * 1
    for i in range(3):
        y[i] = y[i - 1].clone() * y[i].clone() + x[i]
    return y


def augmented(t: Any, x: Any) -> Any:
    y = x * 1
    y[0] += x[1]
    y[1:] *= 2
    y[0] -= 1
    y[2] /= x[0]
    return y * y


def dead_root(t: Any, x: Any) -> Any:
    view = (x * 2)[:2]
    other = view[1:]
    view.mul_(x[0])
    return view * view, other * 2


def kept_for_later(t: Any, x: Any) -> Any:
    y = x * 1
    before = y + 1
    y.mul_(before)
    y.add_(before)
    return y


def overwritten(t: Any, x: Any) -> Any:
    y = x * 1
    y[0].zero_()
    y[1].fill_(2.0)
    y[2:].copy_(x[:1])
    return y * y, y


def narrowed_type(t: Any, x: Any) -> Any:
    y = t.zeros(2, dtype=t.float32)
    y.copy_(x)
    return (y * y).to(t.float32)


CASES: list[Case] = [
    *(case("Tensor.mul_", write_view(view), (2, 3), ()) for view in VIEWS.values()),
    case("Tensor.copy_", untracked_base, (2,)),
    case("Tensor.__setitem__", several_writes, (3,)),
    case("Tensor.__setitem__", augmented, (3,), domain=(0.5, 2.0)),
    case("Tensor.mul_", dead_root, (3,)),
    case("Tensor.mul_", kept_for_later, (3,)),
    case("Tensor.zero_", overwritten, (3,)),
    case("Tensor.copy_", narrowed_type, (2,), smooth=False),
    case("Tensor.add_", written(lambda t, y, z: y.add_(z, alpha=2)), (2, 3), (3,)),
    case("Tensor.sub_", written(lambda t, y, z: y.t().sub_(z, alpha=2)), (2, 3), (2,)),
    case("Tensor.div_", written(lambda t, y, z: y.div_(z)), (2, 3), (3,), domain=(0.5, 2.0)),
    case("Tensor.mul_", written(lambda t, y, z: y[0].mul_(z)), (2, 3), (3,)),
    case("Tensor.fill_", written(lambda t, y, z: y[0].fill_(z)), (2, 3), ()),
    case("Tensor.__setitem__", written(lambda t, y, z: y[0].__setitem__(1, z)), (2, 3), ()),
    case(
        "Tensor.__setitem__",
        written(lambda t, y, m, z: y.t().__setitem__(m, z)),
        (2, 3),
        truth([True, False, True]),
        (2, 2),
    ),
    case(
        "Tensor.__setitem__",
        written(lambda t, y, i, z: y[:, 1:].__setitem__((0, i), z)),
        (2, 3),
        whole([1, 0]),
        (2,),
    ),
]
