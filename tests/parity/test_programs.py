"""Programs about modules do here what they do in torch, line by line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from tests.cases.nn.programs import PROGRAMS
from tests.parity.report import Report

import minitorch


def plain(line: str) -> str:
    """Return a line without what only says where a class lives."""
    return (
        line.replace("<class 'torch.nn.modules.container.Sequential'>", "<Sequential>")
        .replace("<class 'minitorch_nn.containers.sequential.Sequential'>", "<Sequential>")
        .replace("torch.Size", "")
    )


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_program(program: Callable[[Any], list[str]], report: Report) -> None:
    report.begin("nn", program.__name__)
    theirs = program(torch)
    with report.missing(program.__name__):
        ours = program(minitorch)
    assert list(map(plain, ours)) == list(map(plain, theirs))
