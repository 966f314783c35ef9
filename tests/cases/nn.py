"""The functions and modules of `nn`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.cases.case import Case, case, whole

F = "nn.functional."


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


def reduced(name: str, inputs: tuple[Any, ...], targets: Any) -> list[Case]:
    """Make the cases of a loss, by each reduction."""
    return [
        case(
            F + name,
            lambda t, x, y, how=how: getattr(t.nn.functional, name)(x, y, reduction=how),
            inputs,
            targets,
        )
        for how in ("mean", "sum", "none")
    ]


CASES = [
    *activation("tanh"),
    *activation("sigmoid"),
    *activation("relu"),
    *activation("leaky_relu"),
    *activation("leaky_relu", 0.2),
    *normalised("softmax"),
    *normalised("log_softmax"),
    case(F + "linear", lambda t, x, w: t.nn.functional.linear(x, w), (2, 3), (4, 3)),
    case(F + "linear", lambda t, x, w, b: t.nn.functional.linear(x, w, b), (2, 3), (4, 3), (4,)),
    case(F + "linear", lambda t, x, w, b: t.nn.functional.linear(x, w, b), (3,), (4, 3), (4,)),
    case(
        F + "linear",
        lambda t, x, w, b: t.nn.functional.linear(x, w, b),
        (2, 2, 3),
        (4, 3),
        (4,),
    ),
    case(F + "linear", lambda t, x, w: t.nn.functional.linear(x, w), (3, 1, 1, 4), (3, 4)),
    case(F + "dropout", lambda t, x: t.nn.functional.dropout(x, 0.5, training=False), (2, 3)),
    case(F + "dropout", lambda t, x: t.nn.functional.dropout(x, 0.0), (2, 3)),
    case(F + "dropout", lambda t, x: t.nn.functional.dropout(x, 1.0), (2, 3)),
    *reduced("mse_loss", (2, 3), (2, 3)),
    *reduced("nll_loss", (3, 4), whole([1, 0, 3])),
    *reduced("nll_loss", (4,), whole(2)),
    *reduced("cross_entropy", (3, 4), whole([1, 0, 3])),
    *reduced("cross_entropy", (4,), whole(2)),
    case(
        F + "cross_entropy",
        lambda t, x, y: t.nn.functional.cross_entropy(x * 1e3, y),
        (2, 3),
        whole([0, 2]),
    ),
]


@dataclass(frozen=True)
class ModuleCase:
    """A module to compare with torch's, with the same weights.

    Attributes:
        name: the module, as `nn` has it.
        make: makes it, of `nn`.
        inputs: what it is called with, as in `Case`.
        random: whether training mode draws numbers, so that only evaluation can be compared.
    """

    name: str
    make: Callable[[Any], Any]
    inputs: tuple[Any, ...]
    random: bool = False

    def __str__(self) -> str:
        return f"{self.name}{self.inputs}"


MODULES = [
    ModuleCase("Linear", lambda nn: nn.Linear(3, 4), ((2, 3),)),
    ModuleCase("Linear", lambda nn: nn.Linear(3, 4, bias=False), ((2, 2, 3),)),
    ModuleCase("Linear", lambda nn: nn.Linear(1, 1), ((1,),)),
    ModuleCase("Tanh", lambda nn: nn.Tanh(), ((2, 3),)),
    ModuleCase("Sigmoid", lambda nn: nn.Sigmoid(), ((2, 3),)),
    ModuleCase("ReLU", lambda nn: nn.ReLU(), ((2, 3),)),
    ModuleCase("LeakyReLU", lambda nn: nn.LeakyReLU(), ((2, 3),)),
    ModuleCase("LeakyReLU", lambda nn: nn.LeakyReLU(0.3), ((2, 3),)),
    ModuleCase("Dropout", lambda nn: nn.Dropout(0.3), ((2, 3),), random=True),
    ModuleCase("MSELoss", lambda nn: nn.MSELoss(), ((2, 3), (2, 3))),
    ModuleCase("MSELoss", lambda nn: nn.MSELoss(reduction="sum"), ((2, 3), (2, 3))),
    ModuleCase("CrossEntropyLoss", lambda nn: nn.CrossEntropyLoss(), ((3, 4), whole([0, 3, 1]))),
    ModuleCase(
        "CrossEntropyLoss",
        lambda nn: nn.CrossEntropyLoss(reduction="none"),
        ((3, 4), whole([0, 3, 1])),
    ),
    ModuleCase("Sequential", lambda nn: nn.Sequential(), ((2, 3),)),
    ModuleCase(
        "Sequential",
        lambda nn: nn.Sequential(
            nn.Linear(3, 5), nn.Tanh(), nn.Sequential(nn.Linear(5, 4, bias=False), nn.ReLU())
        ),
        ((2, 3),),
    ),
    ModuleCase(
        "Sequential",
        lambda nn: nn.Sequential(nn.Linear(3, 5), nn.Dropout(0.5), nn.LeakyReLU(), nn.Sigmoid()),
        ((4, 3),),
        random=True,
    ),
]
