"""Programs of the engine have the same outcome here as in torch."""

from __future__ import annotations

import pytest
import torch
from tests.cases.engine import PROGRAMS, Program
from tests.cases.engine_functions import FUNCTIONS
from tests.cases.engine_overwritten import OVERWRITTEN
from tests.parity.report import Report

import minitorch


@pytest.mark.filterwarnings("ignore:Using backward.. with create_graph")  # torch's, of a cycle
@pytest.mark.parametrize(
    "program", PROGRAMS + FUNCTIONS + OVERWRITTEN, ids=lambda program: program.__name__
)
def test_program(program: Program, report: Report) -> None:
    report.begin("autograd", program.__name__)
    expected = program(torch)
    with report.missing(program.__name__):
        assert program(minitorch) == expected
