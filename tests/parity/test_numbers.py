"""Numbers that an element type does not hold, against torch: the value, or the error's type."""

from __future__ import annotations

import math
import warnings
from math import inf, nan
from typing import Any

import pytest
import torch

import minitorch

# A number, and the type of x.
NUMBERS: list[tuple[float, str]] = [
    (300, "uint8"),
    (-1, "uint8"),
    (-300, "uint8"),
    (-1.5, "uint8"),
    (300, "int8"),
    (-200, "int8"),
    (127.5, "int8"),
    (2**31, "int32"),
    (1e10, "int32"),
    (inf, "int32"),
    (2**63, "int64"),
    (2.7, "int64"),
    (1e30, "int64"),
    (nan, "int64"),
    (nan, "float32"),
    (300, "bool"),
    (nan, "bool"),
]
CALLS = """
    x + n; n + x; x - n; n - x; x * n; n * x; n // x; n % x; x == n; x < n; n >= x
    x.add_(n); x.mul_(n); x.fill_(n); x.masked_fill(m, n); x.masked_fill_(m, n)
    x.index_fill(0, i, n); x.scatter(0, i, n); x.new_full((2,), n); x.new_tensor([n])
    x.clamp(max=n); x.clamp(min=n); x.clamp(n, n); x.clamp_(max=n); x.clip(n)
    t.where(m, x, n); t.where(m, n, x)
    t.full((2,), n, dtype=x.dtype); t.full_like(x, n); t.scalar_tensor(n, dtype=x.dtype)
    t.tensor([n], dtype=x.dtype); t.tensor([[n, 1]], dtype=x.dtype); t.as_tensor(n, dtype=x.dtype)
    t.add(x, x, alpha=n); t.sub(x, x, alpha=n); x.index_add(0, i, x[:1], alpha=n)
    t.remainder(x, n); t.fmod(x, n); t.pow(x, n); x ** n; t.isin(x, n)
    t.xlogy(x, n); t.xlogy(n, x); t.copysign(x, n); t.linspace(0, n, 3, dtype=x.dtype)
    F.threshold(x, 0, n); F.threshold(x, n, 0)
    F.hardtanh(x, -1, n); F.pad(x, (1, 1), value=n)
""".replace("\n", ";").split(";")
# Which refuse a float that is too large for float16 or float32; others take it for infinite.
FILLING = """
    x.fill_(n); x.masked_fill(m, n); x.index_fill(0, i, n); x.scatter(0, i, n)
    x.new_full((2,), n); t.full((2,), n, dtype=x.dtype); t.full_like(x, n)
""".replace("\n", ";").split(";")
TOO_LARGE: list[tuple[float, str]] = [(1e30, "float16"), (-1e5, "float16"), (1e300, "float32")]
ALL = [
    *((call.strip(), NUMBERS) for call in CALLS if call.strip()),
    *((call.strip(), TOO_LARGE) for call in FILLING if call.strip()),
]
# Where torch's own ways differ: it takes hardtanh's bounds for int64 first, negates alpha for
# `sub`, wraps what is padded with, and has nothing for bools.
OTHERWISE = {
    ("F.threshold(x, 0, n)", "bool"),
    ("F.threshold(x, n, 0)", "bool"),
    ("F.hardtanh(x, -1, n)", "bool"),
    ("F.hardtanh(x, -1, n)", "int8"),
    ("F.pad(x, (1, 1), value=n)", "uint8"),
    ("F.pad(x, (1, 1), value=n)", "int64"),
    ("t.sub(x, x, alpha=n)", "int32"),
    ("t.sub(x, x, alpha=n)", "int64"),
}


@pytest.mark.parametrize(("call", "numbers"), ALL)
def test_what_does_not_fit(call: str, numbers: list[tuple[float, str]]) -> None:
    code = compile(call, call, "eval")
    different = []
    for number, dtype in numbers:
        if (call, dtype) in OTHERWISE:
            continue
        ours, theirs = (_outcome(t, code, number, dtype) for t in (minitorch, torch))
        if not _same(ours, theirs):
            different.append(f"{number} with {dtype}: ours {ours}, torch {theirs}")
    assert not different


def _outcome(t: Any, code: Any, number: float, dtype: str) -> Any:
    names = {
        "t": t,
        "F": t.nn.functional,
        "n": number,
        "x": t.tensor([1, 3], dtype=getattr(t, dtype)),
        "m": t.tensor([True, False]),
        "i": t.tensor([0]),
    }
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            result = eval(code, names)
    except Exception as error:  # noqa: BLE001  (which one, is the outcome)
        return type(error).__name__
    return str(result.dtype), result.reshape(-1).tolist()


def _same(ours: Any, theirs: Any) -> bool:
    if isinstance(ours, str) or isinstance(theirs, str):
        return bool(ours == theirs)
    return ours[0] == theirs[0] and all(
        a == b or (a != a and b != b) or math.isclose(a, b, rel_tol=1e-6)
        for a, b in zip(ours[1], theirs[1], strict=True)
    )
