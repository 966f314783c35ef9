"""The derivatives of every operation in the table against differences, once and twice."""

from __future__ import annotations

from typing import Any

import pytest
from tests.cases.case import Case, make_inputs, results
from tests.cases.table import CASES

import minitorch
from minitorch_autograd import Tensor, gradcheck, gradgradcheck

pytestmark = [pytest.mark.relies_on("tensor"), pytest.mark.relies_on("nn")]  # rows of theirs


def differentiable(case: Case) -> tuple[Any, list[Tensor]]:
    """Return the function from the tracked inputs of a case to its tracked results, and these."""
    inputs: list[Tensor] = make_inputs(minitorch, case, "float64", track=True)
    tracked = [one for one in inputs if one.requires_grad]

    def function(*leaves: Tensor) -> tuple[Tensor, ...]:
        given = iter(leaves)
        made = [next(given) if one.requires_grad else one for one in inputs]
        return tuple(
            y for y in results(minitorch, case, made) if getattr(y, "requires_grad", False)
        )

    return function, tracked


@pytest.mark.parametrize("case", [one for one in CASES if one.smooth], ids=str)
def test_first(case: Case) -> None:
    function, inputs = differentiable(case)
    if function(*inputs):
        assert gradcheck(function, inputs)


@pytest.mark.parametrize("case", [one for one in CASES if one.smooth and one.second], ids=str)
def test_second(case: Case) -> None:
    function, inputs = differentiable(case)
    if function(*inputs):
        assert gradgradcheck(function, inputs)
