"""Calls to move elements that torch refuses."""

from __future__ import annotations

from typing import Any

from tests.cases.case import refused


def _view_in_no_grad(t: Any) -> None:
    x = t.ones(2, requires_grad=True) * 1
    with t.no_grad():
        view = x[0]
    view.mul_(2)


ERRORS = [
    refused("flatten", lambda t: t.ones(2, 3).flatten(1, 0), "start_dim"),
    refused("unflatten", lambda t: t.ones(6).unflatten(0, (4, 2)), "multiply up to the size of"),
    refused(
        "broadcast_shapes",
        lambda t: t.broadcast_shapes((2,), (3,)),
        "broadcast a dimension of length 3",
    ),
    refused("movedim", lambda t: t.ones(2, 3).movedim((0, 1), (0,)), "same number of dims"),
    refused("movedim", lambda t: t.ones(2, 3).movedim((0, 0), (0, 1)), "repeated dim"),
    refused("mT", lambda t: t.ones(2).mT, "only supported on matrices"),
    refused("select", lambda t: t.ones(2).select(0, 2), "out of range for tensor of", IndexError),
    refused("select", lambda t: t.ones(()).select(0, 0), "0-dim tensor", IndexError),
    refused("narrow", lambda t: t.ones(2).narrow(0, 1, 2), "exceeds dimension size (2)"),
    refused("narrow", lambda t: t.ones(2).narrow(0, 3, 0), "start out of range", IndexError),
    refused("narrow", lambda t: t.ones(2).narrow(0, 0, -1), "length must be non-negative"),
    refused("split", lambda t: t.ones(3).split([1, 1]), "split_sizes to sum exactly to 3"),
    refused("split", lambda t: t.ones(3).split(0), "split_size"),
    refused("split", lambda t: t.ones(()).split(1), "at least a 1-dimensional tensor"),
    refused("chunk", lambda t: t.ones(3).chunk(0), "to be greater than 0, got: 0"),
    refused("tensor_split", lambda t: t.ones(3).tensor_split(0), "must be larger than 0"),
    refused("unbind", lambda t: t.ones(()).unbind(), "no dimensions", IndexError),
    refused("cat", lambda t: t.cat(t.ones(2)), "must be tuple of Tensors", TypeError),
    refused("stack", lambda t: t.stack(t.ones(2)), "must be tuple of Tensors", TypeError),
    refused("cat", lambda t: t.cat([t.ones(2), t.ones(2, 2)]), "same number of dimensions"),
    refused("hstack", lambda t: t.hstack([]), "non-empty TensorList"),
    refused("repeat", lambda t: t.ones(2, 2).repeat(2), "Number of dimensions of repeat dims"),
    refused("repeat", lambda t: t.ones(2).repeat(-1), "negative dimension"),
    refused(
        "repeat_interleave",
        lambda t: t.ones(2).repeat_interleave(t.tensor([1, 2, 3])),
        "same size as input along dim",
    ),
    refused(
        "repeat_interleave",
        lambda t: t.ones(2).repeat_interleave(-1),
        "Repeats must be non-negative",
    ),
    refused(
        "repeat_interleave",
        lambda t: t.ones(2).repeat_interleave(t.tensor([1.0, 1.0])),
        "not implemented for",
        NotImplementedError,
    ),
    refused(
        "repeat_interleave",
        lambda t: t.ones(2).repeat_interleave(t.tensor([1, -1])),
        "can not be negative",
    ),
    refused("flip", lambda t: t.ones(2).flip(0, 0), "appears multiple times"),
    refused("flip", lambda t: t.ones(2).flip(1), "Dimension out of range", IndexError),
    refused("fliplr", lambda t: t.ones(2).fliplr(), "Input must be >= 2-d"),
    refused("flipud", lambda t: t.ones(()).flipud(), "Input must be >= 1-d"),
    refused("roll", lambda t: t.ones(2).roll((1, 2), (0,)), "must align"),
    refused("roll", lambda t: t.ones(2).roll(()), "`shifts` required"),
    refused("rot90", lambda t: t.ones(2, 2).rot90(1, (0, 0)), "to be different"),
    refused("rot90", lambda t: t.ones(2).rot90(), "expected total dims >= 2"),
    refused("rot90", lambda t: t.ones(2, 2).rot90(1, (0,)), "expected total rotation dims == 2"),
    refused("diagonal", lambda t: t.ones(2, 2).diagonal(0, 1, 1), "cannot be identical"),
    refused("diag", lambda t: t.ones(1, 1, 1).diag(), "Supports 1D or 2D tensors"),
    refused("trace", lambda t: t.ones(2).trace(), "expected a matrix"),
    refused("tril", lambda t: t.ones(2).tril(), "at least 2 dimensions"),
    refused("as_strided", lambda t: t.ones(2).as_strided((3,), (1,)), "out of bounds for storage"),
    refused("as_strided", lambda t: t.ones(2).as_strided((2,), (-1,)), "egative strides"),
    refused("as_strided", lambda t: t.ones(2).as_strided((2,), (1, 1)), "mismatch in length"),
    refused("unfold", lambda t: t.ones(2).unfold(0, 3, 1), "but size is 3"),
    refused("unfold", lambda t: t.ones(2).unfold(0, 1, 0), "step is 0 but must be > 0"),
    refused("unfold", lambda t: t.ones(2).unfold(0, -1, 1), "but must be >= 0"),
    refused("mul_", lambda t: t.ones(2).expand(2, 2).mul_(2), "a single memory location"),
    refused("repeat_interleave", lambda t: t.ones(()).repeat_interleave(2, 0), "", IndexError),
    refused(
        "repeat_interleave",
        lambda t: t.ones(2).repeat_interleave(t.tensor([1, 2]), output_size=4),
        "allocated size does not match required size",
    ),
    refused(
        "repeat_interleave",
        lambda t: t.ones(2).repeat_interleave(t.tensor([[1, 2]])),
        "repeats must be 0-dim or 1-dim tensor",
    ),
    refused("roll", lambda t: t.ones(()).roll(1, 0), "tensor has no dimensions", IndexError),
    refused("unflatten", lambda t: t.ones(2).unflatten(0, ()), "must be non-empty"),
    refused("narrow", lambda t: t.ones(()).narrow(0, 0, 0), "cannot be applied to a 0-dim tensor"),
    refused("chunk", lambda t: t.ones(()).chunk(1), "at least a 1-dimensional tensor"),
    refused("tensor_split", lambda t: t.ones(()).tensor_split(1), "1-dimensional tensor"),
    refused("diag_embed", lambda t: t.ones(()).diag_embed(), "", IndexError),
    refused("in place", lambda t: t.ones(2, requires_grad=True)[0].mul_(2), "a view of a leaf"),
    refused("in place", _view_in_no_grad, "A view was created in no_grad mode"),
    refused("in place", lambda t: t.tensor([1]).sqrt_(), "can't be cast to the desired output"),
    refused("fill_", lambda t: t.ones(2).fill_(t.ones(1)), "only supports 0-dimension value"),
]
