"""Data sets, subsets and random splits."""

import re

import pytest

from minitorch_autograd import Generator, Tensor, arange, tensor, zeros
from minitorch_data import Dataset, Subset, TensorDataset, random_split


class Squares(Dataset[int]):
    """A data set of a person's own."""

    def __getitem__(self, index: int) -> int:
        return index**2

    def __len__(self) -> int:
        return 5


def whole_text(text: str) -> str:
    return re.escape(text) + "$"


def values(dataset: TensorDataset, index: int | slice | Tensor) -> list[object]:
    return [part.tolist() for part in dataset[index]]


def test_a_data_set_is_a_length_and_samples() -> None:
    assert len(Squares()) == 5
    assert list(Squares()) == [0, 1, 4, 9, 16]


def test_a_data_set_without_samples_says_so() -> None:
    text = "Subclasses of Dataset should implement __getitem__: Dataset has none for index 3"
    with pytest.raises(NotImplementedError, match=whole_text(text)):
        Dataset[int]()[3]


def test_a_data_set_without_length_says_so() -> None:
    text = (
        "object of type 'Dataset' has no len(): "
        "a data set that is gone through, split or loaded in batches defines __len__"
    )
    with pytest.raises(TypeError, match=whole_text(text)):
        len(Dataset[int]())


@pytest.mark.parametrize(
    ("index", "expected"),
    [
        (0, [[0, 1], 10]),
        (-1, [[4, 5], 12]),
        (slice(1, 3), [[[2, 3], [4, 5]], [11, 12]]),
        (tensor([2, 0]), [[[4, 5], [0, 1]], [12, 10]]),
    ],
)
def test_rows_of_tensors_belong_together(
    index: int | slice | Tensor, expected: list[object]
) -> None:
    dataset = TensorDataset(tensor([[0, 1], [2, 3], [4, 5]]), tensor([10, 11, 12]))
    assert len(dataset) == 3
    assert values(dataset, index) == expected


def test_rows_end() -> None:
    assert len(list(TensorDataset(zeros(3, 2)))) == 3


def test_tensors_of_different_lengths_are_refused() -> None:
    text = (
        "TensorDataset: Size mismatch between tensors: expected the same first dimension, "
        "got (3, 2), (4,)"
    )
    with pytest.raises(AssertionError, match=whole_text(text)):
        TensorDataset(zeros(3, 2), zeros(4))


def test_a_tensor_without_dimensions_is_refused() -> None:
    text = (
        "TensorDataset: Dimension specified as 0 but tensor has no dimensions: "
        "the shapes are (3,), ()"
    )
    with pytest.raises(IndexError, match=whole_text(text)):
        TensorDataset(zeros(3), tensor(1.0))


def test_a_subset_keeps_the_order_of_its_indices() -> None:
    subset = Subset(Squares(), [3, 1, 3])
    assert len(subset) == 3
    assert list(subset) == [9, 1, 9]
    assert list(Subset(subset, [2, 1])) == [9, 1]


@pytest.mark.parametrize(
    ("length", "lengths", "expected"),
    [
        (10, [3, 7], [3, 7]),
        (10, [10, 0], [10, 0]),
        (5, [5.0], [5]),
        (1, [1], [1]),
        (5, [1], [5]),  # a fraction: all of it
        (10, [0.8, 0.2], [8, 2]),
        (10, [0.33, 0.33, 0.34], [4, 3, 3]),
        (1797, [0.8, 0.2], [1438, 359]),
    ],
)
def test_a_split_has_the_lengths_asked_for_and_every_sample_once(
    length: int, lengths: list[float], expected: list[int]
) -> None:
    parts = random_split(range(length), lengths, generator=Generator().manual_seed(0))
    assert [len(part) for part in parts] == expected
    assert sorted(sample for part in parts for sample in part) == list(range(length))


def test_a_split_is_its_seed() -> None:
    def split(seed: int) -> list[list[int]]:
        generator = Generator().manual_seed(seed)
        return [list(part) for part in random_split(range(100), [0.5, 0.5], generator)]

    assert split(1) == split(1)
    assert split(1) != split(2)
    assert split(1)[0] != list(range(50))


def test_a_split_without_samples_is_warned_of() -> None:
    text = "random_split: Length of split at index 1 is 0. This might result in an empty dataset."
    with pytest.warns(UserWarning, match=whole_text(text)) as caught:
        random_split(range(1), [0.5, 0.5])
    assert caught[0].filename == __file__


@pytest.mark.parametrize("lengths", [[3, 3], [12, 2], [0.5, 0.4], [2.5, 7.5], [0.7, 0.5]])
def test_lengths_that_do_not_add_up_are_refused(lengths: list[float]) -> None:
    text = (
        "random_split: Sum of input lengths does not equal the length of the input dataset: "
        f"lengths {lengths} of a data set of 10; "
        "whole numbers add up to its length, fractions to 1"
    )
    with pytest.raises(ValueError, match=whole_text(text)):
        random_split(range(10), lengths)


def test_a_fraction_outside_0_and_1_is_refused() -> None:
    text = "random_split: Fraction at index 0 is not between 0 and 1: 1.5"
    with pytest.raises(ValueError, match=whole_text(text)):
        random_split(range(10), [1.5, -0.5])


def test_a_negative_length_is_refused() -> None:
    text = "random_split: Length at index 1 is negative: -2"
    with pytest.raises(ValueError, match=whole_text(text)):
        random_split(range(10), [12, -2])


def test_a_split_of_rows_gives_rows() -> None:
    (part,) = random_split(TensorDataset(arange(4)), [1.0], Generator().manual_seed(3))
    assert sorted(row.item() for (row,) in part) == [0, 1, 2, 3]
