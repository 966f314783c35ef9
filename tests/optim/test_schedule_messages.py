"""The errors of schedules, each by its text, and their warnings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from minitorch_autograd import Tensor, zeros
from minitorch_optim import SGD, Adagrad, Adam, Optimizer
from minitorch_optim.lr_scheduler import (
    ChainedScheduler,
    ConstantLR,
    CosineAnnealingWarmRestarts,
    CyclicLR,
    ExponentialLR,
    LambdaLR,
    LinearLR,
    LRScheduler,
    MultiplicativeLR,
    OneCycleLR,
    ReduceLROnPlateau,
    SequentialLR,
    StepLR,
)
from minitorch_optim.swa_utils import SWALR


def leaf() -> Tensor:
    return zeros(1, requires_grad=True)


def sgd(lr: float | Tensor = 1.0, momentum: float = 0.5) -> SGD:
    return SGD([leaf()], lr=lr, momentum=momentum)


def test_rates_are_not_for_callers() -> None:
    schedule = ExponentialLR(sgd(), 0.5)
    with pytest.warns(UserWarning, match="get_last_lr") as caught:
        schedule.get_lr()
    assert [str(one.message) for one in caught] == [
        "To get the last learning rate computed by the scheduler, please use `get_last_lr()`: "
        "`get_lr` computes the next from it."
    ]


def test_jumps_are_deprecated() -> None:
    optimizer = sgd()
    schedule, plateau = ExponentialLR(optimizer, 0.5), ReduceLROnPlateau(optimizer)
    optimizer.step()
    with pytest.warns(UserWarning, match="The epoch parameter") as caught:
        schedule.step(3)
    with pytest.warns(UserWarning, match="The epoch parameter") as caught_later:
        plateau.step(1.0, 3)
    text = (
        "The epoch parameter in `scheduler.step()` was not necessary and is being deprecated where "
        "possible. Please use `scheduler.step()` to step the scheduler."
    )
    both = [*caught, *caught_later]
    assert [str(one.message) for one in both] == [text, text]
    assert {one.filename for one in both} == {__file__}


def test_a_second_schedule_needs_no_step_of_its_own() -> None:
    optimizer = sgd()
    ExponentialLR(optimizer, 0.5)
    optimizer.step()
    ExponentialLR(optimizer, 0.5).step()  # a warning would be an error


def plateau_with_a_group_more() -> None:
    optimizer = sgd()
    schedule = ReduceLROnPlateau(optimizer, patience=0, min_lr=[0.0])
    optimizer.add_param_group({"params": leaf()})
    schedule.step(1.0)
    schedule.step(1.0)


def cycle_that_is_over() -> None:
    optimizer = sgd()
    schedule = OneCycleLR(optimizer, 1.0, total_steps=1)
    optimizer.step()
    schedule.step()
    schedule.step()


def from_elsewhere(optimizer: Optimizer) -> list[LRScheduler]:
    return [StepLR(optimizer, 1), StepLR(Adam([leaf()]), 1)]


UNKNOWN: Any = "unknown"
NO_MOMENTUM = (
    "optimizer must support momentum or beta1 with `cycle_momentum` option enabled: "
    "Adagrad does not"
)
NO_PLATEAU = (
    "does not support `ReduceLROnPlateau` scheduler as it requires additional kwargs to be "
    "specified when calling `step`, but got one at index 0 in the given schedulers sequence."
)
COUNTS = (
    "Sequential Schedulers expects number of schedulers provided to be one more than the number of "
    "milestone points, but got number of schedulers 1 and the number of milestones to be equal to 2"
)
ERRORS: list[tuple[Callable[[], object], type[Exception], str]] = [
    (
        lambda: LambdaLR(sgd(), [abs, abs]),
        ValueError,
        "Expected 1 lr_lambdas, but got 2: one for each group",
    ),
    (
        lambda: MultiplicativeLR(sgd(), UNKNOWN),
        TypeError,
        "lr_lambda should be a function, but got str",
    ),
    (
        lambda: ConstantLR(sgd(), 1.5),
        ValueError,
        "Constant multiplicative factor expected to be between 0 and 1. It is 1.5",
    ),
    (
        lambda: LinearLR(sgd(), 0.0),
        ValueError,
        "Starting multiplicative factor expected to be greater than 0 and less or equal to 1. "
        "It is 0.0",
    ),
    (
        lambda: LinearLR(sgd(), 1.0, -0.5),
        ValueError,
        "Ending multiplicative factor expected to be between 0 and 1. It is -0.5",
    ),
    (
        lambda: CosineAnnealingWarmRestarts(sgd(), 0),
        ValueError,
        "Expected positive integer T_0, but got 0",
    ),
    (
        lambda: CosineAnnealingWarmRestarts(sgd(), 1, 0),
        ValueError,
        "Expected integer T_mult >= 1, but got 0",
    ),
    (
        lambda: CosineAnnealingWarmRestarts(sgd(), 1, 1, UNKNOWN),
        ValueError,
        "Expected float or int eta_min, but got unknown of type <class 'str'>",
    ),
    (
        lambda: CosineAnnealingWarmRestarts(sgd(), 1).step(-0.5),
        ValueError,
        "Expected non-negative epoch, but got -0.5",
    ),
    (
        lambda: CyclicLR(sgd(), [0.1, 0.2], 0.5),
        ValueError,
        "base_lr must have the same length as optimizer.param_groups. base_lr has 2 values, "
        "param_groups has 1.",
    ),
    (
        lambda: CyclicLR(sgd(), 0.1, 0.5, mode=UNKNOWN),
        ValueError,
        "mode is invalid and scale_fn is None: 'unknown'; expected one of "
        "('triangular', 'triangular2', 'exp_range')",
    ),
    (lambda: CyclicLR(Adagrad([leaf()]), 0.1, 0.5), ValueError, NO_MOMENTUM),
    (
        lambda: OneCycleLR(sgd(), 0.5, epochs=3),
        ValueError,
        "You must define either total_steps OR (epochs AND steps_per_epoch)",
    ),
    (
        lambda: OneCycleLR(sgd(), 0.5, 0),
        ValueError,
        "Expected positive integer total_steps, but got 0",
    ),
    (
        lambda: OneCycleLR(sgd(), 0.5, 9, pct_start=1.5),
        ValueError,
        "Expected float between 0 and 1 pct_start, but got 1.5",
    ),
    (
        lambda: OneCycleLR(sgd(), 0.5, 9, anneal_strategy=UNKNOWN),
        ValueError,
        "anneal_strategy must be one of 'cos' or 'linear', instead got unknown",
    ),
    (
        cycle_that_is_over,
        ValueError,
        "Tried to step 2 times. The specified number of total steps is 1",
    ),
    (
        lambda: SWALR(sgd(), 0.5, -1),
        ValueError,
        "anneal_epochs must be equal or greater than 0, got -1",
    ),
    (
        lambda: ChainedScheduler([]),
        ValueError,
        "ChainedScheduler expects at least one scheduler to be chained, but got no scheduler.",
    ),
    (
        lambda: SequentialLR(sgd(), [], []),
        ValueError,
        "SequentialLR expects at least one scheduler, but got no scheduler.",
    ),
    (
        lambda: ChainedScheduler([UNKNOWN]),
        TypeError,
        "ChainedScheduler at index 0 should have `optimizer` as its attribute, but it is str",
    ),
    (
        lambda: ChainedScheduler([ReduceLROnPlateau(sgd())]),
        ValueError,
        f"ChainedScheduler {NO_PLATEAU}",
    ),
    (
        lambda: ChainedScheduler(from_elsewhere(sgd())),
        ValueError,
        "ChainedScheduler expects all schedulers to belong to the same optimizer, but got "
        "scheduler StepLR at index 1, which has another Adam",
    ),
    (lambda: SequentialLR(o := sgd(), [StepLR(o, 1)], [1, 2]), ValueError, COUNTS),
    (
        lambda: ReduceLROnPlateau(UNKNOWN),
        TypeError,
        "str is not an Optimizer",
    ),
    (
        lambda: ReduceLROnPlateau(sgd(), factor=1.0),
        ValueError,
        "Factor should be < 1.0. It is 1.0",
    ),
    (
        lambda: ReduceLROnPlateau(sgd(), UNKNOWN),
        ValueError,
        "mode unknown is unknown! It is 'min' or 'max'",
    ),
    (
        lambda: ReduceLROnPlateau(sgd(), threshold_mode=UNKNOWN),
        ValueError,
        "threshold mode unknown is unknown! It is 'rel' or 'abs'",
    ),
    (
        lambda: ReduceLROnPlateau(sgd(), min_lr=[0.1, 0.2]),
        ValueError,
        "expected 1 min_lrs, got 2",
    ),
    (
        plateau_with_a_group_more,
        RuntimeError,
        "The number of param groups in the `optimizer` (2) differs from when `ReduceLROnPlateau` "
        "was initialized (1), usually due to a new param group being added to the optimizer. "
        "Please modify the `min_lrs` field to match the length of the `optimizer` param groups.",
    ),
]


@pytest.mark.parametrize(("make", "kind", "message"), ERRORS)
def test_errors(make: Callable[[], object], kind: type[Exception], message: str) -> None:
    with pytest.raises(kind) as error:
        make()
    assert str(error.value) == message
