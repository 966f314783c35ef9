"""The extensions of the tensor layer: named groups of functions that a layer need not have.

Each is the layer's module seen through its Protocol in `requires.py`. A function that the layer
lacks is missed only when it is called for, by an error that names the extension.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import minitorch_tensor as below

if TYPE_CHECKING:
    from minitorch_tensor import Tensor as Raw
    from minitorch_tensor import dtype

    from ..requires import (
        Bits,
        Blocks,
        Elementary,
        LinearAlgebra,
        NumpyInterop,
        Printing,
        Rounding,
        Scans,
        Scattering,
        Sorting,
        SpecialFunctions,
        Strides,
        Windows,
    )


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
                f'{function} needs the extension "{self._name}" of the tensor layer, which '
                f"{below.__file__} does not have"
            )
        setattr(self, function, found)  # found at once the next time
        return found


numpy: NumpyInterop[Raw] = _Extension("numpy")
elementary: Elementary[Raw] = _Extension("elementary")
rounding: Rounding[Raw] = _Extension("rounding")
special: SpecialFunctions[Raw] = _Extension("special")
bits: Bits[Raw] = _Extension("bits")
scans: Scans[Raw] = _Extension("scans")
sorting: Sorting[Raw] = _Extension("sorting")
scattering: Scattering[Raw] = _Extension("scattering")
strides: Strides[Raw] = _Extension("strides")
linalg: LinearAlgebra[Raw] = _Extension("linalg")
printing: Printing = _Extension("printing")
blocks: Blocks[Raw, dtype] = _Extension("blocks")
windows: Windows[Raw] = _Extension("windows")
