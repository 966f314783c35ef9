"""`einsum`: sums of products of any operands, by labels of their dimensions.

Theory of operation. First each operand is simplified: if it repeats a label, the diagonal is taken;
a dimension of size 1 that broadcasts is removed; a dimension that neither the result nor another
operand has is summed. Then two operands at a time are contracted by a product of matrices: labels
of both that are still needed are batches, other labels of both are summed, the rest are rows and
columns. The order decides the cost; always the two are contracted whose product is smallest in
comparison with their own sizes. All of these are differentiable operations, so there are no rules
here.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import prod
from typing import TYPE_CHECKING, TypeAlias, overload

from ..core.matmul import matmul
from ..shapes.diagonals import diagonal
from .einsum_equation import (
    COVERED,
    LETTERS,
    Labels,
    Sublist,
    arguments,
    labelled,
    letter,
    result_labels,
)

if TYPE_CHECKING:
    from ...engine.value import Tensor

    Sizes: TypeAlias = dict[int, int]

__all__ = ["einsum"]


@overload
def einsum(equation: str, *operands: Tensor | Sequence[Tensor]) -> Tensor: ...
@overload
def einsum(equation: Tensor, *operands: Tensor | Sublist) -> Tensor: ...
def einsum(equation: str | Tensor, *operands: Tensor | Sequence[Tensor] | Sublist) -> Tensor:
    """Sum products of elements, by labels of the dimensions: "ij,jk->ik" is `matmul`.

    Args:
        equation: the labels of the dimensions of each operand, with commas between, then "->" and
            those of the result. Labels are letters; `...` stands for all other dimensions. A label
            that the result does not have is summed. Without "->" the result has the labels that
            appear once, in the order A to z, after those of `...`.
        *operands: the tensors, or one list of them. Instead of an equation, numbers below 52 may
            follow each tensor, the sublist format: ``einsum(x, [0, 1], y, [1, 2], [0, 2])``.

    Raises:
        RuntimeError: if the equation and the operands don't fit.
        ValueError: if there is no operand.

    >>> einsum("ij,j->i", ones(2, 3), ones(3))
    tensor([3., 3.])
    """
    tensors, sublists, output = arguments(equation, operands)
    labels = [
        labelled(s, t.ndim, i) for i, (s, t) in enumerate(zip(sublists, tensors, strict=True))
    ]
    result = result_labels(output, labels)
    sizes = _sizes(tensors, labels)
    terms = [_broadcast(*_diagonals(*term), sizes) for term in zip(tensors, labels, strict=True)]
    terms = [_summed(x, has, _needed(terms, result, i)) for i, (x, has) in enumerate(terms)]
    while len(terms) > 1:
        i, j = _cheapest(terms, result, sizes)
        (x, x_labels), (y, y_labels) = terms[i], terms[j]
        needed = _needed(terms, result, i, j)
        terms = [one for k, one in enumerate(terms) if k not in (i, j)]
        terms.append(_contracted(x, x_labels, y, y_labels, needed))
    [(x, has)] = terms
    return x.permute(tuple(has.index(one) for one in result))


def _sizes(tensors: Sequence[Tensor], labels: Sequence[Labels]) -> Sizes:
    """Return the size of each label; 1 broadcasts."""
    sizes: Sizes = {}
    for position, (tensor, has) in enumerate(zip(tensors, labels, strict=True)):
        own: Sizes = {}
        for label, n in zip(has, tensor.shape, strict=True):
            if own.setdefault(label, n) != n:
                raise RuntimeError(
                    f"einsum(): subscript {letter(label)} is repeated for operand {position} but "
                    f"the sizes don't match, {n} != {own[label]}"
                )
            seen = sizes.get(label, 1)
            if 1 not in (seen, n) and seen != n:
                subscript = f"subscript {letter(label)}"
                if label >= len(LETTERS):
                    subscript = f"dimension {label - COVERED - 1} covered by ellipsis"
                raise RuntimeError(
                    f"einsum(): {subscript} has size {n} for operand {position} which does not "
                    f"broadcast with previously seen size {seen}"
                )
            sizes[label] = n if seen == 1 else seen
    return sizes


def _needed(terms: Sequence[tuple[Tensor, Labels]], result: Labels, *without: int) -> set[int]:
    """Return the labels of the result, and of the terms that are not among `without`."""
    needed = set(result)
    for k, (_, has) in enumerate(terms):
        if k not in without:
            needed.update(has)
    return needed


# --- Simplifying an operand


def _diagonals(x: Tensor, has: Labels) -> tuple[Tensor, Labels]:
    """Take the diagonal of dimensions with the same label."""
    for label in set(has):
        while has.count(label) > 1:
            i = has.index(label)
            j = has.index(label, i + 1)
            x = diagonal(x, 0, i, j)
            has = (*(one for k, one in enumerate(has) if k not in (i, j)), label)
    return x, has


def _broadcast(x: Tensor, has: Labels, sizes: Sizes) -> tuple[Tensor, Labels]:
    """Remove the dimensions of size 1 that broadcast with another operand."""
    dropped = [d for d, label in enumerate(has) if x.shape[d] != sizes[label]]
    kept = tuple(label for d, label in enumerate(has) if d not in dropped)
    return (x.squeeze(dropped), kept) if dropped else (x, has)


def _summed(x: Tensor, has: Labels, needed: set[int]) -> tuple[Tensor, Labels]:
    """Sum over the dimensions whose labels are not `needed`."""
    dims = [d for d, label in enumerate(has) if label not in needed]
    return (x.sum(dims), tuple(one for one in has if one in needed)) if dims else (x, has)


# --- Contracting two operands


def _cheapest(
    terms: Sequence[tuple[Tensor, Labels]], result: Labels, sizes: Sizes
) -> tuple[int, int]:
    """Return the two terms whose product is smallest in comparison with their own sizes."""

    def cost(pair: tuple[int, int]) -> int:
        i, j = pair
        has = (set(terms[i][1]) | set(terms[j][1])) & _needed(terms, result, i, j)
        return prod(sizes[one] for one in has) - terms[i][0].numel() - terms[j][0].numel()

    return min(combinations(range(len(terms)), 2), key=cost)


def _contracted(
    x: Tensor, x_labels: Labels, y: Tensor, y_labels: Labels, needed: set[int]
) -> tuple[Tensor, Labels]:
    """Multiply `x` and `y` and sum over the labels of both that are not `needed`."""
    both = [one for one in x_labels if one in y_labels]
    batch = [one for one in both if one in needed]
    inside = [one for one in both if one not in needed]
    rows = [one for one in x_labels if one not in both]
    columns = [one for one in y_labels if one not in both]

    sizes = dict(zip(x_labels, x.shape, strict=True)) | dict(zip(y_labels, y.shape, strict=True))
    shape = tuple(sizes[one] for one in (*batch, *rows, *columns))
    in_front = shape[: len(batch)]
    if not inside:
        of_rows = shape[len(batch) : len(batch) + len(rows)]
        of_columns = shape[len(batch) + len(rows) :]
        ones = (1,) * len(rows), (1,) * len(columns)
        left = _arranged(x, x_labels, (*batch, *rows), (*in_front, *of_rows, *ones[1]))
        right = _arranged(y, y_labels, (*batch, *columns), (*in_front, *ones[0], *of_columns))
        product = left * right
    else:
        count = prod(sizes[one] for one in inside)
        height = prod(sizes[one] for one in rows)
        width = prod(sizes[one] for one in columns)
        left = _arranged(x, x_labels, (*batch, *rows, *inside), (*in_front, height, count))
        right = _arranged(y, y_labels, (*batch, *inside, *columns), (*in_front, count, width))
        product = matmul(left, right).reshape(shape)
    return product, (*batch, *rows, *columns)


def _arranged(x: Tensor, has: Labels, order: Labels, shape: tuple[int, ...]) -> Tensor:
    """Permute the dimensions of `x` to `order`, and reshape it to `shape`."""
    if has != order:
        x = x.permute(tuple(has.index(one) for one in order))
    return x if x.shape == shape else x.reshape(shape)
