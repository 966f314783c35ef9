"""Losses of classes where nothing counts: all samples ignored or of weight 0, or there are none."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, ErrorCase, case, whole
from tests.cases.nn.module import F, ModuleCase

IGNORED = -100
# Shapes of logits, and classes for them.
TARGETS: list[tuple[tuple[int, ...], Any]] = [
    ((3, 4), [IGNORED] * 3),
    ((3, 4), [IGNORED, 1, IGNORED]),
    ((3, 4), [0, 3, 0]),
    ((3, 4), [0, 3, IGNORED]),
    ((4,), IGNORED),
    ((2, 4, 2), [[IGNORED] * 2] * 2),
    ((2, 4, 2), [[0, 3], [0, IGNORED]]),
    ((1, 4, 2, 1), [[[IGNORED], [IGNORED]]]),
    ((0, 4), []),
    ((2, 4, 0), [[], []]),
]
WEIGHTS = [None, [0.0] * 4, [0.0, 1.0, 2.0, 0.0]]


def of_classes(name: str, how: str, weight: list[float] | None, **options: Any) -> Any:
    """Return the call of a loss by a reduction, with the weights of classes."""
    return lambda t, x, target: getattr(t.nn.functional, name)(
        x,
        target,
        weight=None if weight is None else t.tensor(weight, dtype=x.dtype),
        reduction=how,
        **options,
    )


def none_left(shape: tuple[int, ...], smoothing: float, how: str) -> Case:
    """Make the case of probabilities whose classes all have the weight 0."""
    call = of_classes("cross_entropy", how, [0.0] * 4, label_smoothing=smoothing)
    return case(F + "cross_entropy", call, shape, shape, smooth=0 not in shape)


CASES = [
    *[
        case(
            F + name, of_classes(name, how, weight, **options), shape, whole(classes), smooth=False
        )
        for name, options in (
            ("nll_loss", {}),
            ("cross_entropy", {}),
            ("cross_entropy", {"label_smoothing": 0.2}),
            ("cross_entropy", {"label_smoothing": 1.0}),
        )
        for how in ("mean", "sum", "none")
        for weight in WEIGHTS
        for shape, classes in TARGETS
    ],
    *[
        none_left(shape, smoothing, how)
        for shape in ((2, 4), (0, 4), (2, 4, 0))
        for smoothing in (0.0, 0.2)
        for how in ("mean", "sum", "none")
    ],
]

MODULES: list[ModuleCase] = []
ERRORS: list[ErrorCase] = []
