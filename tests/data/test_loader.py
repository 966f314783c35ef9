"""Loading in batches: order, size, shuffling, collating."""

import re
from collections.abc import Callable
from typing import assert_type

import pytest

from minitorch_autograd import Generator, Tensor, arange, tensor
from minitorch_data import DataLoader, Dataset, Subset, TensorDataset


def rows(count: int) -> TensorDataset:
    return TensorDataset(arange(count).reshape(-1, 1), arange(count) * 10)


@pytest.mark.parametrize(
    ("count", "batch_size", "drop_last", "expected"),
    [
        (6, 2, False, [2, 2, 2]),
        (7, 3, False, [3, 3, 1]),
        (7, 3, True, [3, 3]),
        (2, 3, False, [2]),
        (2, 3, True, []),
        (0, 3, False, []),
    ],
)
def test_batches_have_the_size_asked_for(
    count: int, batch_size: int, drop_last: bool, expected: list[int]
) -> None:
    loader = DataLoader(rows(count), batch_size, drop_last=drop_last)
    assert [len(labels.tolist()) for _, labels in loader] == expected  # type: ignore[arg-type]
    assert len(loader) == len(expected)


def test_without_shuffling_the_order_is_the_data_set_s() -> None:
    (first, labels), (second, _) = DataLoader(rows(4), batch_size=2)
    assert first.tolist() == [[0], [1]]
    assert labels.tolist() == [0, 10]
    assert second.tolist() == [[2], [3]]


def seen(loader: DataLoader[Tensor]) -> list[float]:
    return [sample.item() for batch in loader for sample in batch]


def test_shuffling_gives_every_sample_once_in_a_new_order_each_time() -> None:
    loader = DataLoader(range(50), 8, shuffle=True, generator=Generator().manual_seed(0))
    first, second = seen(loader), seen(loader)
    assert sorted(first) == sorted(second) == list(range(50))
    assert first != second
    assert first != sorted(first)


def test_an_order_is_its_seed() -> None:
    def order(seed: int) -> list[float]:
        generator = Generator().manual_seed(seed)
        return seen(DataLoader(range(50), 8, shuffle=True, generator=generator))

    assert order(1) == order(1)
    assert order(1) != order(2)


def test_rows_stay_together_when_shuffled() -> None:
    generator = Generator().manual_seed(0)
    for x, y in DataLoader(rows(20), 6, shuffle=True, generator=generator):
        assert (x.reshape(-1) * 10).tolist() == y.tolist()


class Shifted(TensorDataset):
    """Rows that are changed on their way out."""

    def __getitem__(self, index: int | slice | Tensor) -> tuple[Tensor, ...]:
        return tuple(part + 100 for part in super().__getitem__(index))


class Repeated(Subset[tuple[Tensor, ...]]):
    """A subset that gives its first sample for every index."""

    def __getitem__(self, index: int) -> tuple[Tensor, ...]:
        return super().__getitem__(0)


@pytest.mark.parametrize(
    ("dataset", "expected"),
    [
        (rows(4), [1, 2]),
        (Subset(rows(9), [8, 5, 3, 1]), [5, 3]),
        (Subset(Subset(rows(9), [8, 5, 3, 1]), [0, 2, 1]), [3, 5]),
        (Shifted(arange(4).reshape(-1, 1)), [101, 102]),
        (Subset(Shifted(arange(4).reshape(-1, 1)), [0, 3, 2]), [103, 102]),
        (Repeated(rows(9), [8, 5, 3, 1]), [8, 8]),
    ],
)
def test_rows_loaded_at_once_are_the_rows_one_by_one(
    dataset: Dataset[tuple[Tensor, ...]], expected: list[int]
) -> None:
    class Second(Subset[tuple[Tensor, ...]]):
        """The samples 1 and 2, by way of an overridden method."""

        def __getitem__(self, index: int) -> tuple[Tensor, ...]:
            return super().__getitem__(index)

    for picked in (Subset(dataset, [1, 2]), Second(dataset, [1, 2])):
        (batch,) = DataLoader(picked, batch_size=2)
        assert isinstance(batch, list)
        assert batch[0].reshape(-1).tolist() == expected


def test_a_batch_is_a_copy() -> None:
    dataset = rows(2)
    ((x, _),) = DataLoader(dataset, batch_size=2)
    x += 1
    assert dataset.tensors[0].tolist() == [[0], [1]]


def test_collate_fn_makes_the_batch() -> None:
    def longest(words: list[str]) -> int:
        return max(len(word) for word in words)

    loader = DataLoader(["a", "bcd", "ef"], batch_size=2, collate_fn=longest)
    assert_type(loader, DataLoader[int])
    assert list(loader) == [3, 2]


def test_collate_fn_gets_rows_as_a_list_of_samples() -> None:
    def count(samples: list[tuple[Tensor, ...]]) -> int:
        return len(samples)

    assert list(DataLoader(rows(3), 2, collate_fn=count)) == [2, 1]


def test_the_type_of_a_batch_follows_from_the_data_set() -> None:
    assert_type(DataLoader(rows(2)), DataLoader[list[Tensor]])
    assert_type(DataLoader([(tensor([1.0]), 2)]), DataLoader[list[Tensor]])
    assert_type(DataLoader(range(2)), DataLoader[Tensor])


@pytest.mark.parametrize(
    ("make", "text"),
    [
        (
            lambda: DataLoader(range(3), 0),
            "BatchSampler: batch_size should be a positive integer value, but got batch_size=0",
        ),
        (
            lambda: DataLoader(range(3), True),
            "BatchSampler: batch_size should be a positive integer value, but got batch_size=True",
        ),
        (
            lambda: DataLoader(range(3), 2.0),  # type: ignore[call-overload]
            "BatchSampler: batch_size should be a positive integer value, but got batch_size=2.0",
        ),
        (
            lambda: DataLoader(range(3), drop_last=1),  # type: ignore[call-overload]
            "BatchSampler: drop_last should be a boolean value, but got drop_last=1",
        ),
        (
            lambda: DataLoader(range(0), shuffle=True),
            "RandomSampler: num_samples should be a positive integer value, but got num_samples=0: "
            "an empty data set has no order to draw",
        ),
    ],
)
def test_options_that_make_no_sense_are_refused(make: Callable[[], object], text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text) + "$"):
        make()
