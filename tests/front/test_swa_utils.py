"""Averages of weights, by numbers that a hand can follow."""

from __future__ import annotations

import subprocess
import sys
from typing import assert_type

import pytest

import minitorch as torch
from minitorch import nn
from minitorch.optim.swa_utils import (
    SWALR,
    AveragedModel,
    get_ema_avg_fn,
    get_ema_multi_avg_fn,
    get_swa_avg_fn,
    get_swa_multi_avg_fn,
    update_bn,
)


class Scale(nn.Module):
    """One weight, and a buffer that follows it."""

    def __init__(self, value: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.tensor([value]))
        self.register_buffer("seen", torch.tensor([10 * value]))
        self.seen: torch.Tensor

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return x * self.weight


def averages(averaged: AveragedModel[..., torch.Tensor]) -> list[float]:
    """Return the average after 2, 4 and 12."""
    seen = []
    for value in (2.0, 4.0, 12.0):
        averaged.update_parameters(Scale(value))
        seen.append(averaged.state_dict()["module.weight"].item())
    return seen


def test_the_average_has_equal_weights() -> None:
    assert averages(AveragedModel(Scale(0.0))) == [2.0, 3.0, 6.0]
    assert averages(AveragedModel(Scale(0.0), avg_fn=get_swa_avg_fn())) == [2.0, 3.0, 6.0]
    assert averages(AveragedModel(Scale(0.0), multi_avg_fn=get_swa_multi_avg_fn())) == [2, 3, 6]


def test_an_exponential_average_forgets() -> None:
    # 0.75 · 2 + 0.25 · 4, then 0.75 · 2.5 + 0.25 · 12
    expected = [2.0, 2.5, 4.875]
    assert averages(AveragedModel(Scale(0.0), avg_fn=get_ema_avg_fn(0.75))) == expected
    assert averages(AveragedModel(Scale(0.0), multi_avg_fn=get_ema_multi_avg_fn(0.75))) == expected


def test_a_function_of_one_s_own_learns_the_count() -> None:
    def largest(
        average: torch.Tensor, value: torch.Tensor, count: torch.Tensor | int
    ) -> torch.Tensor:
        counts.append(int(count))
        return torch.maximum(average, value)

    counts: list[int] = []
    assert averages(AveragedModel(Scale(0.0), avg_fn=largest)) == [2.0, 4.0, 12.0]
    assert counts == [1, 2]


def test_the_model_stays_as_it_is() -> None:
    model = Scale(8.0)
    averaged = AveragedModel(model)
    averaged.update_parameters(Scale(2.0))
    assert model.weight.tolist() == [8.0]
    assert_type(averaged(torch.ones(1)), torch.Tensor)
    assert averaged(torch.ones(1)).tolist() == [2.0]


@pytest.mark.parametrize(("use_buffers", "expected"), [(False, 40.0), (True, 30.0)])
def test_buffers_are_copied_or_averaged(use_buffers: bool, expected: float) -> None:
    averaged = AveragedModel(Scale(0.0), use_buffers=use_buffers)
    averaged.update_parameters(Scale(2.0))
    averaged.update_parameters(Scale(4.0))
    assert averaged.state_dict()["module.seen"].tolist() == [expected]


def test_what_is_saved() -> None:
    averaged = AveragedModel(Scale(0.0), device="cpu")
    averages(averaged)
    saved = averaged.state_dict()
    assert set(saved) == {"n_averaged", "module.weight", "module.seen"}
    assert (saved["n_averaged"].item(), saved["n_averaged"].dtype) == (3, torch.int64)
    resumed = AveragedModel(Scale(0.0))
    resumed.load_state_dict(saved)
    resumed.update_parameters(Scale(2.0))
    assert resumed.state_dict()["module.weight"].tolist() == [5.0]  # (2 + 4 + 12 + 2) / 4


def test_a_frozen_average_needs_no_gradient() -> None:
    averaged = AveragedModel(Scale(2.0)).requires_grad_(False)
    averages(averaged)
    assert not averaged(torch.ones(1)).requires_grad


# --- Batch normalisation


def test_statistics_are_taken_anew() -> None:
    model = nn.Sequential(nn.BatchNorm1d(1, momentum=0.5))
    model(torch.tensor([[100.0], [200.0]]))
    model.eval()
    batches = [torch.tensor([[1.0], [3.0]]), torch.tensor([[4.0], [8.0]])]
    update_bn(batches, model)
    norm = model[0]
    assert isinstance(norm, nn.BatchNorm1d)
    assert norm.running_mean is not None and norm.running_var is not None
    assert norm.running_mean.tolist() == [4.0]  # of 2 and 6
    assert norm.running_var.tolist() == [5.0]  # of 2 and 8
    assert (norm.momentum, norm.training) == (0.5, False)


def test_the_input_may_come_with_targets() -> None:
    model = nn.BatchNorm1d(1)
    pair = torch.tensor([[1.0], [3.0]]), torch.tensor([0, 1])
    update_bn([pair, list(pair)], model, device="cpu")
    assert model.running_mean is not None
    assert model.running_mean.tolist() == [2.0]


def test_without_batch_normalisation_nothing_is_done() -> None:
    batches = iter([torch.ones(1, 1)])
    update_bn(batches, nn.Linear(1, 1))
    assert len(list(batches)) == 1


# --- The schedule beside, and errors


def test_a_training_with_averages() -> None:
    model = nn.Linear(1, 1)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
    averaged = torch.optim.swa_utils.AveragedModel(model)
    schedule = SWALR(optimizer, swa_lr=0.125, anneal_epochs=1)
    x = torch.tensor([[1.0], [-1.0]])
    for _ in range(40):
        optimizer.zero_grad()
        ((model(x) - 3 * x) ** 2).mean().backward()
        optimizer.step()
        schedule.step()
        averaged.update_parameters(model)
    assert schedule.get_last_lr() == [0.125]
    assert averaged(torch.ones(1)).item() == pytest.approx(3, abs=0.3)


def test_the_module_is_there_without_an_import() -> None:
    script = "import minitorch as torch; print(torch.optim.swa_utils.__name__)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout == "minitorch.optim.swa_utils\n"


def test_what_optim_does_not_have() -> None:
    with pytest.raises(AttributeError) as error:
        torch.optim.Lion  # type: ignore[attr-defined]  # what the test is about  # noqa: B018
    assert str(error.value) == "module 'minitorch.optim' has no attribute 'Lion'"


@pytest.mark.parametrize("make", [get_ema_avg_fn, get_ema_multi_avg_fn])
@pytest.mark.parametrize("decay", [-0.5, 1.5])
def test_a_decay_out_of_its_range(make: type, decay: float) -> None:
    with pytest.raises(ValueError) as error:  # noqa: PT011  (the whole text is compared)
        make(decay)
    assert str(error.value) == (
        f"Invalid decay value {decay} provided. Please provide a value in [0,1] range."
    )


def test_one_function_is_enough() -> None:
    with pytest.raises(AssertionError) as error:
        AveragedModel(Scale(0.0), avg_fn=get_swa_avg_fn(), multi_avg_fn=get_swa_multi_avg_fn())
    assert str(error.value) == (
        "Only one of avg_fn and multi_avg_fn should be provided, but both are"
    )
