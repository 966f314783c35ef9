"""Every schedule, by rates that a hand can follow, with the momentum."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from minitorch_autograd import Tensor, tensor, zeros
from minitorch_optim import SGD, Adagrad, Adam, Optimizer
from minitorch_optim.lr_scheduler import (
    ChainedScheduler,
    ConstantLR,
    CosineAnnealingLR,
    CosineAnnealingWarmRestarts,
    CyclicLR,
    ExponentialLR,
    LambdaLR,
    LinearLR,
    LRScheduler,
    MultiplicativeLR,
    MultiStepLR,
    OneCycleLR,
    PolynomialLR,
    ReduceLROnPlateau,
    SequentialLR,
    StepLR,
)
from minitorch_optim.swa_utils import SWALR

Make = Callable[[Optimizer], LRScheduler]


def leaf() -> Tensor:
    return zeros(1, requires_grad=True)


def sgd(lr: float | Tensor = 1.0, momentum: float = 0.5) -> SGD:
    return SGD([leaf()], lr=lr, momentum=momentum)


def two_groups() -> SGD:
    return SGD([{"params": [leaf()], "lr": 1.0}, {"params": [leaf()], "lr": 10.0}])


def rates(schedule: LRScheduler, count: int) -> list[float]:
    """Return the first `count` rates of the first group."""
    schedule.optimizer.step()
    seen = []
    for _ in range(count):
        seen.append(schedule.get_last_lr()[0])
        schedule.step()
    return seen


# η₀ = 1 throughout.
HALF = 0.5**0.5
RATES: list[tuple[Make, Sequence[float]]] = [
    (lambda o: LambdaLR(o, lambda epoch: 1 / (1 + epoch)), [1, 1 / 2, 1 / 3, 1 / 4]),
    # 2 · 3 · 4
    (lambda o: MultiplicativeLR(o, lambda epoch: epoch + 1), [1, 2, 6, 24]),
    (lambda o: MultiStepLR(o, [3, 1, 3], 0.5), [1, 0.5, 0.5, 0.125, 0.125]),
    (lambda o: ExponentialLR(o, 0.5), [1, 0.5, 0.25, 0.125]),
    (lambda o: ConstantLR(o, 0.25, 2), [0.25, 0.25, 1, 1]),
    (lambda o: LinearLR(o, 0.25, 1.0, 3), [0.25, 0.5, 0.75, 1, 1]),
    (lambda o: LinearLR(o, 1.0, 0.0, 4), [1, 0.75, 0.5, 0.25, 0, 0]),
    (lambda o: PolynomialLR(o, 4), [1, 0.75, 0.5, 0.25, 0, 0]),
    (lambda o: PolynomialLR(o, 4, 2.0), [1, 0.5625, 0.25, 0.0625, 0, 0]),
    # (1 + cos 0°, 45°, 90°, ... 360°) / 2: down, and up again
    (
        lambda o: CosineAnnealingLR(o, 4),
        [1, (1 + HALF) / 2, 0.5, (1 - HALF) / 2, 0, (1 - HALF) / 2, 0.5, (1 + HALF) / 2, 1],
    ),
    # the same between 0.2 and 1
    (lambda o: CosineAnnealingLR(o, 2, 0.2), [1, 0.6, 0.2, 0.6, 1, 0.6]),
    (lambda o: CosineAnnealingWarmRestarts(o, 2), [1, 0.5, 1, 0.5, 1]),
    # two epochs, then four
    (
        lambda o: CosineAnnealingWarmRestarts(o, 2, 2),
        [1, 0.5, 1, (1 + HALF) / 2, 0.5, (1 - HALF) / 2, 1],
    ),
    (lambda o: CyclicLR(o, 1.0, 3.0, 2), [1, 2, 3, 2, 1, 2]),
    (lambda o: CyclicLR(o, 1.0, 3.0, 1, 2), [1, 3, 2, 1, 3]),
    # the second cycle rises half as far
    (lambda o: CyclicLR(o, 1.0, 3.0, 2, mode="triangular2"), [1, 2, 3, 2, 1, 1.5, 2]),
    # 2 · 0.5² after two steps
    (lambda o: CyclicLR(o, 1.0, 3.0, 2, mode="exp_range", gamma=0.5), [1, 1.5, 1.5, 1.125, 1]),
    (lambda o: CyclicLR(o, 1.0, 3.0, 1, scale_fn=lambda cycle: cycle), [1, 3, 1, 5, 1, 7]),
    # from 2 / 2 = 1 up to 2 in 2 steps, and in 2 to 1 / 4
    (
        lambda o: OneCycleLR(
            o, 2.0, 5, pct_start=0.6, anneal_strategy="linear", div_factor=2, final_div_factor=4
        ),
        [1, 1.5, 2, 1.125, 0.25],
    ),
    # three phases, of 2 steps each
    (
        lambda o: OneCycleLR(
            o,
            2.0,
            epochs=1,
            steps_per_epoch=6,
            pct_start=0.5,
            anneal_strategy="cos",
            div_factor=2,
            final_div_factor=4,
            three_phase=True,
        ),
        [1, 1.5, 2, 1.5, 1, 0.25],
    ),
    (lambda o: SWALR(o, 0.5, 2, "linear"), [1, 0.75, 0.5, 0.5]),
    (lambda o: SWALR(o, 0.5, 2, "cos"), [1, 0.75, 0.5, 0.5]),
    (lambda o: SWALR(o, 0.5, 0), [0.5, 0.5]),
    (
        lambda o: ChainedScheduler([ConstantLR(o, 0.5, 2), ExponentialLR(o, 0.5)]),
        [0.5, 0.25, 0.25, 0.125],
    ),
    (
        lambda o: SequentialLR(o, [ConstantLR(o, 0.5, 2), ExponentialLR(o, 0.5)], [3]),
        [0.5, 0.5, 1, 1, 0.5, 0.25],
    ),
]


@pytest.mark.parametrize(("make", "expected"), RATES)
def test_rates(make: Make, expected: Sequence[float]) -> None:
    seen = rates(make(sgd()), len(expected))
    assert seen == pytest.approx(expected, rel=1e-12, abs=1e-12)


def test_a_rate_that_is_a_tensor_is_written() -> None:
    rate = tensor(1.0)
    for make, expected in RATES:
        rate.detach().zero_().add_(1.0)
        optimizer = sgd(rate)
        assert rates(make(optimizer), len(expected)) == pytest.approx(expected, rel=1e-5, abs=1e-6)
        assert optimizer.param_groups[0]["lr"] is rate


def test_a_function_for_each_group() -> None:
    optimizer = two_groups()
    schedule = LambdaLR(optimizer, [lambda epoch: 1.0, lambda epoch: 0.5**epoch])
    optimizer.step()
    schedule.step()
    assert schedule.get_last_lr() == [1.0, 5.0]


def test_values_for_each_group() -> None:
    optimizer = two_groups()
    schedule = CyclicLR(optimizer, [1.0, 2.0], (tensor(3.0), 4.0), 2, cycle_momentum=False)
    optimizer.step()
    schedule.step()
    assert schedule.get_last_lr() == [2.0, 3.0]


def momenta(schedule: LRScheduler, count: int) -> list[float]:
    """Return the first `count` momenta of the first group."""
    schedule.optimizer.step()
    seen: list[float] = []
    for _ in range(count):
        group: Any = schedule.optimizer.param_groups[0]
        seen.append(group["betas"][0] if "betas" in group else group["momentum"])
        schedule.step()
    return seen


@pytest.mark.parametrize("make", [sgd, lambda: Adam([leaf()])])
def test_the_momentum_goes_the_other_way(make: Callable[[], Optimizer]) -> None:
    cyclic = CyclicLR(make(), 1.0, 3.0, 2, base_momentum=0.5, max_momentum=0.9)
    assert momenta(cyclic, 5) == pytest.approx([0.9, 0.7, 0.5, 0.7, 0.9])
    one_cycle = OneCycleLR(
        make(), 1.0, 5, pct_start=0.6, anneal_strategy="linear", base_momentum=0.5, max_momentum=0.9
    )
    assert momenta(one_cycle, 5) == pytest.approx([0.9, 0.7, 0.5, 0.7, 0.9])


def test_the_momentum_may_be_left_alone() -> None:
    cyclic = CyclicLR(sgd(), 1.0, 3.0, 2, cycle_momentum=False)
    assert momenta(cyclic, 3) == [0.5, 0.5, 0.5]
    one_cycle = OneCycleLR(Adagrad([leaf()]), 1.0, 5, cycle_momentum=False)
    assert "max_momentum" not in one_cycle.optimizer.param_groups[0]


def test_the_second_beta_stays() -> None:
    adam = Adam([leaf()], betas=(0.9, 0.75))
    CyclicLR(adam, 1.0, 3.0, max_momentum=0.8)
    assert adam.param_groups[0]["betas"] == (0.8, 0.75)


# --- Jumps and restarts


@pytest.mark.filterwarnings("ignore:The epoch parameter:UserWarning")
@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda o: StepLR(o, 2, 0.5), 0.25),
        (lambda o: MultiStepLR(o, [4, 1, 5, 6], 0.5), 0.125),
        (lambda o: ExponentialLR(o, 0.5), 0.03125),
        (lambda o: ConstantLR(o, 0.25, 6), 0.25),
        (lambda o: LinearLR(o, 0.25, 1.0, 6), 0.875),
        (lambda o: PolynomialLR(o, 10, 2.0), 0.25),
        (lambda o: CosineAnnealingLR(o, 10), 0.5),
        (lambda o: CosineAnnealingWarmRestarts(o, 2), 0.5),
        (lambda o: LambdaLR(o, lambda epoch: 1 / epoch if epoch else 1), 0.2),
    ],
)
def test_a_jump_to_epoch_5(make: Callable[[Optimizer], StepLR], expected: float) -> None:
    optimizer = sgd()
    schedule = make(optimizer)
    optimizer.step()
    schedule.step(5)
    assert schedule.last_epoch == 5
    assert schedule.get_last_lr() == pytest.approx([expected])


def test_a_fraction_of_an_epoch() -> None:
    schedule = CosineAnnealingWarmRestarts(sgd(), T_0=2, T_mult=2)
    schedule.step(0.5)
    assert (schedule.last_epoch, schedule.T_cur, schedule.T_i) == (0, 0.5, 2)
    schedule.step(7.5)  # 2 epochs, then 4, then 1.5 of 8
    assert (schedule.last_epoch, schedule.T_cur, schedule.T_i) == (7, 1.5, 8)
    schedule.step()
    assert (schedule.last_epoch, schedule.T_cur, schedule.T_i) == (8, 2.5, 8)


# --- A metric


def metric_run(schedule: ReduceLROnPlateau, metrics: Sequence[float]) -> list[float]:
    """Return the rate after each metric."""
    seen = []
    for metric in metrics:
        schedule.step(metric)
        seen += schedule.get_last_lr()
    return seen


@pytest.mark.parametrize(
    ("options", "metrics", "expected"),
    [
        # the second epoch without improvement is one too many
        ({"patience": 1}, [5, 4, 4, 4, 4, 4], [1, 1, 1, 0.5, 0.5, 0.25]),
        ({"patience": 0, "mode": "max"}, [1, 2, 2, 3, 1], [1, 1, 0.5, 0.5, 0.25]),
        # below 0.9 of the best, or 2 below it
        ({"patience": 0, "threshold": 0.1}, [10, 9.5, 8.5, 7.7], [1, 0.5, 0.5, 0.25]),
        (
            {"patience": 0, "threshold": 2, "threshold_mode": "abs"},
            [10, 9, 7, 6],
            [1, 0.5, 0.5, 0.25],
        ),
        # two epochs after a fall count for nothing
        ({"patience": 0, "cooldown": 2}, [1, 1, 1, 1, 1], [1, 0.5, 0.5, 0.5, 0.25]),
        ({"patience": 0, "min_lr": 0.4}, [1, 1, 1, 1], [1, 0.5, 0.4, 0.4]),
        ({"patience": 0, "min_lr": [0.4]}, [1, 1, 1, 1], [1, 0.5, 0.4, 0.4]),
        # a fall by 0.25 is none
        ({"patience": 0, "eps": 0.3}, [1, 1, 1, 1], [1, 0.5, 0.5, 0.5]),
    ],
)
def test_plateaus(
    options: dict[str, Any], metrics: Sequence[float], expected: Sequence[float]
) -> None:
    schedule = ReduceLROnPlateau(sgd(), factor=0.5, **options)
    assert metric_run(schedule, metrics) == expected


def test_a_metric_may_be_a_tensor() -> None:
    schedule = ReduceLROnPlateau(sgd(), patience=0)
    schedule.step(tensor(3.0))
    assert schedule.best == 3.0
    assert not schedule.in_cooldown


# --- Saving


class Growth:
    def __init__(self, slope: float) -> None:
        self.slope = slope

    def __call__(self, epoch: float) -> float:
        return 1 + self.slope * epoch


def test_functions_are_not_saved_but_their_attributes_are() -> None:
    optimizer = two_groups()
    schedule = LambdaLR(optimizer, [lambda epoch: 1.0, Growth(3.0)])
    saved = schedule.state_dict()
    assert saved["lr_lambdas"] == [None, {"slope": 3.0}]
    mine = Growth(9.0)
    LambdaLR(optimizer, [lambda epoch: 1.0, mine]).load_state_dict(saved)
    assert mine.slope == 3.0
    assert saved["lr_lambdas"] == [None, {"slope": 3.0}]


def test_a_scale_function_is_not_saved_but_its_attributes_are() -> None:
    optimizer, scale = sgd(), Growth(3.0)
    saved = CyclicLR(optimizer, 1.0, 3.0, scale_fn=scale).state_dict()
    assert saved["_scale_fn_custom"] == {"slope": 3.0}
    mine = Growth(9.0)
    other = CyclicLR(optimizer, 1.0, 3.0, scale_fn=mine)
    other.load_state_dict(saved)
    assert other.scale_fn(2.0) == 7.0
    plain = CyclicLR(optimizer, 1.0, 3.0, scale_fn=lambda cycle: cycle)
    assert plain.state_dict()["_scale_fn_custom"] is None


def test_a_composed_schedule_saves_those_in_it() -> None:
    def make(optimizer: Optimizer) -> SequentialLR:
        schedules = [ConstantLR(optimizer, 0.5, 2), ExponentialLR(optimizer, 0.5)]
        return SequentialLR(optimizer, schedules, [3])

    first, second = sgd(), sgd()
    schedule, resumed = make(first), make(second)
    first.step()
    for _ in range(4):
        schedule.step()
    saved = schedule.state_dict()
    states = saved["_schedulers"]
    assert isinstance(states, list)
    assert [state["last_epoch"] for state in states] == [2, 1]
    second.load_state_dict(first.state_dict())
    resumed.load_state_dict(saved)
    resumed.step()
    assert resumed.get_last_lr() == [0.25]
