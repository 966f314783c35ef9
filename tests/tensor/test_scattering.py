"""Adding at places: of few values, and of many, which takes another way."""

from __future__ import annotations

import numpy as np
import pytest

from minitorch_tensor import from_numpy, put, to_numpy
from minitorch_tensor.movement import scatter

I = np.array([[0, 2, -1], [1, 1, 0]])  # noqa: E741
J = np.array([2, 0, 2])
ALL = slice(None)


@pytest.mark.parametrize(
    "index",
    [
        (I,),
        (ALL, J),
        (ALL, I, slice(0, 3, 2)),
        (I, ALL, J),
        (1, ALL, J),
        (slice(1, 3), None, J),
        (I, None, J[:1]),
        (ALL, I[:, :1], J),
        (slice(0, 0), J),
    ],
    ids=range(9),
)
def test_both_ways_agree(
    index: tuple[int | slice | np.ndarray | None, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    shape = (3, 3, 4)
    given = tuple(from_numpy(one) if isinstance(one, np.ndarray) else one for one in index)
    numbers = to_numpy(from_numpy(np.arange(36).reshape(shape))[given]).astype(np.int64)
    expected = np.zeros(36)
    values = np.linspace(1.0, 2.0, numbers.size).reshape(numbers.shape)
    np.add.at(expected, numbers, values)
    for few in (0, 1000):
        monkeypatch.setattr(scatter, "FEW", few)
        assert np.array_equal(
            to_numpy(put(shape, given, from_numpy(values))), expected.reshape(shape)
        )


@pytest.mark.parametrize("few", [0, 1000])
@pytest.mark.parametrize("place", [3, -4])
def test_places_that_are_not_there(place: int, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scatter, "FEW", few)
    index = from_numpy(np.array([0, place]))
    with pytest.raises(IndexError, match=f"index {place} is out of bounds"):
        put((3,), (index,), from_numpy(np.ones(2)))


@pytest.mark.parametrize("few", [0, 1000])
def test_tensors_that_do_not_broadcast(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scatter, "FEW", few)
    index = from_numpy(np.array([0, 1])), from_numpy(np.array([0, 1, 2]))
    with pytest.raises(IndexError, match="indexing tensors could not be broadcast"):
        put((3, 3), index, from_numpy(np.ones(2)))
