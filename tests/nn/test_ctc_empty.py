"""The CTC loss without targets: nothing but blanks may be read."""

from __future__ import annotations

from typing import Literal

import pytest

import minitorch as torch
from minitorch.nn import functional as F

STEPS = [4, 2, 1]


@pytest.mark.parametrize("blank", [0, 1, 2])
@pytest.mark.parametrize("shape", [(3, 0), (3, 1), (3, 3), (0,)], ids=str)
@pytest.mark.parametrize("reduction", ["none", "sum", "mean"])
@pytest.mark.parametrize("zero_infinity", [False, True])
def test_all_are_empty(
    blank: int,
    shape: tuple[int, ...],
    reduction: Literal["none", "sum", "mean"],
    zero_infinity: bool,
) -> None:
    """The loss is that of blanks at all steps, its gradient the difference to a one there."""
    torch.manual_seed(0)
    logits = torch.randn(4, 3, 3, dtype=torch.float64, requires_grad=True)
    x = logits.log_softmax(2)
    targets = torch.full(shape, (blank + 1) % 3, dtype=torch.int64)
    loss = F.ctc_loss(x, targets, STEPS, [0, 0, 0], blank, reduction, zero_infinity)
    alone = torch.stack([-x[:n, i, blank].sum() for i, n in enumerate(STEPS)])
    expected = {"none": alone, "sum": alone.sum(), "mean": alone.mean()}[reduction]
    assert torch.allclose(loss, expected)
    (found,) = torch.autograd.grad(loss.sum(), logits, retain_graph=True)
    (right,) = torch.autograd.grad(expected.sum(), logits)
    assert torch.allclose(found, right)


@pytest.mark.parametrize("flat", [False, True])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_one_is_empty(flat: bool, place: int) -> None:
    """It takes no label of the others, which are as each alone."""
    torch.manual_seed(0)
    logits = torch.randn(4, 3, 3, dtype=torch.float64, requires_grad=True)
    x = logits.log_softmax(2)
    rows = [[1, 2], [2, 1], [1, 1]]
    lengths = [0 if i == place else n for i, n in enumerate([2, 1, 2])]
    kept = [row[:n] for row, n in zip(rows, lengths, strict=True)]
    targets = torch.tensor([label for row in kept for label in row] if flat else rows)
    loss = F.ctc_loss(x, targets, [4, 4, 4], lengths, reduction="none")
    for i, row in enumerate(kept):
        labels = torch.tensor([row], dtype=torch.int64)
        alone = F.ctc_loss(x[:, i : i + 1], labels, [4], [len(row)], reduction="none")
        assert torch.allclose(loss[i], alone[0])
        (found,) = torch.autograd.grad(loss[i], logits, retain_graph=True)
        (right,) = torch.autograd.grad(alone[0], logits, retain_graph=True)
        assert torch.allclose(found, right)


def test_no_steps_and_no_targets() -> None:
    """There is one way to read nothing from nothing, and none to read something."""
    x = torch.zeros(2, 2, 3, dtype=torch.float64, requires_grad=True)
    loss = F.ctc_loss(x, torch.tensor([[1], [1]]), [0, 0], [0, 1], reduction="none")
    assert loss.tolist() == [0.0, float("inf")]
