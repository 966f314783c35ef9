"""Every elementwise function and its gradient at special values, against torch.

NaN, infinities, zeros of both signs, the smallest and largest numbers, and kinks. NaN agrees with
NaN, and in values (not in gradients) a zero only with a zero of its sign. Where torch is otherwise
there is a row in docs/differences.md.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product
from math import inf, nan
from typing import Any, TypeAlias

import pytest
import torch
from tests.cases.elementwise import named
from tests.cases.table import CASES
from tests.parity.compare import TOLERANCES

import minitorch

Call: TypeAlias = Callable[..., Any]

# The smallest normal and the smallest number, the largest, and one whose square is too large.
EXTREMES = {
    "float32": [1.1754943508222875e-38, 1e-45, 3.4028234663852886e38, 1e20],
    "float64": [2.2250738585072014e-308, 5e-324, 1.7976931348623157e308, 1e200],
}
ORDINARY = [0.0, 0.25, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 6.0, 20.0, 80.0, 1e-10, inf, nan]
IN_PAIRS = [0.0, 0.5, 1.0, 2.0, 3.0, inf, nan]

UNARY: dict[str, Call] = {
    name: lambda t, x, name=name: getattr(t, name)(x)
    for name in [*named(CASES), "digamma", "lgamma", "positive"]
}
UNARY |= {
    name: lambda t, x, name=name: getattr(t.nn.functional, name)(x)
    for name in """
        celu elu gelu hardshrink hardsigmoid hardswish hardtanh leaky_relu logsigmoid mish relu6
        rrelu selu silu softplus softshrink softsign tanhshrink
    """.split()
}
OPTIONS = """
    F.gelu(x, approximate="tanh"); F.hardtanh(x, -0.5, 2.0); F.elu(x, 0.5); F.elu(x, -2.0)
    F.celu(x, 0.5); F.celu(x, -2.0); F.threshold(x, 0.5, 2.0); F.softplus(x, 2.0, 6.0)
    F.softshrink(x, 0.0); F.hardshrink(x, 0.0); F.leaky_relu(x, -2.0); F.relu(x)
    F.prelu(x, t.tensor([0.25], dtype=x.dtype))
    t.clamp(x, -1.0, 3.0); t.clamp(x, min=0.0); t.clamp(x, max=0.0); t.clamp(x, 3.0, -1.0)
    t.clamp(x, nan, 1.0); t.clamp(x, -inf, inf); t.logit(x, 0.25); t.nan_to_num(x, 1.0, 2.0, 3.0)
    x ** 0; x ** 1; x ** 2; x ** 3; x ** -1; x ** -2; x ** 0.5; x ** -0.5; x ** 2.5; x ** inf
    x ** nan; 0 ** x; 1 ** x; 2 ** x; 0.5 ** x; (-2) ** x; inf ** x
    x / 2.0; 2 / x; x / 0.0; x * 0.0; x * inf; x + nan; 2 - x
    x % 2.0; x % -2.0; x % 0.0; x % inf; t.fmod(x, 2.0); t.fmod(x, 0.0); t.fmod(x, inf)
    t.div(x, 2.0, rounding_mode="trunc"); t.div(x, 0.0, rounding_mode="floor")
    t.xlogy(x, 2.0); t.xlogy(x, 0.0); t.xlogy(2.0, x); t.xlogy(0.0, x)
    t.copysign(x, 2.0); t.copysign(x, -0.0); t.copysign(x, nan); t.copysign(x, -nan)
    t.polygamma(1, x); t.polygamma(2, x); t.where(x > 0, x, -x); t.isclose(x, x)
    F.mse_loss(x, t.ones_like(x), reduction="none"); F.l1_loss(x, t.ones_like(x), reduction="none")
    F.huber_loss(x, t.ones_like(x), reduction="none")
    F.smooth_l1_loss(x, t.ones_like(x), reduction="none")
    F.smooth_l1_loss(x, t.ones_like(x), reduction="none", beta=0.0)
    F.binary_cross_entropy_with_logits(x, t.ones_like(x), reduction="none")
    F.kl_div(x, t.ones_like(x), reduction="none")
    F.poisson_nll_loss(x, t.ones_like(x), reduction="none")
    F.hinge_embedding_loss(x, -t.ones_like(x), reduction="none")
"""
BINARY: dict[str, Call] = {
    name: lambda t, x, y, name=name: getattr(t, name)(x, y)
    for name in """
        add sub mul div pow remainder fmod atan2 maximum minimum fmax fmin hypot logaddexp
        logaddexp2 xlogy copysign eq ne lt le gt ge isclose logical_and logical_or logical_xor
        float_power
    """.split()
}
PAIRS = """
    t.div(x, y, rounding_mode="trunc"); t.div(x, y, rounding_mode="floor")
    t.clamp(x, min=y); t.clamp(x, max=y); t.where(x > y, x, y); t.isclose(x, y, equal_nan=True)
    t.lerp(x, y, 0.25); t.lerp(x, y, 0.75)
    F.mse_loss(x, y, reduction="none"); F.l1_loss(x, y, reduction="none")
    F.huber_loss(x, y, reduction="none"); F.smooth_l1_loss(x, y, reduction="none")
    F.hinge_embedding_loss(x, y, reduction="none"); F.kl_div(x, y, reduction="none")
"""


def written(text: str) -> dict[str, Call]:
    """Return the calls in a text, by themselves."""
    lines = [one.strip() for one in text.replace("\n", ";").split(";") if one.strip()]
    return {line: evaluated(line) for line in lines}


def evaluated(line: str) -> Call:
    def call(t: Any, x: Any, y: Any = None) -> Any:
        names = {"t": t, "F": t.nn.functional, "x": x, "y": y, "nan": nan, "inf": inf}
        return eval(line, names)

    return call


UNARY |= written(OPTIONS)
BINARY |= written(PAIRS)


def huge(x: float) -> bool:
    return 1e30 < abs(x) < inf


def whole(x: float) -> bool:
    return x <= 0 and (math.isinf(x) or x == round(x))


Where: TypeAlias = Callable[..., bool]

# Of which numbers torch has another value, and another gradient: see docs/differences.md.
VALUES_OTHERWISE: dict[str, Where] = {
    "gelu": lambda x: huge(x) or x == inf,
    "hardswish": huge,
    "x ** -0.5": lambda x: x == 0 or x == -inf,
    "t.polygamma(1, x)": lambda x: True,
    "t.polygamma(2, x)": lambda x: math.isinf(x) or x == 0,
    "fmod": lambda x, y: huge(x),
    "remainder": lambda x, y: huge(x),
}
GRADIENTS_OTHERWISE: dict[str, Where] = {
    **dict.fromkeys(
        [
            "celu", "elu", "selu", "hardswish", "hardtanh", "relu6", "hardshrink", "softshrink",
            "F.celu(x, 0.5)", "F.celu(x, -2.0)", "F.elu(x, 0.5)", "F.elu(x, -2.0)",
            "F.hardtanh(x, -0.5, 2.0)", "F.softshrink(x, 0.0)", "F.hardshrink(x, 0.0)",
            "t.logit(x, 0.25)",
        ],
        math.isnan,
    ),
    "digamma": lambda x: True,
    "t.polygamma(1, x)": lambda x: whole(x) or math.isinf(x),
    "t.polygamma(2, x)": lambda x: whole(x) or math.isinf(x),
    "x ** 0.5": lambda x: x == 0 or x == -inf,
    "hardsigmoid": lambda x: abs(x) < 3,
    "sinc": lambda x: 0 < abs(x) < 1e-5,
}  # fmt: skip
# Where a zero may have another sign.
ZEROS_OTHERWISE = {
    "relu", "relu6", "F.relu(x)", "t.clamp(x, min=0.0)", "t.clamp(x, max=0.0)", "softshrink",
    "maximum", "minimum", "fmax", "fmin", "t.clamp(x, min=y)", "t.clamp(x, max=y)",
    "x % 2.0", "x % -2.0", "x % inf", "remainder",
}  # fmt: skip

each_type = pytest.mark.parametrize("dtype", ["float32", "float64"])


@each_type
@pytest.mark.parametrize("name", UNARY)
def test_one_argument(name: str, dtype: str) -> None:
    numbers = [s * x for x in ORDINARY + EXTREMES[dtype] for s in (1, -1)]
    check(name, UNARY[name], dtype, [numbers])


@each_type
@pytest.mark.parametrize("name", BINARY)
def test_two_arguments(name: str, dtype: str) -> None:
    numbers = [s * x for x in IN_PAIRS + EXTREMES[dtype][::2] for s in (1, -1)]
    xs, ys = zip(*product(numbers, numbers), strict=True)
    check(name, BINARY[name], dtype, [list(xs), list(ys)])


# What orders elements, or looks for them: x has NaN and infinities, b bounds, n is all NaN.
IN_ORDER = written("""
    t.sort(x); t.sort(x, descending=True); t.argsort(x, stable=True); t.msort(x); t.sort(n)
    t.topk(x, 3)[0]; t.topk(x, 3, largest=False)[0]; t.kthvalue(x, 3)[0]; t.kthvalue(x, 8)[0]
    t.max(x); t.min(x); t.max(x, 0); t.min(x, 0); t.max(n, 0); t.amax(x); t.amin(x); t.aminmax(x)
    t.argmax(x); t.argmin(x); t.argmax(n); t.median(x); t.nanmedian(x); t.median(x, 0)
    t.nanmedian(x, 0); t.cummax(x, 0); t.cummin(x, 0)
    t.unique(x); t.unique(x, return_inverse=True, return_counts=True)
    t.unique_consecutive(x, return_inverse=True, return_counts=True)
    t.isin(x, x); t.isin(x, nan); t.isin(x, b); t.equal(x, x); t.allclose(x, x, equal_nan=True)
    t.bucketize(x, b); t.bucketize(x, b, right=True); t.bucketize(nan, b)
    t.searchsorted(b, x); t.searchsorted(b, x, right=True); t.searchsorted(b, nan)
    t.histc(x, 4, -2, 2); t.histc(x); t.nansum(x); t.nanmean(x); t.quantile(x, 0.5)
    t.nanquantile(x, 0.5); t.count_nonzero(x); t.nonzero(x); t.any(x); t.all(x)
    t.cumsum(x, 0); t.cumprod(x, 0); t.logcumsumexp(x, 0); t.logsumexp(x, 0); t.softmax(x, 0)
    t.log_softmax(x, 0); t.std(x); t.var(x); t.prod(x); t.norm(x); t.norm(x, inf); t.norm(x, 0)
    t.maximum(x, x.flip(0)); t.fmax(x, x.flip(0)); t.diff(x)
    F.max_pool1d(x.reshape(1, 1, 8), 2); F.adaptive_max_pool1d(x.reshape(1, 1, 8), 3)
    F.max_pool2d(x.reshape(1, 1, 2, 4), 2, return_indices=True)
    F.max_pool2d(n.reshape(1, 1, 2, 4), 2, return_indices=True)
""")


@pytest.mark.parametrize("name", IN_ORDER)
def test_in_order(name: str) -> None:
    ours, theirs = (in_order(t, name) for t in (minitorch, torch))
    assert ours == theirs


def in_order(t: Any, line: str) -> str:
    names = {
        "t": t,
        "F": t.nn.functional,
        "nan": nan,
        "inf": inf,
        "x": t.tensor([1.0, nan, -inf, 0.5, inf, nan, -1.0, 1.0]),
        "b": t.tensor([-1.0, 0.0, 1.0]),
        "n": t.tensor([nan] * 8),
    }
    try:
        result = eval(line, names)
    except RuntimeError as error:
        return type(error).__name__
    results = result if isinstance(result, tuple) else (result,)
    return str([one.tolist() if hasattr(one, "tolist") else one for one in results])


def check(name: str, call: Call, dtype: str, inputs: list[list[float]]) -> None:
    """Compare what the modules make of the inputs, element by element."""
    ours, theirs = (outcome(t, call, dtype, inputs) for t in (minitorch, torch))
    different = []
    for what, mine, its in zip(("value", "gradient", "gradient by y"), ours, theirs, strict=False):
        assert (mine is None) == (its is None), f"which inputs have gradients: {what}"
        if mine is None:
            continue
        otherwise = (VALUES_OTHERWISE if what == "value" else GRADIENTS_OTHERWISE).get(name)
        signs = what == "value" and name not in ZEROS_OTHERWISE
        tolerance = TOLERANCES[dtype][what != "value"]
        for at, a, b in zip(zip(*inputs, strict=True), mine, its, strict=True):
            if not (otherwise and otherwise(*at)) and not same(a, b, tolerance, signs):
                different.append(f"{what} at {at}: ours {a}, torch {b}")
    assert not different


def outcome(t: Any, call: Call, dtype: str, inputs: list[list[float]]) -> list[Any]:
    """Return the elements of the value, and of the gradients where it has one."""
    leaves = [t.tensor(one, dtype=getattr(t, dtype), requires_grad=True) for one in inputs]
    value = call(t, *leaves)
    results = [value.detach().tolist()]
    if value.requires_grad:
        gradients = t.autograd.grad(value, leaves, t.ones_like(value), allow_unused=True)
        # A clone, since some of torch's zeros have no memory to read.
        results += [one if one is None else one.clone().tolist() for one in gradients]
    return results


def same(a: float, b: float, tolerance: float, signs: bool) -> bool:
    if a != a or b != b:
        return a != a and b != b
    if a == b:
        return not signs or a != 0 or math.copysign(1, a) == math.copysign(1, b)
    return math.isfinite(a - b) and abs(a - b) <= tolerance * (1 + abs(b))
