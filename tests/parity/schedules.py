"""What schedules are compared with torch's by: the cases, and a pair of the same in both."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest
import torch

import minitorch
import minitorch.optim.lr_scheduler
import minitorch.optim.swa_utils

STEPS = 320
LIBRARIES = (torch, minitorch)
# Rates are a few sums and products each: they agree to rounding, which recursive forms add up.
TOLERANCE = 1e-11


# torch, and so we, step the schedules in nested sequences while they are made.
quiet = pytest.mark.filterwarnings(
    "ignore:Detected call of:UserWarning", "ignore:The epoch parameter:UserWarning"
)


def schedules_of(library: Any) -> SimpleNamespace:
    """Return all schedules of a library; that of averages has a module of its own."""
    module = library.optim.lr_scheduler
    named = {name: getattr(module, name) for name in torch.optim.lr_scheduler.__all__}
    return SimpleNamespace(**named, SWALR=library.optim.swa_utils.SWALR)


@dataclass(frozen=True)
class Case:
    """A schedule with options, or one that `make` builds of several."""

    name: str
    options: Mapping[str, Any] = field(default_factory=dict)
    make: Callable[[Any, Any], Any] | None = None

    def __str__(self) -> str:
        options = [f"{key}={value}" for key, value in self.options.items()]
        # Functions by their names alone, which are the same in each process.
        return " ".join(
            [self.name, *(re.sub(r"<function (\w+) at \w+>", r"\1", o) for o in options)]
        )

    def build(self, library: Any, optimizer: Any, **more: object) -> Any:
        module = schedules_of(library)
        if self.make is not None:
            return self.make(module, optimizer)
        return getattr(module, self.name)(optimizer, **{**self.options, **more})


class Growing:
    """A function that is an object: its attributes are saved."""

    def __init__(self, slope: float) -> None:
        self.slope = slope

    def __call__(self, epoch: float) -> float:
        return 1 / (1 + self.slope * epoch)

    def __repr__(self) -> str:
        return f"Growing({self.slope})"


def inverse(epoch: float) -> float:
    return 1 / (1 + epoch)


def slow(epoch: float) -> float:
    return 0.99 if epoch % 2 else 1.005


# The values that each option is drawn from.
OPTIONS: dict[str, dict[str, Sequence[object]]] = {
    "LambdaLR": {"lr_lambda": [inverse, Growing(0.1), [inverse, slow], [Growing(0.5), inverse]]},
    "MultiplicativeLR": {"lr_lambda": [slow, [slow, Growing(1e-4)]]},
    "StepLR": {"step_size": [1, 7, 30], "gamma": [0.1, 0.9, 1.02]},
    "MultiStepLR": {
        "milestones": [[30, 80], [80, 30, 30], [], [0, 1, 319]],
        "gamma": [0.1, 0.5, 1.5],
    },
    "ConstantLR": {"factor": [1 / 3, 0.1, 1.0], "total_iters": [5, 1, 0, 100, 1000]},
    "LinearLR": {
        "start_factor": [1 / 3, 0.01, 1.0],
        "end_factor": [1.0, 0.5, 0.0],
        "total_iters": [5, 1, 100, 1000],
    },
    "ExponentialLR": {"gamma": [0.99, 0.9, 1.01]},
    "PolynomialLR": {"total_iters": [5, 1, 100, 1000], "power": [1.0, 2.0, 0.5]},
    "CosineAnnealingLR": {"T_max": [50, 7, 1, 400], "eta_min": [0.0, 0.01, 0.6]},
    "CosineAnnealingWarmRestarts": {
        "T_0": [10, 1, 37],
        "T_mult": [1, 2, 3],
        "eta_min": [0.0, 0.01, 1],
    },
    "CyclicLR": {
        "base_lr": [0.01, [0.1, 0.2]],
        "max_lr": [0.5, [1.0, 0.3]],
        "step_size_up": [20, 7],
        "step_size_down": [None, 31],
        "mode": ["triangular", "triangular2", "exp_range"],
        "gamma": [1.0, 0.99],
        "scale_fn": [None, None, inverse, Growing(0.2)],
        "scale_mode": ["cycle", "iterations"],
        "cycle_momentum": [True, True, False],
        "base_momentum": [0.8, [0.5, 0.6]],
        "max_momentum": [0.9, [0.95, 0.7]],
    },
    "OneCycleLR": {
        "max_lr": [0.5, [1.0, 0.3]],
        "total_steps": [320, 1000],
        "pct_start": [0.3, 0.5, 0.1],
        "anneal_strategy": ["cos", "linear"],
        "cycle_momentum": [True, True, False],
        "base_momentum": [0.85, [0.5, 0.6]],
        "max_momentum": [0.95, [0.9, 0.7]],
        "div_factor": [25.0, 4.0],
        "final_div_factor": [1e4, 10.0],
        "three_phase": [False, True],
    },
    "SWALR": {
        "swa_lr": [0.05, [0.1, 0.9]],
        "anneal_epochs": [10, 0, 1, 100],
        "anneal_strategy": ["cos", "linear"],
    },
}
DRAWS = 8


def one_at_a_time(name: str) -> Iterator[Case]:
    """Yield the first value of each option, then each other value of each."""
    usual = {option: values[0] for option, values in OPTIONS[name].items()}
    yield Case(name, usual)
    for option, values in OPTIONS[name].items():
        for value in values[1:]:
            if value is not values[0]:
                yield Case(name, {**usual, option: value})


def drawn(name: str, draw: random.Random) -> Iterator[Case]:
    for _ in range(DRAWS):
        yield Case(name, {key: draw.choice(values) for key, values in OPTIONS[name].items()})


DRAW = random.Random(0)
SINGLE = list(
    {
        str(case): case for name in OPTIONS for case in (*one_at_a_time(name), *drawn(name, DRAW))
    }.values()
)


# --- Schedules of several. `s` is the module, `o` the optimizer.


def warm_up_then_decay(s: Any, o: Any) -> Any:
    return s.SequentialLR(
        o, [s.LinearLR(o, 0.1, total_iters=20), s.CosineAnnealingLR(o, 100)], [20]
    )


def many_in_a_row(s: Any, o: Any) -> Any:
    schedules = [
        s.ConstantLR(o, 0.1, 10),
        s.ExponentialLR(o, 0.9),
        s.StepLR(o, 30, 0.5),
        s.CosineAnnealingWarmRestarts(o, 10, 2),
        s.PolynomialLR(o, 50, 2.0),
        s.LambdaLR(o, inverse),
    ]
    return s.SequentialLR(o, schedules, [20, 40, 130, 200, 270])


def from_the_second(s: Any, o: Any) -> Any:
    return s.SequentialLR(o, [s.StepLR(o, 3), s.MultiStepLR(o, [30, 50])], [0])


def chain(s: Any, o: Any) -> Any:
    return s.ChainedScheduler(
        [s.ConstantLR(o, 0.1, 5), s.ExponentialLR(o, 0.99), s.CosineAnnealingLR(o, 70)]
    )


def chain_of_products(s: Any, o: Any) -> Any:
    schedules = [s.LinearLR(o, 0.2, 0.9, 30), s.MultiplicativeLR(o, slow), s.StepLR(o, 100)]
    return s.ChainedScheduler(schedules, optimizer=o)


def chain_with_momentum(s: Any, o: Any) -> Any:
    return s.ChainedScheduler([s.CyclicLR(o, 0.1, 0.5, 20), s.PolynomialLR(o, 400, 2)])


def chain_in_a_sequence(s: Any, o: Any) -> Any:
    warm = s.ChainedScheduler([s.LinearLR(o, 0.2, 1.0, 30), s.ExponentialLR(o, 0.99)])
    return s.SequentialLR(o, [warm, s.CosineAnnealingLR(o, 100)], [40])


def sequence_in_a_chain(s: Any, o: Any) -> Any:
    return s.ChainedScheduler([warm_up_then_decay(s, o), s.MultiStepLR(o, [50, 90], 0.5)])


def sequence_in_a_sequence(s: Any, o: Any) -> Any:
    inner = s.SequentialLR(o, [s.ConstantLR(o, 0.5, 8), s.ExponentialLR(o, 0.97)], [10])
    return s.SequentialLR(o, [inner, s.StepLR(o, 40)], [60])


COMPOSED = [
    Case(make.__name__, make=make)
    for make in (
        warm_up_then_decay,
        many_in_a_row,
        from_the_second,
        chain,
        chain_of_products,
        chain_with_momentum,
        chain_in_a_sequence,
        sequence_in_a_chain,
        sequence_in_a_sequence,
    )
]
CASES = SINGLE + COMPOSED


class Pair:
    """The same optimizer in torch and here, of two groups, with the same schedule."""

    def __init__(self, case: Case, optimizer: str = "SGD", tensor_rates: bool = False) -> None:
        self.case = case
        self.optimizers = [new_optimizer(library, optimizer, tensor_rates) for library in LIBRARIES]
        self.begin()
        for one in self.optimizers:
            one.step()  # once is enough for schedules not to warn

    def begin(self, **more: object) -> None:
        """Make the schedules, of the optimizers as they are."""
        self.schedules = [
            self.case.build(library, optimizer, **more)
            for library, optimizer in zip(LIBRARIES, self.optimizers, strict=True)
        ]

    def step(self, *args: object) -> None:
        for schedule in self.schedules:
            schedule.step(*args)

    def assert_same_rates(self) -> None:
        theirs, ours = self.schedules
        assert plain(ours.get_last_lr()) == close_to(plain(theirs.get_last_lr()))
        their_groups, our_groups = (optimizer.param_groups for optimizer in self.optimizers)
        for their_group, our_group in zip(their_groups, our_groups, strict=True):
            for name in ("lr", "momentum", "betas"):
                assert plain(our_group.get(name)) == close_to(plain(their_group.get(name)))

    def assert_same_states(self) -> None:
        theirs, ours = (plain(schedule.state_dict()) for schedule in self.schedules)
        assert_same(ours, theirs)


def new_optimizer(library: Any, name: str, tensor_rates: bool = False) -> Any:
    def rate(value: float) -> Any:
        return library.tensor(value, dtype=library.float64) if tensor_rates else value

    groups = [
        {"params": [library.zeros(2, requires_grad=True)], "lr": rate(0.5)},
        {"params": [library.zeros(1, requires_grad=True)], "lr": rate(0.2)},
    ]
    options = {"momentum": 0.3} if name == "SGD" else {}
    return getattr(library.optim, name)(groups, **options)


def plain(value: Any) -> Any:
    """Return a value with numbers for tensors."""
    if isinstance(value, (torch.Tensor, minitorch.Tensor)):
        return value.item()
    if isinstance(value, Mapping):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value


def close_to(value: Any) -> Any:
    return value if value is None else pytest.approx(value, rel=TOLERANCE, abs=TOLERANCE)


def assert_same(ours: Any, theirs: Any) -> None:
    """Compare what may be nested more deeply than `approx` looks."""
    if isinstance(theirs, dict):
        assert ours.keys() == theirs.keys()
        for key, value in theirs.items():
            assert_same(ours[key], value)
    elif isinstance(theirs, list):
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            assert_same(one, other)
    elif isinstance(theirs, float) and not isinstance(theirs, bool):
        assert ours == close_to(theirs)
    else:
        assert ours == theirs
