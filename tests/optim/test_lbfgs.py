"""L-BFGS: its parts as functions, by hand and by laws, and the whole as it is called."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import cos, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minitorch_autograd import (
    Generator,
    Tensor,
    float32,
    float64,
    is_grad_enabled,
    randn,
    tensor,
    zeros,
)
from minitorch_optim import LBFGS
from minitorch_optim.optimizers.lbfgs.strong_wolfe import (
    Line,
    Trial,
    bracket,
    cubic_minimum,
    strong_wolfe,
    zoom,
)
from minitorch_optim.optimizers.lbfgs.two_loop_recursion import Memory, direction, dot, remember

NOTHING = tensor(())  # a gradient that nobody looks at


def point(t: float, loss: float, slope: float) -> Trial:
    return Trial(t, loss, slope, NOTHING)


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        # (t - 1)²
        (point(0, 1, -2), point(3, 4, 4), 1.0),
        # t³ - 3 t
        (point(0, 0, -3), point(2, 2, 9), 1.0),
        # (t + 3)² and (t - 12)²: beyond the bounds
        (point(-5, 4, -4), point(-4, 1, -2), -0.5),
        (point(13, 1, 2), point(14, 4, 4), 10.0),
        # -t and t: lines
        (point(0, 0, -1), point(1, -1, -1), 10.0),
        (point(0, 0, 1), point(1, 1, 1), -0.5),
        # -t²: no minimum
        (point(1, -1, -2), point(2, -4, -4), 10.0),
        (point(-2, -4, 4), point(-1, -1, 2), -0.5),
        # a cubic that falls everywhere
        (point(0, 0, -1), point(1, -2 / 3, -1), 4.75),
        # a constant, one point, and no numbers
        (point(0, 0, 0), point(1, 0, 0), 4.75),
        (point(1, 0, -1), point(1, 0, -1), 4.75),
        (point(0, 0, -1), point(1, float("nan"), 1), 4.75),
    ],
)
def test_the_minimum_of_a_cubic(a: Trial, b: Trial, expected: float) -> None:
    assert cubic_minimum(a, b, -0.5, 10.0) == pytest.approx(expected)
    assert cubic_minimum(b, a, -0.5, 10.0) == pytest.approx(expected)


class Curve:
    """A function of one number with its slope, that keeps where it was asked for."""

    def __init__(self, loss: Callable[[float], float], slope: Callable[[float], float]) -> None:
        self.start = point(0.0, loss(0.0), slope(0.0))
        self.asked: list[float] = []
        self._loss, self._slope = loss, slope

    def line(self, trials: int = 100) -> Line:
        return Line(self._trial_at, trials)

    def _trial_at(self, t: float) -> Trial:
        self.asked.append(t)
        return point(t, self._loss(t), self._slope(t))


def parabola() -> Curve:
    """Return (t - 1)²."""
    return Curve(lambda t: (t - 1) ** 2, lambda t: 2 * (t - 1))


@pytest.mark.parametrize(
    ("first", "asked"),
    [
        # flat enough at once, from 1 - 0.9 to 1 + 0.9
        (1.0, [1.0]),
        (0.25, [0.25]),
        (1.75, [1.75]),
        # too far: back to the minimum
        (3.0, [3.0, 1.0]),
        # not far enough: ten times as far, where it is flat enough
        (0.05, [0.05, 0.5]),
        (0.001, [0.001, 0.01, 0.1]),
    ],
)
def test_a_search_along_a_parabola(first: float, asked: list[float]) -> None:
    curve = parabola()
    found = strong_wolfe(curve.line(), curve.start, first, 0.0)
    assert curve.asked == pytest.approx(asked)
    assert found.t == curve.asked[-1]


def test_a_bracket() -> None:
    curve = parabola()
    found = bracket(curve.line(), curve.start, 3.0)
    assert not isinstance(found, Trial)
    assert [end.t for end in found] == [0.0, 3.0]


def test_trials_run_out() -> None:
    curve = parabola()
    assert strong_wolfe(curve.line(trials=2), curve.start, 0.001, 0.0).t == 0.01
    assert strong_wolfe(curve.line(trials=1), curve.start, 3.0, 0.0) is curve.start
    assert curve.asked == [0.001, 0.01, 3.0]


def test_a_line_that_falls_for_ever_is_followed_as_long_as_there_are_trials() -> None:
    curve = Curve(lambda t: -t, lambda t: -1.0)
    assert strong_wolfe(curve.line(trials=4), curve.start, 1.0, 0.0).t == 1000.0


def test_a_narrow_interval_is_not_searched() -> None:
    curve = parabola()
    ends = point(0.0, 1.0, -2.0), point(0.01, 2.0, 2.0)
    assert zoom(curve.line(), curve.start, ends, 0.1) is ends[0]
    assert curve.asked == []


@given(
    depth=st.floats(0.01, 10),
    waves=st.floats(0.1, 3),
    bend=st.floats(0.01, 1),
    first=st.floats(0.01, 30),
)
def test_what_is_found_fulfils_the_conditions(
    depth: float, waves: float, bend: float, first: float
) -> None:
    curve = Curve(
        lambda t: bend * t * t - t + depth * (cos(waves * t) - 1),
        lambda t: 2 * bend * t - 1 - depth * waves * sin(waves * t),
    )
    found = strong_wolfe(curve.line(), curve.start, first, 0.0)
    assert found.t in curve.asked
    assert found.loss <= curve.start.loss + 1e-4 * found.t * curve.start.slope
    assert abs(found.slope) <= 0.9 * abs(curve.start.slope)


EMPTY = Memory([], [], [], 1.0)


def noise(seed: int, size: int = 5) -> Tensor:
    return randn((size,), dtype=float64, generator=Generator().manual_seed(seed))


def filled(size: int, steps: int) -> Memory:
    """Return the memory of steps on a loss with the curvatures 1 to 5."""
    memory = EMPTY
    for i in range(steps):
        s = noise(i)
        memory = remember(memory, s * tensor([1.0, 2, 3, 4, 5], dtype=float64), s, size)
    return memory


def test_without_memory_it_points_down_the_gradient() -> None:
    assert direction(tensor([1.0, -2.0]), EMPTY).tolist() == [-1.0, 2.0]


def test_one_step_by_hand() -> None:
    # s = 1 and y = 4: the curvature is 4, and the minimum a quarter of the gradient away
    memory = remember(EMPTY, tensor([4.0]), tensor([1.0]), 9)
    assert memory.inverses == [0.25]
    assert memory.scale == 0.25
    assert direction(tensor([8.0]), memory).tolist() == [-2.0]


@pytest.mark.parametrize("size", [1, 3, 9])
def test_the_secant_equation(size: int) -> None:
    # H y = s for the newest step
    memory = filled(size, 4)
    assert direction(memory.changes[-1], memory).tolist() == pytest.approx(
        (-memory.steps[-1]).tolist()
    )


@given(st.integers(100, 1000), st.integers(1, 5))
def test_it_points_down(seed: int, size: int) -> None:
    gradient = noise(seed)
    assert dot(direction(gradient, filled(size, 4)), gradient) < 0


def test_the_oldest_steps_are_forgotten() -> None:
    assert [s.tolist() for s in filled(2, 4).steps] == [noise(2).tolist(), noise(3).tolist()]
    assert filled(0, 4).steps == []


@pytest.mark.parametrize("y", [-1.0, 0.0, 1e-11])
def test_a_step_without_curvature_is_not_remembered(y: float) -> None:
    assert remember(EMPTY, tensor([y]), tensor([1.0]), 9) is EMPTY


class Problem:
    """A loss by one vector, which counts how often it is computed."""

    def __init__(self, start: list[float], loss: Callable[[Tensor], Tensor]) -> None:
        self.p = tensor(start, dtype=float64, requires_grad=True)
        self.calls = 0
        self._loss = loss

    def __call__(self) -> Tensor:
        assert is_grad_enabled()
        self.calls += 1
        self.p.grad = None
        loss = self._loss(self.p)
        loss.backward()
        return loss


def half_square(start: float = 4.0) -> Problem:
    return Problem([start], lambda p: 0.5 * (p * p).sum())


def rosenbrock() -> Problem:
    return Problem([-1.2, 1.0], lambda p: (1 - p[0]) ** 2 + 100 * (p[1] - p[0] * p[0]) ** 2)


def test_two_iterations_by_hand() -> None:
    problem = half_square()
    optimizer = LBFGS([problem.p], max_iter=1)
    # the first step is the gradient over its norm: 4 / 4
    assert optimizer.step(problem).item() == 8.0
    assert problem.p.tolist() == [3.0]
    # y = s = -1: the curvature is 1
    assert optimizer.step(problem).item() == 4.5
    assert problem.p.tolist() == [0.0]
    assert problem.calls == 2


@pytest.mark.parametrize(
    ("options", "calls", "iterations"),
    [
        # one before each iteration
        ({"max_iter": 1}, 1, 1),
        ({"max_iter": 2}, 2, 2),
        # one more, to see that it is done
        ({"max_iter": 9}, 3, 2),
        ({"max_iter": 9, "max_eval": 2}, 2, 1),
        ({"max_iter": 9, "tolerance_grad": 3.5}, 2, 1),
        ({"max_iter": 9, "tolerance_grad": 4.0}, 1, 0),
        # steps of 1 and of 3; the loss falls by 3.5
        ({"max_iter": 9, "tolerance_change": 1.0}, 2, 1),
        ({"max_iter": 9, "lr": 1e-3, "tolerance_change": 0.005}, 2, 1),
        # the slope, 16, is not steep enough
        ({"max_iter": 9, "tolerance_change": 16.0}, 1, 1),
        # at once at 3, where it is flat enough; then at 0
        ({"max_iter": 9, "line_search_fn": "strong_wolfe"}, 3, 2),
        # one evaluation, then trials at 1/4, 5/2, ...
        ({"max_iter": 9, "lr": 0.25, "line_search_fn": "strong_wolfe", "max_eval": 2}, 3, 1),
    ],
    ids=str,
)
def test_how_often_the_closure_is_called(
    options: dict[str, object], calls: int, iterations: int
) -> None:
    problem = half_square()
    optimizer = LBFGS([problem.p])
    optimizer.param_groups[0].update(options)  # type: ignore[typeddict-item]
    optimizer.step(problem)
    state = optimizer.state[problem.p]
    assert (problem.calls, state["func_evals"], state["n_iter"]) == (calls, calls, iterations)


def test_evaluations_are_a_quarter_more_than_iterations() -> None:
    assert LBFGS([zeros(1)], max_iter=8).param_groups[0]["max_eval"] == 10
    assert LBFGS([zeros(1)], max_iter=8, max_eval=3).param_groups[0]["max_eval"] == 3


def test_it_finds_the_minimum_of_a_curved_valley() -> None:
    problem = rosenbrock()
    LBFGS([problem.p], max_iter=100, line_search_fn="strong_wolfe").step(problem)
    assert problem.p.tolist() == pytest.approx([1.0, 1.0], abs=1e-4)
    assert problem.calls < 60


@pytest.mark.parametrize("line_search_fn", [None, "strong_wolfe"])
@pytest.mark.parametrize("history_size", [0, 2])
def test_with_little_memory(line_search_fn: str | None, history_size: int) -> None:
    problem = Problem([3.0, -2.0], lambda p: (p * p * tensor([1.0, 4.0])).sum())
    optimizer = LBFGS([problem.p], lr=0.5, history_size=history_size)
    optimizer.param_groups[0]["line_search_fn"] = line_search_fn  # type: ignore[typeddict-item]
    for _ in range(4):
        optimizer.step(problem)
    assert problem.p.tolist() == pytest.approx([0.0, 0.0], abs=1e-4)


def test_a_rate_of_zero_stays() -> None:
    problem = half_square()
    LBFGS([problem.p], lr=0, line_search_fn="strong_wolfe").step(problem)
    assert problem.p.tolist() == [4.0]


def test_what_has_no_gradient_stays() -> None:
    problem = half_square()
    others = [tensor([[7.0, 8.0]], requires_grad=True), tensor(9.0, requires_grad=True)]
    optimizer = LBFGS([others[0], problem.p, others[1]])
    optimizer.step(problem)
    assert problem.p.tolist() == [0.0]
    assert [p.tolist() for p in others] == [[[7.0, 8.0]], 9.0]
    assert optimizer.state[others[0]]["d"].shape == (4,)


def test_the_state_and_where_it_is() -> None:
    problem = half_square()
    optimizer = LBFGS([problem.p], max_iter=2, max_eval=9)
    optimizer.step(problem)
    (state,) = optimizer.state_dict()["state"].values()
    numbers = {name: value for name, value in state.items() if not isinstance(value, Tensor)}
    one = tensor([-1.0], dtype=float64)
    for name in ("old_dirs", "old_stps"):
        kept = numbers.pop(name)
        assert isinstance(kept, list) and [x.tolist() for x in kept] == [one.tolist()]
    assert numbers == {
        "func_evals": 2,
        "n_iter": 2,
        "t": 1.0,
        "ro": [1.0],
        "H_diag": 1.0,
        "prev_loss": 4.5,
    }
    tensors = {name: value.tolist() for name, value in state.items() if isinstance(value, Tensor)}
    assert tensors == {"d": [-3.0], "prev_flat_grad": [3.0]}


def test_a_saved_run_goes_on() -> None:
    one, other = rosenbrock(), rosenbrock()
    optimizer = LBFGS([one.p], max_iter=3, line_search_fn="strong_wolfe")
    for _ in range(3):
        optimizer.step(one)
    saved = optimizer.state_dict()
    other.p = one.p.detach().clone().requires_grad_()
    for _ in range(3):
        optimizer.step(one)
    # What was saved is as it was: the run has not written into it.
    resumed = LBFGS([other.p])
    resumed.load_state_dict(saved)
    for _ in range(3):
        resumed.step(other)
    assert other.p.tolist() == one.p.tolist()
    assert resumed.state[other.p]["n_iter"] == optimizer.state[one.p]["n_iter"]


def test_loading_copies_and_casts() -> None:
    problem = rosenbrock()
    optimizer = LBFGS([problem.p], max_iter=4, line_search_fn="strong_wolfe")
    optimizer.step(problem)
    p = zeros(2, requires_grad=True)
    other = LBFGS([p])
    other.load_state_dict(optimizer.state_dict())
    mine, theirs = other.state[p], optimizer.state[problem.p]
    assert mine["old_dirs"] is not theirs["old_dirs"]
    assert {x.dtype for x in (mine["d"], *mine["old_dirs"], *mine["old_stps"])} == {float32}
    assert {x.dtype for x in (theirs["d"], *theirs["old_dirs"])} == {float64}
    assert mine["ro"] == theirs["ro"]


def test_a_closure_that_returns_a_number() -> None:
    problem = half_square()
    assert LBFGS([problem.p]).step(lambda: problem().item()) == 8.0


def test_a_closure_that_forgets_to_return() -> None:
    problem = half_square()

    def closure() -> None:
        problem()

    text = (
        "LBFGS: the closure must return the loss, a tensor of one element or a number, but it "
        "returned NoneType"
    )
    with pytest.raises(TypeError, match=f"^{re.escape(text)}$"):
        LBFGS([problem.p]).step(closure)  # type: ignore[type-var]


def test_a_line_search_that_is_not_there() -> None:
    problem = half_square()
    optimizer = LBFGS([problem.p], line_search_fn="armijo")  # type: ignore[arg-type]
    text = "only 'strong_wolfe' is supported, or None, but line_search_fn is 'armijo'"
    with pytest.raises(RuntimeError, match=f"^{re.escape(text)}$"):
        optimizer.step(problem)


def test_a_second_group() -> None:
    text = (
        "LBFGS doesn't support per-parameter options (parameter groups): "
        "give it all parameters in one list"
    )
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        LBFGS([{"params": zeros(1)}, {"params": zeros(1)}])


def test_a_negative_rate() -> None:
    with pytest.raises(ValueError, match=r"^Invalid learning rate: -1; expected 0 or more$"):
        LBFGS([zeros(1)], lr=-1)
