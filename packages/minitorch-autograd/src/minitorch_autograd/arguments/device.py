"""The device of tensors, which is always the CPU."""

from __future__ import annotations

from typing import Final

__all__ = ["device"]


class device:  # noqa: N801  (torch's name)
    """The device of a tensor, as in torch; here there is the CPU only.

    Args:
        type: "cpu", "cpu:0", or a device.
        index: which CPU; there is one.

    Raises:
        RuntimeError: if it is another device than the CPU.

    >>> device("cpu")
    device(type='cpu')

    Source: https://docs.pytorch.org/docs/stable/tensor_attributes.html
    """

    __slots__ = ("index", "type")

    type: Final[str]
    index: Final[int | None]

    def __init__(self, type: str | device, index: int | None = None) -> None:
        text = str(type)
        name, colon, number = text.partition(":")
        if colon and number.isdecimal() and index is None:
            index = int(number)
        elif colon:
            raise RuntimeError(f"Invalid device string: '{text}'")
        if name != "cpu":
            raise RuntimeError(
                f"Expected one of cpu device type at start of device string: {text}: tensors are "
                "in the memory of the CPU here"
            )
        self.type = name
        self.index = index

    def __repr__(self) -> str:
        place = "" if self.index is None else f", index={self.index}"
        return f"device(type={self.type!r}{place})"

    def __str__(self) -> str:
        return self.type if self.index is None else f"{self.type}:{self.index}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, device) and (self.type, self.index) == (other.type, other.index)

    def __hash__(self) -> int:
        return hash((self.type, self.index))

    def __reduce__(self) -> tuple[object, tuple[str, int | None]]:
        return device, (self.type, self.index)


CPU: Final = device("cpu")


def refuse_elsewhere(place: device | str | None) -> None:
    """Raise if `place` is not the CPU."""
    if place is not None:
        device(place)
