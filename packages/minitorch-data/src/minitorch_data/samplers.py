"""Samplers: which samples of a data set are loaded, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Sized
from itertools import chain, islice
from typing import Generic, TypeVar

from minitorch_autograd import Generator, Tensor, float64

from .draws import draw_order, draw_seed
from .extensions import sampling

Index_co = TypeVar("Index_co", covariant=True)  # of a sample, or a list of those of a batch

BLOCK = 32  # indices that are drawn together with replacement


class Sampler(Generic[Index_co]):
    """The base class of samplers: a subclass defines `__iter__`, and `__len__` if it has a length.

    A `DataLoader` takes any other iterable, too.
    """

    def __iter__(self) -> Iterator[Index_co]:
        raise NotImplementedError(
            f"Subclasses of Sampler should implement __iter__: {type(self).__name__} has none"
        )


class SequentialSampler(Sampler[int]):
    """The indices of a data set in their order.

    >>> list(SequentialSampler("abc"))
    [0, 1, 2]
    """

    data_source: Sized

    def __init__(self, data_source: Sized) -> None:
        self.data_source = data_source

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self.data_source)))

    def __len__(self) -> int:
        return len(self.data_source)


class RandomSampler(Sampler[int]):
    """The indices of a data set in a new random order each time.

    Args:
        data_source: anything with a length
        replacement: draw each index from all, so that it may come again
        num_samples: how many indices; without it, as many as there are samples. Without
            replacement, indices beyond these are those of further orders.
        generator: where the order comes from; without it, a stream of its own for each iteration,
            seeded by the default generator

    Raises:
        TypeError: if `replacement` is not a bool.
        ValueError: if `num_samples` is not a positive int, or there is nothing to draw from.

    >>> sorted(RandomSampler("abc", num_samples=6))
    [0, 0, 1, 1, 2, 2]
    """

    data_source: Sized
    replacement: bool
    generator: Generator | None
    _num_samples: int | None

    def __init__(
        self,
        data_source: Sized,
        replacement: bool = False,
        num_samples: int | None = None,
        generator: Generator | None = None,
    ) -> None:
        if not isinstance(replacement, bool):
            raise TypeError(
                "RandomSampler: replacement should be a boolean value, "
                f"but got replacement={replacement}"
            )
        self.data_source = data_source
        self.replacement = replacement
        self.generator = generator
        self._num_samples = num_samples
        count = self.num_samples
        if not isinstance(count, int) or count <= 0:
            hint = ": an empty data set has no order to draw" if num_samples is None else ""
            raise ValueError(
                "RandomSampler: num_samples should be a positive integer value, "
                f"but got num_samples={count}{hint}"
            )

    @property
    def num_samples(self) -> int:
        """How many indices there are: the length of the data set, unless another was given."""
        return len(self.data_source) if self._num_samples is None else self._num_samples

    def __iter__(self) -> Iterator[int]:
        return chain.from_iterable(self._draw_blocks())

    def _draw_blocks(self) -> Iterator[list[int]]:
        """Draw when a block is asked for, since others may draw from the stream in between."""
        count, size = self.num_samples, len(self.data_source)
        stream = self.generator
        if stream is None:
            stream = Generator().manual_seed(draw_seed(None))
        if self.replacement:
            for start in range(0, count, BLOCK):
                block = sampling.randint(size, (min(BLOCK, count - start),), generator=stream)
                yield block.tolist()  # type: ignore[misc]  # 1-d int64
        else:
            for _ in range(count // size):
                yield draw_order(size, stream)
            # An order is drawn for the rest even if there is none, as in torch.
            yield draw_order(size, stream, count % size)

    def __len__(self) -> int:
        return self.num_samples


class SubsetRandomSampler(Sampler[int]):
    """Given indices in a new random order each time.

    Args:
        indices: what to give, each once
        generator: where the order comes from; without it, the default generator

    >>> sorted(SubsetRandomSampler([2, 3, 5]))
    [2, 3, 5]
    """

    indices: Sequence[int]
    generator: Generator | None

    def __init__(self, indices: Sequence[int], generator: Generator | None = None) -> None:
        self.indices = indices
        self.generator = generator

    def __iter__(self) -> Iterator[int]:
        for place in draw_order(len(self.indices), self.generator):
            yield self.indices[place]

    def __len__(self) -> int:
        return len(self.indices)


class WeightedRandomSampler(Sampler[int]):
    """Indices drawn at random, each with a probability in proportion to its weight.

    Args:
        weights: (N,), of the indices 0 ... N - 1; they need not add up to 1
        num_samples: how many indices to draw
        replacement: draw each from all, so that it may come again
        generator: where they come from; without it, the default generator

    Raises:
        ValueError: if `num_samples` is not a positive int, `replacement` not a bool, or `weights`
            have not one dimension.

    >>> list(WeightedRandomSampler([0.0, 0.3, 0.0], 4))
    [1, 1, 1, 1]
    """

    weights: Tensor
    num_samples: int
    replacement: bool
    generator: Generator | None

    def __init__(
        self,
        weights: Sequence[float] | Tensor,
        num_samples: int,
        replacement: bool = True,
        generator: Generator | None = None,
    ) -> None:
        _check_positive("WeightedRandomSampler", "num_samples", num_samples)
        _check_bool("WeightedRandomSampler", "replacement", replacement)
        self.weights = sampling.as_tensor(weights, float64)
        if len(self.weights.shape) != 1:
            raise ValueError(
                "WeightedRandomSampler: weights should be a 1d sequence but given weights have "
                f"shape {self.weights.shape}"
            )
        self.num_samples = num_samples
        self.replacement = replacement
        self.generator = generator

    def __iter__(self) -> Iterator[int]:
        drawn = sampling.multinomial(
            self.weights, self.num_samples, self.replacement, generator=self.generator
        )
        yield from drawn.tolist()  # type: ignore[misc]  # 1-d int64

    def __len__(self) -> int:
        return self.num_samples


class BatchSampler(Sampler[list[int]]):
    """The indices of a sampler in lists, one for each batch.

    Args:
        sampler: any iterable of indices
        batch_size: indices in a list, at least 1; the last may be shorter
        drop_last: leave out a last list that is shorter

    Raises:
        ValueError: if `batch_size` is not a positive int, or `drop_last` not a bool.

    >>> list(BatchSampler(range(5), batch_size=2, drop_last=False))
    [[0, 1], [2, 3], [4]]
    """

    sampler: Iterable[int]
    batch_size: int
    drop_last: bool

    def __init__(self, sampler: Iterable[int], batch_size: int, drop_last: bool) -> None:
        _check_positive("BatchSampler", "batch_size", batch_size)
        _check_bool("BatchSampler", "drop_last", drop_last)
        self.sampler = sampler
        self.batch_size = batch_size
        self.drop_last = drop_last

    def __iter__(self) -> Iterator[list[int]]:
        indices = iter(self.sampler)
        least = self.batch_size if self.drop_last else 1
        while len(batch := list(islice(indices, self.batch_size))) >= least:
            yield batch

    def __len__(self) -> int:
        count = len(self.sampler)  # type: ignore[arg-type]  # a TypeError if it has no length
        return count // self.batch_size if self.drop_last else -(-count // self.batch_size)


def _check_positive(owner: str, name: str, value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise ValueError(
            f"{owner}: {name} should be a positive integer value, but got {name}={value}"
        )


def _check_bool(owner: str, name: str, value: object) -> None:
    if not isinstance(value, bool):
        raise ValueError(f"{owner}: {name} should be a boolean value, but got {name}={value}")
