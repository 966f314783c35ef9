"""Calls of linear algebra that torch refuses."""

from __future__ import annotations

from math import nan
from typing import Any

from tests.cases.case import ErrorCase, Torch

SINGULAR = [[1.0, 2.0], [2.0, 4.0]]


def singular(t: Torch) -> Any:
    return t.tensor(SINGULAR)


def refused(call: str, phrase: str, type: type[Exception] = RuntimeError) -> ErrorCase:
    """Make a case of an expression in `t`, ones as `o`, integers as `i`."""
    name = call.split("(")[0].removeprefix("t.")

    def run(t: Torch) -> Any:
        names = {"t": t, "o": t.ones, "i": t.tensor([[1, 2], [3, 4]]), "singular": singular(t)}
        return eval(call, names | {"nan": nan})  # the text is in this file

    return ErrorCase(name, run, type, phrase)


PRODUCTS = [
    refused("t.matmul(o(2, 2), 2)", "must be Tensor, not int", TypeError),
    refused("o(2, 2) @ 2", "int", TypeError),
    refused("t.matmul(i > 1, i > 1)", "not implemented for 'Bool'", NotImplementedError),
    refused("t.mm(o(2), o(2, 2))", "self must be a matrix"),
    refused("t.mm(o(2, 2), o(2))", "mat2 must be a matrix"),
    refused("t.bmm(o(2, 2), o(2, 2, 2))", "batch1 must be a 3D tensor"),
    refused("t.bmm(o(2, 2, 2), o(2, 3, 2))", "to be: [2, 2] but got: [2, 3]"),
    refused("t.mv(o(2, 2), o(3))", "size mismatch, got input (2), mat (2x2), vec (3)"),
    refused("t.mv(o(2), o(3))", "vector + matrix @ vector expected"),
    refused("t.dot(o(2), o(3))", "inconsistent tensor size, expected tensor [2] and src [3]"),
    refused("t.dot(o(2, 2), o(2))", "1D tensors expected, but got 2D and 1D tensors"),
    refused("t.dot(o(2), i[0])", "expected both vectors to have same dtype"),
    refused("t.inner(o(2, 3), o(2, 2))", "must match on both input tensors but got shapes [2, 3]"),
    refused("t.outer(o(2, 2), o(2))", "Expected 1-D argument self, but got 2-D"),
    refused("t.addmm(o(4), o(2, 3), o(3, 5))", "must match the existing size"),
    refused("t.addmm(o(5), o(2, 3), o(4, 5))", "mat1 and mat2 shapes cannot be multiplied"),
    refused("t.addmm(o(5), o(3), o(4, 5))", "mat1 must be a matrix"),
    refused("t.addmm(o(1), i, i)", "must have the same dtype"),
    refused("t.addmv(o(2), o(2, 3), o(4))", "size mismatch"),
    refused("t.addr(o(2, 3), o(2, 2), o(3))", "Expected 1-D argument vec1, but got 2-D"),
    refused("t.baddbmm(o(5), o(2, 2, 3), o(3, 3, 5))", "to be: [2, 3] but got: [3, 3]"),
    refused("t.tensordot(o(2, 3), o(2, 3), dims=1)", "contracted dimensions need to match"),
    refused("t.tensordot(o(2, 3), o(2, 3), dims=3)", "expects dims < ndim_a or ndim_b"),
    refused("t.tensordot(o(2, 3), o(2, 3), dims=-1)", "tensordot expects dims >= 0"),
    refused("t.tensordot(o(2, 3), o(2, 3), ([0], [0, 1]))", "should have same length"),
    refused("t.tensordot(o(2, 3), i)", "both inputs should have same dtype"),
    refused("t.kron(o(2, 3), 2)", "int", TypeError),
    refused("t.linalg.cross(o(2, 2), o(2, 2))", "must have length 3"),
    refused("t.linalg.cross(o(3), o(4, 3))", "must have the same number of dimensions"),
    refused("t.cdist(o(2), o(2))", "only supports at least 2D tensors, X1 got: 1D"),
    refused("t.cdist(o(2, 3), o(2, 2))", "must have the same number of columns. X1: 3 X2: 2"),
    refused("t.cdist(o(2, 3), o(2, 3), -1)", "only supports non-negative p values"),
    refused("t.cdist(i, i)", "only supports floating-point dtypes"),
    refused("t.cdist(o(1, 1), o(1, 1), 2, 'x')", "not a valid value for compute_mode", ValueError),
    refused("t.linalg.multi_dot([o(2, 3)])", "expected at least 2 tensors but got 1"),
    refused("t.linalg.multi_dot([o(2), o(2, 2, 2), o(2)])", "tensor 1 must be 2D but got 3D"),
    refused("t.linalg.multi_dot([o(2, 3), o(4, 2)])", "[2, 3] and [4, 2] cannot be multiplied"),
    refused("t.chain_matmul()", "Expected one or more matrices"),
]
EINSUM = [
    refused("t.einsum('ij,jk', o(2, 3), o(4, 2))", "subscript j has size 4 for operand 1 which"),
    refused("t.einsum('ij->iz', o(2, 3))", "output subscript z does not appear in the equation"),
    refused("t.einsum('ij->ii', o(2, 3))", "output subscript i appears more than once"),
    refused("t.einsum('ij', o(2, 3), o(2))", "more operands were provided than specified"),
    refused("t.einsum('i,i', o(2))", "fewer operands were provided than specified"),
    refused("t.einsum('i', o(2, 3))", "the number of subscripts in the equation (1) does not"),
    refused("t.einsum('ii', o(2, 3))", "i is repeated for operand 0 but the sizes don't match"),
    refused("t.einsum('i1', o(2, 3))", "invalid subscript given at index 1 in the equation"),
    refused("t.einsum('i->-', o(2))", "invalid subscript given at index 3 in the equation"),
    refused("t.einsum('i.j', o(2, 3))", "found '.' for operand 0 that is not part of any ellipsis"),
    refused("t.einsum('......', o(2))", "for operand 0 for which an ellipsis was already found"),
    refused("t.einsum('...i,...i', o(2, 3), o(4, 3))", "covered by ellipsis"),
    refused("t.einsum('ij')", "must specify the equation string and at least one", ValueError),
    refused("t.einsum(o(2))", "must specify the equation string and at least one", ValueError),
    refused("t.einsum('i', 2)", "expected Tensor as element 0", TypeError),
    refused("t.einsum(o(2), [52])", "not within the valid range [0, 52)", ValueError),
]
LINALG = [
    refused("t.linalg.inv(i)", "linalg.inv: Expected a floating point or complex tensor as input"),
    refused("t.linalg.inv(o(2, 2).to(t.float16))", "Low precision dtypes not supported"),
    refused("t.linalg.inv(o(3))", "linalg.inv: The input tensor A must have at least 2 dimensions"),
    refused("t.linalg.inv(o(2, 3))", "A must be batches of square matrices, but they are 2 by 3"),
    refused("t.linalg.inv(2)", "Tensor", TypeError),
    refused("t.linalg.det(o(2, 3))", "linalg.det: A must be batches of square matrices"),
    refused("t.linalg.slogdet(o(2, 3))", "linalg.slogdet: A must be batches of square matrices"),
    refused("t.linalg.cholesky(o(2, 3))", "linalg.cholesky: A must be batches of square matrices"),
    refused("t.linalg.eigh(o(2, 3))", "linalg.eigh: A must be batches of square matrices"),
    refused("t.linalg.eigh(o(2, 2), 'X')", "Expected UPLO argument to be 'L' or 'U', but got X"),
    refused("t.linalg.svd(i)", "linalg.svd: Expected a floating point or complex tensor as input"),
    refused("t.linalg.qr(o(2, 2), 'x')", "qr received unrecognized mode 'x' but expected one of"),
    refused(
        "t.linalg.matrix_power(o(2, 3), 2)", "linalg.matrix_power: A must be batches of square"
    ),
    refused("t.linalg.matrix_power(o(2, 2), 2.5)", "must be int, not float", TypeError),
    refused("t.linalg.solve(o(2, 2), i)", "Expected A and B to have the same dtype"),
    refused("t.linalg.solve(o(2, 2), o(3))", "the equation AX = B (2x2 and 3x1)"),
    refused("t.linalg.solve(o(2, 2), o(2), left=False)", "the equation XA = B (2x2 and 2x1)"),
    refused("t.linalg.lstsq(o(3, 2), o(2))", "input.size(-2) should match other.size(-1)"),
    refused("t.linalg.lstsq(o(2, 2), o(2), driver='x')", "should be one of (gels, gelsy, gelsd"),
    refused("t.linalg.lstsq(o(2, 2), i)", "Expected input and other to have the same dtype"),
    refused("t.linalg.cond(o(2, 2), 3)", "linalg.cond got an invalid norm type: 3"),
    refused("t.linalg.cond(o(2, 3), 1)", "linalg.cond(ord=1): A must be batches of square"),
    refused("t.linalg.matrix_norm(i)", "linalg.matrix_norm: Expected a floating point or complex"),
    refused("t.linalg.matrix_norm(o(2))", "linalg.matrix_norm: The input tensor A must have"),
    refused("t.linalg.matrix_norm(o(2, 2), 3)", "linalg.matrix_norm: Order 3 not supported"),
    refused("t.linalg.matrix_norm(o(2, 2), 2, (0, -2))", "dims must be different"),
    refused("t.linalg.matrix_norm(o(2, 2), dtype=t.int64)", "dtype should be floating point"),
    refused("t.linalg.norm(o(2, 2, 2), 2)", "the input must be 1D or 2D. Got 3D"),
    refused(
        "t.linalg.norm(o(2, 2, 2), 2, (0, 1, 2))", "it must be of length 1 or 2. Got [0, 1, 2]"
    ),
    refused("t.linalg.norm(o(2, 2), 'fro', 1)", "dim must be a 2-tuple"),
    refused("t.linalg.vector_norm(i)", "linalg.vector_norm: Expected a floating point or complex"),
    refused("t.linalg.vector_norm(o(2), dtype=t.int64)", "dtype should be floating point"),
    refused("t.linalg.vector_norm(o(0), -1)", "cannot compute the -1 norm on an empty tensor"),
]
# Of these the class is `linalg.LinAlgError`, a RuntimeError.
NUMBERS = [
    refused("t.linalg.inv(singular)", "the input matrix is singular"),
    refused("t.linalg.solve(singular, o(2))", "the input matrix is singular"),
    refused("t.linalg.cholesky(-singular)", "the input is not positive-definite"),
    refused("t.linalg.svd(singular * nan)", "the input matrix contained non-finite values"),
    refused(
        "t.linalg.lstsq(t.cat([singular, singular]), o(4), driver='gels')",
        "does not have full rank",
    ),
]
MIXED = [
    ErrorCase(
        "chain_matmul",
        lambda t: t.chain_matmul(t.ones(2, 2), t.ones(2)),
        RuntimeError,
        "Tensor dimension is 1, expected 2 instead",
    ),
    ErrorCase(
        "qr",
        lambda t: t.linalg.qr(t.ones(3, 2, requires_grad=True), "complete")[0].sum().backward(),
        RuntimeError,
        "not differentiable when mode='complete' and nrows > ncols",
    ),
    ErrorCase(
        "cdist",
        lambda t: t.cdist(t.ones(1, 2), t.ones(1, 2, dtype=t.float64)),
        RuntimeError,
        "expected scalar type",
    ),
    ErrorCase(
        "cross",
        lambda t: t.cross(t.ones(2, 2), t.ones(2, 2)),
        RuntimeError,
        "no dimension of size 3 in input",
    ),
    ErrorCase(
        "cross",
        lambda t: t.cross(t.ones(3), t.tensor([1, 2, 3])),
        RuntimeError,
        "expected scalar type",
    ),
    ErrorCase(
        "linalg.solve",
        lambda t: t.linalg.solve(t.ones(2, 2), t.ones(())),
        RuntimeError,
        "B must have at least",
    ),
]
ERRORS = [*PRODUCTS, *EINSUM, *LINALG, *NUMBERS, *MIXED]
