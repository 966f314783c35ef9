"""Max pooling by a fraction."""

from __future__ import annotations

from math import nan
from typing import Any

from tests.cases.case import Case, case, refused
from tests.cases.nn.module import F, module

NAME = "fractional_max_pool"
DRAWN = [0.0, 0.3, 0.62, 0.999, 0.5, 0.1]


def samples(t: Any, ndim: int, *lead: int, **options: Any) -> Any:
    """Return numbers for `lead` (N, C) channels."""
    count = lead[0] * lead[1] * ndim
    return t.tensor((DRAWN * count)[:count], **options).reshape(*lead, ndim)


def pool(
    ndim: int, input: Any, lead: tuple[int, int], *options: Any, smooth: bool = True, **named: Any
) -> Case:
    """Make the case of a pooling with options and known samples."""

    def call(t: Any, x: Any) -> Any:
        drawn = samples(t, ndim, *lead, dtype=x.dtype)
        function = getattr(t.nn.functional, f"{NAME}{ndim}d")
        return function(x, *options, _random_samples=drawn, **named)

    return case(F + f"{NAME}{ndim}d", call, input, smooth=smooth, second=False)


CASES = [
    pool(2, (2, 1, 5, 4), (2, 1), 2, 3),
    pool(2, (2, 5, 5), (1, 2), (1, 2), (4, 2), return_indices=True),
    pool(2, (1, 1, 5, 6), (1, 1), 2, None, (0.4, 0.7)),
    pool(2, (1, 1, 4, 4), (1, 1), 2, 1, return_indices=True),
    pool(2, (1, 1, 4, 4), (1, 1), 4, output_ratio=(0.25, 0.3)),
    pool(2, (1, 1, 3, 3), (1, 1), 2, (0, 2)),
    pool(2, (0, 1, 3, 3), (0, 1), 2, 2),
    pool(2, [[[1.0, 1.0, 0.0], [1.0, 1.0, 2.0], [0.0, 2.0, 2.0]]], (1, 1), 2, 2, smooth=False),
    pool(
        2,
        [[[1.0, nan, 3.0], [nan, 2.0, 2.0], [0.0, 0.0, 0.0]]],
        (1, 1),
        *(2, 2, None, True),
        smooth=False,
    ),
    pool(3, (1, 1, 4, 5, 4), (1, 1), 2, 2, return_indices=True),
    pool(3, (2, 4, 4, 2), (1, 2), (1, 2, 1), (3, 2, 1)),
    pool(3, (1, 1, 4, 4, 3), (1, 1), 2, output_ratio=(0.5, 0.3, 0.4)),
]

MODULES = [
    module(
        "FractionalMaxPool2d",
        lambda nn: nn.FractionalMaxPool2d(2, 3, return_indices=True),
        (1, 2, 4, 4),  # of which only one choice is possible
    ),
    module("FractionalMaxPool2d", lambda nn: nn.FractionalMaxPool2d((1, 4), (4, 1)), (2, 4, 4)),
    module(
        "FractionalMaxPool2d", lambda nn: nn.FractionalMaxPool2d(4, output_ratio=0.3), (1, 4, 4)
    ),
    module("FractionalMaxPool3d", lambda nn: nn.FractionalMaxPool3d(2, 2), (1, 1, 4, 4, 4)),
    module(
        "FractionalMaxPool3d",
        lambda nn: nn.FractionalMaxPool3d(2, output_ratio=(0.5, 0.5, 0.5)),
        (1, 4, 4, 4),
    ),
]


def pooled(t: Any, *options: Any, shape: tuple[int, ...] = (1, 2, 5, 5), **named: Any) -> Any:
    return getattr(t.nn.functional, f"{NAME}{len(shape) - 2}d")(t.zeros(shape), *options, **named)


def layer(t: Any, ndim: int, *options: Any, **named: Any) -> Any:
    return getattr(t.nn, f"FractionalMaxPool{ndim}d")(*options, **named)


VOLUME = (1, 1, 5, 5, 5)

ERRORS = [
    refused(F + "fractional_max_pool", call, phrase, kind)
    for call, phrase, kind in [
        (
            lambda t: pooled(t, 2),
            "fractional_max_pool2d requires specifying either an output_size or an output_ratio",
            ValueError,
        ),
        (
            lambda t: pooled(t, 2, shape=VOLUME),
            "fractional_max_pool3d requires specifying either an output_size or an output_ratio",
            ValueError,
        ),
        (
            lambda t: pooled(t, 2, output_ratio=(0.5, 0.5, 0.5)),
            "fractional_max_pool2d requires output_ratio to either be a single Int or tuple of Int",
            ValueError,
        ),
        (
            lambda t: pooled(t, (1, 2, 3), 2),
            "fractional_max_pool2d: kernel_size must either be a single Int or tuple of Ints",
            RuntimeError,
        ),
        (
            lambda t: pooled(t, 2, (2, 2, 2)),
            "fractional_max_pool2d: output_size must either be a single Int or tuple of Ints",
            RuntimeError,
        ),
        (
            lambda t: t.nn.functional.fractional_max_pool2d(t.zeros(5, 5), 2, 2),
            "Dimension out of range",
            IndexError,
        ),
        (
            lambda t: pooled(t, 2, 2, shape=(2, 0, 5, 5)),
            "Expected input to have non-zero size for non-batch dimensions, but got",
            RuntimeError,
        ),
        (
            lambda t: pooled(t, 2, -1),
            "Trying to create tensor with negative dimension -1",
            RuntimeError,
        ),
        *[
            (
                lambda t, sizes=sizes, shape=shape: pooled(t, 3, sizes, shape=shape),
                f"pool {what} 3 too large relative to input {what} 5",
                RuntimeError,
            )
            for what, sizes, shape in (
                ("height", 4, (1, 2, 5, 5)),
                ("width", (2, 4), (1, 2, 5, 5)),
                ("time", (4, 2, 2), VOLUME),
                ("height", (2, 4, 2), VOLUME),
                ("width", (2, 2, 4), VOLUME),
            )
        ],
        (
            lambda t: pooled(t, 2, 2, _random_samples=t.zeros(1, 2, 2, dtype=t.float64)),
            "Expect _random_samples to have the same dtype as input",
            RuntimeError,
        ),
        *[
            (
                lambda t, shape=shape: pooled(t, 2, 2, _random_samples=t.zeros(shape)),
                phrase,
                RuntimeError,
            )
            for shape, phrase in (
                ((2, 2), "Expect _random_samples to have 3 dimensions, got 2"),
                ((1, 3, 2), "Expect _random_samples.size(1) equals to input channel size"),
                ((1, 2, 3), "Expect _random_samples.size(2) equals to 2; got 3."),
            )
        ],
        *[
            (lambda t, ndim=ndim, named=named: layer(t, ndim, 2, **named), phrase, ValueError)
            for ndim in (2, 3)
            for named, phrase in (
                ({}, f"FractionalMaxPool{ndim}d requires specifying either an output size, or a"),
                (
                    {"output_size": 2, "output_ratio": 0.5},
                    "only one of output_size and output_ratio may be specified",
                ),
                ({"output_ratio": 1.5}, "output_ratio must be between 0 and 1 (got 1.5)"),
                ({"output_ratio": (0.0,) * ndim}, "output_ratio must be between 0 and 1 (got "),
            )
        ],
        (
            lambda t: layer(t, 3, (1, -1, 1), 2),
            "kernel_size must be greater than 0, but got (1, -1, 1)",
            ValueError,
        ),
    ]
]
