"""Every call of the table that torch refuses: the same type of exception, the same phrase."""

from __future__ import annotations

import pytest
import torch
from tests.cases.case import ErrorCase
from tests.cases.table import ERRORS
from tests.parity.report import Report

import minitorch

NN = ("Dropout", "Linear", "load_state_dict", "cross_entropy")
OPTIM = ("SGD", "Adam")


@pytest.mark.parametrize("case", ERRORS, ids=lambda case: f"{case.name}: {case.phrase[:30]}")
def test_error(case: ErrorCase, report: Report) -> None:
    layer = "nn" if case.name in NN else "optim" if case.name in OPTIM else "autograd"
    report.begin(layer, case.name)
    with pytest.raises(case.type) as theirs:
        case.call(torch)
    assert case.phrase in str(theirs.value), "the phrase is torch's"
    with report.missing(case.name), pytest.raises(case.type) as ours:
        case.call(minitorch)
    assert case.phrase in str(ours.value)
    # By name, since each has a LinAlgError of its own; torch's has an underscore.
    assert type(ours.value).__name__ == type(theirs.value).__name__.removeprefix("_")
