"""Sequences of several lengths: padded to one, or packed step after step.

Source: https://docs.pytorch.org/docs/stable/nn.html#utility-functions-in-other-modules
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, TypeAlias

from minitorch_autograd import Tensor, arange, dtype, int64, zeros

from ..common.extensions import creation, indexing, reductions, shaping, types

__all__ = [
    "PackedSequence",
    "invert_permutation",
    "pack_padded_sequence",
    "pack_sequence",
    "pad_packed_sequence",
    "pad_sequence",
    "unpack_sequence",
    "unpad_sequence",
]

Lengths: TypeAlias = "Tensor | Sequence[int]"


class PackedSequence(NamedTuple):
    """Sequences laid step after step, the longest first: no padding is computed with.

    Attributes:
        data: all elements, (sum of lengths, ...): the first of each sequence, then the second...
        batch_sizes: how many sequences reach each step, int64.
        sorted_indices: where the sequences stood before they were sorted by length, if they were.
        unsorted_indices: where each of them stands now.
    """

    data: Tensor
    batch_sizes: Tensor
    sorted_indices: Tensor | None = None
    unsorted_indices: Tensor | None = None

    def to(self, dtype: dtype) -> PackedSequence:
        """Return it with `data` of another element type; itself, if it is of that type."""
        return self if self.data.dtype is dtype else self._replace(data=self.data.to(dtype))

    def double(self) -> PackedSequence:
        """Return it with `data` of float64."""
        return self.to(types.float64)

    def float(self) -> PackedSequence:
        """Return it with `data` of float32."""
        return self.to(types.float32)

    def half(self) -> PackedSequence:
        """Return it with `data` of float16."""
        return self.to(types.float16)

    def long(self) -> PackedSequence:
        """Return it with `data` of int64."""
        return self.to(int64)

    def cpu(self) -> PackedSequence:
        """Return it: it is there."""
        return self

    @property
    def is_cuda(self) -> bool:
        """Return whether it is in the memory of a graphics card: it is not."""
        return False


def sizes_of(packed: PackedSequence) -> list[int]:
    """Return the batch sizes as numbers."""
    return numbers(packed.batch_sizes)


def numbers(values: Lengths) -> list[int]:
    """Return lengths as numbers."""
    if not isinstance(values, Tensor):
        return [int(n) for n in values]
    # Shapes are numbers: of so many bins each.
    return [
        reductions.bincount(one.reshape((1,))).shape[0] - 1
        for one in shaping.unbind(values.to(int64), 0)
    ]


def invert_permutation(permutation: Tensor | None) -> Tensor | None:
    """Return the permutation that undoes another."""
    if permutation is None:
        return None
    count = permutation.shape[0]
    places = zeros((count,), dtype=int64)
    return indexing.scatter(places, 0, permutation, arange(count))


def pack_padded_sequence(
    input: Tensor, lengths: Lengths, batch_first: bool = False, enforce_sorted: bool = True
) -> PackedSequence:
    """Pack sequences that were padded to one length.

    Args:
        input: (T, N, ...), or (N, T, ...) if `batch_first`.
        lengths: of each sequence, positive.
        batch_first: whether N comes first.
        enforce_sorted: whether they must come longest first; if not, they are sorted.

    Raises:
        RuntimeError: if the lengths are not positive, not sorted, or not as many as sequences.
    """
    told = numbers(lengths)
    padded = shaping.transpose(input, 0, 1) if batch_first else input
    if len(told) != padded.shape[1]:
        raise RuntimeError(
            f"Expected `len(lengths)` to be equal to batch_size, but got {len(told)} "
            f"(batch_size={padded.shape[1]})"
        )
    if not told or min(told) <= 0:
        raise RuntimeError(
            "Length of all samples has to be greater than 0, but found an element in 'lengths' "
            "that is <= 0"
        )
    order = None
    if not enforce_sorted:
        places = sorted(range(len(told)), key=lambda i: -told[i])
        order = creation.tensor(places, dtype=int64)
        padded = indexing.index_select(padded, 1, order)
        told = [told[i] for i in places]
    elif told != sorted(told, reverse=True):
        raise RuntimeError(
            "`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You "
            "can pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to "
            "sidestep this requirement if you do not need ONNX exportability."
        )
    if told[0] > padded.shape[0]:
        raise RuntimeError(
            f"Expected lengths of at most {padded.shape[0]}, the size of the padded input, but got "
            f"{told[0]}"
        )
    sizes = [sum(length > t for length in told) for t in range(told[0])]
    steps = [
        shaping.narrow(shaping.select(padded, 0, t), 0, 0, size) for t, size in enumerate(sizes)
    ]
    return PackedSequence(
        shaping.cat(steps), creation.tensor(sizes, dtype=int64), order, invert_permutation(order)
    )


def pad_packed_sequence(
    sequence: PackedSequence,
    batch_first: bool = False,
    padding_value: float = 0.0,
    total_length: int | None = None,
) -> tuple[Tensor, Tensor]:
    """Unpack sequences, and pad them to one length.

    Args:
        sequence: what to unpack.
        batch_first: whether the number of sequences comes first in the result.
        padding_value: what stands behind the end of a sequence.
        total_length: to which length; that of the longest by default.

    Returns:
        (T, N, ...), or (N, T, ...), and the lengths (N,), int64.

    Raises:
        ValueError: if `total_length` is less than the longest.
    """
    sizes = sizes_of(sequence)
    if total_length is not None and total_length < len(sizes):
        raise ValueError(
            "Expected total_length to be at least the length of the longest sequence in input, but "
            f"got total_length={total_length} and max sequence length being {len(sizes)}"
        )
    inner = sequence.data.shape[1:]
    steps, start = [], 0
    for size in sizes:
        filling = creation.full((sizes[0] - size, *inner), padding_value, dtype=sequence.data.dtype)
        steps.append(shaping.cat([shaping.narrow(sequence.data, 0, start, size), filling]))
        start += size
    empty = creation.full((sizes[0], *inner), padding_value, dtype=sequence.data.dtype)
    steps += [empty] * ((total_length or 0) - len(sizes))
    padded = shaping.stack(steps, 0)
    lengths = [sum(size > i for size in sizes) for i in range(sizes[0])]
    told = creation.tensor(lengths, dtype=int64)
    if sequence.unsorted_indices is not None:
        padded = indexing.index_select(padded, 1, sequence.unsorted_indices)
        told = indexing.index_select(told, 0, sequence.unsorted_indices)
    return (shaping.transpose(padded, 0, 1) if batch_first else padded), told


def pad_sequence(
    sequences: Sequence[Tensor] | Tensor,
    batch_first: bool = False,
    padding_value: float = 0.0,
    padding_side: Literal["right", "left"] = "right",
) -> Tensor:
    """Pad sequences (L_i, ...) to the longest: (T, N, ...), or (N, T, ...) if `batch_first`.

    A tensor is taken as the sequences along its first dimension.

    Raises:
        RuntimeError: for another side than "right" and "left", or if there are no sequences.
    """
    given: object = sequences  # which may be anything
    if not isinstance(given, Iterable | Tensor):
        raise RuntimeError(
            "pad_sequence: Expected iterable for input sequences, but got arg of type: "
            f"{type(given)}"
        )
    sequences = shaping.unbind(sequences, 0) if isinstance(sequences, Tensor) else sequences
    if padding_side not in ("right", "left"):
        raise RuntimeError(
            f"Expected padding_side to be one of left or right, but got {padding_side}."
        )
    if not sequences:
        raise RuntimeError("received an empty list of sequences")
    longest = max(one.shape[0] for one in sequences)
    rows = []
    for one in sequences:
        shape = (longest - one.shape[0], *one.shape[1:])
        filling = creation.full(shape, padding_value, dtype=one.dtype)
        rows.append(shaping.cat([one, filling] if padding_side == "right" else [filling, one]))
    return shaping.stack(rows, 0 if batch_first else 1)


def unpad_sequence(
    padded_sequences: Tensor, lengths: Lengths, batch_first: bool = False
) -> list[Tensor]:
    """Return copies of the sequences (L_i, ...) in a padded tensor."""
    rows = shaping.unbind(padded_sequences, 0 if batch_first else 1)
    pairs = zip(rows, numbers(lengths), strict=True)
    return [shaping.narrow(row, 0, 0, n).clone() for row, n in pairs]


def pack_sequence(sequences: Sequence[Tensor], enforce_sorted: bool = True) -> PackedSequence:
    """Pack sequences (L_i, ...)."""
    lengths = [one.shape[0] for one in sequences]
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)


def unpack_sequence(packed_sequences: PackedSequence) -> list[Tensor]:
    """Return the sequences (L_i, ...) that were packed."""
    padded, lengths = pad_packed_sequence(packed_sequences, batch_first=True)
    return unpad_sequence(padded, lengths, batch_first=True)
