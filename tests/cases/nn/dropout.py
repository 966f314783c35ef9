"""Dropping elements at random: what can be compared of it."""

from __future__ import annotations

from typing import Any

from tests.cases.case import case, quietly, refused
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


CASES = [
    row
    for name, shape in SHAPES.items()
    for row in (
        case(F + name, lambda t, x, f=name: getattr(t.nn.functional, f)(x, 0.5, False), shape),
        case(F + name, lambda t, x, f=name: getattr(t.nn.functional, f)(x, 0.0, True), shape),
        case(F + name, lambda t, x, f=name: getattr(t.nn.functional, f)(x, 1.0, True), shape),
        case(F + name, lambda t, x, f=name: over(t, x, f), shape),
        case(
            F + name,
            lambda t, x, f=name: getattr(t.nn.functional, f)(x, 0.5, True),
            (0, *shape[1:]),
        ),
    )
]

MODULES = [
    module("Dropout", lambda nn: nn.Dropout(0.3), (2, 3), random=True),
    module("Dropout", lambda nn: nn.Dropout(1.0, inplace=True), (2, 3), call=lambda m, x: m(x * 2)),
    module("Dropout1d", lambda nn: nn.Dropout1d(), (2, 3, 2), random=True),
    module("Dropout1d", lambda nn: nn.Dropout1d(1.0), (3, 2)),
    module("Dropout2d", lambda nn: nn.Dropout2d(0.2, True), (2, 3, 2, 1), random=True),
    module("Dropout2d", lambda nn: nn.Dropout2d(1.0), (3, 2, 1), call=quietly(lambda m, x: m(x))),
    module("Dropout3d", lambda nn: nn.Dropout3d(), (2, 3, 1, 2, 1), random=True),
    module("Dropout3d", lambda nn: nn.Dropout3d(1.0), (3, 1, 2, 1)),
    module("Dropout3d", lambda nn: nn.Dropout3d(0.0), (3, 2), call=quietly(lambda m, x: m(x))),
    module("AlphaDropout", lambda nn: nn.AlphaDropout(), (2, 3), random=True),
    module("AlphaDropout", lambda nn: nn.AlphaDropout(1.0), (2, 3)),
    module("FeatureAlphaDropout", lambda nn: nn.FeatureAlphaDropout(0.2), (2, 3, 2), random=True),
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
