"""Convolutions, transposed or not."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, case, quietly, refused
from tests.cases.nn.module import F, module


def convolution(
    name: str, x: tuple[int, ...], w: tuple[int, ...], *more: tuple[int, ...], **options: Any
) -> Case:
    """Make the case of a convolution with options."""
    return case(
        F + name,
        # Torch warns that padding="same" may copy the input.
        quietly(lambda t, x, w, *bias: getattr(t.nn.functional, name)(x, w, *bias, **options)),
        x,
        w,
        *more,
        domain=(-1.0, 1.0),
    )


CASES = [
    convolution("conv1d", (2, 2, 5), (3, 2, 2), (3,)),
    convolution("conv1d", (2, 5), (3, 2, 2)),
    convolution("conv1d", (1, 1, 4), (1, 1, 1)),
    convolution("conv1d", (1, 2, 7), (2, 2, 3), stride=2, padding=1, dilation=2),
    convolution("conv1d", (1, 4, 5), (4, 1, 2), (4,), groups=4, padding=1),
    convolution("conv1d", (1, 1, 4), (2, 1, 4), padding="same"),
    convolution("conv1d", (1, 1, 4), (2, 1, 3), (2,), padding="valid"),
    convolution("conv1d", (1, 1, 9), (1, 1, 2), stride=4),
    convolution("conv1d", (0, 2, 5), (3, 2, 2), (3,)),
    convolution("conv2d", (2, 2, 3, 4), (3, 2, 2, 3), (3,)),
    convolution("conv2d", (2, 3, 4), (3, 2, 2, 3), (3,)),
    convolution("conv2d", (2, 1, 4, 3), (5, 1, 2, 2)),
    convolution("conv2d", (1, 2, 4, 4), (2, 2, 3, 3), (2,), padding=1),
    convolution("conv2d", (1, 2, 5, 5), (2, 2, 3, 3), stride=2, padding=(1, 2)),
    convolution("conv2d", (1, 1, 5, 5), (1, 1, 2, 2), dilation=(1, 2), padding=(1, 0)),
    convolution("conv2d", (1, 4, 3, 3), (2, 2, 2, 2), (2,), groups=2, stride=(2, 1), padding=1),
    convolution("conv2d", (1, 1, 3, 4), (1, 1, 2, 3), padding="same", dilation=(1, 2)),
    convolution("conv3d", (1, 1, 2, 3, 3), (2, 1, 2, 2, 2), (2,)),
    convolution("conv3d", (2, 2, 2, 3), (2, 2, 1, 2, 2), stride=(1, 1, 2), padding=(0, 1, 1)),
    # Windows of one element, in and beside the input.
    *[
        convolution(f"conv{d}d", (2, 2, *(2, 3, 1)[:d]), (4, 2, *(1,) * d), (4,), **options)
        for d in (1, 2, 3)
        for options in [{"padding": 1}, {"padding": 2, "stride": 2}, {"padding": 1, "dilation": 3}]
    ],
    convolution("conv1d", (1, 2, 3), (4, 1, 1), groups=2, padding=2),
    convolution("conv2d", (2, 2, 3), (2, 2, 1, 1), padding=(0, 2)),
    convolution("conv2d", (1, 1, 2, 3), (1, 1, 1, 1), padding=(2, 0), stride=(1, 2)),
    convolution("conv2d", (1, 2, 2, 3), (4, 1, 1, 1), (4,), groups=2, padding=(1, 2), stride=3),
    convolution("conv2d", (2, 1, 2, 3), (1, 1, 1, 1), padding="same"),
    *[
        convolution(
            f"conv_transpose{d}d", (1, 2, *(3, 4, 3)[:d]), (2, 3, *(1,) * d), (3,), **options
        )
        for d in (1, 2, 3)
        for options in [{}, {"padding": 1}, {"padding": 1, "stride": 2, "output_padding": 1}]
    ],
    convolution("conv_transpose1d", (2, 2, 3), (2, 3, 2), (3,)),
    convolution("conv_transpose1d", (2, 3), (2, 3, 2), (3,), stride=2, output_padding=1),
    convolution("conv_transpose1d", (1, 2, 3), (2, 1, 3), padding=1, dilation=2, groups=2),
    convolution("conv_transpose2d", (1, 2, 2, 3), (2, 3, 2, 2), (3,)),
    convolution(
        "conv_transpose2d", (2, 2, 2), (2, 2, 3, 3), stride=2, padding=1, output_padding=(1, 0)
    ),
    convolution("conv_transpose2d", (1, 1, 2, 2), (1, 1, 2, 2), stride=3),
    convolution("conv_transpose3d", (1, 1, 2, 2, 1), (1, 2, 2, 1, 2), (2,), stride=(1, 2, 1)),
    # The output padding reaches as far as the stride, which only a dilation allows.
    convolution("conv_transpose1d", (1, 2, 3), (2, 2, 2), (2,), output_padding=1, dilation=2),
    convolution(
        "conv_transpose2d",
        (1, 2, 2, 2),
        (2, 1, 2, 2),
        stride=(1, 2),
        padding=1,
        output_padding=(3, 2),
        dilation=4,
        groups=2,
    ),
    convolution("conv_transpose3d", (1, 1, 2, 1, 1), (1, 1, 2, 2, 2), output_padding=1, dilation=3),
]

MODULES = [
    module("Conv1d", lambda nn: nn.Conv1d(2, 3, 2), (2, 2, 5)),
    module("Conv1d", lambda nn: nn.Conv1d(2, 3, 2, bias=False), (2, 5)),
    module("Conv1d", lambda nn: nn.Conv1d(2, 2, 3, padding="same", padding_mode="reflect"), (2, 5)),
    module("Conv1d", lambda nn: nn.Conv1d(2, 2, 2, padding=2, padding_mode="circular"), (1, 2, 5)),
    module("Conv2d", lambda nn: nn.Conv2d(2, 3, 3), (2, 2, 4, 4)),
    module("Conv2d", lambda nn: nn.Conv2d(2, 4, (2, 3), 2, (1, 2), 1, 2), (2, 2, 5, 4)),
    module(
        "Conv2d",
        lambda nn: nn.Conv2d(2, 4, 2, padding="same"),
        (2, 4, 4),
        call=quietly(lambda m, x: m(x)),
    ),
    module("Conv2d", lambda nn: nn.Conv2d(2, 4, 2, padding="valid", dilation=2), (2, 4, 4)),
    module(
        "Conv2d",
        lambda nn: nn.Conv2d(1, 2, (2, 3), padding="same", padding_mode="replicate", dilation=2),
        (1, 1, 4, 5),
    ),
    module(
        "Conv2d",
        lambda nn: nn.Conv2d(1, 2, 3, padding=(1, 2), padding_mode="reflect", bias=False),
        (1, 1, 4, 5),
    ),
    *[
        module(
            "Conv2d", lambda nn, m=mode: nn.Conv2d(1, 2, 1, 2, (1, 2), padding_mode=m), (1, 1, 3, 4)
        )
        for mode in ("zeros", "reflect", "replicate", "circular")
    ],
    module("Conv3d", lambda nn: nn.Conv3d(1, 2, 2, padding=(1, 0, 1)), (1, 1, 2, 3, 2)),
    module("ConvTranspose1d", lambda nn: nn.ConvTranspose1d(2, 3, 2), (1, 2, 3)),
    module(
        "ConvTranspose2d",
        lambda nn: nn.ConvTranspose2d(2, 2, 3, 2, 1, 1, 2, False, 2),
        (1, 2, 2, 3),
    ),
    module("ConvTranspose2d", lambda nn: nn.ConvTranspose2d(2, 4, (1, 2)), (2, 2, 3)),
    module(
        "ConvTranspose2d",
        lambda nn: nn.ConvTranspose2d(1, 1, 3, stride=2),
        (1, 1, 2, 3),
        call=lambda m, x: (m(x, output_size=(6, 7)), m(x, (1, 1, 5, 8))),
    ),
    module("ConvTranspose3d", lambda nn: nn.ConvTranspose3d(1, 2, 2), (1, 1, 2, 1, 2)),
]


def conv2d(t: Any, x: tuple[int, ...], w: tuple[int, ...], **options: Any) -> Any:
    return t.nn.functional.conv2d(t.zeros(x), t.zeros(w), **options)


def transposed(t: Any, x: tuple[int, ...], w: tuple[int, ...], **options: Any) -> Any:
    return t.nn.functional.conv_transpose2d(t.zeros(x), t.zeros(w), **options)


X, W = (1, 3, 5, 5), (4, 3, 3, 3)

ERRORS = [
    refused(
        "conv2d",
        lambda t: conv2d(t, (1, 2, 5, 5), W),
        "Given groups=1, weight of size [4, 3, 3, 3], expected input[1, 2, 5, 5] to have 3 "
        "channels, but got 2 channels instead",
    ),
    refused(
        "conv2d",
        lambda t: conv2d(t, (2, 5), W),
        "Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [2, 5]",
    ),
    refused(
        "conv2d",
        lambda t: conv2d(t, (1, 3, 2, 2), W),
        "Calculated padded input size per channel: (2 x 2). Kernel size: (3 x 3). Kernel size "
        "can't be greater than actual input size",
    ),
    refused("conv2d", lambda t: conv2d(t, X, W, stride=0), "non-positive stride is not supported"),
    refused("conv2d", lambda t: conv2d(t, X, W, padding=-1), "negative padding is not supported"),
    refused(
        "conv2d", lambda t: conv2d(t, X, W, dilation=0), "dilation should be greater than zero"
    ),
    refused("conv2d", lambda t: conv2d(t, X, W, groups=0), "non-positive groups is not supported"),
    refused(
        "conv2d",
        lambda t: conv2d(t, X, W, stride=(1, 1, 1)),
        "expected stride to be a single integer value or a list of 2 values to match the "
        "convolution dimensions, but got stride=[1, 1, 1]",
    ),
    refused(
        "conv2d",
        lambda t: t.nn.functional.conv2d(t.zeros(X), t.zeros(W), t.zeros(3)),
        "Given weight of size [4, 3, 3, 3], expected bias to be 1-dimensional with 4 elements, but "
        "got bias of size [3] instead",
    ),
    refused(
        "conv2d",
        lambda t: conv2d(t, (1, 2, 5, 5), (0, 2, 3, 3)),
        "Given groups=1, expected weight to be at least 1 at dimension 0, but got weight of "
        "size [0, 2, 3, 3] instead",
    ),
    refused(
        "conv2d",
        lambda t: conv2d(t, (1, 2, 5, 5), (3, 2, 0, 3)),
        "kernel size should be greater than zero, but got",
    ),
    refused(
        "conv_transpose2d",
        lambda t: t.nn.functional.conv_transpose2d(t.zeros(1, 2, 0, 5), t.zeros(2, 3, 3, 3)),
        "Only zero batch or zero channel inputs are supported, but got input shape: ",
    ),
    refused(
        "conv2d",
        lambda t: conv2d(t, (1, 4, 5, 5), (3, 2, 3, 3), groups=2),
        "Given groups=2, expected weight to be divisible by 2 at dimension 0, but got weight of "
        "size [[3, 2, 3, 3]] instead",
    ),
    refused(
        "conv2d",
        lambda t: conv2d(t, X, W, padding="same", stride=2),
        "padding='same' is not supported for strided convolutions",
    ),
    refused("conv2d", lambda t: conv2d(t, X, W, padding="full"), "Invalid padding string: 'full'"),
    refused(
        "conv2d",
        lambda t: t.nn.functional.conv2d(t.zeros(X), t.zeros(W, dtype=t.float64)),
        "expected scalar type",
    ),
    refused(
        "conv2d",
        lambda t: conv2d(t, (1, 1, 5), (4, 3)),
        "weight should have at least three dimensions",
    ),
    refused(
        "conv_transpose2d",
        lambda t: transposed(t, X, W),
        "Given transposed=1, weight of size [4, 3, 3, 3], expected input[1, 3, 5, 5] to have 4 "
        "channels, but got 3 channels instead",
    ),
    refused(
        "conv_transpose2d",
        lambda t: transposed(t, X, (3, 4, 3, 3), output_padding=1),
        "output padding must be smaller than either stride or dilation",
    ),
    refused(
        "conv_transpose2d",
        lambda t: transposed(t, X, (3, 4, 3, 3), output_padding=-1),
        "negative output_padding is not supported",
    ),
    refused(
        "conv_transpose2d",
        lambda t: transposed(t, X, (3, 4, 3, 3), padding=4),
        "Given input size per channel: (5 x 5). Calculated output size per channel: (-1 x -1). "
        "Output size is too small",
    ),
    refused(
        "conv_transpose2d",
        lambda t: t.nn.functional.conv_transpose2d(t.zeros(X), t.zeros((3, 4, 3, 3)), t.zeros(3)),
        "Given transposed=1, weight of size [3, 4, 3, 3], expected bias to be 1-dimensional with 4 "
        "elements, but got bias of size [3] instead",
    ),
    refused(
        "Conv2d",
        lambda t: t.nn.Conv2d(3, 4, 3, groups=2),
        "in_channels must be divisible by groups",
        ValueError,
    ),
    refused(
        "Conv2d",
        lambda t: t.nn.Conv2d(4, 3, 3, groups=2),
        "out_channels must be divisible by groups",
        ValueError,
    ),
    refused(
        "Conv2d",
        lambda t: t.nn.Conv2d(4, 3, 3, groups=0),
        "groups must be a positive integer",
        ValueError,
    ),
    refused(
        "Conv2d",
        lambda t: t.nn.Conv2d(4, 4, 3, padding="full"),
        "Invalid padding string 'full', should be one of",
        ValueError,
    ),
    refused(
        "Conv2d",
        lambda t: t.nn.Conv2d(4, 4, 3, padding="same", stride=2),
        "padding='same' is not supported for strided convolutions",
        ValueError,
    ),
    refused(
        "Conv2d",
        lambda t: t.nn.Conv2d(4, 4, 3, padding_mode="mirror"),
        "padding_mode must be one of",
        ValueError,
    ),
    refused(
        "ConvTranspose2d",
        lambda t: t.nn.ConvTranspose2d(4, 4, 3, padding_mode="reflect"),
        'Only "zeros" padding mode is supported for ConvTranspose2d',
        ValueError,
    ),
    refused(
        "ConvTranspose2d",
        lambda t: t.nn.ConvTranspose2d(4, 4, 3, stride=2)(t.zeros(1, 4, 5, 5), (20, 20)),
        "requested an output size of (20, 20), but valid sizes range from [11, 11] to [12, 12]",
        ValueError,
    ),
    refused(
        "ConvTranspose2d",
        lambda t: t.nn.ConvTranspose2d(4, 4, 3, stride=2)(t.zeros(1, 4, 5, 5), (20,)),
        "ConvTranspose2D: for 4D input, output_size must have 2 or 4 elements (got 1)",
        ValueError,
    ),
]
