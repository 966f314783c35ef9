"""What `default_collate` makes of samples."""

import re
from typing import assert_type

import pytest

from minitorch_autograd import Tensor, float32, float64, int64, tensor
from minitorch_data import default_collate


def plain(batch: object) -> object:
    """Turn the tensors of a batch into lists."""
    if isinstance(batch, Tensor):
        return batch.tolist()
    if isinstance(batch, dict):
        return {key: plain(part) for key, part in batch.items()}
    return [plain(part) for part in batch] if isinstance(batch, list) else batch


@pytest.mark.parametrize(
    ("samples", "expected"),
    [
        ([tensor([1, 2]), tensor([3, 4])], [[1, 2], [3, 4]]),
        ([1, 2, 3], [1, 2, 3]),
        ([True, False], [True, False]),
        (["a", "b"], ["a", "b"]),
        ([(1, "a"), (2, "b")], [[1, 2], ["a", "b"]]),
        ([[1, 2], [3, 4], [5, 6]], [[1, 3, 5], [2, 4, 6]]),
        ([(tensor([1]), (2, 3)), (tensor([4]), (5, 6))], [[[1], [4]], [[2, 5], [3, 6]]]),
        ([{"x": 1, "y": "a"}, {"x": 2, "y": "b"}], {"x": [1, 2], "y": ["a", "b"]}),
    ],
)
def test_a_batch_has_the_form_of_its_samples(samples: list[Tensor], expected: object) -> None:
    assert plain(default_collate(samples)) == expected


@pytest.mark.parametrize(
    ("samples", "dtype"),
    [([1, 2], int64), ([0.5, 1], float64), ([1, 0.5], float32), ([tensor(0.5)], float32)],
)
def test_numbers_get_torch_s_element_type(samples: list[float], dtype: object) -> None:
    assert default_collate(samples).dtype is dtype


def test_the_type_of_a_batch_follows_from_its_samples() -> None:
    assert_type(default_collate([tensor([1.0])]), Tensor)
    assert_type(default_collate([(tensor([1.0]), 1)]), list[Tensor])


@pytest.mark.parametrize(
    ("samples", "error", "text"),
    [
        (
            [None, None],
            TypeError,
            "default_collate: batch must contain tensors, numbers, strings, dicts or lists; "
            "found <class 'NoneType'>; for other samples give the loader a collate_fn",
        ),
        (
            [1, "a"],
            TypeError,
            "default_collate: the samples of a batch must be of one kind: "
            "sample 0 is a int, sample 1 a str",
        ),
        (
            [(1, 2), (3,)],
            RuntimeError,
            "default_collate: each element in list of batch should be of equal size: "
            "their lengths are [2, 1]",
        ),
    ],
)
def test_samples_that_make_no_batch_are_refused(
    samples: list[float], error: type[Exception], text: str
) -> None:
    with pytest.raises(error, match=re.escape(text) + "$"):
        default_collate(samples)


def test_tensors_of_different_shapes_are_refused() -> None:
    with pytest.raises(RuntimeError, match="equal size"):
        default_collate([tensor([1.0]), tensor([1.0, 2.0])])
