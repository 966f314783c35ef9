"""Calls drawn at random, made of torch and of MiniTorch: both give the same, or both refuse.

A call is a line of text, `t.add(x, y, alpha=2)`, and its tensors are recipes: an element type, a
shape, numbers (the special ones, too), and the views through which the tensor is seen. So what
fails is shown as something to type in.

`python -m tests.parity.fuzz 5` goes on for 5 minutes; `test_fuzz.py` is the short run.
"""

from __future__ import annotations

import math
import sys
import warnings
from dataclasses import dataclass
from math import prod
from time import monotonic
from typing import Any

import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.parity.fuzz_calls import CALLS

import minitorch

FLOATS = ("float16", "float32", "float64")
DTYPES = ("bool", "uint8", "int8", "int16", "int32", "int64", *FLOATS)
# How far results may be apart, relative to 1 + their size: torch's kernels differ by that much
# among themselves, over the whole range of arguments.
LOOSE = {"float16": 2e-2, "float32": 2e-4, "float64": 1e-9}
# What a refusal is made of. An AttributeError or AssertionError would be a hole.
REFUSALS = (RuntimeError, IndexError, ValueError, TypeError, NotImplementedError)


@dataclass(frozen=True)
class Recipe:
    """How to make a tensor."""

    dtype: str
    shape: tuple[int, ...]
    numbers: tuple[float, ...]
    views: tuple[str, ...]

    def made(self, t: Any, track: bool) -> tuple[Any, Any]:
        """Return the tensor of the numbers, and what is seen of it."""
        numbers: Any = [bool(n) if self.dtype == "bool" else n for n in self.numbers]
        base = t.tensor(numbers, dtype=getattr(t, self.dtype)).reshape(self.shape)
        base.requires_grad_(track and self.dtype in FLOATS)
        seen = base
        for view in self.views:
            try:
                seen = eval(view, {"x": seen})
            except REFUSALS:  # a view that this shape doesn't have
                break
        return base, seen


@dataclass(frozen=True)
class Drawn:
    """A call and its tensors."""

    call: str
    tensors: tuple[Recipe, ...]


VIEWS = ("x.t()", "x[1:]", "x[::2]", "x[..., 0]", "x[None]", "x.expand(2, *x.shape)", "x[..., 1:]")


class Write:
    """Something whose parts are read as copies of a tensor with that part written."""

    def __init__(self, x: Any, value: Any) -> None:
        self.x = x
        self.value = value

    def __getitem__(self, index: Any) -> Any:
        written = self.x * 1
        written[index] = self.value
        return written


@st.composite
def recipes(draw: st.DrawFn, dtypes: tuple[str, ...] = DTYPES) -> Recipe:
    """Draw a tensor."""
    dtype = draw(st.sampled_from(dtypes))
    shape = tuple(draw(st.lists(st.integers(0, 3) | st.just(2), max_size=3)))
    count = prod(shape)
    if dtype in FLOATS:
        special = st.sampled_from([0.0, -0.0, 1.0, -1.0, 0.5, 2.0, math.inf, -math.inf, math.nan])
        quarters = st.integers(-12, 12).map(lambda n: n / 4)
        number: st.SearchStrategy[float] = quarters | quarters | special
    else:
        number = st.integers(0 if dtype in ("bool", "uint8") else -5, 5)
    numbers = tuple(draw(st.lists(number, min_size=count, max_size=count)))
    views = tuple(draw(st.lists(st.sampled_from(VIEWS), max_size=2)))
    return Recipe(dtype, shape, numbers, views)


@st.composite
def calls(draw: st.DrawFn) -> Drawn:
    """Draw a call of some operation."""
    call, count, dtypes = draw(draw(st.sampled_from(CALLS)))
    if draw(st.booleans()):  # of one element type, or of several
        dtypes = (draw(st.sampled_from(dtypes or DTYPES)),)
    tensors = tuple(draw(recipes(dtypes or DTYPES)) for _ in range(count))
    return Drawn(call, tensors)


def outcome(t: Any, drawn: Drawn) -> Any:
    """Return the results and gradients of a call, or the exception that it raised."""
    track = all(one.dtype == "float64" for one in drawn.tensors)
    made = [one.made(t, track) for one in drawn.tensors]
    names = dict(zip("xyz", (seen for _, seen in made), strict=False))
    try:
        found = eval(drawn.call, {"t": t, "write": Write, **names})
    except Exception as error:  # noqa: BLE001  (which one is the result)
        return error
    results = list(found) if isinstance(found, (tuple, list)) else [found]
    tracked = [one for one in results if getattr(one, "requires_grad", False)]
    if not tracked:
        return results, []
    total = sum((one.sum() for one in tracked[1:]), tracked[0].sum())
    if not math.isfinite(float(total)):
        return results, []
    try:
        total.backward()
    except REFUSALS as error:
        return results, [error]
    return results, [base.grad for base, _ in made]


def problem(drawn: Drawn) -> str:
    """Return what is wrong with our outcome of a call, or ""."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs, ours = outcome(torch, drawn), outcome(minitorch, drawn)
    if isinstance(ours, Exception) and not isinstance(ours, REFUSALS):
        return f"no clear refusal: {type(ours).__name__}: {ours}"
    refused = isinstance(theirs, Exception) or isinstance(ours, Exception)
    if refused and any(0 in one.made(minitorch, False)[1].shape for one in drawn.tensors):
        return ""  # of nothing either may refuse what the other lets pass
    if isinstance(theirs, Exception):
        kernel = isinstance(theirs, NotImplementedError) or "not implemented for" in str(theirs)
        if isinstance(ours, Exception) or kernel or "not supported" in str(theirs):
            return ""
        return f"torch refuses ({type(theirs).__name__}: {theirs!s:.200}), we give {ours[0]}"
    if isinstance(ours, Exception):
        return f"torch gives {theirs[0]}, we refuse: {type(ours).__name__}: {ours}"
    if theirs[1] and isinstance(theirs[1][0], Exception):  # torch has no derivative
        theirs, ours = (theirs[0], []), (ours[0], [])
    for what, mine, its in (("result", ours[0], theirs[0]), ("gradient", ours[1], theirs[1])):
        if len(mine) != len(its):
            return f"{len(its)} {what}s of torch, {len(mine)} of ours"
        for i, (a, b) in enumerate(zip(mine, its, strict=True)):
            if not alike(a, b):
                return f"{what} {i}: torch {b!r}, ours {a!r}"
    return ""


def alike(mine: Any, its: Any) -> bool:
    """Return whether two results agree in type, shape and numbers."""
    if not isinstance(its, torch.Tensor):
        return (mine is None) == (its is None) and (its is None or str(mine) == str(its))
    if not hasattr(mine, "dtype") or str(mine.dtype) != str(its.dtype):
        return False
    if tuple(mine.shape) != tuple(its.shape):
        return False
    tolerance = LOOSE.get(str(its.dtype).removeprefix("torch."), 0.0)
    pairs = zip(mine.detach().reshape(-1).tolist(), its.detach().reshape(-1).tolist(), strict=True)
    return all(a == b or (a != a and b != b) or close(a, b, tolerance) for a, b in pairs)


def close(a: float, b: float, tolerance: float) -> bool:
    """Return whether two finite numbers are near each other."""
    return math.isfinite(a) and math.isfinite(b) and abs(a - b) <= tolerance * (1 + abs(b))


def main(minutes: float) -> None:
    """Draw calls for some minutes; print what is wrong, each operation once."""
    end = monotonic() + 60 * minutes
    found: dict[str, str] = {}
    count = 0

    @settings(
        max_examples=10**9, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(calls())
    def run(drawn: Drawn) -> None:
        nonlocal count
        count += 1
        if monotonic() > end:
            raise KeyboardInterrupt
        said = problem(drawn)
        name = drawn.call.split("(")[0]
        if said and name not in found:
            found[name] = said
            print(f"{drawn}\n    {said}", flush=True)

    try:
        run()
    except KeyboardInterrupt:
        print(f"{count} calls, {len(found)} operations that differ")
    sys.exit(bool(found))


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0)
