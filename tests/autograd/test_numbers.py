"""Numbers that do not fit: a clear exception or a right value, never a wrapped one, or a hang."""

from __future__ import annotations

import contextlib
import signal
import warnings
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NoReturn

import pytest
from tests.cases.case import Case, make_inputs, results
from tests.cases.numbers import with_number
from tests.cases.table import CASES

import minitorch as t

pytestmark = [pytest.mark.relies_on("tensor"), pytest.mark.relies_on("nn")]  # rows of theirs

HUGE = [2**70, -(2**70), 2**62]
CLEAR = (
    RuntimeError,  # which NotImplementedError is, too
    ValueError,
    TypeError,
    IndexError,
    OverflowError,
    MemoryError,
    AssertionError,  # torch's for the padding index of an embedding
)
# Whose calls in the table make something of the number before MiniTorch sees it.
ELSEWHERE = {"Tensor.__getitem__", "nn.functional.fractional_max_pool2d", "tensor"}


@pytest.fixture(autouse=True)
def _in_time() -> Iterator[None]:
    def stop(*_: object) -> NoReturn:
        raise TimeoutError("a number takes for ever")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(10)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("case", [case for case in CASES if case.name not in ELSEWHERE], ids=str)
def test_each_number_of_each_call(case: Case) -> None:
    for number in HUGE:
        for call in with_number(case.call, number):
            with warnings.catch_warnings(), contextlib.suppress(*CLEAR):
                warnings.simplefilter("ignore")
                results(t, replace(case, call=call), make_inputs(t, case, "float32", False))


def test_counting_far_from_zero_is_exact() -> None:
    assert t.arange(0, 2**62 + 1, 2**61).tolist() == [0, 2**61, 2**62]
    assert t.arange(-(2**63), 2**63 - 1, 2**62).tolist() == [-(2**63), -(2**62), 0, 2**62]
    assert t.arange(2**53, 2**53 + 3).tolist() == [2**53, 2**53 + 1, 2**53 + 2]
    assert t.arange(2**31 - 2, 2**31 + 1).tolist() == [2**31 - 2, 2**31 - 1, 2**31]
    assert t.arange(0, -(2**62) - 1, -(2**61)).tolist() == [0, -(2**61), -(2**62)]


def test_whole_numbers_given_as_floats_are_exact() -> None:
    assert t.tensor([16777217.0], dtype=t.int32).tolist() == [16777217]
    assert t.xlogy(t.tensor([1, 3]), 2.5).tolist() == pytest.approx([0.9162907, 2.7488722])


@pytest.mark.parametrize("data", [[-1, 2**63], [[0, 0], [1, 2**63]], [True, 2**64], 2**63])
def test_whole_numbers_do_not_become_floats(data: Any) -> None:
    with pytest.raises(ValueError, match="Overflow when unpacking long long"):
        t.tensor(data)


def test_decimals_that_there_are_not() -> None:
    x = t.tensor([1.25, -0.0, float("inf")])
    assert t.round(x, decimals=400).tolist() == x.tolist()
    assert t.round(x[:2], decimals=-400).tolist() == [0.0, 0.0]
