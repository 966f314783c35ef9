"""Losses where they differ from torch's on purpose, or torch's numbers are no measure."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import minitorch
from minitorch import nn
from minitorch.nn import functional as F


@pytest.mark.parametrize(
    "name", ["mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "soft_margin_loss"]
)
def test_a_target_is_not_broadcast(name: str) -> None:
    with pytest.raises(ValueError, match=rf"{name}: expected a target of the input's shape") as e:
        getattr(F, name)(minitorch.zeros(4, 1), minitorch.zeros(4))
    assert str(e.value) == (
        f"{name}: expected a target of the input's shape (4, 1), got (4,): "
        "reshape one, or expand it if broadcasting is meant"
    )


def test_second_derivative_of_binary_cross_entropy() -> None:
    x = minitorch.tensor([0.3], dtype=minitorch.float64, requires_grad=True)
    y = minitorch.tensor([0.6], dtype=minitorch.float64)
    (slope,) = minitorch.autograd.grad(F.binary_cross_entropy(x, y), [x], create_graph=True)
    (curvature,) = minitorch.autograd.grad(slope.sum(), [x])
    # Of y log x + (1 - y) log(1 - x), the second derivative by x.
    assert curvature.item() == pytest.approx(0.6 / 0.09 + 0.4 / 0.49, rel=1e-14)


def test_soft_margin_does_not_overflow() -> None:
    x = minitorch.tensor([-1000.0, 1000.0])
    losses = F.soft_margin_loss(x, minitorch.ones(2), reduction="none")
    assert losses.tolist() == [1000.0, 0.0]


@pytest.mark.parametrize("loss", [F.cross_entropy, F.nll_loss])
@pytest.mark.parametrize("shape", [(2, 3), (2, 3, 1)])
def test_a_step_where_all_are_ignored_changes_nothing(
    loss: Callable[..., minitorch.Tensor], shape: tuple[int, ...]
) -> None:
    x = minitorch.zeros(shape, requires_grad=True)
    value = loss(x, minitorch.full((2, *shape[2:]), -100))
    value.backward()
    assert value.isnan().item()
    minitorch.optim.SGD([x]).step()
    assert x.tolist() == minitorch.zeros(shape).tolist()


def test_ctc_has_no_second_derivative() -> None:
    x = minitorch.zeros(4, 1, 3, requires_grad=True)
    loss = F.ctc_loss(x, minitorch.tensor([[1, 2]]), (4,), (2,))
    (slope,) = minitorch.autograd.grad(loss, [x], create_graph=True)
    with pytest.raises(RuntimeError, match=r"^the second derivative of ctc_loss is not implement"):
        minitorch.autograd.grad(slope.sum(), [x])


@pytest.mark.parametrize("of", [nn.CrossEntropyLoss, nn.NLLLoss, nn.BCELoss, nn.MultiMarginLoss])
def test_weights_are_buffers(of: type[nn.Module]) -> None:
    loss = of(weight=minitorch.ones(3))  # type: ignore[call-arg]  # each of these takes it
    assert list(loss.state_dict()) == ["weight"]
    assert not list(loss.parameters())
    assert list(of().state_dict()) == []
