"""Rows of a table, chosen by their numbers and summed in bags.

Theory of operation. A bag is a run of the list of rows. Which bag each element belongs to is found
once, as a tensor beside the list; then a sum over bags is an `index_add`, and a maximum is one over
a dimension of a table that has a line for each bag, filled up with -inf.
"""

from __future__ import annotations

from math import inf, prod

from minitorch_autograd import Tensor, arange, where, zeros

from ..common.extensions import creation, elementwise, indexing, reductions, shaping
from .rows import is_any, padding_row, refuse_other_indices, refuse_sparse, shrink_rows, take_rows

__all__ = ["embedding_bag"]


def embedding_bag(
    input: Tensor,
    weight: Tensor,
    offsets: Tensor | None = None,
    max_norm: float | None = None,
    norm_type: float = 2,
    scale_grad_by_freq: bool = False,
    mode: str = "mean",
    sparse: bool = False,
    per_sample_weights: Tensor | None = None,
    include_last_offset: bool = False,
    padding_idx: int | None = None,
) -> Tensor:
    """Sum, average or maximise the rows of `weight` that each bag names.

    Args:
        input: numbers of rows, int64 or int32: (B, n), a bag in each line, or (N,), all bags one
            after the other.
        weight: (V, D)
        offsets: for (N,) only, where each bag begins: (B,), rising from 0.
        max_norm: if given, rows that are used are first scaled down to this norm, in `weight`
            itself.
        norm_type: the p of that norm.
        scale_grad_by_freq: whether a row's gradient is divided by the times that it was used.
        mode: "sum", "mean" or "max"; of an empty bag it is 0.
        sparse: must be False: gradients are dense here.
        per_sample_weights: factors of the rows, of the shape of `input`; for "sum" only.
        include_last_offset: whether `offsets` has one more element, the end of the last bag.
        padding_idx: a row that is left out.

    Returns:
        (B, D)

    Raises:
        ValueError: if shapes or options don't fit each other.
        RuntimeError: if a row, `padding_idx` or the offsets are out of range.
        NotImplementedError: if `sparse`, or for factors with another mode than "sum".

    Gradient: for "max", the whole to the first of the largest.
    """
    refuse_sparse("embedding_bag", sparse)
    refuse_other_indices("embedding_bag", input)
    _refuse_misfits(input, weight, offsets, per_sample_weights)
    _refuse_options(mode, scale_grad_by_freq, per_sample_weights)
    if not -weight.shape[0] <= (padding_idx or 0) < max(weight.shape[0], 1):
        raise RuntimeError(
            f"embedding_bag: padding_idx must be within the number of embeddings, "
            f"{-weight.shape[0]} through {weight.shape[0] - 1}, but got {padding_idx}"
        )
    padding = padding_row(padding_idx, weight.shape[0])
    rows = input.reshape((-1,))
    if is_any(rows < 0) or is_any(elementwise.ge(rows, weight.shape[0])):
        raise RuntimeError(
            "embedding_bag: an index of input takes a value which is not in the valid range "
            f"[0, {weight.shape[0]})"
        )
    bag, number = _bags(input, offsets, include_last_offset)
    if max_norm is not None:
        shrink_rows(weight, rows, max_norm, norm_type)
    taken = take_rows("EmbeddingBagBackward0", weight, rows, padding, scale_grad_by_freq)
    counted = elementwise.ne(rows, -1 if padding is None else padding)
    if mode == "max" and taken.shape[0]:
        return _largest(taken, counted, bag, number)
    if per_sample_weights is not None:
        taken = taken * per_sample_weights.reshape((-1, 1))
    return _summed(taken, counted, bag, number, mode == "mean")


def _bags(input: Tensor, offsets: Tensor | None, closed: bool) -> tuple[Tensor, int]:
    """Return the bag of each element, and the number of bags.

    What comes after the end of the last bag has the number after the last.
    """
    length = prod(input.shape)
    if offsets is None:
        lines = shaping.broadcast_to(arange(input.shape[0]).unsqueeze(-1), input.shape)
        return lines.reshape((-1,)), input.shape[0]
    _refuse_offsets(offsets, length, closed)
    # An element's bag is the number of bags that have begun, less one.
    begun = zeros((length + 1,), dtype=offsets.dtype)
    begun = indexing.index_add(begun, 0, offsets, creation.ones_like(offsets))
    bag = shaping.narrow(reductions.cumsum(begun, 0), 0, 0, length) - 1
    return elementwise.clamp(bag, min=0), offsets.shape[0] - closed


def _summed(taken: Tensor, counted: Tensor, bag: Tensor, number: int, mean: bool) -> Tensor:
    room = zeros((number + 1, taken.shape[1]), dtype=taken.dtype)  # one more, for the rest
    kept = where(counted.unsqueeze(-1), taken, 0.0)
    sums = shaping.narrow(indexing.index_add(room, 0, bag, kept), 0, 0, number)
    if not mean:
        return sums
    sizes = zeros((number + 1,), dtype=taken.dtype)
    sizes = indexing.index_add(sizes, 0, bag, counted.to(taken.dtype))
    return sums / elementwise.clamp(shaping.narrow(sizes, 0, 0, number), min=1).unsqueeze(-1)


def _largest(taken: Tensor, counted: Tensor, bag: Tensor, number: int) -> Tensor:
    sizes = indexing.index_add(
        zeros((number + 1,), dtype=bag.dtype), 0, bag, creation.ones_like(bag)
    )
    starts = reductions.cumsum(sizes, 0) - sizes
    within = arange(bag.shape[0]) - indexing.index_select(starts, 0, bag)
    longest = reductions.bincount(within).shape[0]
    table = creation.full(((number + 1) * longest, taken.shape[1]), -inf, dtype=taken.dtype)
    kept = where(counted.unsqueeze(-1), taken, -inf)
    table = indexing.index_copy(table, 0, bag * longest + within, kept)
    table = table.reshape((number + 1, longest, taken.shape[1]))
    table = shaping.narrow(table, 0, 0, number)
    largest = table.gather(1, reductions.argmax(table.detach(), 1, keepdim=True)).squeeze(1)
    return where(largest == -inf, 0.0, largest)


def _refuse_misfits(
    input: Tensor, weight: Tensor, offsets: Tensor | None, factors: Tensor | None
) -> None:
    if factors is not None and factors.shape != input.shape:
        raise ValueError(
            f"embedding_bag: If per_sample_weights ({factors.shape}) is not None, then it must "
            f"have the same shape as the input ({input.shape})"
        )
    if factors is not None and factors.dtype is not weight.dtype:
        raise RuntimeError(
            "embedding_bag: Expected tensor for argument #1 'weight' to have the same type as "
            f"per_sample_weights, got {weight.dtype} and {factors.dtype}"
        )
    if len(weight.shape) != 2:
        raise ValueError(f"weight has to be a 2D Tensor, but got Tensor of shape {weight.shape}")
    if len(input.shape) not in (1, 2):
        raise ValueError(
            f"input has to be 1D or 2D Tensor, but got Tensor of dimension {len(input.shape)}"
        )
    if len(input.shape) == 2 and offsets is not None:
        raise ValueError(
            "embedding_bag: if input is 2D, then offsets has to be None: each line is a bag"
        )
    if len(input.shape) == 1 and (offsets is None or len(offsets.shape) != 1):
        got = None if offsets is None else offsets.shape
        raise ValueError(f"offsets has to be a 1D Tensor for an input (N,), got {got}")


def _refuse_options(mode: str, by_frequency: bool, factors: Tensor | None) -> None:
    if mode not in ("sum", "mean", "max"):
        raise ValueError(f"mode has to be one of sum, mean or max, got {mode!r}")
    if mode == "max" and by_frequency:
        raise ValueError("max mode does not support scaling the gradient by the frequency")
    if mode != "sum" and factors is not None:
        raise NotImplementedError(
            "embedding_bag: per_sample_weights was not None. per_sample_weights is only supported "
            f"for mode='sum' (got mode='{mode}')"
        )


def _refuse_offsets(offsets: Tensor, length: int, closed: bool) -> None:
    number = offsets.shape[0]
    if closed and not number:
        raise RuntimeError("include_last_offset: number of offset should be at least 1")
    if not number:
        return
    if is_any(elementwise.ne(shaping.narrow(offsets, 0, 0, 1), 0)):
        raise RuntimeError("embedding_bag: offsets[0] has to be 0: the first bag starts there")
    if is_any(shaping.narrow(offsets, 0, number - 1, 1) > length):
        raise RuntimeError(
            f"embedding_bag: offsets[-1] can not be greater than input's length {length}"
        )
    before = shaping.narrow(offsets, 0, 0, number - 1)
    if is_any(shaping.narrow(offsets, 0, 1, number - 1) < before):
        raise RuntimeError("embedding_bag: offsets have to rise from bag to bag")
