"""What a picture is made of: boxes, each with the boxes that it is computed from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Box:
    """An operation, a leaf, or several of them folded into one.

    Boxes are kept in a list in which inputs come first; `inputs` are places in that list.
    """

    kind: Literal["operation", "leaf", "fold"]
    title: str
    lines: tuple[str, ...]  # below the title; the first is the shape and dtype of the output
    inputs: tuple[int, ...]
    module: str = ""  # the dotted name of the module that it belongs to, where names tell
    operations: int = 0
    leaves: int = 0
    named: bool = False  # whether the user gave it a name


@dataclass(frozen=True, slots=True)
class Drawing:
    """Boxes, inputs first and the output last, and what has to be said of them."""

    boxes: list[Box]
    notes: list[str] = field(default_factory=list)
