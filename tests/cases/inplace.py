"""Operations that write their result into their first argument, and go on in its history."""

from __future__ import annotations

from typing import Any

from tests.cases import elementwise, rounding, trigonometry
from tests.cases.case import Case, case, truth, whole
from tests.cases.elementwise import named

from minitorch_autograd import Tensor

# Torch has no derivatives of these in place, or inexact ones (its `polygamma`).
WITHOUT = {"acosh", "asinh", "atanh", "logical_not"}
FUNCTIONS = [
    name
    for name in named([*elementwise.CASES, *trigonometry.CASES, *rounding.CASES])
    if hasattr(Tensor, f"{name}_") and name not in WITHOUT
]
WITH: dict[str, tuple[Any, ...]] = {
    "clamp": (0.3, 0.6),
    "clip": (0.3,),
    "clamp_min": (0.5,),
    "clamp_max": (0.5,),
    "pow": (2,),
    "remainder": (0.3,),
    "fmod": (0.3,),
}
PAIRS = ["atan2", "copysign", "hypot", "xlogy", "pow", "remainder", "fmod"]
COMPARISONS = ["eq", "ne", "lt", "le", "gt", "ge"]
LOGIC = ["logical_and", "logical_or", "logical_xor"]
BITS = [f"bitwise_{name}" for name in ("and", "or", "xor", "left_shift", "right_shift")]


def called(name: str, *args: Any) -> Any:
    """Return the call of the form in place, on a tensor that was computed."""
    return lambda t, x, *others: getattr(x * 1, f"{name}_")(*others, *args)


CASES: list[Case] = [
    *(case(f"Tensor.{name}_", called(name), (3,), domain=(0.2, 0.8)) for name in FUNCTIONS),
    case("Tensor.acosh_", called("acosh"), (3,), domain=(1.2, 3.0), first=False),
    case("Tensor.asinh_", called("asinh"), (3,), first=False),
    case("Tensor.atanh_", called("atanh"), (3,), domain=(-0.8, 0.8), first=False),
    case("Tensor.digamma_", called("digamma"), (3,), domain=(0.2, 0.8), first=False),
    case("Tensor.lgamma_", called("lgamma"), (3,), domain=(0.2, 0.8), second=False),
    *(
        case(f"Tensor.{name}_", called(name, *args), (2, 2), domain=(0.31, 0.59))
        for name, args in WITH.items()
    ),
    *(case(f"Tensor.{name}_", called(name), (2, 2), (2,), domain=(0.2, 0.8)) for name in PAIRS),
    *(case(f"Tensor.{name}_", called(name), (2, 2), (2,), first=False) for name in COMPARISONS),
    *(case(f"Tensor.{name}_", called(name), whole([0, 1]), whole([2, 0])) for name in LOGIC),
    case("Tensor.logical_not_", called("logical_not"), [0.0, 2.0], first=False),
    *(case(f"Tensor.{name}_", called(name), whole([5, 6]), whole([3, 1])) for name in BITS),
    case("Tensor.bitwise_not_", called("bitwise_not"), truth([True, False])),
    case("Tensor.floor_divide_", called("floor_divide"), (3,), (), domain=(1, 9), first=False),
    case(
        "Tensor.float_power_", lambda t, x: x.to(t.float64).float_power_(2), [1.0, 2.0], first=False
    ),
    case("Tensor.lerp_", called("lerp", 0.3), (2,), (2,)),
    case("Tensor.addcmul_", called("addcmul"), (2,), (2,), ()),
    case("Tensor.addcdiv_", called("addcdiv"), (2,), (2,), (), domain=(0.5, 2)),
    case("Tensor.tril_", called("tril"), (2, 2)),
    case("Tensor.triu_", called("triu", 1), (2, 3)),
    case("Tensor.div_", lambda t, x: (x * 1).div_(0.4, rounding_mode="floor"), (3,)),
    case("operators", lambda t, x: (lambda y: y.__imod__(0.7).__ipow__(2))(x * 1), (3,)),
]
