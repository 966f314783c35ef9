"""A picture consists of boxes, each with the boxes that it is computed from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Box:
    """An operation, a leaf, or several of them folded into one.

    Boxes are kept in a list in which inputs come first; `inputs` are indices into that list.
    """

    kind: Literal["operation", "leaf", "fold"]
    title: str
    lines: tuple[str, ...]  # below the title; the first is the shape and dtype of the output
    inputs: tuple[int, ...]
    module: str = ""  # the dotted name of its module, if names tell
    operations: int = 0
    leaves: int = 0
    named: bool = False  # whether the user gave it a name


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes, inputs first and the output last, and notes to show below them."""

    boxes: list[Box]
    notes: list[str] = field(default_factory=list)
