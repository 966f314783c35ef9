"""Data sets: samples by index."""

from __future__ import annotations

import itertools
import math
import warnings
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar

from minitorch_autograd import Generator, Tensor, int64, tensor

from .draws import draw_order

if TYPE_CHECKING:
    from typing import TypeAlias

    Samples: TypeAlias = "Dataset[Sample] | Sequence[Sample]"

Sample = TypeVar("Sample")
Sample_co = TypeVar("Sample_co", covariant=True)


class Dataset(Generic[Sample_co]):
    """The base class of data sets: a subclass defines `__getitem__` and `__len__`.

    Functions that take a data set take a list or a range, too.
    """

    def __getitem__(self, index: int) -> Sample_co:
        raise NotImplementedError(
            "Subclasses of Dataset should implement __getitem__: "
            f"{type(self).__name__} has none for index {index!r}"
        )

    def __len__(self) -> int:
        raise TypeError(
            f"object of type '{type(self).__name__}' has no len(): "
            "a data set that is gone through, split or loaded in batches defines __len__"
        )

    def __iter__(self) -> Iterator[Sample_co]:
        return (self[index] for index in range(len(self)))


class TensorDataset(Dataset[tuple[Tensor, ...]]):
    """Rows of tensors that belong together: sample i is `(tensors[0][i], tensors[1][i], ...)`.

    Args:
        tensors: (N, ...) each, with the same N

    Raises:
        AssertionError: if their first dimensions differ.
        IndexError: if one has no dimensions.

    >>> from minitorch_autograd import tensor
    >>> TensorDataset(tensor([[1.0], [2.0]]), tensor([7, 8]))[1]
    (tensor([2.]), tensor(8))
    """

    tensors: tuple[Tensor, ...]

    def __init__(self, *tensors: Tensor) -> None:
        if not all(t.shape for t in tensors):
            raise IndexError(
                "TensorDataset: Dimension specified as 0 but tensor has no dimensions: "
                f"the shapes are {_shapes(tensors)}"
            )
        if len({t.shape[0] for t in tensors}) > 1:
            raise AssertionError(
                "TensorDataset: Size mismatch between tensors: expected the same first dimension, "
                f"got {_shapes(tensors)}"
            )
        self.tensors = tensors

    def __getitem__(self, index: int | slice | Tensor) -> tuple[Tensor, ...]:
        return tuple(t[index] for t in self.tensors)

    def __len__(self) -> int:
        return self.tensors[0].shape[0]


class Subset(Dataset[Sample_co]):
    """The samples of `dataset` at `indices`, in their order."""

    dataset: Samples[Sample_co]
    indices: Sequence[int]

    def __init__(self, dataset: Samples[Sample_co], indices: Sequence[int]) -> None:
        self.dataset = dataset
        self.indices = indices

    def __getitem__(self, index: int) -> Sample_co:
        return self.dataset[self.indices[index]]

    def __len__(self) -> int:
        return len(self.indices)


def random_split(
    dataset: Samples[Sample],
    lengths: Sequence[int] | Sequence[float],
    generator: Generator | None = None,
) -> list[Subset[Sample]]:
    """Split a data set at random into parts that share no sample.

    Args:
        dataset: N samples
        lengths: of the parts: numbers that add up to N, or fractions that add up to 1. Fractions
            are rounded down; the samples left over go to the first parts, one each.
        generator: where the randomness comes from; without it, the default generator

    Raises:
        ValueError: if `lengths` add up to neither, a length is negative, or a fraction is
            outside [0, 1].

    >>> [len(part) for part in random_split(range(10), [0.75, 0.25])]
    [8, 2]
    """
    total = len(dataset)
    if math.isclose(sum(lengths), 1) and sum(lengths) <= 1:
        counts = _counts_of_fractions(lengths, total)
    else:
        counts = [int(length) for length in lengths]
        if counts != list(lengths) or sum(counts) != total:
            raise ValueError(
                "random_split: Sum of input lengths does not equal the length of the input "
                f"dataset: lengths {list(lengths)} of a data set of {total}; "
                "whole numbers add up to its length, fractions to 1"
            )
        for i, count in enumerate(counts):
            if count < 0:
                raise ValueError(f"random_split: Length at index {i} is negative: {count}")
    order = draw_order(total, generator)
    ends = itertools.accumulate(counts)
    return [
        Subset(dataset, order[end - count : end]) for end, count in zip(ends, counts, strict=True)
    ]


def rows(dataset: Samples[object], indices: Sequence[int]) -> list[Tensor] | None:
    """Return the samples at `indices`, stacked, if they are rows of tensors; otherwise None.

    Each tensor is indexed once, which is faster than to index each row and stack. A subclass with
    a `__getitem__` of its own (that distorts images, say) is not: its samples are read one by one.
    """
    while isinstance(dataset, Subset) and type(dataset).__getitem__ is Subset.__getitem__:
        indices = [dataset.indices[i] for i in indices]
        dataset = dataset.dataset
    if (
        isinstance(dataset, TensorDataset)
        and type(dataset).__getitem__ is TensorDataset.__getitem__
    ):
        return list(dataset[tensor(indices, dtype=int64)])
    return None


def _counts_of_fractions(fractions: Sequence[float], total: int) -> list[int]:
    for i, fraction in enumerate(fractions):
        if not 0 <= fraction <= 1:
            raise ValueError(
                f"random_split: Fraction at index {i} is not between 0 and 1: {fraction}"
            )
    counts = [math.floor(total * fraction) for fraction in fractions]
    for i in range(total - sum(counts)):
        counts[i % len(counts)] += 1
    for i, count in enumerate(counts):
        if count == 0:
            warnings.warn(
                f"random_split: Length of split at index {i} is 0. "
                "This might result in an empty dataset.",
                stacklevel=3,
            )
    return counts


def _shapes(tensors: Sequence[Tensor]) -> str:
    return ", ".join(str(t.shape) for t in tensors)
