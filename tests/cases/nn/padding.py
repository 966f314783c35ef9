"""Padding."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, case, refused, whole
from tests.cases.nn.module import F, module


def pad(shape: tuple[int, ...], *options: Any) -> Case:
    """Make the case of padding a shape."""
    return case(F + "pad", lambda t, x: t.nn.functional.pad(x, *options), shape)


def around(ndim: int, *kinds: str) -> list[Case]:
    """Make the cases of all modes but the constant one."""
    sides = (1, 2, 0, 1, 1, 1)[: 2 * ndim]
    return [pad((2, *(3,) * ndim), sides, kind) for kind in kinds]


KINDS = ("reflect", "replicate", "circular")

CASES = [
    pad((2, 3), (1, 2)),
    pad((2, 3), (1, 2), "constant", 1.5),
    pad((2, 3), (1, 0, 0, 2)),
    pad((2, 3), (-1, 1, 0, -1)),
    pad((3,), (-1, -1)),
    pad((1, 3), (-2, -1)),
    pad((2, 1, 2), (0, 0, 1, 1, 1, 0)),
    pad((0, 3), (1, 1)),
    pad((2, 0), (1, 1)),
    pad((2, 3), ()),
    case(F + "pad", lambda t, x: t.nn.functional.pad(x, (1, 1)), whole([1, 2])),
    case(F + "pad", lambda t, x: t.nn.functional.pad(x, (1, 1), "reflect"), whole([[1, 2]])),
    *around(1, *KINDS),
    *around(2, *KINDS),
    *around(3, *KINDS),
    # Of "circular" torch crops after it has wrapped, and wraps what it crops.
    *[pad((1, 1, 2, 3), (1, 0, -1, 1), kind) for kind in ("reflect", "replicate")],
    *[pad((0, 2, 3), (1, 2), kind) for kind in KINDS],
    pad((1, 2), (4, 3), "replicate"),
    pad((2, 3), (3, 3), "circular"),
]

MODULES = [
    module("ZeroPad1d", lambda nn: nn.ZeroPad1d(2), (2, 3)),
    module("ZeroPad2d", lambda nn: nn.ZeroPad2d((1, 0, -1, 2)), (1, 2, 3)),
    module("ZeroPad3d", lambda nn: nn.ZeroPad3d(1), (1, 1, 2, 1)),
    module("ConstantPad1d", lambda nn: nn.ConstantPad1d(2, 1.5), (2, 3)),
    module("ConstantPad2d", lambda nn: nn.ConstantPad2d((1, 2, 3, 4), 2), (1, 2, 2)),
    module("ConstantPad3d", lambda nn: nn.ConstantPad3d(1, -1.0), (1, 1, 2, 1)),
    module("ReflectionPad1d", lambda nn: nn.ReflectionPad1d(2), (2, 3)),
    module("ReflectionPad2d", lambda nn: nn.ReflectionPad2d((1, 1, 2, 0)), (1, 3, 2)),
    module("ReflectionPad3d", lambda nn: nn.ReflectionPad3d(1), (1, 2, 2, 2)),
    module("ReplicationPad1d", lambda nn: nn.ReplicationPad1d(2), (2, 3)),
    module("ReplicationPad2d", lambda nn: nn.ReplicationPad2d((1, 1, 2, 0)), (1, 3, 2)),
    module("ReplicationPad3d", lambda nn: nn.ReplicationPad3d(1), (1, 2, 2, 2)),
    module("CircularPad1d", lambda nn: nn.CircularPad1d(2), (2, 3)),
    module("CircularPad2d", lambda nn: nn.CircularPad2d((1, 1, 2, 0)), (1, 3, 2)),
    module("CircularPad3d", lambda nn: nn.CircularPad3d(1), (1, 1, 2, 2, 2)),
]


def padded(shape: tuple[int, ...], *options: Any) -> Any:
    return lambda t: t.nn.functional.pad(t.zeros(shape), *options)


ERRORS = [
    refused("pad", padded((2, 3), (1,)), "Padding length must be divisible by 2"),
    refused(
        "pad",
        padded((3,), (1, 1, 1, 1)),
        "Padding length should be less than or equal to two times the input dimension but got "
        "padding length 4 and input of dimension 1",
    ),
    refused("pad", padded((1, 3), (-2, -2)), "narrow(): length must be non-negative"),
    refused("pad", padded((1, 3), (4, -4)), "narrow(): length must be non-negative"),
    refused("pad", padded((1, 3), (-4, 4)), "narrow(): length must be non-negative"),
    refused(
        "pad",
        padded((3,), (1, 1), "reflect"),
        "Padding size 2 is not supported for 1D input tensor.",
        NotImplementedError,
    ),
    refused(
        "pad",
        padded((2, 3), (3, 1), "reflect"),
        "Padding size should be less than the corresponding input dimension, but got: padding "
        "(3, 1) at dimension 1 of input [2, 3]",
    ),
    refused(
        "pad",
        padded((2, 3), (4, 1), "circular"),
        "Padding value causes wrapping around more than once",
    ),
    refused(
        "pad",
        padded((1, 2, 3), (1, 1), "reflect", 2.0),
        'Padding mode "reflect" doesn\'t take in value argument',
    ),
    refused(
        "pad",
        padded((1, 2, 0), (1, 1), "replicate"),
        "Expected 2D or 3D (batch mode) tensor with possibly 0 batch size and other non-zero "
        "dimensions for input, but got: [1, 2, 0]",
    ),
    refused("pad", padded((1, 2, 3), (-4, 1), "reflect"), "is too small"),
    refused(
        "pad",
        padded((3,), (1, 1), "mirror"),
        "Unrecognised padding mode mirror",
        NotImplementedError,
    ),
    refused(
        "CircularPad2d",
        lambda t: t.nn.CircularPad2d(1)(t.zeros(2, 3)),
        "expected 3D or 4D input (got 2D input)",
        ValueError,
    ),
]
