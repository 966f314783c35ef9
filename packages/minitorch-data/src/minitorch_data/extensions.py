"""The extension of the autograd layer that a few samplers need, and a layer need not have.

It is the layer's module seen through its Protocol in `requires.py`. A function that the layer
lacks is missed only when it is called for, by an error that names the extension.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import minitorch_autograd as below

if TYPE_CHECKING:
    from minitorch_autograd import Generator, Tensor, dtype

    from .requires import Sampling


class _Extension:
    def __init__(self, name: str) -> None:
        self._name = name

    # What it returns is typed where the extension is declared, below.
    def __getattr__(self, function: str) -> Any:  # noqa: ANN401
        if function.startswith("__"):  # Python asks every object for some names of its own
            return object.__getattribute__(self, function)
        found = getattr(below, function, None)
        if found is None:
            raise NotImplementedError(
                f'{function} needs the extension "{self._name}" of the autograd layer, which '
                f"{below.__file__} does not have"
            )
        return found


sampling: Sampling[Tensor, dtype, Generator] = _Extension("sampling")
