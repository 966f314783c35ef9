"""Calls of sorting and counting that torch refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cases.case import ErrorCase


def _unique_backward(t: Any) -> None:
    t.ones(2, requires_grad=True).unique().sum().backward()


def _bincount_backward(t: Any) -> None:
    t.tensor([0, 1]).bincount(t.ones(2, requires_grad=True)).sum().backward()


def _search(t: Any, *inputs: Any, **options: Any) -> Any:
    return t.searchsorted(t.tensor([1.0, 2.0]), *inputs, **options)


# What torch calls "quantile()" in the errors of both.
def _quantiles(name: str) -> list[ErrorCase]:
    def refused(phrase: str, *inputs: Callable[[Any], Any], **options: str) -> ErrorCase:
        def call(t: Any) -> Any:
            return getattr(t, name)(*(make(t) for make in inputs), **options)

        return ErrorCase(name, call, RuntimeError, f"quantile() {phrase}")

    def ones(t: Any) -> Any:
        return t.ones(2)

    return [
        refused(
            "input tensor must be either float or double dtype",
            lambda t: t.tensor([1, 2]),
            lambda t: 0.5,
        ),
        refused("input tensor must be non-empty", lambda t: t.ones(0), lambda t: 0.5),
        refused("q must be in the range [0, 1] but got 1.5", ones, lambda t: 1.5),
        refused(
            "q values must be in the range [0, 1]", ones, lambda t: t.tensor([0.5, float("nan")])
        ),
        refused("q must be a scalar or 1D tensor", ones, lambda t: t.ones(1, 1)),
        refused(
            "q tensor must be same dtype as the input tensor", ones, lambda t: t.ones(1).double()
        ),
        refused(
            "interpolation must be one of linear, lower, higher, midpoint or nearest",
            ones,
            lambda t: 0.5,
            interpolation="cubic",
        ),
    ]


EMPTY = "(): Expected reduction dim 0 to have non-zero size"

ERRORS = [
    ErrorCase("sort", lambda t: t.ones(2).sort(1), IndexError, "Dimension out of range"),
    ErrorCase("sort", lambda t: t.sort([1.0]), TypeError, ""),
    ErrorCase("topk", lambda t: t.ones(2).topk(3), RuntimeError, "selected index k out of range"),
    ErrorCase("topk", lambda t: t.ones(2).topk(-1), RuntimeError, "selected index k out of range"),
    ErrorCase(
        "topk", lambda t: t.tensor([True]).topk(1), RuntimeError, "topk does not support bool"
    ),
    ErrorCase(
        "kthvalue",
        lambda t: t.ones(2).kthvalue(0),
        RuntimeError,
        "kthvalue(): selected number k out of range for dimension 0",
    ),
    ErrorCase(
        "kthvalue", lambda t: t.tensor([True]).kthvalue(1), NotImplementedError, "not implemented"
    ),
    ErrorCase("kthvalue", lambda t: t.ones(0, 2).kthvalue(1, 0), IndexError, EMPTY),
    ErrorCase("median", lambda t: t.ones(0, 2).median(0), IndexError, EMPTY),
    ErrorCase("nanmedian", lambda t: t.ones(0, 2).nanmedian(0), IndexError, EMPTY),
    ErrorCase("mode", lambda t: t.ones(0, 2).mode(0), IndexError, EMPTY),
    ErrorCase("median", lambda t: t.tensor([True]).median(), NotImplementedError, "for 'Bool'"),
    *_quantiles("quantile"),
    *_quantiles("nanquantile"),
    ErrorCase(
        "searchsorted",
        lambda t: _search(t, 1.0, side="up"),
        RuntimeError,
        "side can only be 'left' or 'right' but got up",
    ),
    ErrorCase(
        "searchsorted",
        lambda t: _search(t, 1.0, side="left", right=True),
        RuntimeError,
        "side and right can't be set to opposites, got side of left while right was True",
    ),
    ErrorCase(
        "searchsorted",
        lambda t: _search(t, 1.0, sorter=t.tensor([0])),
        RuntimeError,
        "boundary and sorter must have the same size, but got boundary tensor [2]",
    ),
    ErrorCase(
        "searchsorted",
        lambda t: _search(t, 1.0, sorter=t.tensor([0.0, 1.0])),
        RuntimeError,
        "sorter must be a tensor of long dtype",
    ),
    ErrorCase(
        "searchsorted",
        lambda t: _search(t, 1.0, sorter=t.tensor([0, 2])),
        RuntimeError,
        "sorter index out of range",
    ),
    ErrorCase(
        "searchsorted",
        lambda t: t.searchsorted(t.ones(()), t.ones(1)),
        RuntimeError,
        "boundaries tensor should have positive dimension, but got 0 dimension",
    ),
    ErrorCase(
        "searchsorted",
        lambda t: t.searchsorted(t.ones(2, 3), 1.0),
        RuntimeError,
        "input value can be a scalar only when boundaries tensor dimension is 1",
    ),
    ErrorCase(
        "searchsorted",
        lambda t: t.searchsorted(t.ones(2, 3), t.ones(3, 3)),
        RuntimeError,
        "the first N-1 dimensions of boundaries tensor and input value tensor must match, but we "
        "got boundaries tensor [2, 3] and input value tensor [3, 3]",
    ),
    ErrorCase(
        "searchsorted",
        lambda t: t.searchsorted(t.tensor([True]), t.tensor([True])),
        NotImplementedError,
        "not implemented for 'Bool'",
    ),
    ErrorCase(
        "bucketize",
        lambda t: t.bucketize(t.ones(2), t.ones(2, 2)),
        RuntimeError,
        "boundaries tensor must be 1 dimension, but got dim(2)",
    ),
    ErrorCase(
        "unique",
        lambda t: t.tensor(1.0).unique(dim=0),
        IndexError,
        "Dimension specified as 0 but tensor has no dimensions",
    ),
    ErrorCase(
        "unique",
        lambda t: t.ones(2, 0).unique(dim=0),
        RuntimeError,
        "There are 0 sized dimensions, and they aren't selected, so unique cannot be applied",
    ),
    ErrorCase("unique", _unique_backward, NotImplementedError, "is not implemented"),
    ErrorCase("bincount", _bincount_backward, RuntimeError, "is not implemented"),
    ErrorCase("bincount", lambda t: t.ones(2).bincount(), NotImplementedError, "not implemented"),
    ErrorCase(
        "bincount",
        lambda t: t.tensor([-1]).bincount(),
        RuntimeError,
        "bincount only supports 1-d non-negative integral inputs.",
    ),
    ErrorCase(
        "bincount",
        lambda t: t.tensor([[1]]).bincount(),
        RuntimeError,
        "bincount only supports 1-d non-negative integral inputs.",
    ),
    ErrorCase(
        "bincount",
        lambda t: t.tensor([1]).bincount(minlength=-1),
        RuntimeError,
        "minlength should be >= 0",
    ),
    ErrorCase(
        "bincount",
        lambda t: t.tensor([1, 1]).bincount(t.ones(1)),
        RuntimeError,
        "weights should be 1-d and have the same length as input",
    ),
    ErrorCase("histc", lambda t: t.tensor([1]).histc(), NotImplementedError, "not implemented for"),
    ErrorCase("histc", lambda t: t.ones(1).histc(0), RuntimeError, "bins must be > 0, but got 0"),
    ErrorCase(
        "histc",
        lambda t: t.ones(1).histc(2, 2, 1),
        RuntimeError,
        "torch.histc: max must be larger than min",
    ),
    ErrorCase(
        "histc",
        lambda t: t.tensor([1.0, float("inf")]).histc(2),
        RuntimeError,
        "torch.histc: range of [1",
    ),
    ErrorCase(
        "isin",
        lambda t: t.isin(t.tensor([True]), t.tensor([True])),
        RuntimeError,
        "Unsupported input type encountered for isin(): Bool",
    ),
    ErrorCase("isin", lambda t: t.isin(1, 2), TypeError, ""),
    ErrorCase(
        "cartesian_prod",
        lambda t: t.cartesian_prod(t.ones(2, 2)),
        RuntimeError,
        "Expect a 1D vector, but got shape [2, 2]",
    ),
    ErrorCase(
        "cartesian_prod",
        lambda t: t.cartesian_prod(t.ones(2), t.tensor([1])),
        RuntimeError,
        "expects all tensors to have the same dtype",
    ),
    ErrorCase(
        "combinations",
        lambda t: t.combinations(t.ones(2, 2)),
        RuntimeError,
        "Expect a 1D vector, but got shape [2, 2]",
    ),
    ErrorCase(
        "combinations",
        lambda t: t.combinations(t.ones(2), -1),
        RuntimeError,
        "Expect a non-negative number, but got -1",
    ),
]
