"""Samplers: which indices they give, how many, and when they draw."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import assert_type

import pytest

import minitorch_autograd
from minitorch_autograd import Generator, Tensor, arange, float64, rand, tensor
from minitorch_data import (
    BatchSampler,
    DataLoader,
    RandomSampler,
    Sampler,
    SequentialSampler,
    SubsetRandomSampler,
    TensorDataset,
    WeightedRandomSampler,
)

# On the extensions "scans" and "sorting".
multinomial = pytest.mark.relies_on("tensor")


def seeded(seed: int = 0) -> Generator:
    return Generator().manual_seed(seed)


def test_a_sequential_sampler_counts() -> None:
    sampler = SequentialSampler("abc")
    assert list(sampler) == list(sampler) == [0, 1, 2]
    assert len(sampler) == 3


def test_a_random_sampler_gives_each_index_once_in_a_new_order_each_time() -> None:
    sampler = RandomSampler(range(50), generator=seeded())
    first, second = list(sampler), list(sampler)
    assert sorted(first) == sorted(second) == list(range(50))
    assert first != second
    assert len(sampler) == sampler.num_samples == 50


@pytest.mark.parametrize("count", [1, 4, 5, 7, 10, 13])
def test_more_indices_are_those_of_further_orders(count: int) -> None:
    sampler = RandomSampler(range(5), num_samples=count, generator=seeded())
    indices = list(sampler)
    assert len(indices) == len(sampler) == count
    for start in range(0, count, 5):
        block = indices[start : start + 5]
        assert len({*block}) == len(block)
    assert {*indices} <= {*range(5)}


@pytest.mark.parametrize("count", [1, 31, 32, 33, 64, 100])
def test_with_replacement_an_index_may_come_again(count: int) -> None:
    sampler = RandomSampler(range(3), replacement=True, num_samples=count, generator=seeded())
    indices = list(sampler)
    assert len(indices) == len(sampler) == count
    assert {*indices} <= {0, 1, 2}
    assert count < 31 or {*indices} == {0, 1, 2}


def test_a_random_sampler_follows_the_length_of_its_data() -> None:
    data = [0, 0]
    sampler = RandomSampler(data)
    data.append(0)
    assert sorted(sampler) == [0, 1, 2]
    assert len(sampler) == 3


def test_a_subset_is_given_in_random_order() -> None:
    sampler = SubsetRandomSampler([7, 5, 7, 3], seeded())
    assert sorted(sampler) == [3, 5, 7, 7]
    assert len(sampler) == 4
    orders = {tuple(sampler) for _ in range(50)}
    assert len(orders) == 12


@multinomial
def test_weights_are_shares() -> None:
    sampler = WeightedRandomSampler([1, 0, 3], 4000, generator=seeded())
    counts = Counter(sampler)
    assert len(sampler) == counts.total() == 4000
    assert {*counts} == {0, 2}
    assert 900 < counts[0] < 1100


@multinomial
def test_without_replacement_no_index_comes_again() -> None:
    sampler = WeightedRandomSampler([0.5, 1.0, 0.25, 2.0], 4, replacement=False)
    assert sorted(sampler) == [0, 1, 2, 3]


@multinomial
def test_weights_that_are_a_tensor_are_shared() -> None:
    weights = tensor([0.0, 1.0], dtype=float64)
    sampler = WeightedRandomSampler(weights, 3)
    assert sampler.weights is weights
    weights[1], weights[0] = 0.0, 1.0
    assert list(sampler) == [0, 0, 0]
    assert WeightedRandomSampler(tensor([0.0, 1.0]), 3).weights.dtype is float64


@pytest.mark.parametrize(
    ("count", "batch_size", "drop_last", "expected"),
    [
        (4, 2, False, [[0, 1], [2, 3]]),
        (4, 2, True, [[0, 1], [2, 3]]),
        (5, 2, False, [[0, 1], [2, 3], [4]]),
        (5, 2, True, [[0, 1], [2, 3]]),
        (1, 2, True, []),
        (0, 2, False, []),
    ],
)
def test_lists_for_batches(
    count: int, batch_size: int, drop_last: bool, expected: list[list[int]]
) -> None:
    sampler = BatchSampler(SequentialSampler(range(count)), batch_size, drop_last)
    assert list(sampler) == expected
    assert len(sampler) == len(expected)
    assert list(BatchSampler(iter(range(count)), batch_size, drop_last)) == expected


def test_lists_of_what_has_no_length_have_none_either() -> None:
    sampler = BatchSampler(iter("ab"), 2, False)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"object of type 'str_\w*iterator' has no len\(\)$"):
        len(sampler)


class Backwards(Sampler[int]):
    """A sampler as one writes it, without a length."""

    def __iter__(self) -> Iterator[int]:
        return iter([3, 2, 1, 0])


def test_the_types_of_samplers() -> None:
    assert_type(iter(Backwards()), Iterator[int])
    assert_type(iter(BatchSampler(Backwards(), 2, False)), Iterator[list[int]])


# --- In a loader


def rows(count: int) -> TensorDataset:
    return TensorDataset(arange(count).reshape(-1, 1), arange(count) * 10)


def seen(loader: DataLoader[Tensor]) -> list[object]:
    return [batch.tolist() for batch in loader]


def test_a_loader_takes_a_sampler() -> None:
    sampler = Backwards()
    loader = DataLoader(range(4), 3, sampler=sampler)
    assert seen(loader) == [[3, 2, 1], [0]]
    assert loader.sampler is sampler
    assert seen(DataLoader(range(4), 3, sampler=sampler, drop_last=True)) == [[3, 2, 1]]
    (x, y), _ = DataLoader(rows(4), 3, None, sampler)
    assert x.tolist() == [[3], [2], [1]]
    assert y.tolist() == [30, 20, 10]


def test_any_iterable_of_indices_is_a_sampler() -> None:
    assert seen(DataLoader(range(9), 2, sampler=[8, 0, 4])) == [[8, 0], [4]]
    assert len(DataLoader(range(9), 2, sampler=[8, 0, 4])) == 2
    (batch,) = DataLoader(rows(9), 2, sampler=SubsetRandomSampler(tensor([8, 8])))  # type: ignore[arg-type]
    assert batch[1].tolist() == [80, 80]


@pytest.mark.parametrize("batches", [[[8], [0, 4, 2]], ((8,), (0, 4, 2))])
def test_a_loader_takes_a_batch_sampler(batches: list[list[int]]) -> None:
    loader = DataLoader(range(9), batch_sampler=batches)
    assert seen(loader) == [[8], [0, 4, 2]]
    assert loader.batch_sampler is batches
    assert loader.batch_size is None
    assert len(loader) == 2
    _, (x, _) = DataLoader(rows(9), batch_sampler=batches)
    assert x.tolist() == [[0], [4], [2]]


def test_a_loader_says_what_it_goes_by() -> None:
    plain, shuffled = DataLoader(range(4), 2), DataLoader(range(4), 2, True)
    assert isinstance(plain.sampler, SequentialSampler)
    assert isinstance(shuffled.sampler, RandomSampler)
    assert isinstance(shuffled.batch_sampler, BatchSampler)
    assert shuffled.batch_sampler.sampler is shuffled.sampler
    assert (plain.batch_size, plain.drop_last) == (2, False)


def test_a_loader_of_a_sampler_without_a_length_has_none() -> None:
    with pytest.raises(TypeError, match=r"object of type 'Backwards' has no len\(\)$"):
        len(DataLoader(range(4), sampler=Backwards()))


def test_an_iteration_goes_on_after_a_sample_that_can_t_be_read() -> None:
    batches = iter(DataLoader([1, 2, 3], sampler=[0, 9, 2]))
    assert next(batches).tolist() == [1]
    with pytest.raises(IndexError, match="list index out of range"):
        next(batches)
    assert next(batches).tolist() == [3]


# --- When is drawn


@pytest.mark.parametrize(
    "make",
    [
        lambda generator: RandomSampler(range(9), generator=generator),
        lambda generator: RandomSampler(range(9), True, generator=generator),
        lambda generator: SubsetRandomSampler([5, 6, 7], generator),
        pytest.param(
            lambda generator: WeightedRandomSampler([1.0, 2.0], 9, generator=generator),
            marks=multinomial,
        ),
    ],
)
def test_a_sampler_draws_at_its_first_index(
    make: Callable[[Generator], Sampler[int]],
) -> None:
    generator = seeded()
    indices = iter(make(generator))
    assert generator.get_state().tolist() == seeded().get_state().tolist()
    next(indices)
    assert generator.get_state().tolist() != seeded().get_state().tolist()


@pytest.mark.parametrize("shuffle", [False, True])
def test_an_iteration_begins_with_a_seed(shuffle: bool) -> None:
    generator, other = seeded(), seeded()
    iter(DataLoader(range(9), shuffle=shuffle, generator=generator))
    rand((), dtype=float64, generator=other)
    assert generator.get_state().tolist() == other.get_state().tolist()


# --- What is refused


@pytest.mark.parametrize(
    ("make", "error", "text"),
    [
        (
            lambda: iter(Sampler[int]()),
            NotImplementedError,
            "Subclasses of Sampler should implement __iter__: Sampler has none",
        ),
        (
            lambda: RandomSampler(range(3), 1),  # type: ignore[arg-type]
            TypeError,
            "RandomSampler: replacement should be a boolean value, but got replacement=1",
        ),
        (
            lambda: RandomSampler(range(3), num_samples=0),
            ValueError,
            "RandomSampler: num_samples should be a positive integer value, but got num_samples=0",
        ),
        (
            lambda: RandomSampler(range(3), num_samples=2.0),  # type: ignore[arg-type]
            ValueError,
            "RandomSampler: num_samples should be a positive integer value, "
            "but got num_samples=2.0",
        ),
        (
            lambda: RandomSampler([]),
            ValueError,
            "RandomSampler: num_samples should be a positive integer value, but got num_samples=0: "
            "an empty data set has no order to draw",
        ),
        (
            lambda: WeightedRandomSampler([1.0], True),
            ValueError,
            "WeightedRandomSampler: num_samples should be a positive integer value, "
            "but got num_samples=True",
        ),
        (
            lambda: WeightedRandomSampler([1.0], -1),
            ValueError,
            "WeightedRandomSampler: num_samples should be a positive integer value, "
            "but got num_samples=-1",
        ),
        (
            lambda: WeightedRandomSampler([1.0], 1, None),  # type: ignore[arg-type]
            ValueError,
            "WeightedRandomSampler: replacement should be a boolean value, "
            "but got replacement=None",
        ),
        (
            lambda: WeightedRandomSampler(tensor([[1.0, 2.0]]), 1),
            ValueError,
            "WeightedRandomSampler: weights should be a 1d sequence but given weights have "
            "shape (1, 2)",
        ),
        (
            lambda: BatchSampler(range(3), True, False),
            ValueError,
            "BatchSampler: batch_size should be a positive integer value, but got batch_size=True",
        ),
        (
            lambda: BatchSampler(range(3), 2, 0),  # type: ignore[arg-type]
            ValueError,
            "BatchSampler: drop_last should be a boolean value, but got drop_last=0",
        ),
        (
            lambda: DataLoader(range(3), shuffle=True, sampler=range(3)),
            ValueError,
            "DataLoader: sampler option is mutually exclusive with shuffle: "
            "the order is the sampler's",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    make: Callable[[], object], error: type[Exception], text: str
) -> None:
    with pytest.raises(error, match=f"^{re.escape(text)}$"):
        make()


@pytest.mark.parametrize(
    "make",
    [
        lambda batches: DataLoader(range(3), 2, batch_sampler=batches),
        lambda batches: DataLoader(range(3), shuffle=True, batch_sampler=batches),
        lambda batches: DataLoader(range(3), sampler=range(3), batch_sampler=batches),
        lambda batches: DataLoader(range(3), drop_last=True, batch_sampler=batches),
    ],
)
def test_a_batch_sampler_takes_the_place_of_other_options(
    make: Callable[[list[list[int]]], object],
) -> None:
    text = (
        "DataLoader: batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, "
        "and drop_last: the batches are the batch_sampler's"
    )
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        make([[0]])


# --- Over an autograd layer without the extension


@pytest.mark.parametrize(
    ("function", "use"),
    [
        ("as_tensor", lambda: WeightedRandomSampler([1.0], 1)),
        ("multinomial", lambda: list(WeightedRandomSampler([1.0], 1))),
        ("randint", lambda: list(RandomSampler("ab", replacement=True))),
    ],
)
def test_an_extension_that_is_missing_is_named(
    monkeypatch: pytest.MonkeyPatch, function: str, use: Callable[[], object]
) -> None:
    monkeypatch.delattr(minitorch_autograd, function)
    text = (
        f'{function} needs the extension "sampling" of the autograd layer, which '
        f"{minitorch_autograd.__file__} does not have"
    )
    with pytest.raises(NotImplementedError, match=f"^{re.escape(text)}$"):
        use()
    assert sorted(RandomSampler("ab")) == [0, 1]
