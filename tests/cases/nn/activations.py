"""Activation functions and their modules."""

from __future__ import annotations

from tests.cases.case import Case, ErrorCase, case
from tests.cases.nn.module import F, module


def activation(name: str, *options: float) -> list[Case]:
    """Make the cases of an elementwise function of `nn.functional`."""
    return [
        case(F + name, lambda t, x: getattr(t.nn.functional, name)(x, *options), (2, 3)),
        case(F + name, lambda t, x: getattr(t.nn.functional, name)(x, *options), ()),
        case(
            F + name,
            lambda t, x: getattr(t.nn.functional, name)(x, *options),
            [-1.0, 0.0, 1.0],
            smooth=False,
        ),
    ]


def normalised(name: str) -> list[Case]:
    """Make the cases of `softmax` or `log_softmax`."""
    return [
        case(F + name, lambda t, x: getattr(t.nn.functional, name)(x, dim=-1), (2, 3)),
        case(F + name, lambda t, x: getattr(t.nn.functional, name)(x, 0), (2, 3)),
        case(F + name, lambda t, x: getattr(t.nn.functional, name)(x, 1), (2, 3, 2)),
        case(F + name, lambda t, x: getattr(t.nn.functional, name)(x, 0), [1e3, -1e3, 0.0]),
    ]


CASES = [
    *activation("tanh"),
    *activation("sigmoid"),
    *activation("relu"),
    *activation("leaky_relu"),
    *activation("leaky_relu", 0.2),
    *normalised("softmax"),
    *normalised("log_softmax"),
]

MODULES = [
    module("Tanh", lambda nn: nn.Tanh(), (2, 3)),
    module("Sigmoid", lambda nn: nn.Sigmoid(), (2, 3)),
    module("ReLU", lambda nn: nn.ReLU(), (2, 3)),
    module("LeakyReLU", lambda nn: nn.LeakyReLU(), (2, 3)),
    module("LeakyReLU", lambda nn: nn.LeakyReLU(0.3), (2, 3)),
]

ERRORS: list[ErrorCase] = []
