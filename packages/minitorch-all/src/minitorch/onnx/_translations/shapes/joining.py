"""Joining, splitting, repeating, flipping and rolling."""

from __future__ import annotations

from collections.abc import Sequence

import minitorch_autograd as ops
from minitorch_autograd import Tensor

from ..._graph import Graph
from ..._registry import translates
from .indexing import sliced
from .reshaping import Integers, integer_list


@translates(ops.cat)
def cat(graph: Graph, tensors: Sequence[Tensor], dim: int, result: Tensor) -> str:
    # A tensor of shape (0,) may be joined with any other, as in torch.
    parts = [graph.cast(one, result.dtype) for one in tensors if one.shape != (0,)]
    return graph.add("Concat", *parts, axis=dim) if parts else graph.cast(tensors[0], result.dtype)


@translates(ops.stack)
def stack(graph: Graph, tensors: Sequence[Tensor], dim: int, result: Tensor) -> str:
    parts = [graph.unsqueeze(graph.cast(one, result.dtype), dim) for one in tensors]
    return graph.add("Concat", *parts, axis=dim)


# --- Splitting


def _split(graph: Graph, input: Tensor, dim: int, result: Sequence[Tensor]) -> list[str]:
    sizes = [one.shape[dim] for one in result]
    if len(sizes) == 1:
        return [graph.name(input)]
    return graph.add_several("Split", len(sizes), input, graph.integers(sizes), axis=dim)


@translates(ops.split)
def split(
    graph: Graph,
    tensor: Tensor,
    split_size_or_sections: int | Sequence[int],
    dim: int,
    result: Sequence[Tensor],
) -> list[str]:
    return _split(graph, tensor, dim, result)


@translates(ops.chunk)
def chunk(
    graph: Graph, input: Tensor, chunks: int, dim: int, result: Sequence[Tensor]
) -> list[str]:
    return _split(graph, input, dim, result)


@translates(ops.tensor_split)
def tensor_split(
    graph: Graph,
    input: Tensor,
    indices_or_sections: int | Sequence[int],
    dim: int,
    result: Sequence[Tensor],
) -> list[str]:
    if isinstance(indices_or_sections, Tensor):
        raise NotImplementedError(
            "export: tensor_split at the places in a tensor has no ONNX translation: give a list"
        )
    if sum(one.shape[dim] for one in result) != input.shape[dim]:
        raise NotImplementedError(
            "export: tensor_split at places that are not in order has no ONNX translation: take "
            "slices"
        )
    return _split(graph, input, dim, result)


@translates(ops.unbind)
def unbind(graph: Graph, input: Tensor, dim: int, result: Sequence[Tensor]) -> list[str]:
    places = (graph.number(i, ops.int64) for i in range(len(result)))
    return [graph.add("Gather", input, place, axis=dim) for place in places]


# --- Repeating


@translates(Tensor.repeat)
def repeat(graph: Graph, input: Tensor, repeats: Integers) -> str:
    return _tiled(graph, input, integer_list(repeats))


@translates(ops.tile)
def tile(graph: Graph, input: Tensor, dims: Sequence[int]) -> str:
    return _tiled(graph, input, list(dims))


def _tiled(graph: Graph, input: Tensor, times: list[int]) -> str:
    times = [1] * (input.ndim - len(times)) + times
    new = len(times) - input.ndim
    name = graph.unsqueeze(input, *range(new)) if new else graph.name(input)
    return graph.add("Tile", name, graph.integers(times)) if times else name


@translates(ops.repeat_interleave)
def repeat_interleave(
    graph: Graph,
    input: Tensor,
    repeats: int | Tensor,
    dim: int | None,
    output_size: int | None,
    result: Tensor,
) -> str:
    if isinstance(repeats, Tensor):
        raise NotImplementedError(
            "export: repeat_interleave with a tensor of repeats has no ONNX translation: the size "
            "of the result depends on the values"
        )
    name, shape = graph.name(input), input.shape
    if dim is None:
        name, shape, dim = graph.reshape(input, shape, (input.numel(),)), (input.numel(),), 0
    after = dim % len(shape) + 1
    apart = (*shape[:after], 1, *shape[after:])
    wide = (*shape[:after], repeats, *shape[after:])
    name = graph.expand(graph.unsqueeze(name, after), apart, wide)
    return graph.reshape(name, wide, result.shape)


# --- Flipping and rolling


@translates(ops.flip)
def flip(graph: Graph, input: Tensor, dims: Integers) -> str:
    return sliced(
        graph, input, {one % input.ndim: slice(None, None, -1) for one in integer_list(dims)}
    )


@translates(ops.roll)
def roll(
    graph: Graph,
    input: Tensor,
    shifts: int | Sequence[int],
    dims: int | Sequence[int] | None,
) -> str:
    shifts = [shifts] if isinstance(shifts, int) else list(shifts)
    name = graph.name(input)
    if dims is None or dims == ():
        name = graph.reshape(input, input.shape, (input.numel(),))
        return graph.reshape(_rolled(graph, name, shifts[0], 0), (input.numel(),), input.shape)
    for shift, dim in zip(shifts, [dims] if isinstance(dims, int) else dims, strict=True):
        name = _rolled(graph, name, shift, dim, input.shape[dim])
    return name


def _rolled(graph: Graph, x: str, shift: int, dim: int, size: int | None = None) -> str:
    """Roll one dimension: the last `shift` elements come first."""
    if size and abs(shift) >= size:
        shift %= size
    if not shift:
        return x
    ends = (slice(-shift, None), slice(None, -shift))
    return graph.add("Concat", *(sliced(graph, x, {dim: one}) for one in ends), axis=dim)
