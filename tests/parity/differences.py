"""What the tests of `docs/differences.md` share: its rows, and ways to ask both sides."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import torch

import minitorch

Test: TypeAlias = Callable[..., None]  # pytest gives what it asks for
Lines: TypeAlias = Callable[[Any], object]  # the same in each, which is their argument


class Section:
    """The rows below one heading, each of which wants a test."""

    def __init__(self, text: str) -> None:
        rows = [line for line in text.splitlines() if line.startswith("| ")]
        self.rows = [row.split(" | ")[0].removeprefix("| ") for row in rows[1:]]
        self.checked: list[str] = []

    def row(self, title: str) -> Callable[[Test], Test]:
        """Mark a test as that of the row with a title."""
        self.checked.append(title)
        return lambda test: test


PAGE = (Path(__file__).parents[2] / "docs" / "differences.md").read_text()
SECTIONS = {part.partition("\n")[0]: Section(part) for part in PAGE.split("\n## ")[1:]}


def both(lines: Lines) -> tuple[object, object]:
    """Return what the lines give here and in PyTorch: a value, or the type of the exception."""
    results = []
    for module in (minitorch, torch):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                results.append(lines(module))
            except Exception as error:  # noqa: BLE001  (which one, is the result)
                results.append(type(error))
    return results[0], results[1]


def said(module: ModuleType, lines: Lines) -> list[type[Warning]]:
    """Return the warnings that the lines give."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        lines(module)
    return [one.category for one in caught]
