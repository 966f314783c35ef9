"""Images: resampling, and channels into pixels."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, case, quietly, refused
from tests.cases.nn.module import F, module


def moved(name: str, number: int, *shapes: tuple[int, ...]) -> list[Case]:
    """Make the cases of a function that moves pixels by a number."""
    return [
        case(F + name, lambda t, x: getattr(t.nn.functional, name)(x, number), shape)
        for shape in shapes
    ]


def blocks(name: str, shape: tuple[int, ...], *sizes: Any, **options: Any) -> Case:
    """Make a case of `unfold` or `fold`."""
    return case(F + name, lambda t, x: getattr(t.nn.functional, name)(x, *sizes, **options), shape)


def resampled(shape: tuple[int, ...], mode: str, *choices: dict[str, Any]) -> list[Case]:
    """Make the cases of `interpolate` with several options."""

    def resample(chosen: dict[str, Any]) -> Any:
        return lambda t, x: t.nn.functional.interpolate(x, mode=mode, **chosen)

    return [case(F + "interpolate", resample(chosen), shape) for chosen in choices]


def sampled(
    input: tuple[int, ...],
    grid: tuple[int, ...],
    mode: str,
    padding: str,
    corners: bool,
    **options: Any,
) -> Case:
    """Make a case of `grid_sample`; some of the places are beyond the image."""
    return case(
        F + "grid_sample",
        lambda t, x, places: t.nn.functional.grid_sample(x, places, mode, padding, corners),
        input,
        grid,
        second=False,
        **options,
    )


# Up and down, by sizes and by factors whose products are not whole.
PLAIN: list[dict[str, Any]] = [
    {"size": 2},
    {"size": 5},
    {"scale_factor": 2},
    {"scale_factor": 1.6},
    {"scale_factor": 0.7},
    {"scale_factor": 1.6, "recompute_scale_factor": True},
]
ALIGNED: list[dict[str, Any]] = [
    {"size": 1, "align_corners": True},
    {"size": 5, "align_corners": True},
    {"scale_factor": 1.7, "align_corners": True},
    {"size": 3, "align_corners": False},
]

CASES = [
    *[
        case(
            F + name,
            quietly(lambda t, x, name=name: getattr(t.nn.functional, name)(x, (3, 4))),
            (1, 2, 2, 3),
        )
        for name in ("upsample", "upsample_nearest", "upsample_bilinear")
    ],
    case(
        F + "upsample",
        quietly(lambda t, x: t.nn.functional.upsample(x, None, 2, "linear", True)),
        (1, 1, 3),
    ),
    *moved("pixel_shuffle", 2, (4, 1, 2), (1, 8, 2, 1), (2, 1, 4, 1, 2)),
    *moved("pixel_shuffle", 1, (2, 2, 1)),
    *moved("pixel_unshuffle", 2, (1, 2, 4), (2, 2, 2, 2), (1, 2, 1, 2, 4)),
    *moved("channel_shuffle", 2, (2, 4, 2), (1, 6, 1, 2), (0, 4, 2)),
    blocks("unfold", (1, 2, 3, 3), 2),
    blocks("unfold", (2, 3, 4), (2, 1)),
    blocks("unfold", (1, 1, 4, 5), (2, 3), stride=(2, 1)),
    blocks("unfold", (1, 2, 3, 2), 2, padding=(1, 2), dilation=(2, 1)),
    blocks("unfold", (0, 2, 3, 3), 2),
    blocks("fold", (1, 8, 4), 3, 2),
    blocks("fold", (4, 6), (3, 4), (2, 2)),
    blocks("fold", (1, 6, 4), (4, 4), (2, 3), stride=(2, 1)),
    blocks("fold", (1, 4, 5), (3, 2), 2, padding=(1, 2), dilation=(2, 1), stride=(3, 1)),
    blocks("fold", (0, 8, 4), 3, 2),
    *resampled((1, 2, 4), "nearest", *PLAIN),
    *resampled((1, 2, 4), "nearest-exact", *PLAIN),
    *resampled((1, 2, 4), "linear", *PLAIN, *ALIGNED),
    *resampled((1, 2, 5), "area", *PLAIN),
    *resampled((1, 1, 3, 4), "nearest", {"size": (2, 5)}, {"scale_factor": (1.7, 0.7)}),
    *resampled((1, 1, 3, 4), "nearest-exact", {"size": (2, 5)}),
    *resampled((1, 1, 3, 4), "area", {"size": (2, 3)}),
    *resampled((1, 1, 3, 4), "bilinear", {"size": (2, 5)}, {"scale_factor": (1.7, 0.7)}, *ALIGNED),
    *resampled((1, 1, 3, 4), "bicubic", {"size": (2, 5)}, *PLAIN, *ALIGNED),
    *resampled((0, 1, 3, 4), "bilinear", {"size": 2}),
    *(
        one
        for mode in ("bilinear", "bicubic")
        for one in resampled(
            (1, 1, 4, 5),
            mode,
            {"size": 2, "antialias": True},
            {"size": (3, 7), "antialias": True},
            {"scale_factor": 0.45, "antialias": True},
            {"size": (2, 3), "antialias": True, "align_corners": True},
        )
    ),
    *resampled((1, 1, 2, 3, 2), "nearest", {"size": (3, 2, 1)}),
    *resampled((1, 1, 2, 3, 2), "nearest-exact", {"size": (3, 2, 1)}),
    *resampled((1, 1, 2, 3, 2), "area", {"size": (3, 2, 1)}),
    *resampled((1, 1, 2, 3, 2), "trilinear", {"size": (3, 2, 1)}, {"scale_factor": 1.5}),
    *resampled((1, 1, 2, 3, 2), "trilinear", {"size": (3, 2, 1), "align_corners": True}),
    *(
        sampled((2, 2, 2, 3), (2, 1, 4, 2), mode, padding, corners)
        for mode in ("bilinear", "nearest")
        for padding in ("zeros", "border", "reflection")
        for corners in (True, False)
    ),
    # Of few places: of more, both lose digits.
    *(
        sampled((1, 1, 3, 2), (1, 1, 3, 2), "bicubic", padding, corners, domain=(-1.3, 1.3))
        for padding in ("zeros", "border", "reflection")
        for corners in (True, False)
    ),
    *(
        sampled((1, 2, 2, 3, 2), (1, 2, 1, 2, 3), mode, padding, corners)
        for mode in ("bilinear", "nearest")
        for padding in ("zeros", "border", "reflection")
        for corners in (True, False)
    ),
    # On the pixels, on the border, just beyond it, and far away.
    *(
        case(
            F + "grid_sample",
            lambda t, x, places, k=chosen: t.nn.functional.grid_sample(x, places, *k),
            (1, 1, 3, 3),
            [[[[-1.0, 0.0], [1.0, 1.0], [0.0, -0.5], [7.5, -9.25]]]],
            second=False,
            smooth=False,
        )
        for chosen in [
            ("bilinear", "zeros", True),
            ("bilinear", "border", True),
            ("bilinear", "reflection", False),
            ("nearest", "zeros", False),
            ("bicubic", "border", True),
        ]
    ),
    sampled((1, 1, 1, 1), (1, 1, 2, 2), "bilinear", "reflection", True),
    sampled((0, 1, 2, 2), (0, 1, 2, 2), "bilinear", "zeros", True),
    *(
        case(
            F + "affine_grid",
            lambda t, x, s=size, c=corners: t.nn.functional.affine_grid(x, s, c),
            theta,
        )
        for size, theta in [
            ((2, 1, 2, 3), (2, 2, 3)),
            ((1, 1, 2, 3, 2), (1, 3, 4)),
        ]
        for corners in (True, False)
    ),
    # Of a single pixel; with aligned corners torch warns.
    case(
        F + "affine_grid",
        lambda t, x: t.nn.functional.affine_grid(x, (1, 1, 1, 4), False),
        (1, 2, 3),
    ),
]

MODULES = [
    module("PixelShuffle", lambda nn: nn.PixelShuffle(2), (1, 4, 2, 1)),
    module("PixelUnshuffle", lambda nn: nn.PixelUnshuffle(2), (1, 1, 4, 2)),
    module("ChannelShuffle", lambda nn: nn.ChannelShuffle(2), (1, 4, 2)),
    module("Unfold", lambda nn: nn.Unfold((2, 1), 1, 1, 2), (1, 2, 3, 3)),
    module("Unfold", lambda nn: nn.Unfold(2), (2, 3, 3)),
    module("Fold", lambda nn: nn.Fold((3, 4), 2), (1, 4, 6)),
    module("Fold", lambda nn: nn.Fold(4, (2, 2), stride=2), (4, 4)),
    module("Upsample", lambda nn: nn.Upsample(3), (1, 2, 2)),
    module("Upsample", lambda nn: nn.Upsample(scale_factor=(2, 1.5)), (1, 1, 2, 3)),
    module("Upsample", lambda nn: nn.Upsample((3, 2), None, "bicubic", True), (1, 1, 2, 3)),
    module(
        "Upsample",
        lambda nn: nn.Upsample(
            scale_factor=1.7, mode="bilinear", align_corners=False, recompute_scale_factor=True
        ),
        (1, 1, 2, 3),
    ),
    module("UpsamplingNearest2d", lambda nn: nn.UpsamplingNearest2d((3, 2)), (1, 1, 2, 3)),
    module("UpsamplingNearest2d", lambda nn: nn.UpsamplingNearest2d(scale_factor=2), (1, 1, 2, 3)),
    module("UpsamplingBilinear2d", lambda nn: nn.UpsamplingBilinear2d(4), (1, 1, 2, 3)),
    module(
        "UpsamplingBilinear2d", lambda nn: nn.UpsamplingBilinear2d(scale_factor=2), (1, 1, 2, 3)
    ),
]

ERRORS = [
    *(
        refused(
            F + name,
            lambda t, n=name, s=shape, k=number: getattr(t.nn.functional, n)(t.zeros(s), k),
            phrase,
        )
        for name, shape, number, phrase in [
            (
                "pixel_shuffle",
                (4, 2),
                2,
                "pixel_shuffle expects input to have at least 3 dimensions, but got input with 2 "
                "dimension(s)",
            ),
            (
                "pixel_shuffle",
                (3, 2, 2),
                2,
                "pixel_shuffle expects its input's 'channel' dimension to be divisible by the "
                "square of upscale_factor, but input.size(-3)=3 is not divisible by 4",
            ),
            (
                "pixel_shuffle",
                (4, 2, 2),
                0,
                "pixel_shuffle expects a positive upscale_factor, but got 0",
            ),
            (
                "pixel_unshuffle",
                (2, 2, 3),
                2,
                "pixel_unshuffle expects width to be divisible by downscale_factor, but "
                "input.size(-1)=3 is not divisible by 2",
            ),
            (
                "channel_shuffle",
                (2, 2),
                2,
                "channel_shuffle expects input with > 2 dims, but got input with sizes [2, 2]",
            ),
            (
                "channel_shuffle",
                (2, 3, 2),
                2,
                "Number of channels must be divisible by groups. Got 3 channels and 2 groups.",
            ),
            (
                "channel_shuffle",
                (2, 4, 2),
                0,
                "Number of groups to divide channels in must be positive. Value of groups:0",
            ),
            (
                "unfold",
                (2, 3, 4, 5, 6),
                2,
                "Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other "
                "non-zero dimensions for input, but got: [2, 3, 4, 5, 6]",
            ),
            (
                "unfold",
                (2, 3, 4, 5),
                6,
                "Given input with spatial size (4, 5), kernel_size=(6, 6), dilation=(1, 1), "
                "padding=(0, 0), calculated shape of the array of sliding blocks as (-1, 0), but "
                "its components must be at least one.",
            ),
            (
                "unfold",
                (2, 3, 4, 5),
                (2, 2, 2),
                "It is expected kernel_size equals to 2, but got size 3",
            ),
            (
                "unfold",
                (2, 3, 4, 5),
                0,
                "kernel size should be greater than zero, but got kernel_height: 0 kernel_width: 0",
            ),
        ]
    ),
    refused(
        F + "unfold",
        lambda t: t.nn.functional.unfold(t.zeros(1, 1, 3, 3), 2, padding=-1),
        "padding should be non-negative, but got pad_height: -1 pad_width: -1",
    ),
    refused(
        F + "fold",
        lambda t: t.nn.functional.fold(t.zeros(2, 3, 4, 5), 4, 2),
        "Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero "
        "dimensions for input, but got: [2, 3, 4, 5]",
    ),
    refused(
        F + "fold",
        lambda t: t.nn.functional.fold(t.zeros(2, 11, 12), (4, 5), 2),
        "Expected size of input's dimension 1 to be divisible by the product of kernel_size, but "
        "got input.size(1)=11 and kernel_size=(2, 2).",
    ),
    refused(
        F + "fold",
        lambda t: t.nn.functional.fold(t.zeros(2, 12, 11), (4, 5), 2),
        "Given output_size=(4, 5), kernel_size=(2, 2), dilation=(1, 1), padding=(0, 0), "
        "stride=(1, 1), expected size of input's dimension 2 to match the calculated number of "
        "sliding blocks 3 * 4 = 12, but got input.size(2)=11.",
    ),
    *(
        refused(
            F + "interpolate",
            lambda t, s=shape, k=options: t.nn.functional.interpolate(t.zeros(s), **k),
            phrase,
            kind,
        )
        for shape, options, phrase, kind in [
            ((2, 3, 4), {}, "either size or scale_factor should be defined", ValueError),
            (
                (2, 3, 4),
                {"size": 2, "scale_factor": 2.0},
                "only one of size or scale_factor should be defined",
                ValueError,
            ),
            (
                (2, 3, 4),
                {"size": (2, 2)},
                "Input and output must have the same number of spatial dimensions, but got input "
                "with spatial dimensions of [4] and output size of (2, 2)",
                ValueError,
            ),
            (
                (2, 3, 4),
                {"scale_factor": (2.0, 2.0)},
                "Input and scale_factor must have the same number of spatial dimensions, but got "
                "input with spatial dimensions of [4] and scale_factor of shape (2.0, 2.0)",
                ValueError,
            ),
            (
                (2, 3, 4),
                {"size": 2, "recompute_scale_factor": True},
                "recompute_scale_factor is not meaningful with an explicit size.",
                ValueError,
            ),
            (
                (2, 3, 4),
                {"size": 2, "align_corners": True},
                "align_corners option can only be set with the interpolating modes: linear | "
                "bilinear | bicubic | trilinear",
                ValueError,
            ),
            (
                (2, 3, 4),
                {"size": 2, "mode": "linear", "antialias": True},
                "Anti-alias option is restricted to bilinear, bicubic, and lanczos modes and "
                "requires a 4-D tensor as input",
                ValueError,
            ),
            (
                (2, 3),
                {"size": 2},
                "Input Error: Only 3D, 4D and 5D input Tensors supported (got 2D) for the modes:",
                NotImplementedError,
            ),
            (
                (2, 3, 4),
                {"size": 2, "mode": "bilinear"},
                "Got 3D input, but bilinear mode needs 4D input",
                NotImplementedError,
            ),
            (
                (2, 3, 4, 5),
                {"size": 0},
                "Input and output sizes should be greater than 0, but got input",
                RuntimeError,
            ),
            (
                (2, 0, 4, 5),
                {"size": 2},
                "Non-empty 4D data tensor expected but got a tensor with sizes [2, 0, 4, 5]",
                RuntimeError,
            ),
        ]
    ),
    *(
        refused(
            F + "grid_sample",
            lambda t, s=shapes, k=options: t.nn.functional.grid_sample(
                t.zeros(s[0]), t.zeros(s[1]), **{"align_corners": True, **k}
            ),
            phrase,
            kind,
        )
        for shapes, options, phrase, kind in [
            (
                ((2, 3, 4, 5), (2, 4, 5, 2)),
                {"mode": "x"},
                "expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: 'x'",
                ValueError,
            ),
            (
                ((2, 3, 4, 5), (2, 4, 5, 2)),
                {"padding_mode": "x"},
                "expected padding_mode to be 'zeros', 'border', or 'reflection', but got: 'x'",
                ValueError,
            ),
            (
                ((2, 3, 4, 5), (2, 4, 5, 3)),
                {},
                "grid_sampler(): expected grid to have size 2 in last dimension, but got grid "
                "with sizes [2, 4, 5, 3]",
                RuntimeError,
            ),
            (
                ((2, 3, 4, 5), (1, 4, 5, 2)),
                {},
                "grid_sampler(): expected grid and input to have same batch size, but got input "
                "with sizes [2, 3, 4, 5] and grid with sizes [1, 4, 5, 2]",
                RuntimeError,
            ),
            (
                ((2, 3, 4, 5), (2, 4, 5, 6, 2)),
                {},
                "input and grid with same number of dimensions, but got input with sizes "
                "[2, 3, 4, 5] and grid with sizes [2, 4, 5, 6, 2]",
                RuntimeError,
            ),
            (
                ((2, 3, 4, 5, 6), (2, 4, 5, 6, 3)),
                {"mode": "bicubic"},
                "grid_sampler(): bicubic interpolation only supports 4D input",
                RuntimeError,
            ),
            (
                ((2, 3, 0, 5), (2, 4, 5, 2)),
                {},
                "grid_sampler(): expected input to have non-empty spatial dimensions, but input "
                "has sizes [2, 3, 0, 5] with dimension 2 being empty",
                RuntimeError,
            ),
        ]
    ),
    *(
        refused(
            F + "affine_grid",
            lambda t, s=shape, n=size: t.nn.functional.affine_grid(t.zeros(s), n, True),
            phrase,
            kind,
        )
        for shape, size, phrase, kind in [
            (
                (2, 2, 2),
                (2, 3, 4, 5),
                "Expected a batch of 2D affine matrices of shape Nx2x3 for size (2, 3, 4, 5). Got "
                "torch.Size([2, 2, 2]).",
                ValueError,
            ),
            (
                (2, 3, 4),
                (2, 3, 4),
                "affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, "
                "respectively. Got size (2, 3, 4).",
                NotImplementedError,
            ),
            (
                (2, 2, 3),
                (2, 3, 0, 5),
                "Expected non-zero, positive output size. Got (2, 3, 0, 5)",
                ValueError,
            ),
            ((1, 2, 3), (2, 3, 4, 5), "Expected size for first two dimensions of", RuntimeError),
        ]
    ),
    refused(
        F + "affine_grid",
        lambda t: t.nn.functional.affine_grid(t.zeros(1, 2, 3).long(), (1, 1, 2, 2), True),
        "Expected theta to have floating point type, but got torch.int64",
        ValueError,
    ),
]
