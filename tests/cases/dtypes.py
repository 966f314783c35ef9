"""Element types: casts, names, limits; tests/parity/test_dtypes.py has where they meet."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests.cases.case import Torch, Values, case, single, truth, whole

CASTS = [
    case("Tensor.to", lambda t, x: x.to(t.float32), (2, 3)),
    case("Tensor.to", lambda t, x: x.to(t.float64), (2, 3)),
    case("Tensor.to", lambda t, x: x.to(t.float16), (2, 3)),
    case("Tensor.to", lambda t, x: x.to(t.int64), [1.9, -1.9, 0.0]),
    case("Tensor.to", lambda t, x: x.to(t.bool), [1.5, 0.0, float("nan")]),
    case("Tensor.to", lambda t, x: x.to(x) is x, (2,)),
    case("Tensor.to", lambda t, x, y: x.to(y), (2,), single(1.0)),
    case(
        "Tensor.to", lambda t, x: (x.to("cpu") is x, x.to(t.device("cpu")) is x, x.to() is x), (2,)
    ),
    case("Tensor.to", lambda t, x: x.to("cpu", t.float64, False, True), (2,)),
    case("Tensor.to", lambda t, x: x.to(device="cpu", dtype=t.float64), (2,)),
    case("Tensor.to", lambda t, x: x.to(x.dtype, copy=True), (2,)),
    case("Tensor.to", lambda t, x: x.to(x.dtype, False, True) is x, (2,)),
    case("Tensor.type_as", lambda t, x, y: x.type_as(y), whole([1, 2]), (1,)),
    case("Tensor.type_as", lambda t, x, y: x.type_as(y), (2,), single([1.0])),
    case("Tensor.type", lambda t, x: x.type(), single([1.0])),
    case("Tensor.type", lambda t, x: x.type(t.float64), (2,)),
    case("Tensor.type", lambda t, x: x.type("torch.LongTensor"), (2,)),
    case("Tensor.half", lambda t, x: x.half(), (2,)),
    case("Tensor.float", lambda t, x: x.float(), (2,)),
    case("Tensor.double", lambda t, x: x.double(), (2,)),
    case("Tensor.byte", lambda t, x: x.byte(), whole([300, -1])),
    case("Tensor.char", lambda t, x: x.char(), whole([300, -1])),
    case("Tensor.short", lambda t, x: x.short(), whole([70000, -1])),
    case("Tensor.int", lambda t, x: x.int(), [2.5, -2.5]),
    case("Tensor.long", lambda t, x: x.long(), truth([True, False])),
    case("Tensor.bool", lambda t, x: x.bool(), whole([2, 0])),
    case("Tensor.cpu", lambda t, x: x.cpu() is x, (2,)),
]


def sizes(t: Torch, x: Any) -> tuple[int, ...]:
    return x.element_size(), x.itemsize, x.nbytes, x.nelement()


PROPERTIES = [
    case("Tensor.itemsize", sizes, (2, 3)),
    case("Tensor.nbytes", sizes, Values("int8", [1, 2])),
    case("Tensor.element_size", sizes, Values("float16", [1, 2])),
    case("Tensor.nelement", sizes, truth(True)),
    case("Tensor.device", lambda t, x: (repr(x.device), str(x.device)), (2,)),
    case(
        "device", lambda t: (repr(t.device("cpu", 0)), str(t.device("cpu:0")), t.device("cpu").type)
    ),
    case("device", lambda t: t.device(t.device("cpu")) == t.device("cpu") != t.device("cpu:0")),
    case("is_floating_point", lambda t, x: (t.is_floating_point(x), x.is_floating_point()), (2,)),
    case("is_floating_point", lambda t, x: x.is_floating_point(), whole(1)),
    case("is_complex", lambda t, x: (t.is_complex(x), x.is_complex()), (2,)),
    case("is_tensor", lambda t, x: (t.is_tensor(x), t.is_tensor(1.0)), (2,)),
    case("get_default_dtype", lambda t: repr(t.get_default_dtype())),
    case("finfo", lambda t: (repr(t.finfo()), t.finfo(t.float16).bits)),
    case("iinfo", lambda t: (repr(t.iinfo(t.uint8)), t.iinfo(t.int64).max)),
    case("promote_types", lambda t: repr(t.promote_types(t.uint8, t.int8))),
    case("result_type", lambda t, x: repr(t.result_type(x, 2.5)), whole([1])),
    case("result_type", lambda t: repr(t.result_type(1, 2.5))),
    case("can_cast", lambda t: (t.can_cast(t.float32, t.int8), t.can_cast(t.int64, t.float16))),
]

# Differences are too coarse in all types but one.
CASES = [*[replace(one, smooth=False) for one in CASTS], *PROPERTIES]
