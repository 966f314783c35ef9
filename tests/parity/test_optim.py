"""Optimizers against torch's: values, states, saved runs, and errors.

float64 agrees to rounding. In float32 the two order some products differently, and Adam divides by
means that may be small: a hundred steps agree to about 1e-5 of the largest element.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest
import torch
from tests.cases.optim import OPTIONS, Table

import minitorch_autograd
import minitorch_optim

# The last is updated alone, the others in a bucket.
SHAPES = [(3, 2), (4,), (1,), ()]
STEPS = 100
TOLERANCE = {"float64": 1e-12, "float32": 2e-5}


@dataclass(frozen=True)
class Case:
    """An optimizer with options; `without` are the (step, parameter) that get no gradient."""

    name: str
    options: Mapping[str, object]
    without: frozenset[tuple[int, int]] = field(default_factory=frozenset)

    def __str__(self) -> str:
        absent = ["absent"] if self.without else []
        options = [f"{name}={value}" for name, value in self.options.items()]
        return " ".join([self.name, *options, *absent])


DRAWS = 12  # combinations of each


def allowed(name: str, options: Mapping[str, object]) -> bool:
    if name == "SGD" and options["nesterov"]:
        return options["momentum"] != 0 and options["dampening"] == 0
    # Where there is no mean of squares, a gradient near 0 decides over the step by chance.
    return options.get("betas") != (0.8, 0.0) or options["eps"] == 0.1


def one_at_a_time(name: str, table: Table = OPTIONS) -> Iterator[Case]:
    """Yield the options by themselves: all as usual, then each other value of each."""
    usual = {option: values[0] for option, values in table[name].items()}
    yield Case(name, usual)
    for option, values in table[name].items():
        for value in values[1:]:
            options = {**usual, option: value}
            if name == "SGD" and option in ("dampening", "nesterov"):
                options["momentum"] = 0.9
            if allowed(name, options):
                yield Case(name, options)


def drawn(name: str, draw: random.Random, table: Table = OPTIONS) -> Iterator[Case]:
    """Yield combinations of options at random, some with gradients that are absent at times."""
    count = 0
    while count < DRAWS:
        options = {option: draw.choice(values) for option, values in table[name].items()}
        if allowed(name, options):
            yield Case(name, options, ABSENT if count % 3 == 0 else frozenset())
            count += 1


ABSENT = frozenset({(0, 1), (7, 0), (7, 2), (30, 0), (30, 1), (30, 2), (30, 3)})
DRAW = random.Random(0)
CASES = list(
    {
        str(case): case for name in OPTIONS for case in (*one_at_a_time(name), *drawn(name, DRAW))
    }.values()
)


class Pair:
    """The same parameters in torch and here, and an optimizer of each."""

    def __init__(
        self, case: Case, dtype: str = "float64", shapes: Sequence[tuple[int, ...]] = SHAPES
    ) -> None:
        self.case = case
        self.noise = torch.Generator().manual_seed(0)
        self.theirs = [self.draw(shape, dtype).requires_grad_() for shape in shapes]
        self.ours = [to_ours(p).requires_grad_() for p in self.theirs]
        self.their_optimizer = getattr(torch.optim, case.name)(self.theirs, **case.options)
        self.our_optimizer = getattr(minitorch_optim, case.name)(self.ours, **case.options)

    def draw(self, shape: Sequence[int], dtype: str) -> Any:
        return torch.randn(shape, dtype=torch.float64, generator=self.noise).to(
            getattr(torch, dtype)
        )

    def give(self, step: int) -> None:
        """Set gradients that pull to 0, with noise."""
        for i, (p, q) in enumerate(zip(self.theirs, self.ours, strict=True)):
            gradient = self.draw(p.shape, "float64") + 0.1 * p.detach().double()
            absent = (step, i) in self.case.without
            p.grad = None if absent else gradient.to(p.dtype)
            q.grad = None if absent else to_ours(p.grad)

    def assert_equal(self, tolerance: float) -> None:
        for p, q in zip(self.theirs, self.ours, strict=True):
            assert_close(q, p, tolerance)
        theirs, ours = self.their_optimizer.state_dict(), self.our_optimizer.state_dict()
        assert ours["state"].keys() == theirs["state"].keys()
        for number, state in theirs["state"].items():
            assert list(ours["state"][number]) == list(state)
            for name, value in state.items():
                assert_close(ours["state"][number][name], value, tolerance)


def to_ours(x: Any) -> minitorch_autograd.Tensor:
    dtype = getattr(minitorch_autograd, str(x.dtype).removeprefix("torch."))
    return minitorch_autograd.tensor(x.tolist(), dtype=dtype).reshape(tuple(x.shape))


def to_theirs(x: minitorch_autograd.Tensor) -> Any:
    dtype = getattr(torch, str(x.dtype).removeprefix("torch."))
    return torch.tensor(x.tolist(), dtype=dtype).reshape(x.shape)


def converted(state_dict: Mapping[str, Any], convert: Callable[[Any], object]) -> dict[str, Any]:
    """Return a state dict with its tensors converted: nothing else needs to be."""
    states = {
        number: {name: convert(value) for name, value in state.items()}
        for number, state in state_dict["state"].items()
    }
    return {**state_dict, "state": states}


def assert_close(ours: minitorch_autograd.Tensor, theirs: Any, tolerance: float) -> None:
    assert ours.shape == tuple(theirs.shape)
    assert str(ours.dtype) == str(theirs.dtype)
    size = theirs.detach().abs().max().item()
    error = (to_theirs(ours.detach()) - theirs.detach()).abs().max().item()
    assert error <= tolerance * size, f"{error} of {size}"


@pytest.mark.parametrize("dtype", TOLERANCE)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_hundred_steps(case: Case, dtype: str) -> None:
    pair = Pair(case, dtype)
    for step in range(STEPS):
        pair.give(step)
        pair.their_optimizer.step()
        pair.our_optimizer.step()
    pair.assert_equal(TOLERANCE[dtype])


TRAVELLERS = CASES[::4]


@pytest.mark.parametrize("case", TRAVELLERS, ids=str)
def test_a_run_begun_in_torch_goes_on_here(case: Case) -> None:
    pair = Pair(case)
    for step in range(STEPS):
        pair.give(step)
        pair.their_optimizer.step()
        if step > STEPS // 2:
            pair.our_optimizer.step()
        elif step == STEPS // 2:
            copy(pair.ours, [to_ours(p) for p in pair.theirs], minitorch_autograd.no_grad)
            saved = pair.their_optimizer.state_dict()
            pair.our_optimizer.load_state_dict(converted(saved, to_ours))
            # What is loaded has the type of the parameter, there and here.
            pair.their_optimizer.load_state_dict(saved)
    pair.assert_equal(TOLERANCE["float64"])


@pytest.mark.parametrize("case", TRAVELLERS, ids=str)
def test_a_run_begun_here_goes_on_in_torch(case: Case) -> None:
    pair = Pair(case)
    for step in range(STEPS):
        pair.give(step)
        pair.our_optimizer.step()
        if step > STEPS // 2:
            pair.their_optimizer.step()
        elif step == STEPS // 2:
            copy(pair.theirs, [to_theirs(p.detach()) for p in pair.ours], torch.no_grad)
            saved = pair.our_optimizer.state_dict()
            pair.their_optimizer.load_state_dict(converted(saved, to_theirs))
            # What is loaded has the type of the parameter, there and here.
            pair.our_optimizer.load_state_dict(saved)
    pair.assert_equal(TOLERANCE["float64"])


def copy(targets: Sequence[Any], sources: Sequence[Any], no_grad: Callable[[], Any]) -> None:
    with no_grad():
        for target, source in zip(targets, sources, strict=True):
            target.copy_(source)


@pytest.mark.parametrize("name", OPTIONS)
def test_repr_has_torch_s_lines(name: str) -> None:
    pair = Pair(Case(name, {}))
    ours, theirs = repr(pair.our_optimizer).splitlines(), repr(pair.their_optimizer).splitlines()
    # Torch's other options say how it computes, not what.
    how = ("capturable:", "differentiable:", "foreach:", "fused:")
    assert ours == [line for line in theirs if not line.strip().startswith(how)]


REFUSED: dict[str, list[dict[str, object]]] = {
    "RMSprop": [{"lr": -1}, {"eps": -1.0}, {"momentum": -1.0}, {"weight_decay": -1}, {"alpha": -1}],
    "Adagrad": [
        {"lr": -1},
        {"lr_decay": -0.5},
        {"weight_decay": -0.5},
        {"eps": -1.0},
        {"initial_accumulator_value": -0.5},
    ],
    "Adadelta": [{"lr": -1}, {"rho": 1.5}, {"eps": -1.0}, {"weight_decay": -0.5}],
    "Adamax": [{"lr": -1}, {"eps": -1.0}, {"betas": (1.0, 0.9)}, {"weight_decay": -0.5}],
    "NAdam": [
        {"lr": -1},
        {"eps": -1.0},
        {"betas": (0.9, 1.0)},
        {"weight_decay": -0.5},
        {"momentum_decay": -1.0},
    ],
    "RAdam": [{"lr": -1}, {"eps": -1.0}, {"betas": (-0.1, 0.9)}, {"weight_decay": -0.5}],
    "ASGD": [{"lr": -1}, {"weight_decay": -0.5}],
    "Rprop": [{"lr": -1}, {"etas": (1.0, 1.2)}, {"etas": (0.5, 1.0)}, {"etas": (0.0, 1.2)}],
}


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("SGD", lambda library, p: {"params": [p], "lr": -1}),
        ("SGD", lambda library, p: {"params": [p], "momentum": -0.5}),
        ("SGD", lambda library, p: {"params": [p], "weight_decay": -0.5}),
        ("SGD", lambda library, p: {"params": [p], "nesterov": True}),
        ("Adam", lambda library, p: {"params": [p], "lr": -1}),
        ("Adam", lambda library, p: {"params": [p], "betas": (1.0, 0.9)}),
        ("Adam", lambda library, p: {"params": [p], "betas": (0.9, -0.5)}),
        ("Adam", lambda library, p: {"params": [p], "eps": -1.0}),
        ("AdamW", lambda library, p: {"params": [p], "weight_decay": -0.5}),
        *(
            (name, lambda library, p, bad=bad: {"params": [p], **bad})
            for name, bads in REFUSED.items()
            for bad in bads
        ),
        ("SGD", lambda library, p: {"params": [p], "lr": library.tensor([0.1, 0.2])}),
        ("SGD", lambda library, p: {"params": [("p", p), library.zeros(1)]}),
        (
            "SGD",
            lambda library, p: {"params": [{"params": [("p", p)]}, {"params": library.zeros(1)}]},
        ),
        ("SGD", lambda library, p: {"params": []}),
        ("SGD", lambda library, p: {"params": [p, 3]}),
        ("SGD", lambda library, p: {"params": [p * 2]}),
        ("SGD", lambda library, p: {"params": [{"params": {p}}]}),
        ("SGD", lambda library, p: {"params": [{"params": [p]}, {"params": [p]}]}),
    ],
)
def test_errors(name: str, make: Callable[[Any, Any], dict[str, Any]]) -> None:
    messages = []
    for tensors, optimizers in ((torch, torch.optim), (minitorch_autograd, minitorch_optim)):
        p = tensors.tensor([1.0], requires_grad=True)
        with pytest.raises((TypeError, ValueError)) as error:
            getattr(optimizers, name)(**make(tensors, p))
        messages.append((error.type, str(error.value)))
    (their_type, their_message), (our_type, our_message) = messages
    assert our_type is their_type
    assert our_message.startswith(their_message)
