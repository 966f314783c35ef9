"""Function transforms: one text, run with torch and with MiniTorch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.autograd.functional as their_functional
import torch.func as their_func
from tests.parity.compare import difference

import minitorch
import minitorch.autograd.functional as our_functional
import minitorch.func as our_func

# Of torch itself, which says so of its forward mode.
pytestmark = pytest.mark.filterwarnings("ignore:.torch.jit:DeprecationWarning")

Row = Callable[[Any, Any], Any]


def x(t: Any) -> Any:
    return t.tensor([1.0, -2.0], dtype=t.float64)


def m(t: Any) -> Any:
    return t.tensor([[0.5, 2.0, 1.0], [-1.0, 3.0, 0.25]], dtype=t.float64)


def tracked(t: Any) -> Any:
    return t.tensor([0.5, 3.0], dtype=t.float64, requires_grad=True)


def three(t: Any) -> Any:
    return t.tensor(3.0, dtype=t.float64)


FUNC: dict[str, Row] = {
    "grad": lambda t, F: F.grad(lambda x: (x**3).sum())(x(t)),
    "grad of grad": lambda t, F: F.grad(F.grad(lambda x: x**3))(three(t)),
    "grad, the second argument": lambda t, F: F.grad(lambda x, y: (x * y).sum(), -1)(x(t), x(t)),
    "grad, two arguments": lambda t, F: F.grad(lambda x, y: (x * y).sum(), (1, 0))(x(t), x(t) * 2),
    "grad, one in a tuple": lambda t, F: F.grad(lambda x: x.sum(), (0,))(x(t)),
    "grad, aux": lambda t, F: F.grad(lambda x: (x.sum(), {"y": x * 2}), has_aux=True)(x(t)),
    "grad, keywords": lambda t, F: F.grad(lambda x, k: (x * k).sum())(x(t), k=3),
    "grad, no part": lambda t, F: F.grad(lambda x, y: y.sum())(x(t), tracked(t)),
    "grad, constant": lambda t, F: F.grad(lambda x: three(t))(x(t)),
    "grad by a nest": lambda t, F: F.grad(lambda d: (d["a"] * d["b"][0]).sum())(
        {"a": x(t), "b": [x(t) * 2, x(t)]}
    ),
    "grad of what is tracked": lambda t, F: F.grad(lambda x: (x * x).sum())(tracked(t)),
    "grad inside no_grad": lambda t, F: t.no_grad()(F.grad(lambda x: (x * x).sum()))(tracked(t)),
    "no_grad inside": lambda t, F: F.grad(lambda x: (x * t.no_grad()(t.exp)(x)).sum())(x(t)),
    "grad_and_value": lambda t, F: F.grad_and_value(lambda x: (x**2).sum())(tracked(t)),
    "grad_and_value, aux": lambda t, F: F.grad_and_value(lambda x: (x.sum(), x), has_aux=True)(
        x(t)
    ),
    "vjp": lambda t, F: F.vjp(lambda x: x**2, x(t))[1](x(t)),
    "vjp, output": lambda t, F: F.vjp(lambda x: x**2, tracked(t))[0],
    "vjp, nests": lambda t, F: F.vjp(lambda x, y: (x.sum(), [y * 2]), x(t), m(t))[1](
        (three(t), [m(t)])
    ),
    "vjp, aux": lambda t, F: F.vjp(lambda x: (x.sum(), x * 2), x(t), has_aux=True)[2],
    "jvp": lambda t, F: F.jvp(lambda x: x.exp() * x, (x(t),), (x(t),)),
    "jvp, nests": lambda t, F: F.jvp(
        lambda x, d: [x * d["y"], x], (x(t), {"y": x(t)}), (x(t), {"y": x(t)})
    ),
    "jvp, no part": lambda t, F: F.jvp(lambda x: (x, three(t)), (x(t),), (x(t),)),
    "jvp, aux": lambda t, F: F.jvp(lambda x: (x, x * 2), (x(t),), (x(t),), has_aux=True),
    "jvp of jvp": lambda t, F: F.jvp(
        lambda x: F.jvp(lambda x: x**3, (x,), (t.ones_like(x),))[1], (x(t),), (x(t),)
    ),
    "jacrev": lambda t, F: F.jacrev(lambda x: (x[:, None] * x).tanh())(x(t)),
    "jacrev, nests": lambda t, F: F.jacrev(lambda x, m: {"a": x.sum() * m, "b": (x,)}, (0, 1))(
        x(t), m(t)
    ),
    "jacrev, one argument of a nest": lambda t, F: F.jacrev(lambda two: two[0] * two[1])(
        [x(t), x(t)]
    ),
    "jacrev of jacrev": lambda t, F: F.jacrev(F.jacrev(lambda x: (x[0] * x[1]) ** 3))(x(t)),
    "jacrev, aux": lambda t, F: F.jacrev(lambda x: (x * 2, x), has_aux=True)(x(t)),
    "jacrev, chunks": lambda t, F: F.jacrev(lambda x: x * x, chunk_size=1)(x(t)),
    "jacfwd": lambda t, F: F.jacfwd(lambda x: (x[:, None] * x).tanh())(x(t)),
    "jacfwd, nests": lambda t, F: F.jacfwd(lambda x, m: {"a": x.sum() * m, "b": (x,)}, (0, 1))(
        x(t), m(t)
    ),
    "jacfwd of jacrev": lambda t, F: F.jacfwd(F.jacrev(lambda x: (x[0] * x[1]) ** 3))(x(t)),
    "jacrev of jacfwd": lambda t, F: F.jacrev(F.jacfwd(lambda x: (x[0] * x[1]) ** 3))(x(t)),
    "hessian": lambda t, F: F.hessian(lambda x: (x**3).sum() * x[0])(x(t)),
    "hessian, two": lambda t, F: F.hessian(lambda x, y: (x**2 * y).sum(), (0, 1))(x(t), x(t)),
    "vmap": lambda t, F: F.vmap(lambda x: x / x.sum())(m(t)),
    "vmap of grad": lambda t, F: F.vmap(F.grad(lambda x: (x**3).sum()))(m(t)),
    "grad of vmap": lambda t, F: F.grad(lambda m: F.vmap(lambda x: x[0] * x[1])(m).sum())(m(t)),
    "vmap of vmap": lambda t, F: F.vmap(F.vmap(lambda x: x * 2), 1, 1)(m(t)),
    "vmap of jacrev": lambda t, F: F.vmap(F.jacrev(lambda x: x * x[0]))(m(t)),
    "vmap, dims": lambda t, F: F.vmap(lambda x, y: (x + y, x.sum()), (1, None), (-1, 0))(
        m(t), x(t)
    ),
    "vmap, nested dims": lambda t, F: F.vmap(lambda p, k: p[0] * p[1] + k, ((1, 0), None))(
        (m(t), m(t).t()), three(t)
    ),
    "vmap, nested outputs": lambda t, F: F.vmap(lambda x: {"a": x, "b": [x * 2]})(m(t)),
    "vmap, out_dims of one": lambda t, F: F.vmap(lambda x: x * 2, out_dims=(1,))(m(t)),
    "vmap, out_dims None": lambda t, F: F.vmap(lambda x, y: (x, y), (0, None), (0, None))(
        m(t), x(t)
    ),
    "vmap, keywords": lambda t, F: F.vmap(lambda x, y: x + y)(m(t).t(), y=x(t)),
    "vmap, empty": lambda t, F: F.vmap(lambda x: x.sum())(m(t)[:0]),
    "vmap, chunks": lambda t, F: F.vmap(lambda x: x * 2, chunk_size=1)(m(t)),
    "vmap, no chunks": lambda t, F: F.vmap(lambda x: x * 2, chunk_size=0)(m(t)),
    "vmap of what is tracked": lambda t, F: F.vmap(lambda x: x * 2)(tracked(t)),
    # --- what is refused
    "grad of no scalar": lambda t, F: F.grad(lambda x: x * 2)(x(t)),
    "grad of no tensor": lambda t, F: F.grad(lambda x: 3.0)(x(t)),
    "grad by no tensor": lambda t, F: F.grad(lambda x: x * 2)(3.0),
    "grad by integers": lambda t, F: F.grad(lambda x: x.sum())(t.tensor([1, 2])),
    "grad by too many": lambda t, F: F.grad(lambda x: x.sum(), 1)(x(t)),
    "grad by nothing": lambda t, F: F.grad(lambda x: x.sum(), ())(x(t)),
    "grad by one twice": lambda t, F: F.grad(lambda x: x.sum(), (0, -1))(x(t)),
    "grad by a name": lambda t, F: F.grad(lambda x: x.sum(), ("x",))(x(t)),
    "grad, aux missing": lambda t, F: F.grad(lambda x: x.sum(), has_aux=True)(x(t)),
    "vjp, other cotangents": lambda t, F: F.vjp(lambda x: (x, x), x(t))[1](x(t)),
    "vjp of integers": lambda t, F: F.vjp(lambda x: x > 0, x(t)),
    "vjp of a number": lambda t, F: F.vjp(lambda x: 3.0, x(t)),
    "vjp of nothing": lambda t, F: F.vjp(lambda x: (), x(t)),
    "jvp of no tuple": lambda t, F: F.jvp(lambda x: x, x(t), x(t)),
    "jvp along another": lambda t, F: F.jvp(lambda x: x, (x(t),), (x(t), x(t))),
    "jvp, strict": lambda t, F: F.jvp(lambda x: three(t), (x(t),), (x(t),), strict=True),
    "vmap of nothing": lambda t, F: F.vmap(lambda: 3)(),
    "vmap over nothing": lambda t, F: F.vmap(lambda x: x, None)(x(t)),
    "vmap over a number": lambda t, F: F.vmap(lambda x: x)(3.0),
    "vmap, a list": lambda t, F: F.vmap(lambda x: x, [0])(x(t)),
    "vmap, another nest": lambda t, F: F.vmap(lambda x: x, (0, 0))(x(t)),
    "vmap, a name": lambda t, F: F.vmap(lambda x: x, ("a",))(x(t)),
    "vmap, out of range": lambda t, F: F.vmap(lambda x: x, 2)(m(t)),
    "vmap, other sizes": lambda t, F: F.vmap(lambda x, y: x)(m(t), m(t).t()),
    "vmap to a number": lambda t, F: F.vmap(lambda x: 3)(x(t)),
    "vmap to another nest": lambda t, F: F.vmap(lambda x: x, 0, (0, 0))(x(t)),
    "vmap to a name": lambda t, F: F.vmap(lambda x: x, 0, "a")(x(t)),
    "vmap to one": lambda t, F: F.vmap(lambda x: x, 0, None)(x(t)),
    "vmap, randomness": lambda t, F: F.vmap(lambda x: x, randomness="some")(x(t)),
    "vmap, a random function": lambda t, F: F.vmap(lambda x: x + t.rand(2))(x(t)),
}


def pair(a: Any, b: Any) -> Any:
    return a * a * b.sum(), b**2


FUNCTIONAL: dict[str, Row] = {
    "vjp": lambda t, F: F.vjp(lambda x: x**2, x(t), x(t)),
    "vjp, several": lambda t, F: F.vjp(pair, (x(t), m(t)), (x(t), m(t))),
    "vjp, no v": lambda t, F: F.vjp(lambda x: x[0] * x[1], x(t)),
    "vjp, no part": lambda t, F: F.vjp(lambda x, y: y.sum(), (x(t), x(t))),
    "jvp": lambda t, F: F.jvp(lambda x: x**2, x(t), x(t)),
    "jvp, several": lambda t, F: F.jvp(pair, (x(t), m(t)), (x(t), m(t))),
    "jvp, no v": lambda t, F: F.jvp(lambda x: x * x, three(t)),
    "hvp": lambda t, F: F.hvp(lambda x: (x[0] * x[1]) ** 3, x(t), x(t)),
    "hvp, several": lambda t, F: F.hvp(lambda x, y: (x**3 * y).sum(), (x(t), x(t)), (x(t), x(t))),
    "vhp": lambda t, F: F.vhp(lambda x: (x[0] * x[1]) ** 3, x(t), x(t)),
    "vhp, linear": lambda t, F: F.vhp(lambda x: x.sum(), x(t), x(t)),
    "vhp, no v": lambda t, F: F.vhp(lambda x: x**3, three(t)),
    "jacobian": lambda t, F: F.jacobian(lambda x: (x[:, None] * x).exp(), x(t)),
    "jacobian, several": lambda t, F: F.jacobian(pair, (x(t), m(t))),
    "jacobian, one in a tuple": lambda t, F: F.jacobian(lambda x: (x * x,), (x(t),)),
    "jacobian, vectorize": lambda t, F: F.jacobian(lambda x: x * x, x(t), vectorize=True),
    "jacobian, forward": lambda t, F: F.jacobian(
        lambda x: x * x, x(t), vectorize=True, strategy="forward-mode"
    ),
    "jacobian, strict": lambda t, F: F.jacobian(lambda x: x * x, x(t), strict=True),
    "jacobian of what is tracked": lambda t, F: F.jacobian(lambda x: x * x, tracked(t)),
    "jacobian, create_graph": lambda t, F: F.jacobian(
        lambda x: x * x, tracked(t), create_graph=True
    ),
    "hessian": lambda t, F: F.hessian(lambda x: (x[0] * x[1]) ** 3, x(t)),
    "hessian, several": lambda t, F: F.hessian(lambda x, y: (x**3 * y).sum(), (x(t), x(t))),
    "hessian, create_graph": lambda t, F: F.hessian(
        lambda x: (x**3).sum(), tracked(t), create_graph=True
    ),
    # --- what is refused
    "no tensor": lambda t, F: F.vjp(lambda x: x, 3.0),
    "no tensor in a tuple": lambda t, F: F.vjp(lambda x, y: x, (x(t), 3.0)),
    "to no tensor": lambda t, F: F.vjp(lambda x: 3.0, x(t)),
    "v missing": lambda t, F: F.vjp(lambda x: x, x(t)),
    "v missing for the input": lambda t, F: F.jvp(lambda x: x, x(t)),
    "v of another shape": lambda t, F: F.vjp(lambda x: x, x(t), m(t)),
    "v in a tuple of another shape": lambda t, F: F.vjp(lambda x: (x,), x(t), (m(t),)),
    "too many v": lambda t, F: F.vjp(lambda x: x, x(t), (x(t), x(t))),
    "too few v": lambda t, F: F.vjp(lambda x: (x, x), x(t), (x(t),)),
    "strict, an output": lambda t, F: F.vjp(lambda x: three(t), x(t), strict=True),
    "strict, an input": lambda t, F: F.vjp(lambda x, y: y.sum(), (x(t), x(t)), strict=True),
    "strict, a hessian": lambda t, F: F.hessian(
        lambda x, y: (y * y).sum(), (x(t), x(t)), strict=True
    ),
    "strict, a hessian of nothing": lambda t, F: F.hessian(
        lambda x: three(t).sum(), x(t), strict=True
    ),
    "strict, a jacobian": lambda t, F: F.jacobian(lambda x, y: y, (x(t), x(t)), strict=True),
    "strict, a constant gradient": lambda t, F: F.vjp(
        lambda x: x * 2, x(t), x(t), create_graph=True, strict=True
    ),
    "strict, a constant hessian": lambda t, F: F.hessian(lambda x: x.sum(), x(t), strict=True),
    "strict, vectorize": lambda t, F: F.jacobian(lambda x: x, x(t), strict=True, vectorize=True),
    "hessian of several": lambda t, F: F.hvp(lambda x: (x.sum(),), x(t), x(t)),
    "hessian of no scalar": lambda t, F: F.vhp(lambda x: x * x, x(t), x(t)),
    "forward, alone": lambda t, F: F.jacobian(lambda x: x, x(t), strategy="forward-mode"),
    "forward, create_graph": lambda t, F: F.jacobian(
        lambda x: x, x(t), create_graph=True, strategy="forward-mode"
    ),
    "another strategy": lambda t, F: F.jacobian(lambda x: x, x(t), strategy="sideways"),
}


def outcome(row: Row, t: Any, transforms: Any) -> Any:
    """Return what the row returns, or the exception that it raises."""
    try:
        return row(t, transforms)
    except Exception as error:  # noqa: BLE001  (which one is what is compared)
        return error


def compare(where: str, ours: Any, theirs: Any) -> None:
    """Compare two nests of tensors: their forms, values, and whether they are tracked."""
    if isinstance(theirs, Exception):
        assert type(ours) is type(theirs), f"{where}: {ours!r}, {theirs!r}"
        alike = str(ours).split()[:3] == str(theirs).split()[:3]
        assert alike or set(words(theirs)) & set(words(ours)), f"{ours!r}, {theirs!r}"
    elif isinstance(theirs, tuple | list):
        assert type(ours) is type(theirs), f"{where}: {ours!r}"
        assert len(ours) == len(theirs)
        for i, (a, b) in enumerate(zip(ours, theirs, strict=True)):
            compare(f"{where}[{i}]", a, b)
    elif isinstance(theirs, dict):
        assert list(ours) == list(theirs)
        for key in theirs:
            compare(f"{where}[{key}]", ours[key], theirs[key])
    elif isinstance(theirs, torch.Tensor):
        assert difference(where, ours, theirs).text == ""
        assert ours.requires_grad == theirs.requires_grad, where
    else:
        assert ours == theirs


def words(error: Exception) -> list[str]:
    """Return the long words of a message: one that both have is its key phrase."""
    return [word for word in str(error).split() if len(word) > 7]


@pytest.mark.parametrize("name", FUNC)
def test_func(name: str) -> None:
    row = FUNC[name]
    compare(name, outcome(row, minitorch, our_func), outcome(row, torch, their_func))


@pytest.mark.parametrize("name", FUNCTIONAL)
def test_functional(name: str) -> None:
    row = FUNCTIONAL[name]
    ours = outcome(row, minitorch, our_functional)
    compare(name, ours, outcome(row, torch, their_functional))


def test_tracked_results_can_be_walked_on() -> None:
    def through(t: Any, transforms: Any) -> Any:
        w, at = tracked(t), tracked(t)
        transforms.grad(lambda x: (x**3 * w).sum())(at).sum().backward()
        return w.grad, at.grad

    compare("grad", through(minitorch, our_func), through(torch, their_func))


@pytest.mark.parametrize("randomness", ["same", "different"])
def test_random_numbers_in_a_batch(randomness: str) -> None:
    for t, transforms in ((minitorch, our_func), (torch, their_func)):
        mapped = transforms.vmap(lambda x, t=t: x + t.rand(2), randomness=randomness)
        rows = mapped(t.zeros(2, 2)).tolist()
        assert (rows[0] == rows[1]) == (randomness == "same")
