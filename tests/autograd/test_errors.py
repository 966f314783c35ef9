"""Every error that this layer raises, with its whole text."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
from tests.autograd.errors_creation import CREATION
from tests.autograd.errors_engine import ENGINE, tracked
from tests.autograd.errors_function import FUNCTION
from tests.autograd.errors_own import OWN
from tests.autograd.errors_transforms import TRANSFORMS
from tests.cases.table import ERRORS

import minitorch
import minitorch_autograd as t
import minitorch_tensor
from minitorch_autograd import Tensor
from minitorch_autograd.arguments.extensions import numpy as extension

# Of NumPy, which a tensor layer may lack, and in words that are partly the tensor layer's.
pytestmark = pytest.mark.relies_on("tensor")


def given_gradient(x: Tensor, gradient: Any) -> None:
    x.grad = gradient


def without_numpy() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(minitorch_tensor, "to_numpy")
        patch.delattr(extension, "to_numpy", raising=False)  # what it has found before
        t.ones(1).numpy()


CASES: list[tuple[Callable[[], object], type[Exception], str]] = [
    *CREATION,
    *ENGINE,
    *FUNCTION,
    *OWN,
    *TRANSFORMS,
    # --- requires_grad and grad
    (
        lambda: (tracked(1) * 2).requires_grad_(False),
        RuntimeError,
        "you can only change requires_grad flags of leaf variables. If you want to use a computed "
        "variable in a subgraph that doesn't require differentiation use var_no_grad = "
        "var.detach().",
    ),
    (
        lambda: t.tensor([1], requires_grad=True),
        RuntimeError,
        "only Tensors of floating point and complex dtype can require gradients: this one is "
        "torch.int64",
    ),
    (
        lambda: given_gradient(tracked(2, 1), t.ones(2, dtype=t.float64)),
        RuntimeError,
        "assigned grad has data of a different size or type: expected [2, 1] of torch.float32, "
        "got [2] of torch.float64",
    ),
    (
        lambda: given_gradient(tracked(2), 1.0),
        TypeError,
        "assigned grad expected to be a Tensor or None but got grad of type float",
    ),
    # --- in place
    (
        lambda: tracked(2).add_(1.0),
        RuntimeError,
        "a leaf Variable that requires grad is being used in an in-place operation.",
    ),
    (
        lambda: tracked(3).clone().add_(t.ones(2, 3, dtype=t.float64)),
        RuntimeError,
        "output with shape [3] doesn't match the broadcast shape [2, 3]",
    ),
    (
        lambda: t.mul(tracked(2), 2.0, out=t.ones(2)),
        RuntimeError,
        "mul(): functions with out=... arguments don't support automatic differentiation, but one "
        "of the arguments requires grad.",
    ),
    # --- creation
    (
        lambda: Tensor(2.5),
        TypeError,
        "new(): data must be a sequence (got float): use tensor(2.5)",
    ),
    (lambda: t.arange(0, 5, 0), RuntimeError, "step must be nonzero"),
    (
        lambda: t.arange(0, 5, -1),
        RuntimeError,
        "upper bound and lower bound inconsistent with step sign: from 0 to 5 by -1",
    ),
    (
        lambda: t.ones(2).uniform_(3.0, 2.0),
        RuntimeError,
        "uniform_ expects to return a [from, to) range, but found from=3 > to=2",
    ),
    (
        lambda: t.ones(2).normal_(0.0, -1.0),
        RuntimeError,
        "normal expects std >= 0.0, but found std -1",
    ),
    # --- shapes and dimensions
    (
        lambda: t.ones(2).sum(2),
        IndexError,
        "Dimension out of range (expected to be in range of [-1, 0], but got 2)",
    ),
    (
        lambda: t.ones(2, 2).sum((1, -1)),
        RuntimeError,
        "dim 1 appears multiple times in the list of dims",
    ),
    (
        lambda: t.ones(6).reshape(4),
        RuntimeError,
        "shape '[4]' is invalid for input of size 6",
    ),
    (
        lambda: t.ones(6).reshape(4, -1),
        RuntimeError,
        "shape '[4, -1]' is invalid for input of size 6",
    ),
    (
        lambda: t.ones(6).reshape(-1, -1),
        RuntimeError,
        "only one dimension can be inferred: shape '[-1, -1]'",
    ),
    (
        lambda: t.ones(2, 3).permute(0, 0),
        RuntimeError,
        "permute(dims): number of dims don't match or a dim repeats: dims (0, 0) for a tensor of 2 "
        "dimensions",
    ),
    (
        lambda: t.ones(1, 2, 3).t(),
        RuntimeError,
        "t() expects a tensor with <= 2 dimensions, but self is 3D",
    ),
    (
        lambda: t.ones(2, 2).expand(2),
        RuntimeError,
        "expand: the number of sizes provided (1) must be greater or equal to the number of "
        "dimensions in the tensor (2)",
    ),
    (lambda: t.cat([]), ValueError, "cat(): expected a non-empty list of Tensors"),
    (
        lambda: t.cat([t.ones(1), t.ones(())]),
        RuntimeError,
        "zero-dimensional tensor (at position 1) cannot be concatenated",
    ),
    (lambda: t.stack([]), RuntimeError, "stack expects a non-empty TensorList"),
    (
        lambda: t.stack([t.ones(2), t.ones(2, 3)]),
        RuntimeError,
        "stack expects each tensor to be equal size, but got [2] at entry 0 and [2, 3] at entry 1",
    ),
    (
        lambda: t.tensor([1, 2]).mean(),
        RuntimeError,
        "mean(): could not infer output dtype. Input dtype must be either a floating point or "
        "complex dtype. Got: torch.int64; cast it first, as in x.to(torch.float32)",
    ),
    (
        lambda: t.nanmean(t.ones(2), dtype=t.int64),
        RuntimeError,
        "nanmean(): could not infer output dtype. Optional dtype must be either a floating point "
        "or complex dtype. Got: torch.int64",
    ),
    (
        lambda: t.ones(2, requires_grad=True).sum(dtype=t.int64),
        RuntimeError,
        "sum: Autograd not support dtype: torch.int64, and the input tracks gradients: detach it "
        "first, as in x.detach().sum(dtype=torch.int64)",
    ),
    (
        lambda: t.ones(2).cumsum(0, dtype=t.bool),
        NotImplementedError,
        '"cumsum_out_cpu" not implemented for torch.bool: ask for an integer type',
    ),
    (
        lambda: t.where(t.ones(2), 1.0, t.ones(2)),
        RuntimeError,
        "where expected condition to be a boolean tensor, but got a tensor with dtype "
        "torch.float32",
    ),
    # --- indexing
    (
        lambda: t.ones(2)[0, 0],
        IndexError,
        "too many indices for tensor of dimension 1: 2 for (2,)",
    ),
    (
        lambda: t.ones(2)[::-1],
        ValueError,
        "slice step must be positive, got -1: step must be greater than zero; use flip to reverse",
    ),
    (
        lambda: t.ones(2)[t.ones(1)],
        IndexError,
        "tensors used as indices must be long, int, byte or bool tensors, but one has "
        "dtype torch.float32",
    ),
    (
        lambda: t.ones(3, 2)[0, -3],
        IndexError,
        "index -3 is out of bounds for dimension 1 with size 2",
    ),
    (
        lambda: t.ones(2)[1.0],  # type: ignore[arg-type]  # on purpose
        IndexError,
        "only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid "
        "indices (got float)",
    ),
    (
        lambda: t.ones(2, 3)[t.tensor([True])],
        IndexError,
        "The shape of the mask [1] at index 0 does not match the shape of the indexed "
        "tensor [2, 3] at index 0",
    ),
    (
        lambda: t.ones(2).gather(0, t.ones(2)),
        RuntimeError,
        "gather(): Expected dtype int32/int64 for index, but got torch.float32",
    ),
    (
        lambda: t.ones(2, 2).gather(0, t.tensor([0])),
        RuntimeError,
        "gather(): Index tensor must have the same number of dimensions as input tensor: "
        "(1,) and (2, 2)",
    ),
    (
        lambda: t.ones(1, 2).gather(1, t.tensor([[0], [1]])),
        RuntimeError,
        "gather(): Expected index [2, 1] to be no larger than self [1, 2] apart from dimension 1",
    ),
    (
        lambda: t.ones(2).gather(0, t.tensor([0, 2])),
        RuntimeError,
        "index 2 is out of bounds for dimension 0 with size 2",
    ),
    # --- as Python sees it
    (
        lambda: float(t.ones(2)),
        ValueError,
        "only one element tensors can be converted to Python scalars: this one is of shape (2,)",
    ),
    (lambda: len(t.ones(())), TypeError, "len() of a 0-d tensor"),
    (lambda: iter(t.ones(())), TypeError, "iteration over a 0-d tensor"),
    (
        lambda: bool(t.ones(2)),
        RuntimeError,
        "Boolean value of Tensor with more than one value is ambiguous: its shape is (2,); use "
        "(...).sum(), or compare one element",
    ),
    (
        lambda: range(t.ones(())),
        TypeError,
        "only integer tensors of a single element can be converted to an index",
    ),
    (
        lambda: copy.deepcopy(tracked(1) * 2),
        RuntimeError,
        "Only Tensors created explicitly by the user (graph leaves) support the deepcopy protocol "
        "at the moment: use x.detach().clone()",
    ),
    (
        lambda: tracked(2).numpy(),
        RuntimeError,
        "Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.",
    ),
    (
        without_numpy,
        NotImplementedError,
        'to_numpy needs the extension "numpy" of the tensor layer, which '
        f"{minitorch_tensor.__file__} does not have",
    ),
]


@pytest.mark.parametrize(("call", "kind", "text"), CASES, ids=[text[:40] for _, _, text in CASES])
def test_error(call: Callable[[], object], kind: type[Exception], text: str) -> None:
    with pytest.raises(kind) as caught:
        call()
    assert str(caught.value) == text
    assert type(caught.value) is kind


@pytest.mark.relies_on("tensor")
@pytest.mark.relies_on("nn")
def test_every_raise_is_in_a_table() -> None:
    raised = set()
    calls: list[tuple[Callable[[], object], type[Exception]]] = [
        *[(call, kind) for call, kind, _ in CASES],
        *[(partial(case.call, minitorch), Exception) for case in ERRORS],
    ]
    for call, kind in calls:
        with pytest.raises(kind) as caught:
            call()
        raised.add(place(caught.tb))
    there = {
        (file.name, node.lineno)
        for file in Path(t.__file__).parent.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Raise) and node.exc is not None
    }
    assert {f"{name}:{line}" for name, line in there - raised} == set()


def place(traceback: TracebackType) -> tuple[str, int]:
    """Return the file and the line of the innermost call."""
    while traceback.tb_next:
        traceback = traceback.tb_next
    return Path(traceback.tb_frame.f_code.co_filename).name, traceback.tb_lineno
