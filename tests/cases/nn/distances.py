"""Distances."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, case, refused
from tests.cases.nn.module import F, ModuleCase, module

INFINITE = float("inf")


def pairs(p: float) -> list[Case]:
    """Make the cases of both distances by a norm."""

    def all_pairs(t: Any, x: Any) -> Any:
        return t.nn.functional.pdist(x, p)

    def pairwise(t: Any, x: Any, y: Any) -> Any:
        return t.nn.functional.pairwise_distance(x, y, p)

    counted = p == 0  # no derivative
    return [
        case(F + "pdist", all_pairs, (3, 2), second=False),
        case(F + "pairwise_distance", pairwise, (2, 3), (2, 3), first=not counted),
    ]


CASES = [
    *[row for p in (0.0, 0.5, 1.0, 2.0, 3.0, INFINITE) for row in pairs(p)],
    # Torch 2.13 crashes on the way back through no points at all.
    case(F + "pdist", lambda t, x: t.nn.functional.pdist(x), (0, 2), first=False),
    case(F + "pdist", lambda t, x: t.nn.functional.pdist(x), (1, 2), first=False),
    case(
        F + "pdist",
        lambda t, x: t.nn.functional.pdist(x),
        [[1.0, 2.0], [1.0, 2.0], [3.0, 3.0]],
        second=False,
        smooth=False,
    ),
    case(
        F + "pairwise_distance",
        lambda t, x, y: t.nn.functional.pairwise_distance(x, y, keepdim=True),
        (2, 3),
        (3,),
    ),
    case(
        F + "pairwise_distance", lambda t, x, y: t.nn.functional.pairwise_distance(x, y), (3,), (3,)
    ),
    case(
        F + "pairwise_distance",
        lambda t, x, y: t.nn.functional.pairwise_distance(x, y, eps=0.0),
        [[1.0, 2.0], [0.0, 3.0]],
        [[1.0, 2.0], [3.0, -1.0]],
        second=False,
        smooth=False,
    ),
    case(
        F + "cosine_similarity",
        lambda t, x, y: t.nn.functional.cosine_similarity(x, y),
        (2, 3),
        (2, 3),
    ),
    case(
        F + "cosine_similarity",
        lambda t, x, y: t.nn.functional.cosine_similarity(x, y, dim=0),
        (2, 3),
        (2, 1),
    ),
    case(
        F + "cosine_similarity",
        lambda t, x, y: t.nn.functional.cosine_similarity(x, y, -1, 9.0),
        (3,),
        (2, 3),
        smooth=False,
    ),
    case(
        F + "cosine_similarity",
        lambda t, x, y: t.nn.functional.cosine_similarity(x, y),
        [[0.0, 0.0]],
        [[1.0, 2.0]],
        second=False,
        smooth=False,
    ),
    case(F + "normalize", lambda t, x: t.nn.functional.normalize(x), (2, 3)),
    case(F + "normalize", lambda t, x: t.nn.functional.normalize(x, 1.0, 0), (2, 3)),
    case(F + "normalize", lambda t, x: t.nn.functional.normalize(x, INFINITE, -1), (2, 3)),
    case(F + "normalize", lambda t, x: t.nn.functional.normalize(x, dim=(0, 1)), (2, 3)),
    case(F + "normalize", lambda t, x: t.nn.functional.normalize(x, eps=9.0), (2, 3)),
]

MODULES: list[ModuleCase] = [
    module("CosineSimilarity", lambda nn: nn.CosineSimilarity(), (2, 3), (2, 3)),
    module("CosineSimilarity", lambda nn: nn.CosineSimilarity(0, 1.5), (2, 3), (2, 1)),
    module("PairwiseDistance", lambda nn: nn.PairwiseDistance(), (2, 3), (2, 3)),
    module("PairwiseDistance", lambda nn: nn.PairwiseDistance(1, 0.5, True), (2, 3), (3,)),
]

ERRORS = [
    refused(
        F + "cosine_similarity",
        lambda t: t.nn.functional.cosine_similarity(t.tensor([1]), t.tensor([2]), 0),
        "expected common dtype to be floating point",
    ),
    refused(
        F + "pdist",
        lambda t: t.nn.functional.pdist(t.zeros(2)),
        "pdist only supports 2D tensors, got: 1D",
    ),
    refused(
        F + "pdist",
        lambda t: t.nn.functional.pdist(t.zeros(2, 3), -1),
        "pdist only supports non-negative p values",
    ),
]
