"""Attention as a function."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, ErrorCase, case, single, truth
from tests.cases.nn.module import F, ModuleCase

Q, K, V = (1, 2, 3), (1, 4, 3), (1, 4, 2)
MASK = truth([[True, False, True, True], [True, True, True, False]])


def attention(
    *more: Any,
    shapes: tuple[tuple[int, ...], ...] = (Q, K, V),
    second: bool = True,
    **options: Any,
) -> Case:
    """Make the case of attention with options."""
    return case(
        F + "scaled_dot_product_attention",
        lambda t, q, k, v, *mask: t.nn.functional.scaled_dot_product_attention(
            q, k, v, *mask, **options
        ),
        *shapes,
        *more,
        second=second,
    )


CASES = [
    attention(),
    attention(scale=0.3),
    attention(is_causal=True),
    attention(MASK),
    attention((2, 4)),
    attention((1, 1, 4)),
    attention(shapes=((2, 3), (2, 3), (2, 3)), is_causal=True),
    # Of four dimensions torch has no second derivative.
    attention(shapes=((1, 2, 2, 2), (1, 2, 3, 2), (1, 2, 3, 2)), second=False),
    attention(shapes=((1, 4, 2, 1), (1, 2, 2, 1), (1, 2, 2, 1)), enable_gqa=True, second=False),
    case(
        F + "scaled_dot_product_attention",
        lambda t, q, k, v, m: t.nn.functional.scaled_dot_product_attention(q, k, v, m),
        (2, 3),
        (2, 3),
        (2, 1),
        truth([[False, False], [True, False]]),
        second=False,
    ),
    attention((4,)),
    attention(single([[0.5, -1.0, 2.0, 0.0]])),
    attention(is_causal=True, scale=-1.0),
    # Of several heads of a query, each has the key and the value of its group.
    attention(shapes=((4, 2, 1), (2, 2, 1), (2, 2, 1)), enable_gqa=True),
    attention(shapes=((1, 4, 2, 1), (1, 1, 2, 1), (1, 2, 2, 1)), enable_gqa=True, second=False),
    # There may be no keys, no queries, no features.
    attention(shapes=((1, 2, 3), (1, 0, 3), (1, 0, 2))),
    attention(shapes=((1, 0, 3), (1, 4, 3), (1, 4, 2))),
    attention(shapes=((2, 0), (2, 0), (2, 2))),
    # What is drawn with these probabilities is known.
    attention(dropout_p=-1.0),
    attention(dropout_p=1.0),
]

MODULES: list[ModuleCase] = []
ERRORS: list[ErrorCase] = []
