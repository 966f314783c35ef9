"""A rate that falls in steps."""

import pytest

from minitorch_autograd import zeros
from minitorch_optim import SGD
from minitorch_optim.lr_scheduler import StepLR


@pytest.mark.parametrize(
    ("step_size", "gamma", "expected"),
    [
        (1, 0.5, [8.0, 4.0, 2.0, 1.0, 0.5]),
        (2, 0.5, [8.0, 8.0, 4.0, 4.0, 2.0]),
        (3, 0.25, [8.0, 8.0, 8.0, 2.0, 2.0]),
        (9, 0.5, [8.0] * 5),
        (2, 2.0, [8.0, 8.0, 16.0, 16.0, 32.0]),
    ],
)
def test_rates(step_size: int, gamma: float, expected: list[float]) -> None:
    sgd = SGD([zeros(1, requires_grad=True)], lr=8.0)
    schedule = StepLR(sgd, step_size, gamma)
    seen = []
    for _ in expected:
        seen += schedule.get_last_lr()
        sgd.step()
        schedule.step()
    assert seen == expected


def test_it_goes_on_from_the_present_rate() -> None:
    sgd = SGD([zeros(1, requires_grad=True)], lr=8.0)
    schedule = StepLR(sgd, step_size=1, gamma=0.5)
    sgd.param_groups[0]["lr"] = 100.0
    sgd.step()
    schedule.step()
    assert schedule.get_last_lr() == [50.0]
