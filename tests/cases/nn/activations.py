"""Activation functions and their modules."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, case, quietly, refused, seeded, single, whole
from tests.cases.nn.module import F, ModuleCase, module

FAR = [float("inf"), float("-inf"), float("nan")]


def activation(name: str, *options: float, kinks: tuple[float, ...] = (0.0,)) -> list[Case]:
    """Make the cases of an elementwise function of `nn.functional`."""

    def call(t: Any, x: Any) -> Any:
        return getattr(t.nn.functional, name)(x, *options)

    return [
        case(F + name, call, (2, 3)),
        case(F + name, call, ()),
        case(F + name, call, (0, 3)),
        # Torch has no one convention for second derivatives at kinks.
        case(F + name, call, [*kinks], second=False, smooth=False),
        case(F + name, call, [-1.0, 1.0, 30.0, -30.0], smooth=False),
        *([] if name == "gelu" else [case(F + name, call, FAR, first=False)]),
    ]


def in_place(name: str, *options: float, written: bool = True) -> list[Case]:
    """Make the cases of an activation that writes over what was computed."""

    def over(t: Any, x: Any) -> Any:
        y = x * 1.5
        result = getattr(t.nn.functional, name)(y, *options, inplace=True)
        return result, y

    def underscored(t: Any, x: Any) -> Any:
        y = x * 1.5
        result = getattr(t.nn.functional, name + "_")(y, *options)
        return result, y

    return [
        case(F + name, over, [[-1.5, 0.7, 4.5], [0.3, -0.2, 1.1]]),
        *([case(F + name + "_", underscored, [-1.5, 0.7, 4.5, -0.2])] if written else []),
    ]


def normalised(name: str) -> list[Case]:
    """Make the cases of `softmax` and its kin."""

    def call(t: Any, x: Any, dim: int | None) -> Any:
        return getattr(t.nn.functional, name)(x, dim)

    return [
        case(F + name, lambda t, x: getattr(t.nn.functional, name)(x, dim=-1), (2, 3)),
        case(F + name, lambda t, x: call(t, x, 0), (2, 3)),
        case(F + name, lambda t, x: call(t, x, 1), (2, 3, 2)),
        case(F + name, lambda t, x: call(t, x, 0), [1e3, -1e3, 0.0]),
        case(
            F + name,
            lambda t, x: getattr(t.nn.functional, name)(x, 0, dtype=t.float64),
            single([0.5, -1.0, 2.0]),
        ),
        *[case(F + name, quietly(lambda t, x: call(t, x, None)), one) for one in IMPLICIT],
    ]


IMPLICIT: list[tuple[int, ...]] = [(3,), (2, 3), (2, 3, 2), (1, 3, 2, 1)]

CASES = [
    *activation("tanh"),
    *activation("sigmoid"),
    *activation("logsigmoid"),
    *activation("softsign"),
    *activation("softplus"),
    *activation("softplus", 2.0, 1.0, kinks=(0.0, 0.5)),
    # Torch takes 1/6 in float32 for the gradient, also of float64, and has no second derivative.
    *[
        case(
            F + "hardsigmoid", lambda t, x: t.nn.functional.hardsigmoid(x), single(x), second=False
        )
        for x in ([0.5, -1.0, 30.0, -30.0], [-3.0, 3.0], 0.5)
    ],
    case(
        F + "hardsigmoid",
        lambda t, x: t.nn.functional.hardsigmoid(x * 2, inplace=True),
        single([0.5, -1.0, 3.0]),
        second=False,
    ),
    *activation("relu"),
    *in_place("relu"),
    *activation("leaky_relu"),
    *activation("leaky_relu", 0.2),
    *in_place("leaky_relu", 0.2),
    *activation("rrelu", 0.1, 0.4),
    *in_place("rrelu", 0.1, 0.4),
    *activation("threshold", 0.5, -7.0, kinks=(0.5,)),
    *in_place("threshold", 0.5, -7.0),
    *activation("hardtanh", kinks=(-1.0, 1.0)),
    *activation("hardtanh", -0.5, 2.0, kinks=(-0.5, 2.0)),
    *in_place("hardtanh", -0.5, 2.0),
    *activation("relu6", kinks=(0.0, 6.0)),
    *in_place("relu6", written=False),
    case(F + "hardtanh", lambda t, x: t.nn.functional.hardtanh(x), whole([-3, 0, 3])),
    case(F + "threshold", lambda t, x: t.nn.functional.threshold(x, 1, 2), whole([0, 1, 5])),
    case(F + "rrelu", lambda t, x: t.nn.functional.rrelu(x, 0.3, 0.3, True), (2, 3)),
    case(F + "rrelu", seeded(lambda t, x: t.nn.functional.rrelu(x, training=True)), (2, 3)),
    case(
        F + "rrelu",
        seeded(lambda t, x: t.nn.functional.rrelu(x.t(), 0.1, 0.6, True)),
        [[-1.5, 0.0, 0.7], [-0.3, float("nan"), -2.0]],
        smooth=False,
    ),
    *[
        case(
            F + "gumbel_softmax",
            seeded(lambda t, x, h=hard, d=dim: t.nn.functional.gumbel_softmax(x, 0.7, h, dim=d)),
            (4, 5),
            smooth=not hard,
        )
        for hard in (False, True)
        for dim in (0, -1)
    ],
    case(F + "prelu", lambda t, x, w: t.nn.functional.prelu(x, w), (2, 3), (3,)),
    case(F + "prelu", lambda t, x, w: t.nn.functional.prelu(x, w), (2, 3, 2, 1), (3,)),
    case(F + "prelu", lambda t, x, w: t.nn.functional.prelu(x, w), (2, 3), (1,)),
    case(F + "prelu", lambda t, x, w: t.nn.functional.prelu(x, w), (3,), ()),
    case(F + "prelu", lambda t, x, w: t.nn.functional.prelu(x, w), (), (1,)),
    case(
        F + "prelu",
        lambda t, x, w: t.nn.functional.prelu(x, w),
        [0.0, -1.0],
        [0.5],
        second=False,
        smooth=False,
    ),
    *activation("elu"),
    *activation("elu", 0.7),
    *in_place("elu", 0.7),
    *activation("selu"),
    *in_place("selu"),
    *activation("celu"),
    *activation("celu", 0.5),
    *in_place("celu", 0.5),
    *activation("silu"),
    *in_place("silu", written=False),
    *activation("mish"),
    *in_place("mish", written=False),
    *activation("hardswish", kinks=(-3.0, 3.0)),
    *in_place("hardswish", written=False),
    *activation("gelu"),
    case(F + "gelu", lambda t, x: t.nn.functional.gelu(x, approximate="tanh"), (2, 3)),
    case(
        F + "gelu",
        lambda t, x: t.nn.functional.gelu(x, approximate="tanh"),
        [0.0, 9.0, -9.0],
    ),
    case(F + "glu", lambda t, x: t.nn.functional.glu(x), (2, 4)),
    case(F + "glu", lambda t, x: t.nn.functional.glu(x, 1), (2, 4, 2)),
    case(F + "glu", lambda t, x: t.nn.functional.glu(x), (0, 4)),
    *activation("hardshrink", kinks=(0.0, -0.5, 0.5)),
    *activation("hardshrink", 1.2),
    *activation("softshrink", kinks=(0.0, -0.5, 0.5)),
    *activation("softshrink", 1.2),
    *activation("tanhshrink"),
    *normalised("softmax"),
    *normalised("log_softmax"),
    *normalised("softmin"),
]

MODULES: list[ModuleCase] = [
    *[
        module(name, lambda nn, name=name: getattr(nn, name)(), (2, 4))
        for name in (
            *("CELU", "ELU", "GELU", "GLU", "Hardshrink", "Hardswish", "Hardtanh"),
            *("LeakyReLU", "LogSigmoid", "Mish", "PReLU", "ReLU", "ReLU6", "SELU", "SiLU"),
            *("Sigmoid", "Softplus", "Softshrink", "Softsign", "Tanh", "Tanhshrink"),
        )
    ],
    *[
        module(
            name,
            lambda nn, name=name: getattr(nn, name)(inplace=True),
            (2, 3),
            call=lambda m, x: m(x * 2),
        )
        for name in (
            *("CELU", "ELU", "Hardswish", "Hardtanh", "LeakyReLU", "Mish"),
            *("ReLU", "ReLU6", "SELU", "SiLU"),
        )
    ],
    module("CELU", lambda nn: nn.CELU(0.5), (2, 3)),
    module("ELU", lambda nn: nn.ELU(0.5), (2, 3)),
    module("GELU", lambda nn: nn.GELU("tanh"), (2, 3)),
    module("GLU", lambda nn: nn.GLU(0), (2, 3)),
    module("Hardshrink", lambda nn: nn.Hardshrink(1), (2, 3)),
    module("Hardsigmoid", lambda nn: nn.Hardsigmoid(), single([0.5, -1.0, 4.0])),
    module(
        "Hardsigmoid",
        lambda nn: nn.Hardsigmoid(inplace=True),
        single([0.5, -1.0, 4.0]),
        call=lambda m, x: m(x * 2),
    ),
    module("Hardtanh", lambda nn: nn.Hardtanh(-0.5, 0.7), (2, 3)),
    module("LeakyReLU", lambda nn: nn.LeakyReLU(0.3), (2, 3)),
    module("PReLU", lambda nn: nn.PReLU(3, init=0.1), (2, 3)),
    module("PReLU", lambda nn: nn.PReLU(3), (2, 3, 2, 1)),
    module("RReLU", lambda nn: nn.RReLU(), (2, 3)),
    module("RReLU", lambda nn: nn.RReLU(0.2, 0.2, True), (2, 3), call=lambda m, x: m(x * 2)),
    module("Softplus", lambda nn: nn.Softplus(2, 1), (2, 3)),
    module("Softshrink", lambda nn: nn.Softshrink(1.5), (2, 3)),
    module("Threshold", lambda nn: nn.Threshold(0.5, -1.0), (2, 3)),
    module("Threshold", lambda nn: nn.Threshold(0, 2, True), (2, 3), call=lambda m, x: m(x * 2)),
    module("Softmax", lambda nn: nn.Softmax(dim=1), (2, 3)),
    module("Softmax", lambda nn: nn.Softmax(), (2, 3), call=quietly(lambda m, x: m(x))),
    module("Softmin", lambda nn: nn.Softmin(dim=0), (2, 3)),
    module("LogSoftmax", lambda nn: nn.LogSoftmax(dim=-1), (2, 3)),
    module("Softmax2d", lambda nn: nn.Softmax2d(), (2, 3, 2, 1)),
    module("Softmax2d", lambda nn: nn.Softmax2d(), (3, 2, 2)),
]

ERRORS = [
    refused(
        F + "hardtanh",
        lambda t: t.nn.functional.hardtanh(t.zeros(2), 1.0, -1.0),
        "min_val cannot be greater than max_val",
        ValueError,
    ),
    refused(
        F + "hardtanh",
        lambda t: t.nn.functional.hardtanh(t.zeros(2, dtype=t.uint8), -1, 1),
        "cannot do hardtanh on an unsigned type with negative limits",
    ),
    refused(
        F + "threshold",
        lambda t: t.nn.functional.threshold(t.zeros(2, dtype=t.int8), 0, 300),
        "without overflow",
    ),
    refused(
        "Hardtanh",
        lambda t: t.nn.Hardtanh(1, 1),
        "max_val (1) must be greater than min_val (1)",
        AssertionError,
    ),
    refused(
        F + "celu",
        lambda t: t.nn.functional.celu(t.zeros(2), 0.0),
        "ZeroDivisionError: alpha cannot be 0 for CELU",
    ),
    refused(
        F + "rrelu",
        lambda t: t.nn.functional.rrelu(t.zeros(2), 0.5, 0.1),
        "Lower bound should be less than or equal to the upper bound",
    ),
    refused(
        F + "softshrink",
        lambda t: t.nn.functional.softshrink(t.zeros(2), -1.0),
        "lambda must be in range [0, ",
    ),
    refused(
        F + "gelu",
        lambda t: t.nn.functional.gelu(t.zeros(2), approximate="x"),
        "approximate argument must be either none or tanh",
    ),
    refused(
        F + "glu",
        lambda t: t.nn.functional.glu(t.zeros(3)),
        "Halving dimension must be even, but dimension 0 is size 3",
    ),
    refused(
        F + "glu",
        lambda t: t.nn.functional.glu(t.tensor(1.0)),
        "glu does not support scalars because halving size must be even",
    ),
    refused(
        F + "glu",
        lambda t: t.nn.functional.glu(t.zeros(2), 1),
        "Dimension out of range (expected to be in range of [-1, 0], but got 1)",
        IndexError,
    ),
    refused(
        F + "prelu",
        lambda t: t.nn.functional.prelu(t.zeros(2, 3), t.zeros(2)),
        "Mismatch of parameter numbers and input channel size. Found ",
    ),
    refused(
        F + "prelu",
        lambda t: t.nn.functional.prelu(t.tensor(1.0), t.zeros(3)),
        "Not allow zero-dim input tensor",
    ),
    refused(
        F + "prelu",
        lambda t: t.nn.functional.prelu(t.zeros(2), t.zeros(1, dtype=t.float64)),
        "prelu: Type promoting not supported. Got ",
    ),
    refused(
        "Softmax2d",
        lambda t: t.nn.Softmax2d()(t.zeros(2)),
        "Softmax2d: expected input to be 3D or 4D, got 1D instead",
        ValueError,
    ),
    refused(
        F + "relu_",
        lambda t: t.nn.functional.relu_(t.zeros(2, requires_grad=True)),
        "a leaf Variable that requires grad",
    ),
]
