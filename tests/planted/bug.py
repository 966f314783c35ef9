"""What a planted bug is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bug:
    """A mistake in the source of a layer.

    Attributes:
        name: what is wrong.
        file: where: the layer, and the file in its package.
        right: a text that the file has once.
        wrong: what stands there instead.
        test: the test that is meant to find it, in the folder of tests.
        says: what that test says then, in part.
    """

    name: str
    file: str
    right: str
    wrong: str
    test: str
    says: str

    def __str__(self) -> str:
        return self.name
