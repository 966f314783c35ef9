"""Pooling: by maxima and means, to given sizes, by powers, and back."""

from __future__ import annotations

from math import nan
from typing import Any

from tests.cases.case import Case, case, refused, whole
from tests.cases.nn.module import F, module


def pool(name: str, shape: tuple[int, ...], *options: Any, **named: Any) -> Case:
    """Make the case of a pooling with options."""
    return case(F + name, lambda t, x: getattr(t.nn.functional, name)(x, *options, **named), shape)


def tied(name: str, values: Any, *options: Any, **named: Any) -> Case:
    """Make the case of a pooling of values some of which are equal, or NaN."""
    call = lambda t, x: getattr(t.nn.functional, name)(x, *options, **named)  # noqa: E731
    return case(F + name, call, values, smooth=False, second=False)


CASES = [
    pool("max_pool1d", (2, 2, 5), 2),
    pool("max_pool1d", (2, 5), 3, 1, 1),
    pool("max_pool1d", (1, 7), 2, 2, 1, 2, True),
    pool("max_pool1d", (1, 1, 6), 3, 2, ceil_mode=True, return_indices=True),
    pool("max_pool1d", (0, 1, 4), 2),
    pool("max_pool2d", (2, 1, 4, 5), 2),
    pool("max_pool2d", (1, 3, 5), (2, 3), (1, 2), (1, 0)),
    pool("max_pool2d", (1, 1, 5, 5), 3, 2, 1, return_indices=True),
    pool("max_pool2d", (1, 1, 5, 5), 2, 3, 0, 2, True, True),
    pool("max_pool2d", (1, 1, 3, 3), 1),
    pool("max_pool3d", (1, 2, 2, 4, 3), 2),
    pool("max_pool3d", (1, 3, 3, 2), (2, 1, 2), 1, (1, 0, 0), 1, True, True),
    tied("max_pool1d", [[1.0, 1.0, 0.0, 2.0, 2.0, 2.0]], 3, return_indices=True),
    tied("max_pool1d", [[1.0, 1.0, 0.0, 2.0, 2.0, 2.0]], 2, 1),
    tied("max_pool1d", [[1.0, nan, nan, nan, nan, 2.0]], 2, return_indices=True),
    tied("max_pool2d", [[[1.0, 1.0, 0.0], [1.0, 1.0, 2.0]]], 2, 1, return_indices=True),
    case(
        F + "max_pool2d",
        lambda t, x: t.nn.functional.max_pool2d(x, 2, 1, 1, return_indices=True),
        whole([[[-3, -5], [-4, -2]]]),
        first=False,
    ),
    pool("avg_pool1d", (2, 2, 5), 2),
    pool("avg_pool1d", (2, 5), 3, 1, 1),
    pool("avg_pool1d", (1, 6), 3, 2, 1, True),
    pool("avg_pool1d", (1, 6), 3, 2, 1, True, False),
    pool("avg_pool2d", (2, 1, 4, 5), 2),
    pool("avg_pool2d", (1, 3, 5), (2, 3), (1, 2), (1, 0), count_include_pad=False),
    pool("avg_pool2d", (1, 1, 5, 4), 3, 2, 1, True, False),
    pool("avg_pool2d", (1, 1, 5, 4), 2, divisor_override=3),
    pool("avg_pool2d", (0, 1, 4, 4), 2),
    pool("avg_pool3d", (1, 1, 2, 4, 3), 2),
    pool("avg_pool3d", (1, 3, 3, 2), (2, 1, 2), 1, (1, 0, 0), True, False),
    pool("adaptive_avg_pool1d", (1, 2, 6), 3),
    pool("adaptive_avg_pool1d", (2, 5), 3),
    pool("adaptive_avg_pool2d", (2, 1, 3, 4), 1),
    pool("adaptive_avg_pool2d", (1, 1, 4, 5), (2, 3)),
    pool("adaptive_avg_pool2d", (1, 4, 5), (None, 7)),
    case(
        F + "adaptive_avg_pool2d",
        lambda t, x: t.nn.functional.adaptive_avg_pool2d(x, (0, 2)),
        (1, 1, 3, 2),
        first=False,
    ),
    pool("adaptive_avg_pool3d", (1, 1, 2, 3, 4), (1, 2, 2)),
    pool("adaptive_avg_pool3d", (1, 1, 2, 3, 4), 1),
    pool("adaptive_max_pool1d", (1, 2, 6), 3, True),
    pool("adaptive_max_pool1d", (2, 5), 3),
    pool("adaptive_max_pool2d", (1, 1, 4, 5), (2, 3), True),
    pool("adaptive_max_pool2d", (2, 3, 4), 1),
    pool("adaptive_max_pool2d", (1, 3, 4), (None, 5), True),
    pool("adaptive_max_pool3d", (1, 1, 2, 3, 4), (1, 2, 3), True),
    pool("adaptive_max_pool2d", (0, 1, 4, 5), (2, 3), True),
    pool("adaptive_max_pool3d", (0, 1, 2, 3, 4), (1, 2, 3)),
    tied("adaptive_max_pool1d", [[1.0, 2.0, 2.0, 2.0, 0.0]], 3, True),
    *[
        case(
            F + f"lp_pool{ndim}d",
            lambda t, x, p=p, ndim=ndim, more=more: getattr(t.nn.functional, f"lp_pool{ndim}d")(
                x, p, 2, *more
            ),
            (1, 1, *(5, 2, 2)[:ndim]),
            domain=(0.1, 2.0),
        )
        for ndim, p, more in [(1, 2, ()), (1, 3, (1, True)), (2, 2, ()), (2, 1.5, (1,)), (3, 2, ())]
    ],
    case(
        F + "max_unpool1d",
        lambda t, x, i: t.nn.functional.max_unpool1d(x, i, 2),
        (1, 1, 2),
        whole([[[1, 2]]]),
    ),
    case(
        F + "max_unpool2d",
        lambda t, x, i: t.nn.functional.max_unpool2d(x, i, 2, output_size=(5, 4)),
        (1, 2, 2),
        whole([[[0, 7], [10, 18]]]),
    ),
    case(
        F + "max_unpool2d",
        lambda t, x, i: t.nn.functional.max_unpool2d(x, i, 3, 2, 1, (1, 1, 4, 3)),
        (1, 1, 2, 2),
        whole([[[[0, 2], [6, 8]]]]),
    ),
    case(
        F + "max_unpool3d",
        lambda t, x, i: t.nn.functional.max_unpool3d(x, i, (1, 2, 2)),
        (1, 1, 2, 1, 1),
        whole([[[[[3]], [[4]]]]]),
    ),
]

MODULES = [
    module("MaxPool1d", lambda nn: nn.MaxPool1d(2), (1, 2, 5)),
    module("MaxPool2d", lambda nn: nn.MaxPool2d((2, 3), 1, 1, 1, True, True), (1, 1, 3, 4)),
    module("MaxPool2d", lambda nn: nn.MaxPool2d(2), (1, 2, 4, 4)),
    module("MaxPool3d", lambda nn: nn.MaxPool3d(2, stride=1), (1, 2, 3, 2)),
    module("AvgPool1d", lambda nn: nn.AvgPool1d(2), (1, 2, 5)),
    module("AvgPool1d", lambda nn: nn.AvgPool1d(3, 2, 1, True, False), (1, 6)),
    module("AvgPool2d", lambda nn: nn.AvgPool2d(2, None, 1, True, False, 3), (1, 1, 3, 4)),
    module("AvgPool3d", lambda nn: nn.AvgPool3d((1, 2, 1)), (1, 2, 3, 2)),
    module("AdaptiveAvgPool1d", lambda nn: nn.AdaptiveAvgPool1d(3), (1, 5)),
    module("AdaptiveAvgPool2d", lambda nn: nn.AdaptiveAvgPool2d((None, 3)), (1, 1, 2, 6)),
    module("AdaptiveAvgPool3d", lambda nn: nn.AdaptiveAvgPool3d(1), (1, 2, 3, 2)),
    module("AdaptiveMaxPool1d", lambda nn: nn.AdaptiveMaxPool1d(3), (1, 5)),
    module("AdaptiveMaxPool2d", lambda nn: nn.AdaptiveMaxPool2d(3, True), (1, 1, 3, 5)),
    module("AdaptiveMaxPool3d", lambda nn: nn.AdaptiveMaxPool3d((1, 2, None)), (1, 2, 3, 2)),
    module("LPPool1d", lambda nn: nn.LPPool1d(2, 3), (1, 6), domain=(0.1, 2.0)),
    module("LPPool2d", lambda nn: nn.LPPool2d(2, 3, 2, True), (1, 4, 4), domain=(0.1, 2.0)),
    module("LPPool3d", lambda nn: nn.LPPool3d(1.5, 2), (1, 2, 2, 3), domain=(0.1, 2.0)),
    module("MaxUnpool1d", lambda nn: nn.MaxUnpool1d(2), (1, 1, 2), whole([[[1, 2]]])),
    module(
        "MaxUnpool2d",
        lambda nn: nn.MaxUnpool2d((2, 1), 2, (1, 0)),
        (1, 1, 2, 2),
        whole([[[[0, 2], [3, 5]]]]),
        call=lambda m, x, i: m(x, i, output_size=(2, 4)),
    ),
    module(
        "MaxUnpool3d",
        lambda nn: nn.MaxUnpool3d((1, 2, 2)),
        (1, 1, 2, 1, 1),
        whole([[[[[3]], [[4]]]]]),
    ),
]


def call(name: str, shape: tuple[int, ...], *options: Any, **named: Any) -> Any:
    return lambda t: getattr(t.nn.functional, name)(t.zeros(shape), *options, **named)


X = (1, 2, 4, 4)
SMALL = "pad should be at most half of effective kernel size"


def unpool(places: Any, **options: Any) -> Any:
    return lambda t: t.nn.functional.max_unpool2d(
        t.zeros(1, 1, 2, 2), t.tensor([[places]]), 2, **options
    )


ERRORS = [
    refused("max_pool2d", call("max_pool2d", X, 2, 0), "stride should not be zero"),
    refused("avg_pool2d", call("avg_pool2d", X, 2, 0), "stride should not be zero"),
    refused("max_pool2d", call("max_pool2d", X, 2, padding=2), SMALL),
    refused("avg_pool3d", call("avg_pool3d", (1, 1, 4, 4, 4), 2, padding=2), SMALL),
    refused("max_pool2d", call("max_pool2d", X, 5), "Output size is too small"),
    refused("avg_pool2d", call("avg_pool2d", X, 5), "Output size is too small"),
    refused("max_pool2d", call("max_pool2d", X, (2, 2, 2)), "kernel_size"),
    refused(
        "max_pool2d",
        call("max_pool2d", (1, 2, 0, 4), 1),
        "Expected 3D or 4D (batch mode) tensor with optional 0 dim batch size for input, but got:",
    ),
    refused("max_pool2d", call("max_pool2d", X, 2, dilation=0), "should be greater than zero"),
    refused("max_pool2d", call("max_pool2d", X, 2, padding=-1), "pad"),
    refused("avg_pool2d", call("avg_pool2d", X, 2, divisor_override=0), "divisor must be not zero"),
    refused(
        "adaptive_avg_pool2d",
        call("adaptive_avg_pool2d", (4,), 2),
        "adaptive_avg_pool2d(): Expected 3D or 4D tensor, but got [4]",
    ),
    refused(
        "adaptive_avg_pool2d",
        call("adaptive_avg_pool2d", X, (2, 2, 2)),
        "adaptive_avg_pool2d: output_size must be 2",
    ),
    refused(
        "adaptive_avg_pool2d",
        call("adaptive_avg_pool2d", X, -1),
        "elements of output_size must be greater than or equal to 0 but received",
    ),
    refused(
        "adaptive_max_pool1d",
        call("adaptive_max_pool1d", (4,), 2),
        "Expected 2 to 3 dimensions, but got 1-dimensional tensor",
    ),
    refused(
        "adaptive_max_pool2d",
        call("adaptive_max_pool2d", (1, 2, 0, 4), 2),
        "to have non-zero size for non-batch dimensions",
    ),
    refused("max_unpool2d", unpool([[0, 1], [2, 99]]), "Found an invalid max index"),
    refused(
        "max_unpool2d", unpool([[0.0, 1.0], [2.0, 3.0]]), "elements in indices should be type int64"
    ),
    refused(
        "max_unpool2d",
        unpool([[0, 1, 2], [2, 3, 4]]),
        "Expected shape of indices to be same as that of the input tensor ([1, 1, 2, 2]) but got "
        "indices tensor with shape: [1, 1, 2, 3]",
    ),
    refused(
        "max_unpool2d",
        unpool([[0, 1], [2, 3]], output_size=(9, 9)),
        'invalid output_size "(9, 9)" (dim 0 must be between 2 and 6)',
        ValueError,
    ),
    refused(
        "max_unpool2d",
        unpool([[0, 1], [2, 3]], output_size=(9,)),
        "output_size should be a sequence containing 2 or 4 elements, but it has a length of '1'",
        ValueError,
    ),
]
