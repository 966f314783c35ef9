"""Calls to fold dimensions away that torch refuses."""

from __future__ import annotations

from tests.cases.case import ErrorCase, refused


def untracked(name: str, *dims: int) -> ErrorCase:
    """Make a call that asks for integers of what tracks gradients."""
    return refused(
        name,
        lambda t: getattr(t.ones(2, requires_grad=True), name)(*dims, dtype=t.int64),
        "Autograd not support dtype: ",
    )


ERRORS = [
    ErrorCase(
        "max", lambda t: t.zeros(0).max(), RuntimeError, "max(): Expected reduction dim to be"
    ),
    ErrorCase("max", lambda t: t.zeros(0, 2).max(0), IndexError, "to have non-zero size"),
    ErrorCase("max", lambda t: t.max(t.ones(2), 1.0), TypeError, "max()"),
    ErrorCase("amax", lambda t: t.zeros(0).amax(), RuntimeError, "Expected reduction dim to be"),
    ErrorCase("argmax", lambda t: t.zeros(0).argmax(), IndexError, "Expected reduction dim to be"),
    ErrorCase(
        "argmax", lambda t: t.tensor([True]).argmax(), RuntimeError, "does not support bool input"
    ),
    ErrorCase("aminmax", lambda t: t.zeros(0).aminmax(), RuntimeError, "over an empty dimension"),
    ErrorCase(
        "mean", lambda t: t.ones(2).mean(dtype=t.int64), RuntimeError, "could not infer output"
    ),
    *[untracked(name, *dims) for name in ("sum", "nansum", "prod") for dims in ((), (0,))],
    *[untracked(name, 0) for name in ("cumsum", "cumprod")],
    *[
        refused(
            name,
            lambda t, name=name: getattr(t.ones(2), name)(0, dtype=t.bool),
            f'"{name}_out_cpu" not implemented for ',
            NotImplementedError,
        )
        for name in ("cumsum", "cumprod")
    ],
    refused("nanmean", lambda t: t.ones(2).nanmean(dtype=t.int64), "could not infer output"),
    ErrorCase("nanmean", lambda t: t.tensor([1]).nanmean(), RuntimeError, "expected input to have"),
    ErrorCase("std", lambda t: t.tensor([1]).std(), RuntimeError, "only support floating point"),
    ErrorCase("prod", lambda t: t.ones(2).prod((0,)), TypeError, "prod()"),
    ErrorCase("diff", lambda t: t.ones(()).diff(), RuntimeError, "at least one-dimensional"),
    ErrorCase("diff", lambda t: t.ones(2).diff(-1), RuntimeError, "order must be non-negative"),
    ErrorCase(
        "softmax", lambda t: t.tensor([1]).softmax(0), NotImplementedError, "not implemented for"
    ),
    ErrorCase("sum", lambda t: t.sum(1.0), TypeError, ""),
    ErrorCase("cumsum", lambda t: t.ones(2).cumsum(1), IndexError, "Dimension out of range"),
]
