"""The loader: a data set in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Generic, TypeVar, overload

from minitorch_autograd import Generator, Tensor

from .collate import default_collate
from .datasets import rows, shuffled

if TYPE_CHECKING:
    from .collate import Batch, Collatable
    from .datasets import Samples

Sample = TypeVar("Sample")
B = TypeVar("B")  # what an iteration gives: one batch


class DataLoader(Generic[B]):
    """The batches of a data set, in its order or, with `shuffle`, in a new order each time.

    Args:
        dataset: anything with a length and a sample for each index
        batch_size: samples in a batch, at least 1; the last batch may be smaller
        shuffle: draw a new order at each iteration
        collate_fn: makes a batch of a list of samples; without it, `default_collate`
        drop_last: leave out a last batch that is smaller
        generator: where the order comes from; without it, the default generator

    Raises:
        ValueError: if `batch_size` is not a positive int, `drop_last` not a bool, or there is
            nothing to shuffle.

    Departure from torch: batches are made in this process; there are no workers, and no samplers.

    >>> list(DataLoader(range(5), batch_size=2))
    [tensor([0, 1]), tensor([2, 3]), tensor([4])]
    """

    dataset: Samples[object]
    batch_size: int
    shuffle: bool
    drop_last: bool
    generator: Generator | None
    _fetch: Callable[[Sequence[int]], B]

    @overload
    def __init__(
        self: DataLoader[Tensor],
        dataset: Samples[Tensor | float],
        batch_size: int = 1,
        shuffle: bool | None = None,
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
        *,
        collate_fn: Callable[[list[Sample]], B] | None = None,
        drop_last: bool = False,
        generator: Generator | None = None,
    ) -> None:
        if not isinstance(batch_size, int) or isinstance(batch_size, bool) or batch_size < 1:
            raise ValueError(
                "DataLoader: batch_size should be a positive integer value, "
                f"but got batch_size={batch_size}"
            )
        if not isinstance(drop_last, bool):
            raise ValueError(
                f"DataLoader: drop_last should be a boolean value, but got drop_last={drop_last}"
            )
        if shuffle and len(dataset) == 0:
            raise ValueError(
                "DataLoader: num_samples should be a positive integer value, but got "
                "num_samples=0: an empty data set has no order to draw"
            )
        self.dataset = dataset
        self.batch_size = batch_size
        self.shuffle = bool(shuffle)
        self.drop_last = drop_last
        self.generator = generator

        def fetch(indices: Sequence[int]) -> B:
            if collate_fn is not None:
                return collate_fn([dataset[i] for i in indices])
            # The overloads say of which samples this makes which B.
            return _default_fetch(dataset, indices)  # type: ignore[arg-type, return-value]

        self._fetch = fetch

    def __iter__(self) -> Iterator[B]:
        count = len(self.dataset)
        order = shuffled(count, self.generator) if self.shuffle else range(count)
        for start in range(0, len(self) * self.batch_size, self.batch_size):
            yield self._fetch(order[start : start + self.batch_size])

    def __len__(self) -> int:
        count = len(self.dataset)
        return count // self.batch_size if self.drop_last else -(-count // self.batch_size)


def _default_fetch(dataset: Samples[Collatable], indices: Sequence[int]) -> Batch:
    batch = rows(dataset, indices)
    return default_collate([dataset[i] for i in indices]) if batch is None else batch
