"""The loader: a data set in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from minitorch_autograd import Generator, Tensor

from .collate import default_collate
from .datasets import rows
from .draws import draw_seed
from .samplers import BatchSampler, RandomSampler, SequentialSampler

if TYPE_CHECKING:
    from .collate import Batch, Collatable
    from .datasets import Samples

Sample = TypeVar("Sample")
B = TypeVar("B")  # what an iteration gives: one batch


class DataLoader(Generic[B]):
    """The batches of a data set, in its order or, with `shuffle`, in a new order each time.

    Each iteration draws a seed first, as in torch, where it is that of the workers; the sampler
    begins at the first batch.

    Args:
        dataset: anything with a length and a sample for each index
        batch_size: samples in a batch, at least 1; the last batch may be smaller
        shuffle: draw a new order at each iteration
        sampler: gives the indices of the samples, in place of `shuffle`
        batch_sampler: gives a list of indices for each batch, in place of `sampler`, `batch_size`,
            `shuffle` and `drop_last`
        collate_fn: makes a batch of a list of samples; without it, `default_collate`
        drop_last: leave out a last batch that is smaller
        generator: where the seed and the order come from; without it, the default generator

    Raises:
        ValueError: if `batch_size` is not a positive int, `drop_last` not a bool, there is
            nothing to shuffle, or an option is given with one that takes its place.

    Departure from torch: batches are made in this process; there are no workers.

    >>> list(DataLoader(range(5), batch_size=2))
    [tensor([0, 1]), tensor([2, 3]), tensor([4])]
    """

    dataset: Samples[object]
    batch_size: int | None  # None with a `batch_sampler` that was given
    drop_last: bool
    sampler: Iterable[int]
    batch_sampler: Iterable[Sequence[int]]
    generator: Generator | None
    _fetch: Callable[[Sequence[int]], B]

    @overload
    def __init__(
        self: DataLoader[Tensor],
        dataset: Samples[Tensor | float],
        batch_size: int = 1,
        shuffle: bool | None = None,
        sampler: Iterable[int] | None = None,
        batch_sampler: Iterable[Sequence[int]] | None = None,
        *,
        collate_fn: None = None,
        drop_last: bool = False,
        generator: Generator | None = None,
    ) -> None: ...
    @overload
    def __init__(
        self: DataLoader[list[Tensor]],
        dataset: Samples[tuple[Tensor | float, ...]],
        batch_size: int = 1,
        shuffle: bool | None = None,
        sampler: Iterable[int] | None = None,
        batch_sampler: Iterable[Sequence[int]] | None = None,
        *,
        collate_fn: None = None,
        drop_last: bool = False,
        generator: Generator | None = None,
    ) -> None: ...
    @overload
    def __init__(
        self: DataLoader[Batch],
        dataset: Samples[Collatable],
        batch_size: int = 1,
        shuffle: bool | None = None,
        sampler: Iterable[int] | None = None,
        batch_sampler: Iterable[Sequence[int]] | None = None,
        *,
        collate_fn: None = None,
        drop_last: bool = False,
        generator: Generator | None = None,
    ) -> None: ...
    @overload
    def __init__(
        self,
        dataset: Samples[Sample],
        batch_size: int = 1,
        shuffle: bool | None = None,
        sampler: Iterable[int] | None = None,
        batch_sampler: Iterable[Sequence[int]] | None = None,
        *,
        collate_fn: Callable[[list[Sample]], B],
        drop_last: bool = False,
        generator: Generator | None = None,
    ) -> None: ...
    def __init__(
        self,
        dataset: Samples[Sample],
        batch_size: int = 1,
        shuffle: bool | None = None,
        sampler: Iterable[int] | None = None,
        batch_sampler: Iterable[Sequence[int]] | None = None,
        *,
        collate_fn: Callable[[list[Sample]], B] | None = None,
        drop_last: bool = False,
        generator: Generator | None = None,
    ) -> None:
        if sampler is not None and shuffle:
            raise ValueError(
                "DataLoader: sampler option is mutually exclusive with shuffle: "
                "the order is the sampler's"
            )
        given = batch_size != 1 or shuffle or sampler is not None or drop_last
        if batch_sampler is not None and given:
            raise ValueError(
                "DataLoader: batch_sampler option is mutually exclusive with batch_size, shuffle, "
                "sampler, and drop_last: the batches are the batch_sampler's"
            )
        if sampler is None:
            sampler = RandomSampler(dataset, False, None, generator) if shuffle else None
        self.dataset = dataset
        self.sampler = SequentialSampler(dataset) if sampler is None else sampler
        self.batch_size = batch_size if batch_sampler is None else None
        self.drop_last = drop_last
        self.batch_sampler = (
            BatchSampler(self.sampler, batch_size, drop_last)
            if batch_sampler is None
            else batch_sampler
        )
        self.generator = generator

        def fetch(indices: Sequence[int]) -> B:
            if collate_fn is not None:
                return collate_fn([dataset[i] for i in indices])
            # The overloads say of which samples this makes which B.
            return _default_fetch(dataset, indices)  # type: ignore[arg-type, return-value]

        self._fetch = fetch

    def __iter__(self) -> Iterator[B]:
        batches = iter(self.batch_sampler)
        draw_seed(self.generator)
        return map(self._fetch, batches)

    def __len__(self) -> int:
        return len(self.batch_sampler)  # type: ignore[arg-type]  # a TypeError if it has no length


def _default_fetch(dataset: Samples[Collatable], indices: Sequence[int]) -> Batch:
    batch = rows(dataset, indices)
    return default_collate([dataset[i] for i in indices]) if batch is None else batch
