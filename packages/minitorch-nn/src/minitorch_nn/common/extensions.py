"""The extensions of the autograd layer: named groups of functions that a layer need not have.

Each is the layer's module seen through its Protocol in `requires.py`. A function that the layer
lacks is missed only when it is called for, by an error that names the extension.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import minitorch_autograd as below

if TYPE_CHECKING:
    from minitorch_autograd import Tensor, dtype

    from ..requires import (
        Creation,
        Elementwise,
        Graphs,
        Indexing,
        Matrices,
        Random,
        Reductions,
        Shaping,
        Types,
        Windows,
    )


def offers(function: str) -> bool:
    """Return whether the layer below has `function`, where there is a plain way without it."""
    return hasattr(below, function)


class _Extension:
    def __init__(self, name: str) -> None:
        self._name = name

    # What it returns is typed where the extensions are declared, below.
    def __getattr__(self, function: str) -> Any:  # noqa: ANN401
        if function.startswith("__"):  # Python asks every object for some names of its own
            return object.__getattribute__(self, function)
        found = getattr(below, function, None)
        if found is None:
            raise NotImplementedError(
                f'{function} needs the extension "{self._name}" of the autograd layer, which '
                f"{below.__file__} does not have"
            )
        setattr(self, function, found)  # found at once the next time
        return found


creation: Creation[Tensor, dtype] = _Extension("creation")
elementwise: Elementwise[Tensor] = _Extension("elementwise")
graphs: Graphs[Tensor] = _Extension("graphs")
indexing: Indexing[Tensor] = _Extension("indexing")
matrices: Matrices[Tensor] = _Extension("matrices")
random: Random[Tensor] = _Extension("random")
reductions: Reductions[Tensor] = _Extension("reductions")
shaping: Shaping[Tensor] = _Extension("shaping")
types: Types[dtype] = _Extension("types")
windows: Windows[Tensor] = _Extension("windows")
