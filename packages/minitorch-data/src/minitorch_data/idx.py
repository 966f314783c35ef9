"""IDX, the file format of MNIST: an n-d array of bytes.

Two zero bytes, one for the type of the elements (8: unsigned byte), one for the number of
dimensions, then the size of each dimension as a big-endian 32-bit number, then the elements,
the last dimension fastest.

Source: http://yann.lecun.com/exdb/mnist/
"""

from __future__ import annotations

from math import prod

UNSIGNED_BYTE = 8


def read_idx(content: bytes) -> tuple[tuple[int, ...], bytes]:
    """Return the shape and the elements.

    Args:
        content: of an IDX file, already decompressed

    Raises:
        ValueError: if it is not IDX, of another element type, cut short, or has more behind it.
    """
    if len(content) < 4 or content[:2] != b"\0\0":
        raise ValueError(
            f"read_idx: expected two zero bytes, type and dimensions, got {content[:4]!r}; "
            "is the file still compressed?"
        )
    kind, ndim = content[2:4]
    if kind != UNSIGNED_BYTE:
        raise ValueError(f"read_idx: expected unsigned bytes (type 8), got type {kind}")
    start = 4 + 4 * ndim
    sizes, elements = content[4:start], content[start:]
    if len(sizes) != 4 * ndim:
        raise ValueError(
            f"read_idx: {ndim} sizes take {4 * ndim} bytes, got {len(sizes)}; is the file cut "
            "short?"
        )
    shape = tuple(int.from_bytes(sizes[i : i + 4], "big") for i in range(0, 4 * ndim, 4))
    if len(elements) != prod(shape):
        raise ValueError(
            f"read_idx: shape {shape} takes {prod(shape)} bytes, got {len(elements)}; "
            f"{'is the file cut short?' if len(elements) < prod(shape) else 'what is the rest?'}"
        )
    return shape, elements
