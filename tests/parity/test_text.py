"""The text of tensors, element types and modules is torch's."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from tests.cases.text import OPTIONS, TEXTS
from tests.parity.report import Report

import minitorch


@pytest.mark.parametrize("name", TEXTS)
def test_text(name: str, report: Report) -> None:
    report.begin("autograd" if "grad" in name else "tensor", name)
    with report.missing(name):
        ours = repr(TEXTS[name](minitorch))
    assert ours == repr(TEXTS[name](torch))


@pytest.fixture(autouse=True)
def the_default_profile() -> Iterator[None]:
    yield
    write_as({"profile": "default"})


def write_as(options: dict[str, Any]) -> None:
    for module in (minitorch, torch):
        module.set_printoptions(**options)


@pytest.mark.relies_on("tensor")
@pytest.mark.parametrize("options", OPTIONS, ids=str)
@pytest.mark.parametrize(
    "name", ["floats", "wide", "nan and whole", "summarised, 3-d", "long lines"]
)
def test_options(name: str, options: dict[str, Any]) -> None:
    write_as(options)
    assert repr(TEXTS[name](minitorch)) == repr(TEXTS[name](torch))


def test_str_is_repr() -> None:
    for make in (TEXTS["floats"], TEXTS["0-d"], TEXTS["grad_fn, mul"]):
        assert str(make(minitorch)) == repr(make(minitorch))


def magnitudes(width: Any) -> st.SearchStrategy[float]:
    """Draw round floats, tiny and huge ones, and those at which the form turns."""
    return st.one_of(
        st.floats(width=width),
        st.floats(-1000, 1000, width=16),
        st.integers(-100, 100).map(float),
        st.sampled_from([0.0, -0.0, math.inf, math.nan, 1.5, 0.5, 1000.0]),
    )


def elements(kind: str) -> st.SearchStrategy[Any]:
    if kind.startswith("float"):
        return magnitudes(int(kind.removeprefix("float")))
    return arrays.from_dtype(np.dtype(kind))


KINDS = ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64"]
SHAPES = arrays.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=9)


@pytest.mark.relies_on("tensor")
@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(KINDS).flatmap(
        lambda kind: arrays.arrays(kind, SHAPES, elements=elements(kind))
    )
)
@example(np.array([99999.0, 1e-4]))
@example(np.array([1e8, 1.0]))
@example(np.array([0.5, 500.0]))
def test_any_array(array: np.ndarray[Any, Any]) -> None:
    ours = minitorch.from_numpy(array.copy())
    theirs = torch.from_numpy(array.copy())
    assert repr(ours) == repr(theirs)
    if array.dtype.kind == "f":
        assert repr(ours.requires_grad_()) == repr(theirs.requires_grad_())
