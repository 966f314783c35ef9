"""AdamW is Adam with one option on."""

import pytest

from minitorch_autograd import float64, tensor
from minitorch_optim import Adam, AdamW


def test_it_is_adam_with_decoupled_weight_decay() -> None:
    ends = []
    for decoupled in (False, True):
        p = tensor([1.0, -2.0], dtype=float64, requires_grad=True)
        optimizer = (
            Adam([p], lr=0.1, weight_decay=0.2, decoupled_weight_decay=True)
            if decoupled
            else AdamW([p], lr=0.1, weight_decay=0.2)
        )
        for gradient in ([1.0, 0.5], [0.0, 2.0]):
            p.grad = tensor(gradient, dtype=float64)
            optimizer.step()
        ends.append(p.tolist())
    assert ends[0] == ends[1]


def test_the_decay_does_not_pass_through_the_means() -> None:
    p = tensor([1.0], dtype=float64, requires_grad=True)
    p.grad = tensor([0.0], dtype=float64)
    optimizer = AdamW([p], lr=0.1, weight_decay=0.2)
    optimizer.step()
    assert p.tolist() == pytest.approx([0.98])
    assert optimizer.state[p]["exp_avg"].tolist() == [0.0]


def test_defaults_are_torch_s() -> None:
    (group,) = AdamW([tensor([1.0], requires_grad=True)]).param_groups
    assert (group["lr"], group["weight_decay"]) == (1e-3, 1e-2)
    assert group["decoupled_weight_decay"]
