"""What all schedules have in common."""

import warnings

import pytest

from minitorch_autograd import Tensor, ones, tensor, zeros
from minitorch_optim import SGD, Optimizer
from minitorch_optim.lr_scheduler import LRScheduler, StepLR


def optimizer(lr: float = 1.0) -> SGD:
    p = zeros(1, requires_grad=True)
    p.grad = ones(1)
    return SGD([p], lr=lr)


class Halving(LRScheduler):
    """A schedule of one's own: `get_lr` is all that it needs."""

    def get_lr(self) -> list[float]:
        return [rate * 0.5**self.last_epoch for rate in self.base_lrs]


def test_a_schedule_of_one_s_own() -> None:
    sgd = optimizer()
    schedule = Halving(sgd)
    seen = []
    for _ in range(3):
        seen.append(sgd.param_groups[0]["lr"])
        assert schedule.get_last_lr() == seen[-1:]
        sgd.step()
        schedule.step()
    assert seen == [1.0, 0.5, 0.25]


def test_the_base_knows_no_rates() -> None:
    with pytest.raises(NotImplementedError) as error:
        LRScheduler(optimizer())
    assert str(error.value) == "LRScheduler: a schedule needs `get_lr`"


def test_each_group_has_its_rate() -> None:
    sgd = SGD(
        [{"params": zeros(1, requires_grad=True), "lr": 4.0}, {"params": zeros(1)}],
        lr=1.0,
    )
    schedule = Halving(sgd)
    sgd.step()
    schedule.step()
    assert schedule.base_lrs == [4.0, 1.0]
    assert [group["lr"] for group in sgd.param_groups] == [2.0, 0.5]
    assert [group.get("initial_lr") for group in sgd.param_groups] == [4.0, 1.0]


WARNING = (
    "Detected call of `lr_scheduler.step()` before `optimizer.step()`. Call them in the opposite "
    "order: the first value of the schedule is skipped otherwise."
)


def test_the_schedule_warns_when_it_goes_first() -> None:
    schedule = Halving(optimizer())
    with pytest.warns(UserWarning, match="lr_scheduler.step") as caught:
        schedule.step()
    assert [str(one.message) for one in caught] == [WARNING]
    assert caught[0].filename == __file__
    schedule.step()  # it has been said


def test_a_step_of_one_s_own_counts() -> None:
    class Own(Optimizer):
        def step(self, closure: object = None) -> None:  # type: ignore[override]  # ignores it
            pass

    own = Own([tensor([1.0], requires_grad=True)], {"lr": 1.0})
    schedule = Halving(own)
    own.step()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        schedule.step()


def test_a_saved_schedule_goes_on() -> None:
    sgd = optimizer()
    schedule = StepLR(sgd, step_size=2, gamma=0.5)
    for _ in range(3):
        sgd.step()
        schedule.step()
    saved, saved_schedule = sgd.state_dict(), schedule.state_dict()

    other = optimizer(lr=9.0)
    resumed = StepLR(other, step_size=7)
    other.load_state_dict(saved)
    resumed.load_state_dict(saved_schedule)
    for one, its_schedule in ((sgd, schedule), (other, resumed)):
        one.step()
        its_schedule.step()
        assert its_schedule.get_last_lr() == [0.25]
        assert one.param_groups[0]["lr"] == 0.25


def test_what_a_schedule_saves() -> None:
    saved = StepLR(optimizer(), step_size=2).state_dict()
    assert saved["base_lrs"] == [1.0]
    assert (saved["last_epoch"], saved["step_size"], saved["gamma"]) == (0, 2, 0.1)
    assert "optimizer" not in saved


def test_resuming_at_an_epoch() -> None:
    sgd = optimizer()
    sgd.param_groups[0]["initial_lr"] = 1.0
    schedule = Halving(sgd, last_epoch=1)
    assert (schedule.last_epoch, schedule.get_last_lr()) == (2, [0.25])


def test_resuming_without_a_beginning() -> None:
    with pytest.raises(KeyError) as error:
        Halving(optimizer(), last_epoch=1)
    assert error.value.args == (
        "param 'initial_lr' is not specified in param_groups[0] when resuming scheduler with "
        "last_epoch >= 0: load the optimizer's state dict first",
    )


def test_only_an_optimizer_has_rates() -> None:
    not_one: Tensor = tensor([1.0])
    with pytest.raises(TypeError) as error:
        Halving(not_one)  # type: ignore[arg-type]  # what the test is about
    assert str(error.value) == "Tensor is not an Optimizer"
