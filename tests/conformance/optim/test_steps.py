"""Every step goes where its rule says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import pytest
from tests.conformance.autograd.leaves import gradient
from tests.conformance.comparing import FLOAT32, assert_equation, broadcast, build, flat
from tests.conformance.optim.rules import CASES, KINDS, Case

if TYPE_CHECKING:
    from tests.conformance.optim.contract import Autograd, Layer, Nested, Optimizer, Tensor

START: Nested = [[1.0, -2.0, 0.5], [0.0, 3.0, -0.25]]
GRADIENTS: list[Nested] = [
    [[0.5, -1.0, 2.0], [0.0, 0.25, 1.0]],
    [[-0.5, 0.25, 1.0], [3.0, 0.25, -1.0]],
    [[0.0, 0.0, -2.0], [-1.0, 0.25, 0.5]],
    [[100.0, 1e-4, 0.0], [1.0, 0.25, -0.5]],
]


def make(optim: Layer, case: Case, params: Iterable[Tensor]) -> Optimizer:
    optimizer: Callable[..., Optimizer] = getattr(optim, case.name)
    return optimizer(params, **case.options)


def leaf(below: Autograd, values: Nested, dtype: Any = None) -> Tensor:
    return below.tensor(values, dtype=dtype or below.float64, requires_grad=True)


def step(below: Autograd, optimizer: Optimizer, *pairs: tuple[Tensor, Nested | None]) -> None:
    """Give each parameter a gradient, or none, and take a step."""
    for p, values in pairs:
        p.grad = None if values is None else below.tensor(values, dtype=p.dtype)
    optimizer.step()


def after(case: Case, start: Nested, gradients: list[Nested]) -> Nested:
    """Return where a parameter is after steps with `gradients`."""
    rows = [flat(one) for one in gradients]
    columns = iter(zip(flat(start), *rows, strict=True))
    return broadcast(lambda _: case.path((now := next(columns))[0], now[1:])[-1], start)


@pytest.mark.parametrize("case", CASES, ids=str)
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_steps(optim: Layer, below: Autograd, case: Case, dtype: str) -> None:
    p = leaf(below, START, getattr(below, dtype))
    optimizer = make(optim, case, [p])
    for count, values in enumerate(GRADIENTS, 1):
        step(below, optimizer, (p, values))
        left = f"{case} at {START}, gradients {GRADIENTS[:count]}"
        expected = after(case, START, GRADIENTS[:count])
        tolerance = 10 * FLOAT32 if dtype == "float32" else 1e-12
        assert_equation(left, p.tolist(), expected, tolerance)
        assert p.dtype is getattr(below, dtype), f"{left}: it stays {dtype}, got {p.dtype}"


@pytest.mark.parametrize("case", KINDS, ids=str)
def test_many_parameters_of_many_forms(optim: Layer, below: Autograd, case: Case) -> None:
    forms: list[tuple[Nested, Any]] = [
        (START, below.float32),
        (2.0, below.float64),
        ([1.0, -1.0], below.float64),
        ([[[0.5]]], below.float32),
        ([], below.float32),
        ([4.0, 5.0], below.float32),
    ]
    params = [leaf(below, values, dtype) for values, dtype in forms]
    optimizer = make(optim, case, params)
    gradients = [
        [broadcast(lambda x, k=k: x * k + 0.5, values) for values, _ in forms] for k in (1.0, -2.0)
    ]
    for now in gradients:
        step(below, optimizer, *zip(params, now, strict=True))
    for i, (values, dtype) in enumerate(forms):
        expected = after(case, values, [now[i] for now in gradients])
        left = f"{case}: parameter {i}, which was {values} in {dtype}, after two steps"
        assert_equation(left, params[i].tolist(), expected, 10 * FLOAT32)


@pytest.mark.parametrize("case", KINDS, ids=str)
def test_a_parameter_without_a_gradient_stays(optim: Layer, below: Autograd, case: Case) -> None:
    p, q = leaf(below, [1.0, 2.0]), leaf(below, [3.0, 4.0])
    optimizer = make(optim, case, [p, q])
    step(below, optimizer, (p, [0.5, 0.5]), (q, None))
    assert_equation(f"{case}: a parameter without gradient", q.tolist(), [3.0, 4.0])
    assert_equation(f"{case}: its gradient after the step", q.grad, None)
    # The second parameter's first step, and state, begin only now; the first's go on.
    step(below, optimizer, (p, [-1.0, 1.0]), (q, [0.25, -0.5]))
    expected = after(case, [1.0, 2.0], [[0.5, 0.5], [-1.0, 1.0]])
    assert_equation(f"{case}: two steps", p.tolist(), expected, 1e-12)
    expected = after(case, [3.0, 4.0], [[0.25, -0.5]])
    assert_equation(f"{case}: its first step, after the other's", q.tolist(), expected, 1e-12)
    step(below, optimizer, (p, None), (q, [1.0, 1.0]))
    step(below, optimizer, (p, [2.0, 2.0]), (q, [0.5, 0.5]))
    expected = after(case, [1.0, 2.0], [[0.5, 0.5], [-1.0, 1.0], [2.0, 2.0]])
    assert_equation(f"{case}: a third step, after one left out", p.tolist(), expected, 1e-12)


@pytest.mark.parametrize("case", KINDS, ids=str)
def test_a_step_writes_into_the_parameter(optim: Layer, below: Autograd, case: Case) -> None:
    p = leaf(below, [1.0, 2.0])
    alias = p.detach()
    step(below, make(optim, case, [p]), (p, [0.5, -0.5]))
    expected = after(case, [1.0, 2.0], [[0.5, -0.5]])
    assert_equation(f"{case}: an alias of the parameter", alias.tolist(), expected, 1e-12)
    assert_equation(f"{case}: the parameter's requires_grad", p.requires_grad, True)
    assert_equation(f"{case}: the parameter's is_leaf", p.is_leaf, True)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_step_leaves_the_gradient_alone(optim: Layer, below: Autograd, case: Case) -> None:
    p = leaf(below, [1.0, 2.0])
    optimizer = make(optim, case, [p])
    for _ in range(2):
        step(below, optimizer, (p, [0.5, -0.25]))
        assert_equation(f"{case}: the gradient after a step", gradient(p).tolist(), [0.5, -0.25])


@pytest.mark.parametrize("case", KINDS, ids=str)
def test_gradients_of_strange_strides(optim: Layer, below: Autograd, case: Case) -> None:
    start: Nested = [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]
    p, optimizer = leaf(below, start), None
    optimizer = make(optim, case, [p])
    seen: list[Nested] = []
    for factor in (1.0, -3.0):
        p.grad = (below.tensor([[1.0, 0.5, 2.0], [0.0, -1.0, 3.0]], dtype=p.dtype) * factor).t()
        seen.append(p.grad.tolist())
        optimizer.step()
    left = f"{case}: with transposed gradients"
    assert_equation(left, p.tolist(), after(case, start, seen), 1e-12)


@pytest.mark.parametrize("case", KINDS, ids=str)
def test_a_parameter_written_between_steps(optim: Layer, below: Autograd, case: Case) -> None:
    # Momentum and moments stay; with them at rest (gradients 0) only the new value counts.
    p = leaf(below, [1.0, 2.0])
    optimizer = make(optim, case, [p])
    step(below, optimizer, (p, [0.0, 0.0]))
    with below.no_grad():
        p.copy_(below.tensor([10.0, 20.0]))
    step(below, optimizer, (p, [0.0, 0.0]))
    expected = after(case, [10.0, 20.0], [[0.0, 0.0]])
    left = f"{case}: p.copy_([10, 20]) between two steps"
    assert_equation(left, p.tolist(), expected, 1e-12)


@pytest.mark.parametrize("case", KINDS, ids=str)
def test_two_optimizers_have_their_own_state(optim: Layer, below: Autograd, case: Case) -> None:
    p, q = leaf(below, [1.0]), leaf(below, [1.0])
    first, second = make(optim, case, [p]), make(optim, case, [q])
    step(below, first, (p, [5.0]))
    step(below, first, (p, [5.0]))
    step(below, second, (q, [1.0]))
    expected = after(case, [1.0], [[1.0]])
    assert_equation(f"{case}: beside another one", q.tolist(), expected, 1e-12)


@pytest.mark.parametrize("case", KINDS, ids=str)
def test_zero_grad(optim: Layer, below: Autograd, case: Case) -> None:
    p, q = leaf(below, [1.0]), leaf(below, [1.0])
    optimizer = make(optim, case, [p, q])
    step(below, optimizer, (p, [5.0]), (q, None))
    optimizer.zero_grad()
    assert_equation(f"{case}: the gradients after zero_grad()", [p.grad, q.grad], [None, None])


@pytest.mark.parametrize("case", KINDS, ids=str)
def test_parameters_given_by_an_iterator(optim: Layer, below: Autograd, case: Case) -> None:
    params = [leaf(below, [1.0]), leaf(below, [2.0])]
    optimizer = make(optim, case, iter(params))
    for _ in range(2):
        step(below, optimizer, *[(p, [0.5]) for p in params])
    expected = [after(case, [start], [[0.5], [0.5]]) for start in (1.0, 2.0)]
    left = f"{case}: two steps of parameters given by an iterator"
    assert_equation(left, [p.tolist() for p in params], expected, 1e-12)


@pytest.mark.parametrize("case", KINDS, ids=str)
def test_going_downhill(optim: Layer, below: Autograd, case: Case) -> None:
    # The least of (p - [3, -1])², from 0, by gradients that autograd computes.
    p, target = leaf(below, [0.0, 0.0]), below.tensor([3.0, -1.0], dtype=below.float64)
    optimizer = make(optim, case, [p])
    for _ in range(400):
        optimizer.zero_grad()
        difference = p - target
        (difference * difference).sum().backward()
        optimizer.step()
    # Weight decay keeps it a little nearer to 0.
    assert_equation(f"{case}: the lowest point", p.tolist(), [3.0, -1.0], 0.02)


@pytest.mark.parametrize("case", KINDS, ids=str)
def test_a_large_parameter(optim: Layer, below: Autograd, case: Case) -> None:
    shape = (300, 200)
    start = build(shape, lambda where: (where[0] % 7) / 4.0)
    now = build(shape, lambda where: (where[1] % 5) / 4.0 - 0.5)
    p, small = leaf(below, start, below.float32), leaf(below, [1.0], below.float32)
    step(below, make(optim, case, [p, small]), (p, now), (small, [0.5]))
    at = broadcast(lambda value, g: case.path(value, [g])[-1], start, now)
    assert_equation(f"{case}: 60,000 elements at once", p.tolist(), at, 10 * FLOAT32)
