"""Dropping elements at random, from the same seed as torch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cases.case import case, quietly, refused, seeded
from tests.cases.nn.module import F, module

SHAPES: dict[str, tuple[int, ...]] = {
    "dropout": (2, 3),
    "dropout1d": (2, 3, 2),
    "dropout2d": (2, 3, 2, 1),
    "dropout3d": (2, 3, 1, 2, 1),
    "alpha_dropout": (2, 3),
    "feature_alpha_dropout": (2, 3, 2),
}


def over(t: Any, x: Any, name: str) -> Any:
    """Drop everything of what was computed, in place."""
    y = x * 2
    return getattr(t.nn.functional, name)(y, 1.0, True, True), y


# Drawn from a seed: plain, in place, and in the order in memory of what is not contiguous.
GIVEN: list[Callable[[Any], tuple[Any, ...]]] = [
    lambda x: (x, 0.5, True),
    lambda x: (x * 2, 0.3, True, True),
    lambda x: (x.transpose(0, 1) * 2, 0.3, True),
]


def called(t: Any, name: str, *arguments: Any) -> Any:
    """Call a function of nn."""
    return getattr(t.nn.functional, name)(*arguments)


CASES = [
    row
    for name, shape in SHAPES.items()
    for row in (
        case(F + name, lambda t, x, f=name: getattr(t.nn.functional, f)(x, 0.5, False), shape),
        case(F + name, lambda t, x, f=name: getattr(t.nn.functional, f)(x, 0.0, True), shape),
        case(F + name, lambda t, x, f=name: getattr(t.nn.functional, f)(x, 1.0, True), shape),
        case(F + name, lambda t, x, f=name: over(t, x, f), shape),
        *[
            case(F + name, seeded(lambda t, x, f=name, g=given: called(t, f, *g(x))), shape)
            for given in GIVEN
        ],
        case(
            F + name,
            lambda t, x, f=name: getattr(t.nn.functional, f)(x, 0.5, True),
            (0, *shape[1:]),
        ),
    )
]

MODULES = [
    module("Dropout", lambda nn: nn.Dropout(0.3), (2, 3)),
    module("Dropout", lambda nn: nn.Dropout(1.0, inplace=True), (2, 3), call=lambda m, x: m(x * 2)),
    module("Dropout1d", lambda nn: nn.Dropout1d(), (2, 3, 2)),
    module("Dropout1d", lambda nn: nn.Dropout1d(1.0), (3, 2)),
    module(
        "Dropout2d",
        lambda nn: nn.Dropout2d(0.2, True),
        (2, 3, 2, 1),
        call=lambda m, x: m(x * 2),
    ),
    module("Dropout2d", lambda nn: nn.Dropout2d(1.0), (3, 2, 1), call=quietly(lambda m, x: m(x))),
    module("Dropout3d", lambda nn: nn.Dropout3d(), (2, 3, 1, 2, 1)),
    module("Dropout3d", lambda nn: nn.Dropout3d(1.0), (3, 1, 2, 1)),
    module("Dropout3d", lambda nn: nn.Dropout3d(0.0), (3, 2), call=quietly(lambda m, x: m(x))),
    module("AlphaDropout", lambda nn: nn.AlphaDropout(), (2, 3)),
    module("AlphaDropout", lambda nn: nn.AlphaDropout(1.0), (2, 3)),
    module("FeatureAlphaDropout", lambda nn: nn.FeatureAlphaDropout(0.2), (2, 3, 2)),
]

ERRORS = [
    *[
        refused(
            F + name,
            lambda t, f=name, shape=shape: getattr(t.nn.functional, f)(t.zeros(shape), 1.5),
            "dropout probability has to be between 0 and 1, but got 1.5",
            ValueError,
        )
        for name, shape in SHAPES.items()
    ],
    *[
        refused(
            F + name,
            lambda t, f=name, shape=shape: getattr(t.nn.functional, f)(
                t.ones(shape, dtype=t.int64), 0.5, True
            ),
            "can't be cast to the desired output type",
        )
        for name, shape in SHAPES.items()
    ],
    refused(
        "Dropout",
        lambda t: t.nn.Dropout(-0.5),
        "dropout probability has to be between 0 and 1, but got -0.5",
        ValueError,
    ),
    refused(
        F + "dropout1d",
        lambda t: t.nn.functional.dropout1d(t.zeros(3)),
        "dropout1d: Expected 2D or 3D input, but received a 1D input",
    ),
    refused(
        F + "feature_alpha_dropout",
        lambda t: t.nn.functional.feature_alpha_dropout(t.zeros(3), 0.5, True),
        "Feature dropout requires at least 2 dimensions in the input",
    ),
]
