"""Rows of a table, chosen by their numbers."""

from __future__ import annotations

from minitorch_autograd import Tensor, arange, int64, no_grad, record, where, zeros

from ..common.extensions import elementwise, indexing, reductions

__all__ = ["one_hot", "embedding"]


def one_hot(tensor: Tensor, num_classes: int = -1) -> Tensor:
    """Return for each class a vector that is 1 at its place and 0 elsewhere.

    Args:
        tensor: classes from 0 on, int64, of any shape.
        num_classes: C; if -1, one more than the largest.

    Returns:
        (..., C), int64

    Raises:
        RuntimeError: if the classes are not int64, or one is out of range.
    """
    if tensor.dtype is not int64:
        raise RuntimeError(
            f"one_hot is only applicable to index tensor of type LongTensor, got {tensor.dtype}"
        )
    if is_any(tensor < 0):
        raise RuntimeError("one_hot: Class values must be non-negative.")
    if 0 in tensor.shape and num_classes <= 0:
        raise RuntimeError("one_hot: Can not infer total number of classes from empty tensor.")
    # As many counts as there are classes, by which the number is known without reading it.
    needed = reductions.bincount(tensor.reshape((-1,))).shape[0]
    classes = needed if num_classes == -1 else num_classes
    if needed > classes:
        raise RuntimeError(
            f"one_hot: Class values must be smaller than num_classes, got {needed - 1} of "
            f"{num_classes}"
        )
    return (tensor.unsqueeze(-1) == arange(classes)).to(int64)


def embedding(
    input: Tensor,
    weight: Tensor,
    padding_idx: int | None = None,
    max_norm: float | None = None,
    norm_type: float = 2.0,
    scale_grad_by_freq: bool = False,
    sparse: bool = False,
) -> Tensor:
    """Look up the rows of `weight` that `input` names.

    Args:
        input: numbers of rows, int64 or int32, of any shape.
        weight: (V, D)
        padding_idx: a row that has no gradient.
        max_norm: if given, rows that are used are first scaled down to this norm, in `weight`
            itself.
        norm_type: the p of that norm.
        scale_grad_by_freq: whether a row's gradient is divided by the times that it was used.
        sparse: must be False: gradients are dense here.

    Returns:
        (..., D)

    Raises:
        RuntimeError: if the types or dimensions can't be used.
        IndexError: if a row is out of range.
        AssertionError: if the padding row is.
        NotImplementedError: if `sparse`.

    Gradient: each row's is the sum of those of its copies.
    """
    refuse_sparse("embedding", sparse)
    refuse_other_indices("embedding", input)
    if len(weight.shape) != 2:
        raise RuntimeError(f"embedding: 'weight' must be 2-D, got shape {weight.shape}")
    padding_idx = padding_row(padding_idx, weight.shape[0])
    rows = input.reshape((-1,))
    refuse_rows_out_of_range("embedding", rows, weight.shape[0])
    if max_norm is not None:
        shrink_rows(weight, rows, max_norm, norm_type)
    taken = take_rows("EmbeddingBackward0", weight, rows, padding_idx, scale_grad_by_freq)
    return taken if len(input.shape) == 1 else taken.reshape((*input.shape, weight.shape[1]))


def take_rows(
    name: str, weight: Tensor, rows: Tensor, padding: int | None, by_frequency: bool
) -> Tensor:
    """Compute ``weight[rows]``, where the row `padding` gets no gradient."""
    size = weight.shape

    def rule(g: Tensor) -> Tensor:
        if padding is not None:
            g = where((rows == padding).unsqueeze(-1), 0.0, g)
        if by_frequency:
            times = indexing.index_select(reductions.bincount(rows), 0, rows)
            g = g / times.to(g.dtype).unsqueeze(-1)
        return indexing.index_add(zeros(size, dtype=g.dtype), 0, rows, g)

    with no_grad():
        value = indexing.index_select(weight, 0, rows)
    return record(name, value, (weight, rule))


def shrink_rows(weight: Tensor, rows: Tensor, max_norm: float, norm_type: float) -> None:
    """Scale the named rows of `weight` down to the norm `max_norm`, in place."""
    with no_grad():
        used = indexing.index_select(weight, 0, rows)
        norm = reductions.norm(used, norm_type, 1, keepdim=True)
        # The small number is torch's.
        shrunk = where(
            norm > max_norm, used * (elementwise.reciprocal(norm + 1e-7) * max_norm), used
        )
        weight.copy_(indexing.index_copy(weight, 0, rows, shrunk.to(weight.dtype)))


def padding_row(padding_idx: int | None, rows: int) -> int | None:
    """Count a negative `padding_idx` from the end.

    Raises:
        AssertionError: if there is no such row.
    """
    if padding_idx is None:
        return None
    if not -rows <= padding_idx < max(rows, 1):
        raise AssertionError(
            f"Padding_idx must be within num_embeddings, got {padding_idx} of {rows}"
        )
    return padding_idx % rows if rows else padding_idx


def refuse_sparse(name: str, sparse: bool) -> None:
    """Raise NotImplementedError if `sparse`."""
    if sparse:
        raise NotImplementedError(f"{name}: sparse gradients are not supported: use sparse=False")


def refuse_other_indices(name: str, input: Tensor) -> None:
    """Raise RuntimeError if `input` is of a floating type."""
    if input.dtype.is_floating_point:
        raise RuntimeError(
            f"{name}: Expected tensor for argument #1 'indices' to have one of the following "
            f"scalar types: Long, Int; but got {input.dtype} instead"
        )


def refuse_rows_out_of_range(name: str, rows: Tensor, number: int) -> None:
    """Raise IndexError if there is no such row."""
    if is_any(rows < 0) or is_any(elementwise.ge(rows, number)):
        raise IndexError(f"{name}: index out of range in self: expected rows in [0, {number})")


def is_any(mask: Tensor) -> bool:
    """Return whether an element is True."""
    return indexing.nonzero(mask).shape[0] > 0
