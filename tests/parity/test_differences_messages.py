"""Warnings and messages that are not as in PyTorch. See `docs/differences.md`."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from tests.parity.differences import SECTIONS, both, said

import minitorch

section = SECTIONS["Warnings and messages"]
row = section.row


@row("error messages")
def test_error_messages() -> None:
    def message(t: Any) -> str:
        with pytest.raises(RuntimeError) as caught:
            t.ones(2, 3) @ t.ones(4, 5)
        return str(caught.value)

    theirs = message(torch)
    assert message(minitorch) == f"matmul: {theirs}: 3 != 4"


@row("`tensor(tensor)`, `meshgrid` without `indexing`")
def test_warnings_of_ours() -> None:
    def copied(t: Any) -> object:
        return t.tensor(t.ones(1))

    def grid(t: Any) -> object:
        return t.meshgrid(t.ones(1), t.ones(2))

    torch.set_warn_always(True)  # or it says most things once only
    try:
        for lines in (copied, grid):
            assert (said(minitorch, lines), said(torch, lines)) == ([], [UserWarning])
    finally:
        torch.set_warn_always(False)


@row('`warnings.simplefilter("always")`')
def test_warnings_of_numpy() -> None:
    def lines(t: Any) -> object:
        return t.ones(1) / 0

    assert (said(minitorch, lines), said(torch, lines)) == ([RuntimeWarning], [])


@row("`set_printoptions` with a profile that does not exist")
def test_profiles() -> None:
    assert both(lambda t: t.set_printoptions(profile="none such")) == (ValueError, None)


def test_every_row_is_checked() -> None:
    assert section.checked == section.rows
