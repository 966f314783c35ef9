"""Normalisation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cases.case import Case, case, refused
from tests.cases.nn.module import F, ModuleCase, module

AFFINE = [0.5, -1.0, 2.0]
SHIFT = [0.1, 0.2, -0.3]
MEAN = [0.3, -0.2, 0.1]
VARIANCE = [1.5, 0.7, 1.1]


def of_channels(name: str, *shapes: tuple[int, ...], **options: Any) -> list[Case]:
    """Make the cases of a normalisation with nothing, a weight, a bias, and both."""

    def normalise(t: Any, x: Any, w: Any, b: Any) -> Any:
        if name == "group_norm":
            return t.nn.functional.group_norm(x, weight=w, bias=b, **options)
        return getattr(t.nn.functional, name)(x, None, None, w, b, True, **options)

    return [
        made
        for shape in shapes
        for made in (
            case(F + name, lambda t, x: normalise(t, x, None, None), shape),
            case(F + name, lambda t, x, w: normalise(t, x, w, None), shape, (shape[1],)),
            # Torch has no second derivative with a bias alone, and of groups not even a first.
            case(
                F + name,
                lambda t, x, b: normalise(t, x, None, b),
                shape,
                (shape[1],),
                first=name != "group_norm",
                second=False,
            ),
            case(
                F + name, lambda t, x, w, b: normalise(t, x, w, b), shape, (shape[1],), (shape[1],)
            ),
        )
    ]


def running(name: str, shape: tuple[int, ...]) -> list[Case]:
    """Make the cases of batch or instance normalisation with running statistics."""

    def fixed(t: Any, x: Any, *parameters: Any) -> Any:
        mean, variance = (t.tensor(one, dtype=x.dtype) for one in (MEAN, VARIANCE))
        return getattr(t.nn.functional, name)(x, mean, variance, *parameters, **{FLAG[name]: False})

    def updated(t: Any, x: Any) -> Any:
        mean, variance = (t.tensor(one, dtype=x.dtype) for one in (MEAN, VARIANCE))
        y = getattr(t.nn.functional, name)(x, mean, variance, **{FLAG[name]: True}, momentum=0.3)
        return y, mean, variance

    return [
        case(F + name, fixed, shape),
        case(F + name, fixed, shape, AFFINE),
        case(F + name, fixed, shape, AFFINE, SHIFT),
        case(F + name, updated, shape),
    ]


FLAG = {"batch_norm": "training", "instance_norm": "use_input_stats"}

CASES = [
    case(F + "layer_norm", lambda t, x: t.nn.functional.layer_norm(x, (3,)), (2, 3)),
    case(
        F + "layer_norm",
        lambda t, x, w, b: t.nn.functional.layer_norm(x, (2, 3), w, b, 0.1),
        (2, 2, 3),
        (2, 3),
        (2, 3),
    ),
    case(
        F + "layer_norm",
        lambda t, x, w: t.nn.functional.layer_norm(x, (4,), w),
        (2, 2, 4),
        (4,),
    ),
    case(
        F + "layer_norm",
        lambda t, x, b: t.nn.functional.layer_norm(x, [3], None, b, 0.1),
        (3,),
        (3,),
        second=False,  # without a weight torch fails
    ),
    case(
        F + "layer_norm",
        lambda t, x, w: t.nn.functional.layer_norm(x, (3,), w),
        (0, 3),
        (3,),
        first=False,
    ),
    *of_channels("batch_norm", (4, 3), (2, 3, 2), (2, 2, 2, 2)),
    *of_channels("batch_norm", (2, 2, 1, 2, 2), eps=0.1),
    *of_channels("batch_norm", (0, 3), (2, 3, 0)),
    *running("batch_norm", (3, 3)),
    *running("batch_norm", (2, 3, 2)),
    # A channel without any variance.
    case(
        F + "batch_norm",
        lambda t, x: t.nn.functional.batch_norm(x, None, None, training=True),
        [[2.0, 1.0], [2.0, 3.0]],
    ),
    *of_channels("instance_norm", (1, 3, 4), eps=0.1),
    *of_channels("instance_norm", (1, 2, 2, 2)),
    *of_channels("instance_norm", (2, 2, 1, 2, 2), eps=0.1),
    *of_channels("instance_norm", (2, 3, 0)),
    *running("instance_norm", (1, 3, 4)),
    *of_channels("group_norm", (2, 4, 2), (1, 4, 2, 2), num_groups=2),
    *of_channels("group_norm", (2, 4), num_groups=2, eps=0.1),
    *of_channels("group_norm", (2, 3, 2), num_groups=3, eps=0.1),
    *of_channels("group_norm", (2, 3, 2), num_groups=1),
    *of_channels("group_norm", (0, 4), num_groups=2),
    case(F + "rms_norm", lambda t, x: t.nn.functional.rms_norm(x, (3,)), (2, 3)),
    case(F + "rms_norm", lambda t, x: t.nn.functional.rms_norm(x, [2, 3], eps=0.1), (2, 2, 3)),
    case(F + "rms_norm", lambda t, x, w: t.nn.functional.rms_norm(x, (3,), w), (2, 3), (3,)),
    case(
        F + "rms_norm",
        lambda t, x, w: t.nn.functional.rms_norm(x, (2, 3), w, 1e-3),
        (2, 2, 3),
        (2, 3),
    ),
    case(F + "rms_norm", lambda t, x: t.nn.functional.rms_norm(x, (3,)), (0, 3)),
    *(
        case(
            F + "local_response_norm",
            lambda t, x, size=size: t.nn.functional.local_response_norm(x, size, 0.5, 0.6, 2.0),
            shape,
        )
        for size, shape in [
            (1, (2, 3, 2)),
            (2, (2, 3, 2)),
            (3, (2, 4, 2)),
            (5, (1, 3, 2, 2)),
            (4, (1, 5, 1, 2, 1)),
        ]
    ),
    case(
        F + "local_response_norm", lambda t, x: t.nn.functional.local_response_norm(x, 2), (2, 3, 2)
    ),
    case(
        F + "local_response_norm", lambda t, x: t.nn.functional.local_response_norm(x, 2), (0, 3, 2)
    ),
]


def twice(module: Any, x: Any) -> tuple[Any, Any]:
    """Call a module with two batches, so that the running statistics go two steps."""
    return module(x), module(x * 2.0 + 1.0)


def with_statistics(name: str, *shapes: tuple[int, ...], options: list[Any]) -> list[ModuleCase]:
    """Make the cases of batch or instance normalisation of three channels."""

    def maker(chosen: dict[str, Any]) -> Callable[[Any], Any]:
        return lambda nn: getattr(nn, name)(3, **chosen)

    return [
        module(name, maker(chosen), shape, call=twice) for chosen in options for shape in shapes
    ]


BATCH = [
    {},
    {"momentum": None},
    {"eps": 0.1, "momentum": 0.3, "bias": False},
    {"affine": False},
    {"track_running_stats": False},
]
INSTANCE = [
    {},
    {"affine": True},
    {"track_running_stats": True, "momentum": 0.3},
    {"affine": True, "track_running_stats": True, "eps": 0.1, "bias": False},
]

MODULES = [
    module("LayerNorm", lambda nn: nn.LayerNorm(3), (2, 3)),
    module("LayerNorm", lambda nn: nn.LayerNorm((2, 3), 0.1, bias=False), (2, 2, 3)),
    module("LayerNorm", lambda nn: nn.LayerNorm([4], elementwise_affine=False), (2, 4)),
    *with_statistics("BatchNorm1d", (3, 3), (2, 3, 2), options=BATCH),
    *with_statistics("BatchNorm2d", (2, 3, 2, 2), options=BATCH),
    *with_statistics("BatchNorm3d", (2, 3, 1, 2, 2), options=BATCH),
    *with_statistics("InstanceNorm1d", (2, 3, 4), (3, 4), options=INSTANCE),
    *with_statistics("InstanceNorm2d", (2, 3, 2, 2), (3, 2, 2), options=INSTANCE),
    *with_statistics("InstanceNorm3d", (2, 3, 1, 2, 2), (3, 1, 2, 2), options=INSTANCE),
    module("GroupNorm", lambda nn: nn.GroupNorm(2, 4), (2, 4, 3)),
    module("GroupNorm", lambda nn: nn.GroupNorm(2, 4, 0.1, bias=False), (2, 4, 2, 2)),
    module("GroupNorm", lambda nn: nn.GroupNorm(1, 3, affine=False), (2, 3)),
    module("RMSNorm", lambda nn: nn.RMSNorm(3), (2, 3)),
    module("RMSNorm", lambda nn: nn.RMSNorm([2, 3], 0.1), (2, 2, 3)),
    module("RMSNorm", lambda nn: nn.RMSNorm(3, elementwise_affine=False), (3,)),
    module("LocalResponseNorm", lambda nn: nn.LocalResponseNorm(3), (2, 4, 2)),
    module("LocalResponseNorm", lambda nn: nn.LocalResponseNorm(2, 0.5, 0.6, 2.0), (1, 3, 2, 2)),
    # Of more channels torch makes other sums and gradients: docs/differences.md.
    module("CrossMapLRN2d", lambda nn: nn.CrossMapLRN2d(3), (2, 1, 2, 2)),
    module("CrossMapLRN2d", lambda nn: nn.CrossMapLRN2d(5, 0.5, 0.6, 2.0), (2, 1, 2, 1)),
]

ERRORS = [
    refused(
        "layer_norm",
        lambda t: t.nn.functional.layer_norm(t.zeros(2, 3), (2,)),
        "Given normalized_shape=[2], expected input with shape [*, 2], but got input of size[2, 3]",
    ),
    refused(
        "layer_norm",
        lambda t: t.nn.functional.layer_norm(t.zeros(2, 3), (3,), t.ones(2)),
        "Expected weight to be of same shape as normalized_shape, but got weight of shape [2] and "
        "normalized_shape = [3]",
    ),
    refused(
        "layer_norm",
        lambda t: t.nn.functional.layer_norm(t.zeros(2, 3), ()),
        "Expected normalized_shape to be at least 1-dimensional",
    ),
    *(
        refused(F + "batch_norm", call, phrase, kind)
        for call, phrase, kind in [
            (
                lambda t: t.nn.functional.batch_norm(t.zeros(3), None, None, training=True),
                "Dimension out of range",
                IndexError,
            ),
            (
                lambda t: t.nn.functional.batch_norm(t.zeros(1, 3), None, None, training=True),
                "Expected more than 1 value per channel when training, got input size "
                "torch.Size([1, 3])",
                ValueError,
            ),
            (
                lambda t: t.nn.functional.batch_norm(t.zeros(2, 3), None, None),
                "running_mean must be defined in evaluation mode",
                RuntimeError,
            ),
            (
                lambda t: t.nn.functional.batch_norm(t.zeros(2, 3), t.zeros(3), None),
                "running_var must be defined in evaluation mode",
                RuntimeError,
            ),
            (
                lambda t: t.nn.functional.batch_norm(
                    t.zeros(2, 3), None, t.zeros(3), training=True
                ),
                "running_mean and running_var must either both be None or neither be None",
                ValueError,
            ),
            (
                lambda t: t.nn.functional.batch_norm(
                    t.zeros(2, 3), None, None, training=True, eps=0
                ),
                "batch_norm eps must be positive during training, but got 0",
                ValueError,
            ),
            (
                lambda t: t.nn.functional.batch_norm(t.zeros(2, 3), t.zeros(2), t.zeros(3)),
                "running_mean should contain 3 elements not 2",
                RuntimeError,
            ),
            (
                lambda t: t.nn.functional.batch_norm(
                    t.zeros(2, 3), None, None, t.zeros(3), t.zeros(4), training=True
                ),
                "bias should contain 3 elements not 4",
                RuntimeError,
            ),
        ]
    ),
    refused(
        F + "instance_norm",
        lambda t: t.nn.functional.instance_norm(t.zeros(2, 3, 1)),
        "Expected more than 1 spatial element when training, got input size torch.Size([2, 3, 1])",
        ValueError,
    ),
    refused(
        F + "instance_norm",
        lambda t: t.nn.functional.instance_norm(t.zeros(2, 3, 2), use_input_stats=False),
        "Expected running_mean and running_var to be defined when use_input_stats is false",
    ),
    refused(
        F + "instance_norm",
        lambda t: t.nn.functional.instance_norm(t.zeros(2, 3, 2), weight=t.zeros(2)),
        "weight should contain",
    ),
    refused(
        F + "group_norm",
        lambda t: t.nn.functional.group_norm(t.zeros(4), 2),
        "Expected at least 2 dimensions for input tensor but received 1",
    ),
    refused(
        F + "group_norm",
        lambda t: t.nn.functional.group_norm(t.zeros(2, 4), -2),
        "Expected num groups to be greater than 0, got -2",
    ),
    refused(
        F + "group_norm",
        lambda t: t.nn.functional.group_norm(t.zeros(2, 6), 4),
        "Expected number of channels in input to be divisible by num_groups, but got input of "
        "shape [2, 6] and num_groups=4",
    ),
    refused(
        F + "group_norm",
        lambda t: t.nn.functional.group_norm(t.zeros(1, 6), 6),
        "Expected more than 1 value per channel when training, got input size [1, 6]",
        ValueError,
    ),
    refused(
        F + "group_norm",
        lambda t: t.nn.functional.group_norm(t.zeros(2, 6), 2, t.zeros(3)),
        "Expected weight to be a vector of size equal to the number of channels in input, but got "
        "weight of shape [3] and input of shape [2, 6]",
    ),
    refused(
        F + "rms_norm",
        lambda t: t.nn.functional.rms_norm(t.zeros(2, 4), ()),
        "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one "
        "element, but got normalized_shape = []",
    ),
    refused(
        F + "rms_norm",
        lambda t: t.nn.functional.rms_norm(t.zeros(4), (2, 4)),
        "Input tensor must have at least 2 dimensions, but got 1",
        ValueError,
    ),
    refused(
        F + "rms_norm",
        lambda t: t.nn.functional.rms_norm(t.zeros(2, 4), (4,), t.zeros(3)),
        "Expected weight to be of same shape as normalized_shape, but got weight of shape [3] and "
        "normalized_shape = [4]",
    ),
    refused(
        F + "rms_norm",
        lambda t: t.nn.functional.rms_norm(t.zeros(2, 4), (2, 3)),
        "Given normalized_shape=[2, 3], expected input with shape [*2, 3], but got input of "
        "size[2, 4]",
    ),
    refused(
        F + "local_response_norm",
        lambda t: t.nn.functional.local_response_norm(t.zeros(2, 3), 2),
        "Expected 3D or higher dimensionality",
        ValueError,
    ),
    refused(
        F + "local_response_norm",
        lambda t: t.nn.functional.local_response_norm(t.zeros(2, 3, 2), 0),
        "kernel size should be greater than zero, but got",
    ),
    refused(
        "CrossMapLRN2d",
        lambda t: t.nn.CrossMapLRN2d(3)(t.zeros(2, 3, 2)),
        "CrossMapLRN2d: Expected input to be 4D, got 3D instead.",
        ValueError,
    ),
    refused(
        "BatchNorm1d",
        lambda t: t.nn.BatchNorm1d(3)(t.zeros(3)),
        "expected 2D or 3D input (got 1D input)",
        ValueError,
    ),
    refused(
        "BatchNorm2d",
        lambda t: t.nn.BatchNorm2d(3)(t.zeros(2, 3)),
        "expected 4D input (got 2D input)",
        ValueError,
    ),
    refused(
        "InstanceNorm3d",
        lambda t: t.nn.InstanceNorm3d(3)(t.zeros(2, 3)),
        "expected 4D or 5D input (got 2D input)",
        ValueError,
    ),
    refused(
        "InstanceNorm1d",
        lambda t: t.nn.InstanceNorm1d(3, affine=True)(t.zeros(4, 2)),
        "expected input's size at dim=0 to match num_features (3), but got: 4.",
        ValueError,
    ),
    refused(
        "GroupNorm",
        lambda t: t.nn.GroupNorm(2, 3),
        "num_channels (3) must be divisible by num_groups (2)",
        ValueError,
    ),
]
