"""Losses of margins, pairs and triplets."""

from __future__ import annotations

from typing import Any

from tests.cases.case import case, refused, whole
from tests.cases.nn.losses_calls import reduced, weighted
from tests.cases.nn.module import F, module

PAIR = ((2, 3), (2, 3))
SIGNS = [[1.0, -1.0, 1.0], [-1.0, 1.0, -1.0]]
TRIPLET = ((2, 3), (2, 3), (2, 3))
SCORES = [[0.5, -1.2, 0.3, 0.9], [0.1, 0.4, 0.2, -0.6]]
LABELS = whole([[1, 3, -1, 0], [-1, 2, 2, 0]])


CASES = [
    *[
        case(
            F + "soft_margin_loss",
            lambda t, x, how=how: t.nn.functional.soft_margin_loss(
                x, t.tensor(SIGNS, dtype=x.dtype), reduction=how
            ),
            (2, 3),
        )
        for how in ("mean", "sum", "none")
    ],
    *reduced("multi_margin_loss", (3, 4), whole([1, 0, 3]), second=False),
    *reduced("multi_margin_loss", (3, 4), whole([1, 0, 3]), p=2, margin=0.5, second=False),
    *reduced("multi_margin_loss", (4,), whole(2), second=False),
    *reduced("multi_margin_loss", (4,), whole([2]), second=False),
    *reduced("multi_margin_loss", [[1.0, 0.0, 2.0]], whole([2]), smooth=False, second=False),
    *weighted("multi_margin_loss", 4, (3, 4), whole([1, 0, 3]), p=2, second=False),
    *reduced("multilabel_margin_loss", SCORES, LABELS, second=False),
    *reduced("multilabel_margin_loss", SCORES[0], whole([1, 3, -1, 0]), second=False),
    *reduced("multilabel_margin_loss", [1.0, 0.0], whole([0, -1]), smooth=False, second=False),
    *reduced("multilabel_soft_margin_loss", *PAIR),
    *reduced("multilabel_soft_margin_loss", (3,), (3,)),
    *weighted("multilabel_soft_margin_loss", 3, *PAIR),
    *reduced("margin_ranking_loss", *PAIR, SIGNS, margin=0.4),
    *reduced("margin_ranking_loss", [1.0, 2.0], [1.0, 1.0], [1.0, 1.0], smooth=False),
    *reduced("hinge_embedding_loss", (2, 3), SIGNS, margin=0.7, smooth=False),
    *reduced("hinge_embedding_loss", [1.0, 0.5, 2.0], [-1.0, 0.0, 1.0], smooth=False),
    *reduced("cosine_embedding_loss", *PAIR, whole([1, -1])),
    *reduced("cosine_embedding_loss", *PAIR, whole([-1, -1]), margin=-0.9),
    *reduced("cosine_embedding_loss", (3,), (3,), whole(1)),
    *reduced("triplet_margin_loss", *TRIPLET),
    *reduced("triplet_margin_loss", (3,), (3,), (3,)),
    *reduced("triplet_margin_loss", *TRIPLET, margin=3.0, p=1.0, eps=1e-3, swap=True),
    *reduced("triplet_margin_loss", *TRIPLET, p=3.0),
    *reduced("triplet_margin_with_distance_loss", *TRIPLET, swap=True),
    *reduced(
        "triplet_margin_with_distance_loss",
        *TRIPLET,
        distance_function=lambda x, y: ((x - y) * (x - y)).sum(-1),
        margin=2.0,
    ),
]

MODULES = [
    module(
        "SoftMarginLoss",
        lambda nn: nn.SoftMarginLoss(),
        (2, 3),
        SIGNS,
        call=lambda m, x, y: m(x, y.detach()),
    ),
    module("MultiMarginLoss", lambda nn: nn.MultiMarginLoss(), (2, 3), whole([0, 2])),
    module("MultiMarginLoss", lambda nn: nn.MultiMarginLoss(2, 0.5), (2, 3), whole([0, 2])),
    module("MultiLabelMarginLoss", lambda nn: nn.MultiLabelMarginLoss(), SCORES, LABELS),
    module("MultiLabelSoftMarginLoss", lambda nn: nn.MultiLabelSoftMarginLoss(), *PAIR),
    module("MarginRankingLoss", lambda nn: nn.MarginRankingLoss(0.4), *PAIR, SIGNS),
    module("HingeEmbeddingLoss", lambda nn: nn.HingeEmbeddingLoss(0.4), (2, 3), SIGNS),
    module("CosineEmbeddingLoss", lambda nn: nn.CosineEmbeddingLoss(0.1), *PAIR, whole([1, -1])),
    module("TripletMarginLoss", lambda nn: nn.TripletMarginLoss(), *TRIPLET),
    module("TripletMarginLoss", lambda nn: nn.TripletMarginLoss(2.0, 1.0, 0.1, True), *TRIPLET),
    module(
        "TripletMarginWithDistanceLoss",
        lambda nn: nn.TripletMarginWithDistanceLoss(margin=2.0, swap=True, reduction="sum"),
        *TRIPLET,
    ),
]


def _error(name: str, phrase: str, *shapes: Any, kind: type[Exception], **options: Any) -> Any:
    """Make the error of a loss of zeros: of a shape, or of values where they are a list."""

    def call(t: Any) -> Any:
        made = [t.tensor(one) if isinstance(one, list) else t.zeros(one) for one in shapes]
        extra = {
            key: t.zeros(value) if key == "weight" else value for key, value in options.items()
        }
        return getattr(t.nn.functional, name)(*made, **extra)

    return refused(F + name, call, phrase, kind)


ERRORS = [
    _error("multi_margin_loss", "only p == 1 and p == 2", (2, 3), [0, 1], kind=ValueError, p=3),
    *[
        _error("multi_margin_loss", phrase, shape, classes, kind=RuntimeError, **options)
        for phrase, shape, classes, options in [
            ("target out of range", (2, 3), [0, 3], {}),
            ("target tensor should be 1-D with size equal to", (2, 3), [0, 1, 2], {}),
            ("inconsistent weight size, expected 3 but got [2]", (2, 3), [0, 1], {"weight": 2}),
            ("expected scalar type Long but found ", (2, 3), (2,), {}),
            ("Expected non-empty vector or matrix with optional", (1, 2, 3), [0], {}),
        ]
    ],
    *[
        _error("multilabel_margin_loss", phrase, shape, classes, kind=RuntimeError)
        for phrase, shape, classes in [
            ("inconsistent target size: [2] for input of size: [3]", (3,), [1, -1]),
            ("argument #2 'target' is out of range", (3,), [1, -1, 3]),
            ("expected scalar type Long but found ", (3,), (3,)),
        ]
    ],
    _error(
        "margin_ranking_loss",
        "margin_ranking_loss : All input tensors should have same dimension but got sizes",
        *((2, 3), (3,), (2, 3)),
        kind=RuntimeError,
    ),
    _error(
        "cosine_embedding_loss",
        "0D or 1D target tensor expected, multi-target not supported",
        *((2, 3), (2, 3), (2, 3)),
        kind=RuntimeError,
    ),
    _error(
        "cosine_embedding_loss",
        "1D target tensor expects 2D input tensors, but found inputs with sizes [2, 3] and [3]",
        *((2, 3), (3,), (2,)),
        kind=RuntimeError,
    ),
    _error(
        "triplet_margin_loss",
        "tensors are expected to have the same number of dimensions, but got: anchor 2D, positive",
        *((2, 3), (3,), (3,)),
        kind=RuntimeError,
    ),
    _error(
        "triplet_margin_loss",
        "margin must be greater than 0, got -1",
        *((2,), (2,), (2,)),
        kind=ValueError,
        margin=-1,
    ),
    refused("MultiMarginLoss", lambda t: t.nn.MultiMarginLoss(3), "only p == 1 and", ValueError),
    refused(
        "MultiMarginLoss",
        lambda t: t.nn.MultiMarginLoss(weight=t.zeros(3, 3)),
        "MultiMarginLoss: expected weight to be None or 1D tensor, got 2D instead",
        ValueError,
    ),
    *[
        refused(
            name,
            lambda t, name=name: getattr(t.nn, name)(margin=-1),
            f"{name}: expected margin to be greater than 0, got -1 instead",
            ValueError,
        )
        for name in ("TripletMarginLoss", "TripletMarginWithDistanceLoss")
    ],
]
