"""Adafactor, Muon and L-BFGS against torch's: values, states, saved runs, and errors.

In float32 both libraries add up sums and products of matrices in an order of their own. Adafactor
divides by a root of what they give, Muon multiplies small singular values by up to 3.4 in each of
its steps: a hundred steps agree to about 1e-5 of the largest element. L-BFGS is compared below.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
import torch
from tests.cases.optim import FLAGS, MORE
from tests.parity.test_optim import (
    STEPS,
    Case,
    Pair,
    assert_close,
    converted,
    copy,
    drawn,
    one_at_a_time,
    to_ours,
    to_theirs,
)

import minitorch_autograd
import minitorch_optim

SHAPES: dict[str, list[tuple[int, ...]]] = {
    "Adafactor": [(3, 2), (4,), (2, 3, 4), ()],
    "Muon": [(3, 2), (2, 5), (4, 4), (1, 3)],
}
TOLERANCE = {"float64": 1e-12, "float32": 2e-5}
DRAW = random.Random(0)
CASES = list(
    {
        str(case): case
        for name in MORE
        for case in (*one_at_a_time(name, MORE), *drawn(name, DRAW, MORE))
    }.values()
)


@pytest.fixture(autouse=True)
def muon_without_bfloat16(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let torch's Muon compute in the type of the parameter, as ours does."""
    monkeypatch.setattr(torch.Tensor, "bfloat16", lambda x: x.clone())


def pair_of(case: Case, dtype: str = "float64") -> Pair:
    return Pair(case, dtype, SHAPES[case.name])


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_hundred_steps(case: Case, dtype: str) -> None:
    pair = pair_of(case, dtype)
    for step in range(STEPS):
        pair.give(step)
        pair.their_optimizer.step()
        pair.our_optimizer.step()
    pair.assert_equal(TOLERANCE[dtype])


@pytest.mark.parametrize("begun_here", FLAGS, ids=["begun in torch", "begun here"])
@pytest.mark.parametrize("case", CASES[::4], ids=str)
def test_a_run_goes_on_in_the_other(case: Case, begun_here: bool) -> None:
    pair = pair_of(case)
    first, second = pair.their_optimizer, pair.our_optimizer
    if begun_here:
        first, second = second, first
    for step in range(STEPS):
        pair.give(step)
        first.step()
        if step > STEPS // 2:
            second.step()
        elif step == STEPS // 2:
            hand_over(pair, begun_here)
    pair.assert_equal(TOLERANCE["float64"])


def hand_over(pair: Pair, begun_here: bool) -> None:
    """Give parameters and state of the one that has run to the other."""
    if begun_here:
        copy(pair.theirs, [to_theirs(p.detach()) for p in pair.ours], torch.no_grad)
        saved = pair.our_optimizer.state_dict()
        pair.their_optimizer.load_state_dict(converted(saved, to_theirs))
        # What is loaded has the type of the parameter, there and here.
        pair.our_optimizer.load_state_dict(saved)
    else:
        copy(pair.ours, [to_ours(p) for p in pair.theirs], minitorch_autograd.no_grad)
        saved = pair.their_optimizer.state_dict()
        pair.our_optimizer.load_state_dict(converted(saved, to_ours))
        pair.their_optimizer.load_state_dict(saved)


# L-BFGS. Its steps hang on comparisons, and each amplifies what rounding has left of a difference:
# on the net by 10 or more in ten iterations. In time the two take different paths, to minima that
# may be different ones. They are compared for as many calls of `step` as both take the same path,
# with as many iterations and evaluations, and have parted by less than the tolerance.


def rosenbrock(library: Any, params: Sequence[Any]) -> Any:
    x, y = params
    return (1 - x) ** 2 + 100 * (y - x * x) ** 2


def net(library: Any, params: Sequence[Any]) -> Any:
    """Return the loss of a net with one hidden layer; the second parameter takes no part."""
    first, _, bias, second = params
    x = library.linspace(-2.0, 2.0, 24, dtype=first.dtype).reshape(12, 2)
    hidden = library.tanh(x @ first + bias)
    return ((hidden @ second - library.sin(3 * x)) ** 2).mean()


@dataclass(frozen=True)
class Descent:
    """A loss to be minimized, and for how many calls of `step` both take the same path."""

    loss: Callable[[Any, Sequence[Any]], Any]
    options: Mapping[str, object]
    float64: int
    float32: int

    def __str__(self) -> str:
        return " ".join([self.loss.__name__, *(f"{k}={v}" for k, v in self.options.items())])


NOISE = torch.Generator().manual_seed(0)
STARTS: dict[object, list[Any]] = {
    rosenbrock: [torch.tensor(-1.2), torch.tensor(1.0)],
    net: [torch.randn(shape, generator=NOISE) for shape in [(2, 6), (3,), (6,), (6, 2)]],
}
WOLFE = {"line_search_fn": "strong_wolfe"}
DESCENT_TOLERANCE = {"float64": 1e-11, "float32": 1e-4}
DESCENTS = [
    Descent(rosenbrock, {"lr": 0.002, "max_iter": 4}, 40, 40),
    Descent(rosenbrock, {**WOLFE, "max_iter": 4}, 40, 4),
    Descent(rosenbrock, {**WOLFE, "history_size": 2}, 40, 1),
    Descent(rosenbrock, {**WOLFE, "lr": 0.1, "max_iter": 6, "max_eval": 5}, 6, 3),
    Descent(net, {"lr": 0.1, "max_iter": 4}, 6, 6),
    Descent(net, {**WOLFE, "max_iter": 4}, 8, 5),
    Descent(net, {**WOLFE, "max_iter": 5, "lr": 0.5, "history_size": 3}, 6, 2),
    Descent(net, {"lr": 0.1, "max_iter": 5, "max_eval": 3, "history_size": 3}, 18, 10),
    Descent(net, {**WOLFE, "max_iter": 4, "tolerance_grad": 0.01}, 40, 6),
    Descent(net, {"lr": 0.1, "max_iter": 4, "tolerance_change": 0.01}, 6, 6),
]


class Descender:
    """One library on its way down."""

    def __init__(self, library: Any, optimizers: Any, descent: Descent, params: list[Any]) -> None:
        self.library = library
        self.params = params
        self.loss = descent.loss
        self.optimizer = optimizers.LBFGS(params, **descent.options)

    def closure(self) -> Any:
        self.optimizer.zero_grad()
        loss = self.loss(self.library, self.params)
        loss.backward()
        return loss

    def step(self) -> float:
        return float(self.optimizer.step(self.closure).item())

    @property
    def state(self) -> Any:
        return self.optimizer.state_dict()["state"][0]


def descend(descent: Descent, dtype: str = "float64") -> tuple[Descender, Descender]:
    theirs = [p.clone().to(getattr(torch, dtype)).requires_grad_() for p in STARTS[descent.loss]]
    ours = [to_ours(p.detach()).requires_grad_() for p in theirs]
    return (
        Descender(torch, torch.optim, descent, theirs),
        Descender(minitorch_autograd, minitorch_optim, descent, ours),
    )


def assert_same_place(theirs: Descender, ours: Descender, tolerance: float) -> None:
    for name in ("func_evals", "n_iter"):
        assert ours.state[name] == theirs.state[name]
    for p, q in zip(theirs.params, ours.params, strict=True):
        assert_close(q, p, tolerance)


@pytest.mark.parametrize("dtype", DESCENT_TOLERANCE)
@pytest.mark.parametrize("descent", DESCENTS, ids=str)
def test_l_bfgs_takes_the_same_path(descent: Descent, dtype: str) -> None:
    theirs, ours = descend(descent, dtype)
    for _ in range(getattr(descent, dtype)):
        assert ours.step() == pytest.approx(theirs.step(), rel=DESCENT_TOLERANCE[dtype], abs=1e-9)
        assert_same_place(theirs, ours, DESCENT_TOLERANCE[dtype])


@pytest.mark.parametrize("descent", DESCENTS, ids=str)
def test_the_state_of_l_bfgs(descent: Descent) -> None:
    theirs, ours = descend(descent)
    for _ in range(3):
        theirs.step()
        ours.step()
    expected = {name: value for name, value in theirs.state.items() if name != "al"}  # scratch
    assert list(ours.state) == list(expected)
    for name, value in expected.items():
        assert_alike(ours.state[name], value)


def assert_alike(ours: Any, theirs: Any) -> None:
    """Assert that parts of two states are equal, where torch may have a tensor for a number."""
    if isinstance(theirs, list):
        assert isinstance(ours, list) and len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            assert_alike(one, other)
    elif isinstance(ours, minitorch_autograd.Tensor):
        # A change of gradients is a difference of about equal numbers.
        assert_close(ours, theirs, 1e-6)
    else:
        assert ours == pytest.approx(float(theirs), rel=1e-6)


@pytest.mark.parametrize("begun_here", FLAGS, ids=["begun in torch", "begun here"])
@pytest.mark.parametrize("descent", DESCENTS, ids=str)
def test_a_run_of_l_bfgs_goes_on_in_the_other(descent: Descent, begun_here: bool) -> None:
    theirs, ours = descend(descent)
    first, second = (ours, theirs) if begun_here else (theirs, ours)
    convert = to_theirs if begun_here else to_ours
    for _ in range(3):
        first.step()
    copy(second.params, [convert(p.detach()) for p in first.params], second.library.no_grad)
    saved = first.optimizer.state_dict()
    state = {name: convert_all(value, convert) for name, value in saved["state"][0].items()}
    second.optimizer.load_state_dict({**saved, "state": {0: state}})
    for _ in range(min(descent.float64 - 3, 8)):
        first.step()
        second.step()
    assert_same_place(theirs, ours, DESCENT_TOLERANCE["float64"])


def convert_all(value: Any, convert: Callable[[Any], object]) -> object:
    if isinstance(value, list):
        return [convert_all(one, convert) for one in value]
    return convert(value) if hasattr(value, "shape") else value


@pytest.mark.parametrize("name", ["Adafactor", "LBFGS", "Muon"])
def test_repr_has_torch_s_lines(name: str) -> None:
    ours = repr(getattr(minitorch_optim, name)([minitorch_autograd.ones(1, 1)]))
    theirs = repr(getattr(torch.optim, name)([torch.ones(1, 1)]))
    # Torch's other option says how it computes, not what.
    lines = [line for line in theirs.splitlines() if not line.strip().startswith("foreach:")]
    assert ours.splitlines() == lines


REFUSED: dict[str, list[dict[str, Any]]] = {
    "Adafactor": [
        {"lr": -1},
        {"beta2_decay": 0.5},
        {"eps": (-1.0, 1e-3)},
        {"eps": (None, -1.0)},
        {"d": 0.5},
        {"weight_decay": -0.5},
    ],
    "LBFGS": [{"lr": -1}, {"params": [{"params": []}, {"params": []}]}],
    "Muon": [
        {"lr": -1},
        {"momentum": -0.5},
        {"weight_decay": -0.5},
        {"adjust_lr_fn": "none"},
    ],
}


@pytest.mark.parametrize(
    ("name", "bad"), [(name, bad) for name, bads in REFUSED.items() for bad in bads]
)
def test_errors(name: str, bad: dict[str, Any]) -> None:
    messages = []
    for tensors, optimizers in ((torch, torch.optim), (minitorch_autograd, minitorch_optim)):
        with pytest.raises(ValueError) as error:  # noqa: PT011  (the texts are compared)
            getattr(optimizers, name)(**{"params": [tensors.ones(2, 2)], **bad})
        messages.append(str(error.value))
    theirs, ours = messages
    assert ours.startswith(theirs)


@pytest.mark.parametrize("name", ["Adafactor", "LBFGS", "Muon"])
def test_a_rate_of_two(name: str) -> None:
    for tensors, optimizers in ((torch, torch.optim), (minitorch_autograd, minitorch_optim)):
        with pytest.raises(ValueError, match=r"^Tensor lr must be 1-element"):
            getattr(optimizers, name)([tensors.ones(2, 2)], lr=tensors.ones(2))


def test_muon_wants_matrices() -> None:
    text = "^Muon only supports 2D parameters whereas we found a parameter with size: "
    for tensors, optimizers in ((torch, torch.optim), (minitorch_autograd, minitorch_optim)):
        with pytest.raises(ValueError, match=text):
            optimizers.Muon([tensors.ones(2)])


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"ns_steps": 100}, "Number of steps must be less than 100 for computational efficiency"),
        ({"ns_coefficients": (1.0, 2.0)}, "Coefficients must be a tuple of exactly 3 values"),
    ],
)
def test_options_that_muon_refuses_in_its_step(options: dict[str, Any], text: str) -> None:
    for tensors, optimizers in ((torch, torch.optim), (minitorch_autograd, minitorch_optim)):
        p = tensors.ones(2, 2, requires_grad=True)
        p.grad = tensors.ones(2, 2)
        optimizer = optimizers.Muon([p], **options)
        with pytest.raises(ValueError, match=f"^{text}"):
            optimizer.step()


def test_a_line_search_that_l_bfgs_does_not_have() -> None:
    for tensors, optimizers in ((torch, torch.optim), (minitorch_autograd, minitorch_optim)):
        p = tensors.ones(2, requires_grad=True)
        optimizer = optimizers.LBFGS([p], line_search_fn="armijo")

        def closure(p: Any = p) -> Any:
            loss = (p * p).sum()
            loss.backward()
            return loss

        with pytest.raises(RuntimeError, match=r"^only 'strong_wolfe' is supported"):
            optimizer.step(closure)
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'closure'"):
            optimizer.step()
