"""The extensions of the tensor layer: named groups of functions that a layer may leave out.

Each is the module of the layer, typed by a Protocol in `requires.py`. A function that the layer
does not have is an error only when it is used, and the error names the extension.
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

    # The types of the functions are those of the Protocols below.
    def __getattr__(self, function: str) -> Any:  # noqa: ANN401
        if function.startswith("__"):  # Python looks up some special names on every object
            return object.__getattribute__(self, function)
        found = getattr(below, function, None)
        if found is None:
            raise NotImplementedError(
                f'{function} needs the extension "{self._name}" of the tensor layer, which '
                f"{below.__file__} does not have"
            )
        setattr(self, function, found)  # so that the next look-up is an ordinary one
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
