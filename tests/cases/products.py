"""Products of vectors and matrices, and distances."""

from __future__ import annotations

from math import inf, nan
from typing import Any

from tests.cases.case import Case, case, quietly, truth, whole

GAP = (0.3, 2.0)  # away from the zeros that norms have kinks at


def added(name: str, *shapes: tuple[int, ...]) -> list[Case]:
    """Make the cases of ``beta input + alpha product``, with a number for each of `shapes`."""
    numbers = [whole(nested(shape)) for shape in shapes]
    return [
        case(name, lambda t, c, a, b: getattr(t, name)(c, a, b), *shapes),
        case(name, lambda t, c, a, b: getattr(c, name)(a, b, beta=0.5, alpha=-2), *shapes),
        case(name, lambda t, c, a, b: getattr(t, name)(c, a, b, beta=3, alpha=2), *numbers),
        case(
            name,
            lambda t, c, a, b: getattr(t, name)(c * nan, a, b, beta=0),
            (1,),
            *shapes[1:],
            first=False,
        ),
    ]


def nested(shape: tuple[int, ...]) -> Any:
    return [nested(shape[1:]) for _ in range(shape[0])] if shape else 2


def contraction(equation: str, *shapes: tuple[int, ...]) -> Case:
    return case("einsum", lambda t, *operands: t.einsum(equation, *operands), *shapes)


MATMUL = [
    case("matmul", lambda t, x, y: x @ y, (2, 1, 1, 3), (3, 2)),
    case("matmul", lambda t, x, y: x @ y, (1, 2), (2, 1, 2, 1)),
    case("matmul", lambda t, x, y: x @ y, (0,), (0,)),
    case("matmul", lambda t, x, y: x @ y, (2, 0, 3), (3,)),
    case("matmul", lambda t, x, y: x.transpose(1, 2) @ y, (2, 3, 1), (2, 3, 2)),
    case(
        "matmul",
        lambda t, x, y: x @ y,
        [[inf, 1.0], [nan, 0.0]],
        [[1.0, 0.0], [1.0, 2.0]],
        smooth=False,
    ),
    case(
        "matmul", lambda t, x: x.to(t.int8) @ x.to(t.int8), whole([[100, 1], [2, 3]]), first=False
    ),
    case("matmul", lambda t, x: x.to(t.uint8) @ x.to(t.uint8), whole([7, 9]), first=False),
    # Sums that float16 would round on the way.
    case(
        "matmul",
        lambda t, x: (x.to(t.float16) @ x.to(t.float16)).to(t.float32),
        [2048.0 / 64, 1.0, 1.0],
        first=False,
    ),
]
PLAIN = [
    case("mm", lambda t, x, y: t.mm(x, y), (2, 3), (3, 2)),
    case("mm", lambda t, x, y: x.t().mm(y), (2, 1), (2, 3)),
    case("mm", lambda t, x, y: x.mm(y), (2, 0), (0, 1)),
    case("bmm", lambda t, x, y: t.bmm(x, y), (2, 1, 3), (2, 3, 2)),
    case("bmm", lambda t, x, y: x.bmm(y), (0, 1, 3), (0, 3, 2)),
    case("mv", lambda t, x, y: t.mv(x, y), (2, 3), (3,)),
    case("mv", lambda t, x, y: x.mv(y), whole([[1, 2]]), whole([3, 4]), first=False),
    case("dot", lambda t, x, y: t.dot(x, y), (3,), (3,)),
    case("dot", lambda t, x: x.dot(x), (3,)),
    case("dot", lambda t, x, y: x.dot(y), whole([1, 2]), whole([3, 4]), first=False),
    case("vdot", lambda t, x, y: t.vdot(x, y), (3,), (3,)),
    case("vdot", lambda t, x, y: x.vdot(y), (0,), (0,)),
    case("inner", lambda t, x, y: t.inner(x, y), (2, 3), (3,)),
    case("inner", lambda t, x, y: x.inner(y), (2, 1, 2), (3, 2)),
    case("inner", lambda t, x, y: x.inner(y), (), (2, 2)),
    case("outer", lambda t, x, y: t.outer(x, y), (2,), (3,)),
    case("outer", lambda t, x, y: x.outer(y), (2,), whole([1, 2])),
    case("outer", lambda t, x, y: x.outer(y), truth([True, False]), truth([True]), first=False),
    case("ger", lambda t, x, y: t.ger(x, y), (2,), (0,)),
    case("ger", lambda t, x, y: x.ger(y), (2,), (3,)),
    case("kron", lambda t, x, y: t.kron(x, y), (2, 2), (1, 3)),
    case("kron", lambda t, x, y: x.kron(y), (2,), (2, 1, 2)),
    case("kron", lambda t, x, y: x.kron(y), (), (2,)),
    case(
        "chain_matmul", quietly(lambda t, x, y, z: t.chain_matmul(x, y, z)), (2, 3), (3, 1), (1, 2)
    ),
    case("chain_matmul", quietly(lambda t, x: t.chain_matmul(x)), (2, 2)),
    case("cross", quietly(lambda t, x, y: t.cross(x, y)), (2, 3), (2, 3)),
    case("cross", quietly(lambda t, x, y: x.cross(y)), (3, 1), (3, 2)),
    case("cross", lambda t, x, y: t.cross(x, y, dim=-1), (1, 3), (3, 3)),
    case(
        "cross", lambda t, x, y: x.cross(y, 1), whole([[1, 2, 3]]), whole([[3, 5, 7]]), first=False
    ),
    case("linalg.cross", lambda t, x, y: t.linalg.cross(x, y), (3, 3), (1, 3)),
    case("linalg.cross", lambda t, x, y: t.linalg.cross(x, y, dim=0), (3, 2), (3, 1)),
]
TENSORDOT = [
    case("tensordot", lambda t, x, y: t.tensordot(x, y), (2, 2, 3), (2, 3)),
    case("tensordot", lambda t, x, y: t.tensordot(x, y, dims=1), (2, 3), (3, 2)),
    case("tensordot", lambda t, x, y: t.tensordot(x, y, 0), (2,), (3,)),
    case("tensordot", lambda t, x, y: t.tensordot(x, y, ([0, -1], [1, 0])), (2, 2, 3), (3, 2)),
    case("tensordot", lambda t, x, y: t.tensordot(x, y, 1), (2, 1), (3, 2)),
    case("tensordot", lambda t, x, y: t.tensordot(x, y, ([0], [1])), (2, 0), (3, 2)),
]
ADDED = [
    *added("addmm", (2, 2), (2, 3), (3, 2)),
    *added("addmv", (2,), (2, 3), (3,)),
    *added("addr", (2, 3), (2,), (3,)),
    *added("addbmm", (1, 2), (2, 2, 1), (2, 1, 2)),
    *added("baddbmm", (2, 1, 1), (2, 1, 2), (2, 2, 2)),
    case("addmm", lambda t, c, a, b: t.addmm(c, a, b), (), (2, 0), (0, 2)),
    case("addmm", lambda t, c, a, b: t.addmm(c, a, b.t(), alpha=0.5), (2,), (2, 1), (2, 1)),
]
EINSUM = [
    contraction("ij,jk->ik", (2, 3), (3, 2)),
    contraction("ij,jk", (2, 3), (3, 2)),
    contraction("bA,Aa", (2, 3), (3, 2)),
    contraction(" i j -> j i ", (2, 3)),
    contraction("ii", (3, 3)),
    contraction("iij->ji", (2, 2, 3)),
    contraction("ijij->i", (2, 3, 2, 3)),
    contraction("ij->", (2, 3)),
    contraction("ij->j", (0, 3)),
    contraction("", ()),
    contraction(",i", (), (3,)),
    contraction("i,j->ji", (2,), (3,)),
    contraction("ij,ij->ij", (2, 3), (2, 3)),
    contraction("ij,ij->i", (2, 3), (2, 3)),
    contraction("bij,bjk->bki", (2, 1, 3), (2, 3, 2)),
    contraction("ij,jk->k", (2, 3), (3, 2)),
    contraction("...ij,...jk->...ik", (2, 1, 1, 3), (2, 3, 2)),
    contraction("...ij->...", (2, 1, 3)),
    contraction("i...,i...", (2, 3), (2, 1)),
    contraction("...,...->...", (3,), (2, 1)),
    contraction("ij,ij->j", (1, 3), (2, 3)),
    contraction("ij,jk,kl->il", (2, 3), (3, 1), (1, 2)),
    contraction("ik,jk,lk,k->ijl", (2, 2), (1, 2), (2, 2), (2,)),
    contraction("ij,jk->ik", (2, 0), (0, 2)),
    case("einsum", lambda t, x, y: t.einsum("i,i", [x, y]), (3,), (3,)),
    case("einsum", lambda t, x, y: t.einsum(x, [0, 1], y, [1, 2], [2, 0]), (2, 3), (3, 2)),
    case("einsum", lambda t, x, y: t.einsum(x, [27, 0], y, [0, 3]), (2, 3), (3, 2)),
    case("einsum", lambda t, x: t.einsum(x, [..., 0, 0], [0, ...]), (2, 3, 3)),
    case(
        "einsum",
        lambda t, x, y: t.einsum("ij,jk", x, y),
        whole([[1, 2]]),
        whole([[3], [4]]),
        first=False,
    ),
]
CDIST = [
    case("cdist", lambda t, x, y: t.cdist(x, y), (2, 3), (3, 3), second=False),
    case("cdist", lambda t, x, y: t.cdist(x, y), (2, 1, 2), (2, 2), second=False),
    *(
        case("cdist", lambda t, x, y, p=p: t.cdist(x, y, p), (2, 2), (3, 2), second=False)
        for p in (1, 1.5, 3, inf)
    ),
    # Where the differences are 0, and where two of them are the largest.
    *(
        case(
            "cdist",
            lambda t, x, y, p=p: t.cdist(x, y, p=p),
            [[1.0, 2.0], [0.0, 0.0]],
            [[1.0, 2.0], [1.0, 1.0]],
            second=False,
            smooth=False,
        )
        for p in (0.5, 1, 1.5, 2, 3, inf)
    ),
    case(
        "cdist",
        lambda t, x, y: t.cdist(x, y, p=0),
        [[1.0, 2.0]],
        [[1.0, 3.0]],
        second=False,
        smooth=False,
    ),
    case("cdist", lambda t, x, y: t.cdist(x, y), (0, 3), (2, 3), second=False),
    case("cdist", lambda t, x, y: t.cdist(x, y, inf), (1, 0), (2, 0), second=False),
    # So many that torch, and we, multiply matrices.
    case("cdist", lambda t, x, y: t.cdist(x, y), (26, 1), (1, 1), smooth=False, second=False),
    case(
        "cdist",
        lambda t, x, y: t.cdist(x, y, compute_mode="use_mm_for_euclid_dist"),
        (2, 2),
        (2, 2),
        second=False,
        domain=GAP,
    ),
]
CASES = [*MATMUL, *PLAIN, *TENSORDOT, *ADDED, *EINSUM, *CDIST]
