"""Linear algebra.

Vectors of a decomposition are only known up to their sign: what is compared doesn't depend on it.
The matrices are well conditioned, so that no digits are lost on either side.
"""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan
from typing import Any

from tests.cases.case import Case, Torch, case, quietly

SQUARE = [[2.0, 0.3, -0.1], [0.2, -1.0, 0.4], [-0.3, 0.1, 3.0]]
SMALL = [[1.0, 0.5], [-0.5, 2.0]]
BATCH = [SMALL, [[3.0, 1.0], [0.5, -1.0]]]
TALL = [[2.0, 0.3], [-0.4, 1.0], [0.5, -0.2]]
WIDE = [[2.0, 0.3, -0.4], [0.1, 1.0, 0.5]]
SINGULAR = [[1.0, 2.0], [2.0, 4.0]]
TWINS = [[2.0, 0.0], [0.0, 2.0]]  # equal eigenvalues
NEITHER = (0, 0)


def symmetric(x: Any) -> Any:
    return (x + x.transpose(-2, -1)) / 2


def definite(x: Any) -> Any:
    return x @ x.transpose(-2, -1)


def each(name: str, call: Callable[..., Any], *inputs: Any) -> list[Case]:
    return [case(name, call, one) for one in inputs]


# --- Inverses and determinants

SOLVING = [
    *each("linalg.inv", lambda t, x: t.linalg.inv(x), SQUARE, BATCH, NEITHER, (0, 2, 2)),
    case("inverse", lambda t, x: t.inverse(x.transpose(0, 1)), SQUARE),
    case("inverse", lambda t, x: x.inverse(), SMALL),
    *each("linalg.det", lambda t, x: t.linalg.det(x), SQUARE, BATCH, NEITHER, [[3.0]]),
    case("linalg.det", lambda t, x: t.linalg.det(x), [SINGULAR, SMALL], first=False),
    case("linalg.det", lambda t, x: t.linalg.det(x), [[0.0, 0.0], [0.0, 0.0]], second=False),
    case("linalg.det", lambda t, x: t.linalg.det(x), [[nan, 1.0], [1.0, 2.0]], first=False),
    case("det", lambda t, x: t.det(x), SQUARE),
    case("det", lambda t, x: x.det(), SMALL),
    *each("linalg.slogdet", lambda t, x: t.linalg.slogdet(x).logabsdet, SQUARE, BATCH, NEITHER),
    case("linalg.slogdet", lambda t, x: t.linalg.slogdet(x), [*BATCH, SINGULAR], first=False),
    case("slogdet", lambda t, x: t.slogdet(x), SQUARE, first=False),
    case("slogdet", lambda t, x: x.slogdet()[1], SQUARE),
    case("logdet", lambda t, x: t.logdet(x), SMALL),
    case("logdet", lambda t, x: x.logdet(), [*BATCH, SINGULAR], first=False),
    case("linalg.solve", lambda t, a, b: t.linalg.solve(a, b), SQUARE, (3, 2)),
    case("linalg.solve", lambda t, a, b: t.linalg.solve(a, b), SQUARE, (3,)),
    case("linalg.solve", lambda t, a, b: t.linalg.solve(a, b), BATCH, (2, 2)),
    case("linalg.solve", lambda t, a, b: t.linalg.solve(a, b), BATCH, (2, 1)),
    case("linalg.solve", lambda t, a, b: t.linalg.solve(a, b), SMALL, (2, 2, 1)),
    case("linalg.solve", lambda t, a, b: t.linalg.solve(a, b, left=False), SMALL, (3, 2)),
    case("linalg.solve", lambda t, a, b: t.linalg.solve(a, b), NEITHER, (0, 2)),
    case("linalg.matrix_power", lambda t, x: t.linalg.matrix_power(x, 3), BATCH),
    case("linalg.matrix_power", lambda t, x: t.linalg.matrix_power(x, -2), SMALL),
    case("linalg.matrix_power", lambda t, x: t.linalg.matrix_power(x, 0), BATCH, first=False),
    case("matrix_power", lambda t, x: t.matrix_power(x, 1), SMALL),
    case("matrix_power", lambda t, x: x.matrix_power(6), SMALL),
    case(
        "linalg.multi_dot", lambda t, *all: t.linalg.multi_dot(all), (2, 3), (3, 1), (1, 2), (2, 2)
    ),
    case("linalg.multi_dot", lambda t, *all: t.linalg.multi_dot(all), (2,), (2, 3), (3,)),
]

# --- Decompositions


def cholesky(t: Torch, x: Any) -> Any:
    return t.linalg.cholesky(definite(x))


def rebuilt_qr(t: Torch, x: Any) -> Any:
    q, r = t.linalg.qr(x)
    return q @ r, q * q, r * r


def rebuilt_svd(t: Torch, x: Any) -> Any:
    u, s, vh = t.linalg.svd(x, full_matrices=False)
    return u * u, s, vh * vh, (u * s.unsqueeze(-2)) @ vh


def rebuilt_eigh(t: Torch, x: Any) -> Any:
    w, v = t.linalg.eigh(symmetric(x))
    return w, v * v, (v * w.unsqueeze(-2)) @ v.transpose(-2, -1)


def top(x: Any) -> Any:
    """Return the first two columns: further ones may be any."""
    return x[..., :2]


DECOMPOSITIONS = [
    *each("linalg.cholesky", cholesky, SQUARE, BATCH, NEITHER),
    case("linalg.cholesky", lambda t, x: t.linalg.cholesky(definite(x), upper=True), SMALL),
    # Of a matrix that is not symmetric the lower triangle is read.
    case(
        "linalg.cholesky", lambda t, x: t.linalg.cholesky(x), [[4.0, 9.0], [1.0, 3.0]], smooth=False
    ),
    case("cholesky", quietly(lambda t, x: t.cholesky(definite(x))), SMALL),
    case("cholesky", quietly(lambda t, x: definite(x).cholesky(True)), SMALL),
    *each("linalg.qr", rebuilt_qr, SQUARE, TALL, WIDE, BATCH, NEITHER),
    case("linalg.qr", lambda t, x: t.linalg.qr(x, mode="complete").R.abs(), SMALL),
    case(
        "linalg.qr",
        lambda t, x: [one.abs() for one in t.linalg.qr(x, "complete")][1],
        TALL,
        first=False,
    ),
    case("linalg.qr", lambda t, x: t.linalg.qr(x, "r").R.abs(), TALL, first=False),
    case("qr", quietly(lambda t, x: t.qr(x).Q.abs()), TALL),
    case("qr", quietly(lambda t, x: x.qr(some=False).R.abs()), TALL, first=False),
    *each("linalg.svd", rebuilt_svd, SQUARE, TALL, WIDE, BATCH),
    case("linalg.svd", rebuilt_svd, (0, 2)),
    case("linalg.svd", lambda t, x: top(t.linalg.svd(x).U ** 2), TALL),
    case("linalg.svd", lambda t, x: top(t.linalg.svd(x).Vh ** 2), TALL),
    *each("linalg.svdvals", lambda t, x: t.linalg.svdvals(x), WIDE, NEITHER),
    case("linalg.svdvals", lambda t, x: t.linalg.svdvals(x).sum(), TWINS, second=False),
    case("svd", quietly(lambda t, x: t.svd(x).V ** 2), TALL),
    case("svd", quietly(lambda t, x: x.svd(some=True).S), TALL),
    case("svd", quietly(lambda t, x: t.svd(x, compute_uv=False)), TALL, first=False),
    *each("linalg.eigh", rebuilt_eigh, SQUARE, BATCH, NEITHER),
    case("linalg.eigh", lambda t, x: t.linalg.eigh(symmetric(x), "U").eigenvalues, SQUARE),
    case("linalg.eigh", lambda t, x: t.linalg.eigh(x, UPLO="U")[0], SQUARE, first=False),
    case("linalg.eigvalsh", lambda t, x: t.linalg.eigvalsh(symmetric(x)), SQUARE),
    case("linalg.eigvalsh", lambda t, x: t.linalg.eigvalsh(x).sum(), TWINS, second=False),
]

# --- Where there is no inverse

WITHOUT = [
    *each("linalg.pinv", lambda t, x: t.linalg.pinv(x), SMALL, TALL, WIDE, BATCH, (0, 2)),
    case("linalg.pinv", lambda t, x: t.linalg.pinv(definite(x)), [[1.0], [2.0]], second=False),
    case("linalg.pinv", lambda t, x: t.linalg.pinv(x, rtol=0.6), TALL, smooth=False, second=False),
    case("linalg.pinv", lambda t, x: t.linalg.pinv(x, atol=1.5), TALL, smooth=False, second=False),
    case("linalg.pinv", lambda t, x: t.linalg.pinv(symmetric(x), hermitian=True), SMALL),
    case("pinverse", lambda t, x: t.pinverse(x), TALL),
    case("pinverse", lambda t, x: x.pinverse(0.6), TALL, first=False),
    case(
        "linalg.matrix_rank", lambda t, x: t.linalg.matrix_rank(x), [SMALL, SINGULAR], first=False
    ),
    case("linalg.matrix_rank", lambda t, x: t.linalg.matrix_rank(x, atol=1.5), TALL, first=False),
    case("linalg.matrix_rank", lambda t, x: t.linalg.matrix_rank(x, rtol=0.6), TALL, first=False),
    case("linalg.matrix_rank", lambda t, x: t.linalg.matrix_rank(x), (2, 0), first=False),
    case("linalg.lstsq", lambda t, a, b: t.linalg.lstsq(a, b).solution, TALL, (3, 2)),
    case("linalg.lstsq", lambda t, a, b: t.linalg.lstsq(a, b).solution, SMALL, (2,)),
    case("linalg.lstsq", lambda t, a, b: t.linalg.lstsq(a, b).solution, BATCH, (2, 2)),
    case(
        "linalg.lstsq", lambda t, a, b: t.linalg.lstsq(a, b, driver="gelsd").solution, WIDE, (2, 1)
    ),
    case(
        "linalg.lstsq",
        lambda t, a, b: t.linalg.lstsq(a, b, driver="gelsd"),
        TALL,
        (3, 2),
        first=False,
    ),
    case(
        "linalg.lstsq",
        lambda t, a, b: t.linalg.lstsq(a, b, driver="gels"),
        TALL,
        (3, 2),
        first=False,
    ),
    case(
        "linalg.lstsq",
        lambda t, a, b: t.linalg.lstsq(a, b, 0.6, driver="gelss"),
        TALL,
        (3, 2),
        first=False,
    ),
    case("linalg.lstsq", lambda t, a, b: t.linalg.lstsq(a, b), TALL, (3, 2), first=False),
]

# --- Norms

VECTORS = [[1.0, -2.0, 0.5], [-3.0, 0.25, 1.5]]
EDGES = [[0.0, 0.0], [0.0, -1.0], [2.0, -2.0]]
NORMS = [
    *(
        case("linalg.vector_norm", lambda t, x, p=p: t.linalg.vector_norm(x, p, dim=1), VECTORS)
        for p in (0.5, 1, 1.5, 2, 3, inf, -inf, -1)
    ),
    # The kinks: at zero, beside a zero, among ties.
    *(
        case(
            "linalg.vector_norm",
            lambda t, x, p=p: t.linalg.vector_norm(x, p, dim=1),
            EDGES,
            smooth=False,
            second=False,
        )
        for p in (0.5, 1, 1.5, 2, 3, inf, -inf)
    ),
    case("linalg.vector_norm", lambda t, x: t.linalg.vector_norm(x, 0), EDGES, first=False),
    case("linalg.vector_norm", lambda t, x: t.linalg.vector_norm(x), VECTORS),
    case("linalg.vector_norm", lambda t, x: t.linalg.vector_norm(x, 3, (0, 1), True), VECTORS),
    case("linalg.vector_norm", lambda t, x: t.linalg.vector_norm(x), -2.0),
    case("linalg.vector_norm", lambda t, x: t.linalg.vector_norm(x, dim=0), (0, 2)),
    case("linalg.vector_norm", lambda t, x: t.linalg.vector_norm(x, dtype=t.float64), VECTORS),
    case(
        "linalg.vector_norm",
        lambda t, x: t.linalg.vector_norm(x.to(t.float16)).to(t.float32),
        [300.0, 400.0],
        first=False,
    ),
    *(
        case(
            "linalg.vector_norm",
            lambda t, x, p=p: t.linalg.vector_norm(x, p),
            [nan, 1.0, inf],
            first=False,
        )
        for p in (0, 2, inf, -inf)
    ),
    *(
        case("linalg.matrix_norm", lambda t, x, p=p: t.linalg.matrix_norm(x, p), TALL)
        for p in ("fro", "nuc", 1, -1, 2, -2, inf, -inf)
    ),
    case("linalg.matrix_norm", lambda t, x: t.linalg.matrix_norm(x, 1, (2, 0), True), BATCH),
    case("linalg.matrix_norm", lambda t, x: t.linalg.matrix_norm(x, "nuc", (0, -1)), BATCH),
    case("linalg.matrix_norm", lambda t, x: t.linalg.matrix_norm(x, 1), (2, 0), first=False),
    case("linalg.matrix_norm", lambda t, x: t.linalg.matrix_norm(x, 2), (0, 2), first=False),
    case("linalg.norm", lambda t, x: t.linalg.norm(x), BATCH),
    case("linalg.norm", lambda t, x: t.linalg.norm(x, 2), SMALL),
    case("linalg.norm", lambda t, x: t.linalg.norm(x, 3, -1, True), SMALL),
    case("linalg.norm", lambda t, x: t.linalg.norm(x, "fro", (0, 2)), BATCH),
    case("linalg.norm", lambda t, x: t.linalg.norm(x, dim=(0, 1), dtype=t.float64), SMALL),
    case("linalg.cond", lambda t, x: t.linalg.cond(x), SMALL),
    case("linalg.cond", lambda t, x: t.linalg.cond(x, -2), TALL),
    # Torch's own derivative of the others fails: it writes into what it needs.
    *(
        case("linalg.cond", lambda t, x, p=p: t.linalg.cond(x, p), SMALL, first=False)
        for p in ("fro", "nuc", 1, -inf)
    ),
    case("linalg.cond", lambda t, x: t.linalg.cond(x, 1), [SMALL, SINGULAR], first=False),
    case("linalg.cond", lambda t, x: t.linalg.cond(x), WIDE),
    case("linalg.cond", lambda t, x: t.linalg.cond(x), NEITHER, first=False),
]
CASES = [*SOLVING, *DECOMPOSITIONS, *WITHOUT, *NORMS]
