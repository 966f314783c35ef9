"""The text of tensors, element types and modules is torch's."""

from __future__ import annotations

import pytest
import torch
from tests.parity.cases_text import TEXTS
from tests.parity.report import Report

import minitorch


@pytest.mark.parametrize("name", TEXTS)
def test_text(name: str, report: Report) -> None:
    report.begin("autograd" if "grad" in name else "tensor", name)
    with report.missing(name):
        ours = repr(TEXTS[name](minitorch))
    assert ours == repr(TEXTS[name](torch))
