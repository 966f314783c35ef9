"""Padding: elements put around a tensor, or cut off.

Each mode but the constant one is a rule that tells which element stands at a place outside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal, TypeAlias, get_args

from minitorch_autograd import Tensor, int64, no_grad, record

from ..common.argument_types import check_calls
from ..common.extensions import creation, indexing, shaping
from ..common.sizes import ensure_room

__all__ = ["pad"]

Mode: TypeAlias = Literal["constant", "reflect", "replicate", "circular"]

# From a place, which may be outside, and a size to the place of the element that stands there.
RULES: Final[dict[str, Callable[[int, int], int]]] = {
    "reflect": lambda i, n: -i if i < 0 else i if i < n else 2 * (n - 1) - i,
    "replicate": lambda i, n: min(max(i, 0), n - 1),
    "circular": lambda i, n: i % n,
}


def pad(
    input: Tensor, pad: Sequence[int], mode: Mode = "constant", value: float | None = None
) -> Tensor:
    """Put elements around the last dimensions of a tensor; negative numbers cut off.

    Args:
        input: any shape for "constant"; otherwise (N, C, ...) or (C, ...), whose dimensions after
            C are all padded.
        pad: the numbers before and after, of the last dimension first: (left, right, top, bottom).
        mode: what stands there: "constant" for `value`, "reflect" for the elements mirrored at the
            outermost, "replicate" for the outermost, "circular" for those of the other end.
        value: the constant; 0 by default.

    Raises:
        RuntimeError: if the numbers do not fit the shape.
        NotImplementedError: if the mode is unknown, or not for so many dimensions.
    """
    if len(pad) % 2:
        raise RuntimeError(f"Padding length must be divisible by 2, got {list(pad)}")
    if len(pad) > 2 * len(input.shape):
        raise RuntimeError(
            "Padding length should be less than or equal to two times the input dimension but got "
            f"padding length {len(pad)} and input of dimension {len(input.shape)}"
        )
    # One pair for each dimension.
    sides = [(0, 0)] * (len(input.shape) - len(pad) // 2)
    sides += [(pad[i], pad[i + 1]) for i in range(len(pad) - 2, -1, -2)]
    if mode == "constant":
        return _constant(input, sides, 0.0 if value is None else value)
    if mode not in RULES:
        raise NotImplementedError(
            f"Unrecognised padding mode {mode}: expected one of {', '.join(get_args(Mode))}"
        )
    if value is not None and value != 0:
        raise RuntimeError(f'Padding mode "{mode}" doesn\'t take in value argument: {value}')
    _check(input, len(pad), mode, sides)
    if not any(pad):
        return input.clone()
    for dim, (before, after) in enumerate(sides):
        if before or after:
            n = input.shape[dim]
            ensure_room((n + before + after,))
            places = [RULES[mode](i, n) for i in range(-before, n + after)]
            input = indexing.index_select(input, dim, creation.tensor(places, dtype=int64))
    return input


def _constant(input: Tensor, sides: list[tuple[int, int]], value: float) -> Tensor:
    sizes = tuple(n + before + after for n, (before, after) in zip(input.shape, sides, strict=True))
    left = [n + min(b, 0) + min(a, 0) for n, (b, a) in zip(input.shape, sides, strict=True)]
    if min(left, default=0) < 0:
        raise RuntimeError(
            f"pad: narrow(): length must be non-negative: of {input.shape} with {sides} around "
            f"{left} would be left"
        )
    with no_grad():
        padded = creation.full(sizes, value, dtype=input.dtype)
        # What is left of the input, and where it lies.
        _cut(padded, [(max(b, 0), max(a, 0)) for b, a in sides]).copy_(
            _cut(input, [(max(-b, 0), max(-a, 0)) for b, a in sides])
        )
    opposite = [(-before, -after) for before, after in sides]
    return record("ConstantPadNdBackward0", padded, (input, lambda g: _constant(g, opposite, 0.0)))


def _cut(x: Tensor, sides: list[tuple[int, int]]) -> Tensor:
    """Return the view without so many elements before and after in each dimension."""
    for dim, (before, after) in enumerate(sides):
        if before or after:
            x = shaping.narrow(x, dim, before, max(x.shape[dim] - before - after, 0))
    return x


def _check(input: Tensor, length: int, mode: str, sides: list[tuple[int, int]]) -> None:
    ndim = len(input.shape)
    if length not in (2, 4, 6) or ndim not in (length // 2 + 1, length // 2 + 2):
        raise NotImplementedError(
            f"Padding size {length} is not supported for {ndim}D input tensor. Supported "
            "combinations for non-constant padding: 2 numbers for 2D or 3D, 4 for 3D or 4D, 6 for "
            "4D or 5D: a pair for each dimension after the channels"
        )
    for dim, (before, after) in list(enumerate(sides))[ndim - length // 2 :]:
        n = input.shape[dim]
        most = max(before, after)
        if mode == "circular" and most > n:
            raise RuntimeError(
                f"Padding value causes wrapping around more than once: {(before, after)} at "
                f"dimension {dim} of input {list(input.shape)}"
            )
        if mode == "reflect" and n and most >= n:
            raise RuntimeError(
                "Padding size should be less than the corresponding input dimension, but got: "
                f"padding {(before, after)} at dimension {dim} of input {list(input.shape)}"
            )
        if mode != "circular" and not n:
            raise RuntimeError(
                f"Expected {length // 2 + 1}D or {length // 2 + 2}D (batch mode) tensor with "
                "possibly 0 batch size and other non-zero dimensions for input, but got: "
                f"{list(input.shape)}"
            )
        if n + before + after < (0 if mode == "circular" else 1):
            raise RuntimeError(
                f"input (size {n} at dimension {dim}) is too small for padding {(before, after)}. "
                f"Calculated output size: {n + before + after}"
            )


check_calls(globals(), __all__)
