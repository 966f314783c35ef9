"""The type that a fold is asked for, and numbers at the ends of what types hold."""

from __future__ import annotations

import pytest

import minitorch_autograd as t

pytestmark = pytest.mark.relies_on("tensor")  # on its extensions

FOLDS = "sum nansum mean nanmean prod cumsum cumprod softmax log_softmax".split()


@pytest.mark.parametrize("name", FOLDS)
@pytest.mark.parametrize("dtype", [t.float16, t.float32, t.float64], ids=str)
def test_a_fold_has_the_type_that_is_asked_for(name: str, dtype: t.dtype) -> None:
    x = t.tensor([1.0, 2.0, 3.0])
    assert getattr(t, name)(x, 0, dtype=dtype).dtype is dtype


@pytest.mark.parametrize(
    ("dtype", "least", "largest"),
    [
        (t.int8, -(2**7), 2**7 - 1),
        (t.int16, -(2**15), 2**15 - 1),
        (t.int32, -(2**31), 2**31 - 1),
        (t.int64, -(2**63), 2**63 - 1),
    ],
    ids=str,
)
def test_the_ends_are_held_and_no_more(dtype: t.dtype, least: int, largest: int) -> None:
    for number in (least, largest):
        assert t.full((1,), number, dtype=dtype).item() == number
        assert t.zeros(1, dtype=dtype).fill_(number).item() == number
    for number in (least - 1, largest + 1):
        with pytest.raises((RuntimeError, OverflowError)):
            t.full((1,), number, dtype=dtype)


def test_negative_numbers_of_uint8_count_from_256() -> None:
    assert [t.full((1,), n, dtype=t.uint8).item() for n in (0, 255, -1, -255)] == [0, 255, 255, 1]
    for number in (256, -256):
        with pytest.raises(RuntimeError, match="without overflow"):
            t.full((1,), number, dtype=t.uint8)


def test_alpha_is_true_for_bools_alone() -> None:
    yes, one = t.tensor([True]), t.tensor([1])
    assert t.add(yes, yes, alpha=True).tolist() == [True]
    for x, y in ((one, one), (yes, one), (one, yes)):
        for alpha in (True, False):
            with pytest.raises(RuntimeError, match="Boolean alpha only supported for Boolean"):
                t.add(x, y, alpha=alpha)
            with pytest.raises(RuntimeError, match=r"Boolean alpha only|with a bool tensor"):
                t.sub(x, y, alpha=alpha)
