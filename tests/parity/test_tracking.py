"""What tracks gradients: each result that does in torch, and each gradient of a recorded walk."""

from __future__ import annotations

import warnings
from typing import Any

import pytest
import torch
from tests.cases.case import Case, make_inputs, results
from tests.cases.empty import tried
from tests.cases.table import CASES
from tests.parity.report import Report
from tests.parity.test_operations import backward, tracked

import minitorch

# Whose gradients are constants here, and why; torch's formula asks the input for its sizes, and so
# has zeros for a second derivative.
CONSTANT = {
    "nn.functional.pad": "picks elements, as index_select does, whose gradient is a constant",
    "nn.functional.interpolate": "picks elements, or takes means of parts",
    "nn.functional.adaptive_avg_pool1d": "takes means of parts",
    "nn.functional.adaptive_avg_pool2d": "takes means of parts",
    "nn.functional.adaptive_avg_pool3d": "takes means of parts",
    "nn.functional.conv_transpose1d": "adds its bias apart",
    "nn.functional.conv_transpose2d": "adds its bias apart",
    "nn.functional.conv_transpose3d": "adds its bias apart",
    "nn.functional.group_norm": "without elements it has no weight to scale",
    "nn.functional.nll_loss((5, 0)": "without classes it is a sum of nothing",
    "nn.functional.grid_sample": "the nearest pixels do not change with the grid",
}
# Torch reads memory that is not there.
CRASHES = "nn.functional.pdist((0, 2))"


def each(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [one for one in cases if str(one) != CRASHES], ids=str)


@each(CASES)
def test_results_and_gradients(case: Case, report: Report) -> None:
    report.begin("nn" if case.name.startswith("nn") else "autograd", case)
    made, refusal = tried(called, torch, case)
    if refusal:
        return  # it writes into a leaf
    its, y = made
    mine, x = called(minitorch, case)
    for i, (ours, other) in enumerate(zip(tracked(mine), tracked(its), strict=True)):
        assert ours or not other, f"torch tracks result {i}"
    with warnings.catch_warnings():
        # Torch warns of the cycle that `create_graph` makes through `.grad`.
        warnings.simplefilter("ignore", UserWarning)
        _, refusal = tried(backward, torch, its, True)
        if refusal or str(case).startswith(tuple(CONSTANT)):
            return
        backward(minitorch, mine, create_graph=True)
    for i, (a, b) in enumerate(zip(x, y, strict=True)):
        if b.grad is not None and b.grad.requires_grad:
            assert a.grad is not None
            assert a.grad.requires_grad, f"torch tracks the gradient of input {i}"


def called(module: Any, case: Case) -> tuple[list[Any], list[Any]]:
    """Return the results of a case, and its inputs."""
    inputs = make_inputs(module, case, "float64", track=True)
    return results(module, case, inputs), inputs
