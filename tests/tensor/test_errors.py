"""The whole text of every error of the tensor layer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import minitorch_tensor as t
from minitorch_tensor import from_numpy, full, tensor


def ones(*shape: int) -> t.Tensor:
    return full(shape, 1, t.float32)


OVERLAP = (
    "unsupported operation: more than one element of the written-to tensor refers to a single "
    "memory location. Please clone() the tensor before performing the operation."
)

# Some misuses are what a type checker would refuse: they go through Any.
misuse: Any = t

ERRORS: dict[str, tuple[Callable[[], object], type[Exception], str]] = {
    "shapes that don't broadcast": (
        lambda: ones(2, 3) + ones(4, 3),
        RuntimeError,
        "add: The size of tensor a (2) must match the size of tensor b (4) at non-singleton "
        "dimension 0: shapes (2, 3) and (4, 3)",
    ),
    "shapes of other lengths": (
        lambda: ones(5, 1, 3) * ones(2),
        RuntimeError,
        "multiply: The size of tensor a (3) must match the size of tensor b (2) at non-singleton "
        "dimension 2: shapes (5, 1, 3) and (2,)",
    ),
    "where": (
        lambda: t.where(tensor([True, False]), ones(3), 0.0),
        RuntimeError,
        "where: The size of tensor a (2) must match the size of tensor b (3) at non-singleton "
        "dimension 0: shapes (2,) and (3,)",
    ),
    "an operand of over 64 bits": (
        lambda: tensor([1]) + 2**70,
        OverflowError,
        "add: int too big to convert: int64 does not hold it",
    ),
    "a choice of over 64 bits": (
        lambda: t.where(tensor([True]), tensor([1]), 2**70),
        OverflowError,
        "where: int too big to convert: int64 does not hold it",
    ),
    "an operand that only uint64 holds": (
        lambda: tensor([True]) + 2**63,
        OverflowError,
        "int too big to convert: int64 does not hold it",
    ),
    "a power that the type does not hold": (
        lambda: tensor([1], t.int8) ** 300,
        RuntimeError,
        "pow: value cannot be converted to type int8 without overflow: 300",
    ),
    "more elements than there are places": (
        lambda: t.arange(0.0, 1e30, 1, t.float32),
        RuntimeError,
        "arange: invalid size, possible overflow? 0.0 to 1e+30 by 1",
    ),
    "an operand that is no number": (
        lambda: misuse.tensor([1.0]) + "2",
        TypeError,
        "unsupported operand type(s) for +: 'Tensor' and 'str': expected a Tensor or a number, got "
        "str: '2'",
    ),
    "an array of elements that tensors don't have": (
        lambda: misuse.tensor([1.0]) + np.ones(1, complex),
        TypeError,
        "unsupported operand type(s) for +: 'Tensor' and 'ndarray': expected a Tensor or a number, "
        "got ndarray: array([1.+0.j])",
    ),
    "bool - bool": (
        lambda: tensor([True]) - tensor([True]),
        RuntimeError,
        "subtract: Subtraction, the `-` operator, with two bool tensors is not supported; "
        "cast to int64 first, or invert a mask with `mask == False`",
    ),
    "float - bool": (
        lambda: ones(1) - tensor([True]),
        RuntimeError,
        "subtract: Subtraction, the `-` operator, with a bool tensor is not supported; "
        "cast to int64 first, or invert a mask with `mask == False`",
    ),
    "-bool": (
        lambda: -tensor([True]),
        RuntimeError,
        "neg: Negation, the `-` operator, on a bool tensor is not supported",
    ),
    "abs of bool": (
        lambda: t.abs(tensor([True])),
        RuntimeError,
        "abs: not supported for bool tensors; cast to int64 first",
    ),
    "integers to negative powers": (
        lambda: tensor([2]) ** -1,
        RuntimeError,
        "pow: Integers to negative integer powers are not allowed.",
    ),
    "in place, too large": (
        lambda: ones(3).__iadd__(ones(2, 3)),
        RuntimeError,
        "add: output with shape [3] doesn't match the broadcast shape [2, 3]",
    ),
    "in place, another category": (
        lambda: tensor([1]).__imul__(1.5),
        RuntimeError,
        "multiply: result type float32 can't be cast to the desired output type int64: "
        "cast the operand, or make a new tensor",
    ),
    "in place, where elements overlap": (
        lambda: ones(1).expand((3,)).__iadd__(1.0),
        RuntimeError,
        OVERLAP,
    ),
    "writing where elements overlap": (
        lambda: ones(1).expand((3,)).__setitem__((0,), 1.0),
        RuntimeError,
        OVERLAP,
    ),
    "a square root into another shape": (
        lambda: t.sqrt(ones(2), out=ones(3)),
        RuntimeError,
        "sqrt: output of torch.float32 and shape (3,) doesn't match the input of torch.float32 and "
        "shape (2,)",
    ),
    "matmul of matrices": (
        lambda: ones(3, 4) @ ones(5, 6),
        RuntimeError,
        "matmul: mat1 and mat2 shapes cannot be multiplied (3x4 and 5x6): 4 != 5",
    ),
    "matmul of batches, inner sizes": (
        lambda: ones(2, 3, 4) @ ones(2, 5, 6),
        RuntimeError,
        "matmul: inner sizes differ: (2, 3, 4) @ (2, 5, 6): 4 != 5",
    ),
    "matmul of batches, outer sizes": (
        lambda: ones(2, 3, 4) @ ones(3, 4, 6),
        RuntimeError,
        "matmul: batch dimensions don't broadcast: (2, 3, 4) @ (3, 4, 6)",
    ),
    "matmul of a number": (
        lambda: ones() @ ones(2),
        RuntimeError,
        "matmul: both arguments need to be at least 1D, but they are 0D and 1D",
    ),
    "matmul of two types": (
        lambda: ones(1, 1) @ tensor([[1]]),
        RuntimeError,
        "matmul: expected both tensors to have the same dtype, but got torch.float32 and "
        "torch.int64",
    ),
    "the largest of nothing": (
        lambda: ones(0, 2).amax((0,)),
        IndexError,
        "amax(): Expected reduction dim 0 to have non-zero size: the shape is (0, 2)",
    ),
    "a view of another size": (
        lambda: ones(6).view((4,)),
        RuntimeError,
        "view: shape '[4]' is invalid for input of size 6",
    ),
    "a view that strides can't say": (
        lambda: ones(2, 3).permute((1, 0)).view((6,)),
        RuntimeError,
        "view: view size is not compatible with input tensor's size and stride: (3, 2) as (6,), "
        "with strides (4, 12) in bytes; use reshape, which copies where it must",
    ),
    "expanding what is not 1": (
        lambda: ones(2).expand((3,)),
        RuntimeError,
        "expand: The expanded size of the tensor (3,) must match the existing size (2,) at every "
        "dimension that isn't 1",
    ),
    "joining nothing": (
        lambda: t.cat([], 0),
        ValueError,
        "cat: expected a non-empty list of Tensors",
    ),
    "joining what doesn't fit": (
        lambda: t.cat([ones(2, 3), ones(2, 2)], 0),
        RuntimeError,
        "cat: Sizes of tensors must match except in dimension 0: shapes (2, 3), (2, 2)",
    ),
    "writing another shape": (
        lambda: ones(2, 3).__setitem__((0,), ones(2)),
        RuntimeError,
        "setitem: shape mismatch: value tensor of shape [2] cannot be broadcast to indexing result "
        "of shape [3]",
    ),
    "writing another shape at tensors": (
        lambda: ones(3).__setitem__((tensor([0, 1]),), ones(3)),
        RuntimeError,
        "setitem: shape mismatch: value tensor of shape [3] cannot be broadcast to indexing result "
        "of shape [2]",
    ),
    "ragged lists": (
        lambda: tensor([[1], [1, 2]]),
        ValueError,
        "expected sequence of length 1 at dim 1 (got 2)",
    ),
    "a list beside a number": (
        lambda: tensor([[1, 2], 3]),
        ValueError,
        "expected sequence of length 2 at dim 1 (got 0)",
    ),
    "values that are no numbers": (
        lambda: misuse.tensor(["a"]),
        TypeError,
        "tensor: expected nested sequences of numbers, got ['a']",
    ),
    "the item of several": (
        lambda: ones(2).item(),
        RuntimeError,
        "item: a Tensor with 2 elements cannot be converted to Scalar",
    ),
    "the truth of several": (
        lambda: bool(ones(2)),
        RuntimeError,
        "Boolean value of Tensor with more than one value is ambiguous: its shape is (2,)",
    ),
    "the length of a number": (lambda: len(ones()), TypeError, "len() of a 0-d tensor"),
    "a float as an index": (
        lambda: [1, 2][ones()],
        TypeError,
        "only integer tensors of a single element can be converted to an index: tensor(1.)",
    ),
    "no array": (
        lambda: misuse.from_numpy([1.0]),
        TypeError,
        "from_numpy: expected np.ndarray (got list)",
    ),
    "an array of another type": (
        lambda: from_numpy(np.ones(1, np.complex64)),
        TypeError,
        "from_numpy: can't convert elements of type complex64; known: float16, float32, float64, "
        "uint8, int8, int16, int32, int64, bool",
    ),
    "an array that runs backwards": (
        lambda: from_numpy(np.ones(2)[::-1]),
        ValueError,
        "from_numpy: At least one stride in the given numpy array is negative, and tensors with "
        "negative strides are not supported: use array.copy()",
    ),
    "what is no number, written": (
        lambda: misuse.tensor([1.0]).__setitem__((0,), None),
        TypeError,
        "setitem: expected a Tensor or a number, got NoneType",
    ),
    "bools to the power of bools": (
        lambda: tensor([True]) ** tensor([True]),
        NotImplementedError,
        "\"pow\" not implemented for 'Bool': cast to int64 first",
    ),
    "a profile that there is not": (
        lambda: t.set_printoptions(profile="long"),
        ValueError,
        "set_printoptions: expected a profile of 'default', 'short', 'full', got 'long'",
    ),
}


@pytest.mark.parametrize("name", ERRORS)
def test_error(name: str) -> None:
    call, kind, text = ERRORS[name]
    with pytest.raises(kind) as caught:
        call()
    assert str(caught.value) == text
    assert type(caught.value) is kind
