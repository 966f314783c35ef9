"""The extensions of the autograd layer: named groups of functions that a layer need not have.

`creation` to `shaping` are the layer's module, each seen through its Protocol in `requires.py`. A
function that the layer lacks raises an error when it is called, which names the extension. The
functions below them have something to fall back on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import minitorch_autograd as below
from minitorch_autograd import Tensor

if TYPE_CHECKING:
    from minitorch_autograd import dtype

    from ..requires import Creation, Elementwise, Matrices, Reductions, Shaping


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


creation: Creation[dtype] = _Extension("creation")
elementwise: Elementwise[Tensor] = _Extension("elementwise")
matrices: Matrices[Tensor] = _Extension("matrices")
reductions: Reductions[Tensor] = _Extension("reductions")
shaping: Shaping[Tensor] = _Extension("shaping")


def _check_nothing(*_: object) -> None:
    """Leave it to Python to refuse arguments of a wrong type."""


def _copy_one_by_one(targets: Sequence[Tensor], sources: Sequence[Tensor]) -> None:
    for target, source in zip(targets, sources, strict=True):
        target.copy_(source)


# The extension "calls": has functions and classes refuse arguments of a wrong type.
check_calls: Final[Callable[..., None]] = getattr(below, "check_calls", _check_nothing)

# The extension "blocks": faster copies of many tensors, and updates of large ones.
copy_each: Final[Callable[[Sequence[Tensor], Sequence[Tensor]], None]] = getattr(
    below, "foreach_copy_", _copy_one_by_one
)
by_blocks: Final[Callable[..., None] | None] = getattr(below, "by_blocks", None)
