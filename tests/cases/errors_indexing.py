"""Calls to read and write parts that torch refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.cases.case import ErrorCase, refused


def _get(index: Callable[[Any], Any], phrase: str, type: type[Exception] = IndexError) -> ErrorCase:
    return ErrorCase("getitem", lambda t: t.ones(2, 3)[index(t)], type, phrase)


def _set(
    index: Any, value: Callable[[Any], Any], phrase: str, type: type[Exception] = RuntimeError
) -> ErrorCase:
    return ErrorCase("setitem", lambda t: t.ones(2, 3).__setitem__(index, value(t)), type, phrase)


LONG = "Expected a long tensor for index, but got"
VECTOR = "Index is supposed to be a vector"

ERRORS = [
    _get(lambda t: t.tensor([2]), "index 2 is out of bounds for dimension 0 with size 2"),
    _get(lambda t: (0, t.tensor([-4])), "is out of bounds"),
    _get(lambda t: (0, 3), "index 3 is out of bounds for dimension 1 with size 3"),
    _get(lambda t: (0, 0, 0), "too many indices for tensor of dimension 2"),
    _get(lambda t: t.ones(2, 3, 1) > 0, "too many indices for tensor of dimension 2"),
    _get(lambda t: t.ones(2, 2) > 0, "The shape of the mask [2, 2] at index 1 does not match"),
    _get(lambda t: ([0, 1], [0, 1, 2]), "indexing tensors could not be broadcast"),
    _get(lambda t: (False, [0, 1]), "indexing tensors could not be broadcast"),
    _get(lambda t: t.ones(1), "must be long, int, byte or bool tensors"),
    _get(lambda t: t.ones(1).to(t.int16), "must be long, int, byte or bool tensors"),
    _get(lambda t: {}, "are valid indices (got dict)"),
    _get(lambda t: slice(None, None, -1), "step must be greater than zero", ValueError),
    _get(lambda t: slice(None, None, 0), "slice step cannot be zero", ValueError),
    _get(lambda t: slice(0, 1.5), "slice indices must be integers or None", TypeError),
    refused("getitem", lambda t: t.ones(())[0], "invalid index of a 0-dim tensor", IndexError),
    refused(
        "getitem",
        lambda t: t.ones(())[t.tensor([0])],
        "too many indices for tensor of dimension 0",
        IndexError,
    ),
    _set(0, lambda t: [1.0], "can't assign a list to a", TypeError),
    _set(0, lambda t: "a", "can't assign a str to a", TypeError),
    _set(0, lambda t: None, "can't assign a NoneType to a", TypeError),
    _set(0, lambda t: t.ones(2), ""),
    _set([0], lambda t: t.ones(2), "cannot be broadcast to indexing result of shape [1, 3]"),
    _set([0], lambda t: t.tensor(1), "Index put requires the source and destination dtypes match"),
    _set(2, lambda t: 1.0, "index 2 is out of bounds for dimension 0 with size 2", IndexError),
    _set([2], lambda t: 1.0, "index 2 is out of bounds for dimension 0 with size 2", IndexError),
    refused(
        "setitem",
        lambda t: t.tensor([1]).__setitem__(0, float("nan")),
        "value cannot be converted to type",
    ),
    refused(
        "gather",
        lambda t: t.ones(2).gather(0, t.ones(1)),
        "gather(): Expected dtype int32/int64 for index",
    ),
    refused("gather", lambda t: t.ones(2).gather(1, t.tensor([0])), "out of range", IndexError),
    refused(
        "gather",
        lambda t: t.ones(1, 2).gather(1, t.tensor([[0], [0]])),
        "to be no larger than self [1, 2] apart from dimension 1",
    ),
    refused(
        "index_select",
        lambda t: t.ones(2).index_select(0, t.tensor([[0]])),
        VECTOR,
        IndexError,
    ),
    refused("index_select", lambda t: t.ones(2).index_select(0, t.tensor([2])), "", IndexError),
    refused("index_select", lambda t: t.ones(2).index_select(0, t.tensor([-1])), "", IndexError),
    refused(
        "index_select",
        lambda t: t.ones(()).index_select(0, t.tensor([0, 0])),
        "Index to scalar can have only 1 value, got 2 value(s)",
    ),
    refused(
        "take",
        lambda t: t.ones(2).take(t.tensor([2])),
        "out of range: tried to access index 2 on a tensor of 2 elements.",
        IndexError,
    ),
    refused("take", lambda t: t.ones(2).take(t.ones(1)), LONG),
    refused(
        "take_along_dim",
        lambda t: t.ones(2, 2).take_along_dim(t.tensor([0]), 0),
        "input and indices should have the same number of dimensions",
    ),
    refused(
        "take_along_dim",
        lambda t: t.ones(2).take_along_dim(t.ones(1), 0),
        "dtype of indices should be Long but got",
    ),
    refused(
        "masked_select",
        lambda t: t.ones(2).masked_select(t.ones(2)),
        "expected BoolTensor for mask",
    ),
    refused("masked_select", lambda t: t.ones(2).masked_select(t.ones(3) > 0), ""),
    refused("where", lambda t: t.where(t.ones(2) > 0, t.ones(2)), "", TypeError),
    refused(
        "scatter",
        lambda t: t.ones(2).scatter(0, t.tensor([2]), 1.0),
        "index 2 is out of bounds for dimension 0 with size 2",
    ),
    refused(
        "scatter",
        lambda t: t.ones(2).scatter(0, t.tensor([-1]), 1.0),
        "index -1 is out of bounds for dimension 0 with size 2",
    ),
    refused(
        "scatter",
        lambda t: t.ones(2).scatter(0, t.tensor([0]), t.tensor([1])),
        "Expected self.dtype to be equal to src.dtype",
    ),
    refused(
        "scatter",
        lambda t: t.ones(2).scatter(0, t.tensor([[0]]), t.ones(1, 1)),
        "Index tensor must have the same number of dimensions as self tensor",
    ),
    refused(
        "scatter",
        lambda t: t.ones(2).scatter(0, t.tensor([0]), t.ones(1, 1)),
        "Index tensor must have the same number of dimensions as src tensor",
    ),
    refused(
        "scatter",
        lambda t: t.ones(2).scatter(0, t.tensor([0, 0]), t.ones(1)),
        "to be no larger size than src [1]",
    ),
    refused("scatter", lambda t: t.ones(2).scatter(0, t.tensor([0])), "", TypeError),
    refused(
        "scatter",
        lambda t: t.ones(2).scatter(0, t.tensor([0]), 1.0, reduce="max"),
        "reduce argument must be either add or multiply",
    ),
    refused(
        "scatter",
        lambda t: t.tensor([1]).scatter(0, t.tensor([0]), float("inf")),
        "value cannot be converted to type",
    ),
    refused(
        "scatter_reduce",
        lambda t: t.ones(2).scatter_reduce(0, t.tensor([0]), t.ones(1), "most"),
        "reduce argument must be either sum, prod, mean, amax or amin, got most",
    ),
    refused(
        "scatter_reduce",
        lambda t: t.ones(2).scatter_reduce(0, t.tensor([0]), 1.0, "sum"),
        "",
        TypeError,
    ),
    refused(
        "scatter_",
        lambda t: t.ones(2, requires_grad=True).scatter_(0, t.tensor([0]), 1.0),
        "a leaf Variable that requires grad",
    ),
    refused(
        "index_add",
        lambda t: t.ones(2, 1).index_add(0, t.tensor([2]), t.ones(1, 1)),
        "is out of bounds for dimension 0 with size 2",
    ),
    refused(
        "index_add",
        lambda t: t.ones(2).index_add(0, t.tensor([0]), t.ones(2)),
        "Number of indices (1) should be equal to source.size(dim): (2), for dim: 0",
    ),
    refused(
        "index_add",
        lambda t: t.ones(2, 2).index_add(0, t.tensor([0]), t.ones(1, 3)),
        "source tensor shape must match self tensor shape, excluding the specified dimension",
    ),
    refused(
        "index_add",
        lambda t: t.ones(2).index_add(0, t.tensor([0]), t.tensor([1])),
        "must have the same scalar type",
    ),
    refused(
        "index_add",
        lambda t: t.ones(2).index_add(0, t.tensor([[0]]), t.ones(1)),
        VECTOR,
        IndexError,
    ),
    refused(
        "index_copy",
        lambda t: t.ones(2).index_copy(0, t.tensor([-1]), t.ones(1)),
        "is out of bounds for dimension 0 with size 2",
        IndexError,
    ),
    refused(
        "index_copy",
        lambda t: t.ones(2).index_copy(0, t.tensor([0]), t.ones(2)),
        "should be equal to source.size(dim)",
        IndexError,
    ),
    refused("index_copy", lambda t: t.ones(2).index_copy(0, t.ones(1), t.ones(1)), LONG),
    refused(
        "index_fill",
        lambda t: t.ones(2).index_fill(0, t.tensor([2]), 1.0),
        "index 2 is out of bounds for dimension 0 with size 2",
        IndexError,
    ),
    refused(
        "index_fill",
        lambda t: t.ones(2).index_fill(0, t.tensor([0]), t.ones(1)),
        "only supports a 0-dimensional value tensor, but got tensor with 1 dimension(s).",
    ),
    refused(
        "index_fill",
        lambda t: t.ones(2).index_fill(0, t.ones(1), 1.0),
        "Expected dtype int64 for index",
        IndexError,
    ),
    refused(
        "index_reduce",
        lambda t: t.ones(2).index_reduce(0, t.tensor([0]), t.ones(1), "sum"),
        "Expected reduce to be one of prod, mean, amax or amin but got sum.",
    ),
    refused("index_put", lambda t: t.ones(2).index_put((0,), t.ones(())), "", TypeError),
    refused(
        "index_put",
        lambda t: t.ones(2).index_put((t.tensor([0]),), t.tensor(1)),
        "Index put requires the source and destination dtypes match",
    ),
    refused(
        "put",
        lambda t: t.ones(2).put(t.tensor([2]), t.ones(1)),
        "out of range: tried to access index 2 on a tensor of 2 elements.",
        IndexError,
    ),
    refused(
        "put",
        lambda t: t.ones(2).put(t.tensor([0]), t.ones(2)),
        "Expected source and index to have the same number of elements",
        IndexError,
    ),
    refused(
        "put",
        lambda t: t.ones(2).put(t.tensor([0]), t.tensor([1])),
        "self and source expected to have the same dtype",
    ),
    refused(
        "masked_fill",
        lambda t: t.ones(2).masked_fill(t.ones(2), 1.0),
        "only supports boolean masks, but got mask with dtype",
    ),
    refused(
        "masked_fill",
        lambda t: t.ones(2).masked_fill(t.ones(2) > 0, t.ones(2)),
        "only supports a 0-dimensional value tensor, but got tensor with 1 dimension(s).",
    ),
    refused(
        "masked_fill", lambda t: t.ones(2).masked_fill(t.ones(3) > 0, 1.0), "must match the size of"
    ),
    refused(
        "masked_fill_",
        lambda t: t.ones(2).masked_fill_(t.ones(2, 2) > 0, 1.0),
        "doesn't match the broadcast shape",
    ),
    refused(
        "masked_scatter",
        lambda t: t.ones(2).masked_scatter(t.ones(2) > 0, t.ones(1)),
        "Number of elements of source < number of ones in mask",
    ),
    refused(
        "masked_scatter",
        lambda t: t.ones(2).masked_scatter(t.ones(2) > 0, t.tensor([1, 2])),
        "expected self and source to have same dtypes but got",
    ),
    refused(
        "masked_scatter",
        lambda t: t.ones(2).masked_scatter(t.ones(2), t.ones(2)),
        "only supports boolean masks, but got mask with dtype",
    ),
    refused(
        "select_scatter",
        lambda t: t.ones(2, 3).select_scatter(t.ones(2), 0, 0),
        "expected src to have a size equal to the slice of self. src size = [2], slice size = [3]",
    ),
    refused(
        "slice_scatter",
        lambda t: t.ones(3).slice_scatter(t.ones(2), 0, 2),
        "expected src to have a size equal to the slice of self. src size = [2], slice size = [1]",
    ),
]
