"""Parameters with names, and rates that are tensors."""

from __future__ import annotations

import re

import pytest

from minitorch_autograd import Tensor, tensor
from minitorch_optim import SGD, Adam
from minitorch_optim.lr_scheduler import StepLR


def one(value: float = 1.0) -> Tensor:
    p = tensor([value], requires_grad=True)
    p.grad = tensor([1.0])
    return p


def test_names_are_kept_and_saved() -> None:
    w, b = one(), one()
    optimizer = SGD([("w", w), ("b", b)], lr=0.5)
    assert optimizer.param_groups[0]["params"] == [w, b]
    assert optimizer.param_groups[0]["param_names"] == ["w", "b"]
    saved = optimizer.state_dict()["param_groups"][0]
    assert saved["param_names"] == ["w", "b"] and saved["params"] == [0, 1]
    optimizer.step()
    assert w.tolist() == [0.5]


def test_names_in_groups() -> None:
    optimizer = SGD([{"params": [("w", one())]}, {"params": [("b", one())], "lr": 0.1}])
    assert [group["param_names"] for group in optimizer.param_groups] == [["w"], ["b"]]


def test_some_names_are_missing() -> None:
    with pytest.raises(
        ValueError,
        match=re.escape(
            "all optimizer params should be with/without names. Some param names are missing: "
            "2 parameters have 1"
        ),
    ):
        SGD([("w", one()), one()])


@pytest.mark.parametrize("named_first", [True, False])
def test_a_group_without_names_beside_one_with_them(named_first: bool) -> None:
    named: dict[str, object] = {"params": [("w", one())]}
    bare: dict[str, object] = {"params": [one()]}
    groups = [named, bare] if named_first else [bare, named]
    with pytest.raises(
        ValueError,
        match=re.escape(
            "all optimizer param groups should be with/without names. cannot add param group "
            f"{'without' if named_first else 'with'} names to the optimizer"
        ),
    ):
        SGD(groups)


def test_a_rate_that_is_a_tensor() -> None:
    p, q, rate = one(), one(), tensor(0.5)
    optimizers = SGD([p], lr=rate), Adam([q], lr=rate)
    for optimizer in optimizers:
        optimizer.step()
    assert p.tolist() == [0.5] and q.tolist() == pytest.approx([0.5])
    rate.mul_(0.5)
    optimizers[0].step()
    assert p.tolist() == [0.25]


def test_a_schedule_writes_into_it() -> None:
    rate = tensor(0.5)
    optimizer = SGD([one()], lr=rate)
    schedule = StepLR(optimizer, step_size=1, gamma=0.5)
    optimizer.step()
    schedule.step()
    assert optimizer.param_groups[0]["lr"] is rate
    assert rate.item() == 0.25 and schedule.get_last_lr() == [0.25]


def test_it_is_saved_and_loaded_as_a_copy() -> None:
    rate = tensor(0.5)
    optimizer = SGD([one()], lr=rate)
    saved = optimizer.state_dict()
    rate.mul_(0.5)
    other = SGD([one()], lr=9.0)
    other.load_state_dict(saved)
    loaded = other.param_groups[0]["lr"]
    assert isinstance(loaded, Tensor) and loaded is not rate and loaded.item() == 0.25


def test_a_rate_of_two_elements() -> None:
    with pytest.raises(
        ValueError, match=re.escape("Tensor lr must be 1-element, but its shape is (2,)")
    ):
        SGD([one()], lr=tensor([0.1, 0.2]))


def test_a_negative_rate() -> None:
    with pytest.raises(
        ValueError, match=re.escape("Invalid learning rate: -1.0; expected 0 or more")
    ):
        SGD([one()], lr=tensor(-1.0))
