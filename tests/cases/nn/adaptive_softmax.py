"""Adaptive softmax."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, refused, whole
from tests.cases.nn.module import module

NAME = "AdaptiveLogSoftmaxWithLoss"


def make(nn: Any, *cutoffs: int, **options: Any) -> Any:
    return nn.AdaptiveLogSoftmaxWithLoss(16, 9, cutoffs, **options)


CASES: list[Case] = []

MODULES = [
    module(NAME, lambda nn: make(nn, 2, 5), (4, 16), whole([0, 6, 1, 3])),
    module(NAME, lambda nn: make(nn, 2, 5, div_value=2.0, head_bias=True), (16,), whole(7)),
    module(NAME, lambda nn: make(nn, 2, 5), (9, 16), whole([8, 3, 1, 6, 4, 0, 2, 7, 5])),
    module(NAME, lambda nn: make(nn, 8), (2, 16), whole([0, 7])),
    module(NAME, lambda nn: make(nn, 2, 5), (3, 16), call=lambda m, x: m.log_prob(x)),
    module(NAME, lambda nn: make(nn, 2, 5), (9, 16), call=lambda m, x: m.predict(x) * x.sum()),
    module(NAME, lambda nn: make(nn, 8), (2, 16), call=lambda m, x: m.predict(x) * x.sum()),
]


def call(t: Any, input: tuple[int, ...], target: Any) -> Any:
    return make(t.nn, 2, 5)(t.zeros(input), t.tensor(target))


ERRORS = [
    refused(NAME, act, phrase, kind)
    for act, phrase, kind in [
        (
            lambda t: make(t.nn),
            "cutoffs should be a sequence of length larger than 0",
            ValueError,
        ),
        *[
            (
                lambda t, cutoffs=cutoffs: make(t.nn, *cutoffs),
                "cutoffs should be a sequence of unique, positive integers sorted in an",
                ValueError,
            )
            for cutoffs in ((3, 3), (4, 2), (0, 4), (2, 9), (2.5, 4))
        ],
        (
            lambda t: call(t, (3, 16), [[1, 2, 3]]),
            "0D or 1D target tensor expected, multi-target not supported",
            RuntimeError,
        ),
        (
            lambda t: call(t, (3, 16), 1),
            "0D target tensor expects 1D input tensors, but found inputs with size",
            RuntimeError,
        ),
        (
            lambda t: call(t, (2, 3, 16), [1, 2]),
            "1D target tensor expects 2D input tensors, but found inputs with size",
            RuntimeError,
        ),
        (
            lambda t: call(t, (3, 16), [1, 2]),
            "Input and target should have the same size in the batch dimension",
            RuntimeError,
        ),
        *[
            (
                lambda t, other=other: call(t, (2, 16), [1, other]),
                "Target values should be in [0, 8], but values",
                RuntimeError,
            )
            for other in (9, -1)
        ],
    ]
]
