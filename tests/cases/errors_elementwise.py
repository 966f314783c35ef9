"""Calls of functions of one element at a time that torch refuses."""

from __future__ import annotations

from tests.cases.case import ErrorCase

ERRORS = [
    ErrorCase("sin", lambda t: t.sin([1.0]), TypeError, ""),
    ErrorCase("erf", lambda t: t.erf(1.0), TypeError, ""),
    ErrorCase("bitwise_and", lambda t: t.ones(2) & t.ones(2), NotImplementedError, ""),
    ErrorCase("bitwise_not", lambda t: t.bitwise_not(t.ones(2)), NotImplementedError, ""),
    ErrorCase("bitwise_left_shift", lambda t: t.ones(2) << 1, NotImplementedError, ""),
    ErrorCase("remainder", lambda t: t.tensor([1]) % 0, RuntimeError, "ZeroDivisionError"),
    ErrorCase("floor_divide", lambda t: t.tensor([1]) // 0, RuntimeError, "ZeroDivisionError"),
    ErrorCase(
        "div",
        lambda t: t.div(t.ones(1), 2.0, rounding_mode="up"),
        RuntimeError,
        "rounding_mode to be one of",
    ),
    ErrorCase("clamp", lambda t: t.clamp(t.ones(2)), RuntimeError, "At least one of"),
    ErrorCase(
        "where", lambda t: t.where(t.ones(1), 1.0, 2.0), RuntimeError, "condition to be a boolean"
    ),
    ErrorCase("lerp", lambda t: t.lerp(t.ones(1), t.tensor([1]), 0.5), RuntimeError, "dtype"),
    ErrorCase(
        "addcdiv",
        lambda t: t.addcdiv(t.tensor([1]), t.tensor([1]), t.tensor([1])),
        RuntimeError,
        "Integer division with addcdiv is no longer supported",
    ),
    ErrorCase("isclose", lambda t: t.isclose(t.ones(1), t.tensor([1])), RuntimeError, "did not"),
    ErrorCase(
        "isclose", lambda t: t.isclose(t.ones(1), t.ones(1), rtol=-1.0), RuntimeError, "rtol"
    ),
    ErrorCase("positive", lambda t: +t.tensor([True]), RuntimeError, "on a bool tensor is not"),
    ErrorCase("relu", lambda t: t.relu(t.tensor([True])), RuntimeError, "not supported for relu"),
    ErrorCase(
        "add",
        lambda t: t.add(t.tensor([1]), t.tensor([1]), alpha=1.5),
        RuntimeError,
        "For integral input tensors, argument alpha must not be a floating point number",
    ),
    ErrorCase(
        "sub",
        lambda t: t.sub(t.ones(1), t.ones(1), alpha=False),
        RuntimeError,
        "Boolean alpha only supported for Boolean results.",
    ),
    ErrorCase("float_power", lambda t: t.float_power(2, 3), TypeError, "float_power()"),
    ErrorCase("frac", lambda t: t.tensor([1]).frac(), NotImplementedError, "not implemented for"),
    ErrorCase(
        "round", lambda t: t.tensor([1]).round(decimals=1), NotImplementedError, "not implemented"
    ),
    ErrorCase(
        "logcumsumexp",
        lambda t: t.tensor([1]).logcumsumexp(0),
        NotImplementedError,
        "not implemented for",
    ),
    ErrorCase(
        "polygamma",
        lambda t: t.polygamma(-1, t.ones(1)),
        RuntimeError,
        "does not support negative n",
    ),
    ErrorCase("norm", lambda t: t.norm(t.ones(2), "x"), RuntimeError, ""),
]
