"""Making the tensors of a new module, on a device and of an element type."""

from __future__ import annotations

from typing import Protocol, TypeAlias

from minitorch_autograd import Tensor, dtype, zeros

from .parameter import Parameter


class HasType(Protocol):
    """A device, as `minitorch.device` makes them."""

    @property
    def type(self) -> str: ...


Device: TypeAlias = "HasType | str | None"


def refuse_other_devices(device: Device) -> None:
    """Raise where `device` is not the CPU.

    Raises:
        RuntimeError: that says so.
        TypeError: if it is no device.
    """
    name = device if device is None or isinstance(device, str) else getattr(device, "type", device)
    if not (name is None or isinstance(name, str)):
        kind = type(device).__name__
        raise TypeError(f"argument 'device' must be a device, str or None, not {kind}")
    if name is not None and name.partition(":")[0] != "cpu":
        raise RuntimeError(
            f"Expected one of cpu device type at start of device string: {name}: tensors are in "
            "the memory of the CPU here"
        )


def new_tensor(size: tuple[int, ...], device: Device = None, dtype: dtype | None = None) -> Tensor:
    """Make a tensor of zeros for a buffer; None is the default float type."""
    refuse_other_devices(device)
    return zeros(size, dtype=dtype)


def new_parameter(
    size: tuple[int, ...], device: Device = None, dtype: dtype | None = None
) -> Parameter:
    """Make a parameter of zeros, which `reset_parameters` fills."""
    return Parameter(new_tensor(size, device, dtype))
