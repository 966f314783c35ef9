"""What `module.to(...)` means: the element type, in all the forms that torch accepts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from minitorch_autograd import Tensor, dtype

from .factory import refuse_other_devices

Caster: TypeAlias = Callable[[Tensor], Tensor]


def casting(args: tuple[object, ...], kwargs: dict[str, object]) -> Caster:
    """Return the cast of a tensor that the arguments of `to` ask for.

    Raises:
        TypeError: for an element type that is no floating one, or other arguments.
        RuntimeError: for another device than the CPU.
    """
    wanted: dtype | None = None
    places: list[object] = []
    for one in [*args, kwargs.get("dtype"), kwargs.get("tensor")]:
        if isinstance(one, dtype):
            wanted = one
        elif isinstance(one, Tensor):
            wanted = one.dtype
        elif one is not None and not isinstance(one, bool):
            places.append(one)
    unknown = set(kwargs) - {"dtype", "device", "tensor", "non_blocking"}
    if unknown:
        raise TypeError(f"to(): got unexpected keyword arguments {sorted(unknown)}")
    for place in [*places, kwargs.get("device")]:
        if not (place is None or isinstance(place, str) or hasattr(place, "type")):
            raise TypeError(f"to(): expected an element type, a device or a tensor, got {place!r}")
        refuse_other_devices(place)
    if wanted is None:
        return lambda x: x
    if not wanted.is_floating_point:
        raise TypeError(
            "nn.Module.to only accepts floating point or complex dtypes, but got desired "
            f"dtype={wanted}"
        )
    return lambda x: x.to(wanted) if x.dtype.is_floating_point else x
