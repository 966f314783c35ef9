"""Filling parameters: what is not drawn at random. `tests/nn/test_init.py` has the rest."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, case, refused
from tests.cases.nn.module import ModuleCase


def filled(name: str, shape: tuple[int, ...], *options: Any) -> Case:
    """Make the case of a filling of zeros."""
    return case(
        f"nn.init.{name}",
        lambda t, x: getattr(t.nn.init, name)(x.detach() * 0 + 7, *options),
        shape,
        first=False,
    )


CASES = [
    filled("constant_", (2, 3), 1.5),
    filled("zeros_", (2,)),
    filled("ones_", ()),
    filled("eye_", (2, 3)),
    filled("eye_", (3, 2)),
    filled("dirac_", (2, 3, 3)),
    filled("dirac_", (4, 2, 3, 2), 2),
    filled("dirac_", (2, 2, 1, 3, 2)),
    *[
        case(
            "nn.init.calculate_gain",
            lambda t, x, name=name, more=more: x * t.nn.init.calculate_gain(name, *more),
            (1,),
            first=False,
        )
        for name, more in [
            ("linear", ()),
            ("conv2d", ()),
            ("conv_transpose3d", ()),
            ("sigmoid", ()),
            ("tanh", ()),
            ("relu", ()),
            ("leaky_relu", ()),
            ("leaky_relu", (0.2,)),
            ("selu", ()),
        ]
    ],
]

MODULES: list[ModuleCase] = []


def call(name: str, shape: tuple[int, ...], *options: Any, **named: Any) -> Any:
    return lambda t: getattr(t.nn.init, name)(t.zeros(shape), *options, **named)


FANS = "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"

ERRORS = [
    refused("eye_", call("eye_", (2,)), "Only tensors with 2 dimensions are supported", ValueError),
    refused(
        "dirac_",
        call("dirac_", (2, 2)),
        "Only tensors with 3, 4, or 5 dimensions are supported",
        ValueError,
    ),
    refused(
        "dirac_", call("dirac_", (3, 2, 2), 2), "dim 0 must be divisible by groups", ValueError
    ),
    refused(
        "normal_", call("normal_", (2,), std=-1.0), "normal expects std >= 0.0, but found std -1"
    ),
    refused(
        "trunc_normal_",
        call("trunc_normal_", (2,), a=2.0, b=-2.0),
        "uniform_ expects to return a [from, to) range, but found from=",
    ),
    refused("xavier_uniform_", call("xavier_uniform_", (2,)), FANS, ValueError),
    refused("xavier_normal_", call("xavier_normal_", (2,)), FANS, ValueError),
    refused("kaiming_normal_", call("kaiming_normal_", (2,)), FANS, ValueError),
    refused(
        "kaiming_uniform_",
        call("kaiming_uniform_", (2, 2), mode="fan"),
        "Mode fan not supported, please use one of ['fan_in', 'fan_out']",
        ValueError,
    ),
    refused(
        "orthogonal_",
        call("orthogonal_", (2,)),
        "Only tensors with 2 or more dimensions are supported",
        ValueError,
    ),
    refused(
        "sparse_",
        call("sparse_", (2,), 0.5),
        "Only tensors with 2 dimensions are supported",
        ValueError,
    ),
    refused(
        "calculate_gain",
        lambda t: t.nn.init.calculate_gain("swish"),
        "Unsupported nonlinearity swish",
        ValueError,
    ),
    refused(
        "calculate_gain",
        lambda t: t.nn.init.calculate_gain("leaky_relu", True),
        "negative_slope True not a valid number",
        ValueError,
    ),
]
