"""Windows: which elements of a flat list a tensor sees. No element is touched here."""

from __future__ import annotations

from math import prod
from typing import NamedTuple, TypeAlias

Ints: TypeAlias = tuple[int, ...]


class Window(NamedTuple):
    """Element (i, j) is at the place `offset + i * strides[0] + j * strides[1]` of the list."""

    shape: Ints
    strides: Ints
    offset: int = 0

    def is_contiguous(self) -> bool:
        strides = zip(self.shape, self.strides, row_major(self.shape).strides, strict=True)
        return 0 in self.shape or all(n == 1 or own == usual for n, own, usual in strides)

    def places(self) -> list[int]:
        """Return the places of all elements, in row-major order."""
        places = [self.offset]
        for n, stride in zip(self.shape, self.strides, strict=True):
            places = [place + i * stride for place in places for i in range(n)]
        return places

    def permute(self, dims: Ints) -> Window:
        """Return the window on these dimensions, in this order."""
        shape = tuple(self.shape[d] for d in dims)
        return Window(shape, tuple(self.strides[d] for d in dims), self.offset)

    def expand(self, shape: Ints) -> Window:
        if broadcast(self.shape, shape) != shape:
            raise RuntimeError(f"expand: {self.shape} can't be repeated to {shape}")
        # A stride of 0 gives the same element again.
        own = [0 if n == 1 else step for n, step in zip(self.shape, self.strides, strict=True)]
        return Window(shape, (0,) * (len(shape) - len(own)) + tuple(own), self.offset)

    def view(self, shape: Ints) -> Window:
        """Return the window that sees the same places in the same order under `shape`."""
        size = prod(self.shape)
        if prod(shape) != size:
            raise RuntimeError(f"shape '{list(shape)}' is invalid for input of size {size}")
        usual = row_major(shape, self.offset)
        if self.is_contiguous():
            return usual
        # If there are strides for it, these are: how far the first step in each dimension leads.
        places, steps = self.places(), zip(shape, usual.strides, strict=True)
        strides = tuple(places[step] - places[0] if n > 1 else 0 for n, step in steps)
        window = Window(shape, strides, self.offset)
        if window.places() != places:
            raise RuntimeError(
                "view size is not compatible with input tensor's size and stride: "
                f"{self.shape} with strides {self.strides} as {shape}; use reshape, which copies"
            )
        return window

    def part(self, index: tuple[object, ...]) -> Window:
        """Return the window on what the ints, slices and Nones of `index` name."""
        offset = self.offset
        kept: list[tuple[int, int]] = []
        dimensions = zip(self.shape, self.strides, strict=True)
        for entry in index:
            if entry is None:
                kept.append((1, 0))
                continue
            n, stride = next(dimensions)
            if isinstance(entry, int):
                offset += range(n)[entry] * stride
                continue
            indices = range(n)[entry if isinstance(entry, slice) else slice(None)]
            offset += indices.start * stride
            kept.append((len(indices), indices.step * stride))
        kept += dimensions
        return Window(tuple(n for n, _ in kept), tuple(stride for _, stride in kept), offset)

    def pick(self, picks: dict[int, list[int]], shape: Ints) -> tuple[list[int], Ints]:
        """Return the places that `picks` reach, and the shape of what is there.

        `picks` are indices, by the dimension that they index. Their shape stands in the place of
        these dimensions if they are neighbours, otherwise in front.
        """
        reached = [-self.offset] * prod(shape)  # it is counted twice below
        for dim, indices in picks.items():
            n = self.shape[dim]
            for i, index in enumerate(indices):
                if not -n <= index < n:
                    wrong = f"index {index} is out of bounds for dimension {dim} with size {n}"
                    raise IndexError(wrong)
                reached[i] += index % n * self.strides[dim]
        front = min(picks) if max(picks) - min(picks) < len(picks) else 0
        rest = tuple(d for d in range(len(self.shape)) if d not in picks)
        before, after = self.permute(rest[:front]), self.permute(rest[front:])
        places = [a + b + c for a in before.places() for b in reached for c in after.places()]
        return places, before.shape + shape + after.shape


def row_major(shape: Ints, offset: int = 0) -> Window:
    """Return the window on elements that lie side by side: strides (12, 4, 1) for (2, 3, 4)."""
    return Window(shape, tuple(prod(shape[d + 1 :]) for d in range(len(shape))), offset)


def broadcast(a: Ints, b: Ints) -> Ints:
    """Return the shape in which `a` and `b` meet: sizes of 1 become the other's size."""
    ndim = max(len(a), len(b))
    a, b = (1,) * (ndim - len(a)) + a, (1,) * (ndim - len(b)) + b
    for dim in reversed(range(ndim)):
        if a[dim] != b[dim] and 1 not in (a[dim], b[dim]):
            raise RuntimeError(
                f"The size of tensor a ({a[dim]}) must match the size of tensor b ({b[dim]}) "
                f"at non-singleton dimension {dim}: shapes {a} and {b}"
            )
    return tuple(n if m == 1 else m for m, n in zip(a, b, strict=True))
