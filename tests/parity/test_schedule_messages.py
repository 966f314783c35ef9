"""Warnings and errors of schedules begin as torch's do."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import pytest
from tests.parity.schedules import (
    LIBRARIES,
    chain_in_a_sequence,
    inverse,
    new_optimizer,
    quiet,
    schedules_of,
    sequence_in_a_sequence,
)

Program = Callable[[Any, Any, Any], object]


def plateau_with_min_lrs_and_a_group_more(s: Any, o: Any, library: Any) -> None:
    plateau = s.ReduceLROnPlateau(o, patience=0, min_lr=[0, 0])
    o.add_param_group({"params": [library.zeros(1)]})
    plateau.step(1.0)
    plateau.step(1.0)


def one_cycle_that_is_over(s: Any, o: Any, library: Any) -> None:
    schedule = s.OneCycleLR(o, 0.5, total_steps=3)
    for _ in range(4):
        o.step()
        schedule.step()


def other(library: Any) -> Any:
    return library.optim.SGD([library.zeros(1, requires_grad=True)])


NOT_ONE = object()
ERRORS: list[Program] = [
    lambda s, o, library: s.StepLR(NOT_ONE, 1),
    lambda s, o, library: s.StepLR(o, 1, last_epoch=3),
    lambda s, o, library: s.LambdaLR(o, [inverse]),
    lambda s, o, library: s.LambdaLR(NOT_ONE, inverse),
    lambda s, o, library: s.MultiplicativeLR(o, [inverse] * 3),
    lambda s, o, library: s.MultiplicativeLR(o, 0.5),
    lambda s, o, library: s.ConstantLR(o, 1.5),
    lambda s, o, library: s.ConstantLR(o, -0.5),
    lambda s, o, library: s.LinearLR(o, 0.0),
    lambda s, o, library: s.LinearLR(o, 1.5),
    lambda s, o, library: s.LinearLR(o, end_factor=1.5),
    lambda s, o, library: s.LinearLR(o, end_factor=-0.5),
    lambda s, o, library: s.CosineAnnealingWarmRestarts(o, 0),
    lambda s, o, library: s.CosineAnnealingWarmRestarts(o, 1.5),
    lambda s, o, library: s.CosineAnnealingWarmRestarts(o, 1, 0),
    lambda s, o, library: s.CosineAnnealingWarmRestarts(o, 1, 1.5),
    lambda s, o, library: s.CosineAnnealingWarmRestarts(o, 1, 1, "no"),
    lambda s, o, library: s.CosineAnnealingWarmRestarts(o, 1).step(-1),
    lambda s, o, library: s.CyclicLR(NOT_ONE, 0.1, 0.5),
    lambda s, o, library: s.CyclicLR(o, [0.1], 0.5),
    lambda s, o, library: s.CyclicLR(o, 0.1, [0.5]),
    lambda s, o, library: s.CyclicLR(o, 0.1, 0.5, mode="square"),
    lambda s, o, library: s.CyclicLR(o, 0.1, 0.5, base_momentum=[0.1] * 3),
    lambda s, o, library: s.CyclicLR(o, 0.1, 0.5, max_momentum=[0.1] * 3),
    lambda s, o, library: s.CyclicLR(library.optim.Adagrad([library.zeros(1)]), 0.1, 0.5),
    lambda s, o, library: s.OneCycleLR(NOT_ONE, 0.5),
    lambda s, o, library: s.OneCycleLR(o, 0.5),
    lambda s, o, library: s.OneCycleLR(o, 0.5, epochs=3),
    lambda s, o, library: s.OneCycleLR(o, 0.5, total_steps=0),
    lambda s, o, library: s.OneCycleLR(o, 0.5, total_steps=1.5),
    lambda s, o, library: s.OneCycleLR(o, 0.5, epochs=0, steps_per_epoch=3),
    lambda s, o, library: s.OneCycleLR(o, 0.5, epochs=3, steps_per_epoch=-1),
    lambda s, o, library: s.OneCycleLR(o, 0.5, 9, pct_start=1.5),
    lambda s, o, library: s.OneCycleLR(o, 0.5, 9, pct_start=1),
    lambda s, o, library: s.OneCycleLR(o, 0.5, 9, anneal_strategy="square"),
    lambda s, o, library: s.OneCycleLR(o, [0.5], 9),
    lambda s, o, library: s.OneCycleLR(library.optim.Adagrad([library.zeros(1)]), 0.1, 9),
    one_cycle_that_is_over,
    lambda s, o, library: s.ChainedScheduler([]),
    lambda s, o, library: s.ChainedScheduler([NOT_ONE], o),
    lambda s, o, library: s.ChainedScheduler([s.StepLR(o, 1), s.ReduceLROnPlateau(o)]),
    lambda s, o, library: s.ChainedScheduler([s.StepLR(o, 1), s.StepLR(other(library), 1)]),
    lambda s, o, library: s.SequentialLR(o, [], []),
    lambda s, o, library: s.SequentialLR(o, [NOT_ONE], []),
    lambda s, o, library: s.SequentialLR(o, [s.ReduceLROnPlateau(o)], []),
    lambda s, o, library: s.SequentialLR(o, [s.StepLR(other(library), 1)], []),
    lambda s, o, library: s.SequentialLR(o, [s.StepLR(o, 1)], [3]),
    lambda s, o, library: s.ReduceLROnPlateau(NOT_ONE),
    lambda s, o, library: s.ReduceLROnPlateau(o, factor=1.0),
    lambda s, o, library: s.ReduceLROnPlateau(o, mode="least"),
    lambda s, o, library: s.ReduceLROnPlateau(o, threshold_mode="wide"),
    lambda s, o, library: s.ReduceLROnPlateau(o, min_lr=[0.1]),
    plateau_with_min_lrs_and_a_group_more,
    lambda s, o, library: s.SWALR(o, [0.1]),
    lambda s, o, library: s.SWALR(o, 0.1, anneal_strategy="square"),
    lambda s, o, library: s.SWALR(o, 0.1, anneal_epochs=-1),
    lambda s, o, library: s.SWALR(o, 0.1, anneal_epochs=1.5),
    lambda s, o, library: s.SWALR(NOT_ONE, 0.1),
]


@quiet
@pytest.mark.parametrize("program", ERRORS)
def test_errors(program: Program) -> None:
    theirs, ours = (error_of(program, library) for library in LIBRARIES)
    assert type(ours) is type(theirs)
    phrase = str(theirs.args[0]).split("\n")[0].split(" has SGD")[0].rstrip(".!")
    assert str(ours.args[0]).startswith(phrase)


def error_of(program: Program, library: Any) -> Exception:
    optimizer = new_optimizer(library, "SGD")
    with pytest.raises(Exception) as error:  # noqa: PT011  (the two are compared)
        program(schedules_of(library), optimizer, library)
    return error.value


def too_early(s: Any, o: Any, library: Any) -> None:
    schedule = s.StepLR(o, 1)
    schedule.step()
    schedule.step()


def second_schedule(s: Any, o: Any, library: Any) -> None:
    s.StepLR(o, 1)
    o.step()
    s.ExponentialLR(o, 0.5).step()


def stepped_before_there_was_a_schedule(s: Any, o: Any, library: Any) -> None:
    o.step()
    s.StepLR(o, 1).step()


def get_lr(s: Any, o: Any, library: Any) -> None:
    s.ExponentialLR(o, 0.5).get_lr()


def jump(s: Any, o: Any, library: Any) -> None:
    schedule = s.LinearLR(o)
    o.step()
    schedule.step(3)
    s.ReduceLROnPlateau(o).step(1.0, 3)


def restart(s: Any, o: Any, library: Any) -> None:
    s.CosineAnnealingWarmRestarts(o, 10).step(2.5)


@pytest.mark.parametrize(
    "program",
    [
        too_early,
        second_schedule,
        stepped_before_there_was_a_schedule,
        get_lr,
        jump,
        restart,
        lambda s, o, library: chain_in_a_sequence(s, o),
        lambda s, o, library: sequence_in_a_sequence(s, o),
    ],
)
def test_warnings(program: Program) -> None:
    said: list[list[str]] = []
    for library in LIBRARIES:
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            program(schedules_of(library), new_optimizer(library, "SGD"), library)
        assert all(one.category is UserWarning for one in caught)
        said.append([str(one.message)[:60] for one in caught])
    assert said[1] == said[0]
