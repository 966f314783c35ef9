"""Operations by their other names, and those that answer with a Python value."""

from __future__ import annotations

from math import inf, nan

from tests.cases.case import Case, case, truth, whole

OF_ONE = {
    "absolute": (-2.0, 2.0),
    "negative": (-2.0, 2.0),
    "arccos": (-0.8, 0.8),
    "arcsin": (-0.8, 0.8),
    "arctanh": (-0.8, 0.8),
    "arccosh": (1.2, 3.0),
    "arcsinh": (-2.0, 2.0),
    "arctan": (-2.0, 2.0),
    "fix": (0.1, 0.9),
    "sgn": (0.1, 0.9),
    "positive": (-2.0, 2.0),
}
OF_TWO = ["multiply", "subtract", "divide", "true_divide", "arctan2"]
COMPARISONS = ["greater", "greater_equal", "less", "less_equal", "not_equal"]


def both_forms(name: str, *shapes: tuple[int, ...], domain: tuple[float, float]) -> list[Case]:
    """Make the cases of a function and the method of that name."""
    return [
        case(name, lambda t, *xs: getattr(t, name)(*xs), *shapes, domain=domain),
        case(f"Tensor.{name}", lambda t, x, *xs: getattr(x, name)(*xs), *shapes, domain=domain),
    ]


CASES: list[Case] = [
    *(row for name in OF_ONE for row in both_forms(name, (3,), domain=OF_ONE[name])),
    *(row for name in OF_TWO for row in both_forms(name, (2, 2), (2,), domain=(0.5, 2.0))),
    *(row for name in COMPARISONS for row in both_forms(name, (2, 2), (2,), domain=(0.5, 2.0))),
    case("clip", lambda t, x: t.clip(x, -0.5, 0.5), (2, 3)),
    case("Tensor.clip", lambda t, x: x.clip(max=0.5), (2, 3)),
    case("isclose", lambda t, x, y: t.isclose(x, y), [1.0, nan, inf, 1.0], [1.0, nan, inf, 1.1]),
    case("Tensor.isclose", lambda t, x: x.isclose(x, equal_nan=True), [1.0, nan, -inf]),
    case("isclose", lambda t, x, y: t.isclose(x, y, 0.2, 0.0), whole([10, 10]), whole([12, 13])),
    case("allclose", lambda t, x: t.tensor(t.allclose(x, x + 1e-9)), (2, 3), first=False),
    case("Tensor.allclose", lambda t, x: t.tensor(x.allclose(x * 2)), (2, 3), first=False),
    case("equal", lambda t, x: t.tensor([t.equal(x, x), t.equal(x, x.t())]), (2, 3), first=False),
    case("Tensor.equal", lambda t, x: t.tensor(x.equal(x)), truth([True]), first=False),
    case("norm", lambda t, x: t.norm(x), (2, 3)),
    case("Tensor.norm", lambda t, x: x.norm(1, 0), (2, 3)),
    case("norm", lambda t, x: t.norm(x, 3, (0, 1), keepdim=True), (2, 3)),
    case("norm", lambda t, x: t.norm(x, "fro", dim=1), (2, 3)),
    case("norm", lambda t, x: t.norm(x, inf), (2, 3)),
    case("norm", lambda t, x: t.norm(x, "nuc"), [[1.0, 0.5], [0.25, 2.0]]),
    case("norm", lambda t, x: t.norm(x), [0.0, 0.0], smooth=False, second=False),
]
