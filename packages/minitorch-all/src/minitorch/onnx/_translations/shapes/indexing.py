"""Indexing: by numbers, slices and tensors of indices; gather and scatter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from numbers import Integral
from types import EllipsisType
from typing import Final, TypeAlias

import minitorch_autograd as ops
from minitorch_autograd import Tensor, broadcast_shapes
from minitorch_nn import functional as F

from ..._graph import Graph, Operand
from ..._registry import translates
from ..._values import tensors_in

# The end of a slice that goes to the end, whatever the size.
END: Final = 2**63 - 1


def require_dimensions(function: str, input: Tensor) -> None:
    """Raise for a tensor without dimensions, which ONNX's operator does not take."""
    if not input.ndim:
        raise NotImplementedError(
            f"export: {function} of a tensor without dimensions has no ONNX translation: "
            "unsqueeze(0) it first"
        )


def sliced(graph: Graph, x: Operand, slices: Mapping[int, slice]) -> str:
    """Add a Slice of some dimensions, given as slices of Python."""
    if not slices:
        return graph.name(x)
    starts, ends, steps = [], [], []
    for one in slices.values():
        step = 1 if one.step is None else one.step
        steps.append(step)
        starts.append((0 if step > 0 else END) if one.start is None else one.start)
        ends.append((END if step > 0 else -END) if one.stop is None else one.stop)
    places = (graph.integers(list(one)) for one in (starts, ends, slices, steps))
    return graph.add("Slice", x, *places)


@translates(ops.narrow)
def narrow(graph: Graph, input: Tensor, dim: int, start: int | Tensor, length: int) -> str:
    if isinstance(start, Tensor):
        raise NotImplementedError(
            "export: narrow with a tensor as start has no ONNX translation: take index_select"
        )
    start %= input.shape[dim] + 1 if start >= 0 else input.shape[dim]
    return sliced(graph, input, {dim: slice(start, start + length)})


@translates(ops.select)
def select(graph: Graph, input: Tensor, dim: int, index: int) -> str:
    return graph.add("Gather", input, graph.number(index, ops.int64), axis=dim)


@translates(Tensor.__getitem__)
def get(graph: Graph, input: Tensor, index: object) -> str:
    entries = _entries(index, input.ndim)
    # Slices first; then the dimensions with a number are removed, the last first.
    cut = {d: one for d, one in enumerate(_of_dimensions(entries)) if isinstance(one, slice)}
    name = sliced(graph, input, {d: one for d, one in cut.items() if one != slice(None)})
    for d, one in reversed(list(enumerate(_of_dimensions(entries)))):
        if isinstance(one, int):
            name = graph.add("Gather", name, graph.number(one, ops.int64), axis=d)
    left = [one for one in entries if not isinstance(one, int)]
    new = [d for d, one in enumerate(left) if one is None]
    if new:
        name = graph.unsqueeze(name, *new)
    tensors = {d: one for d, one in enumerate(left) if isinstance(one, Tensor)}
    return _gathered(graph, name, len(left), tensors) if tensors else name


# An index without tensors: a tensor in it would be read.
Index: TypeAlias = int | slice | Sequence[int | slice | None] | EllipsisType | None


@translates(Tensor.__setitem__)
def set_(graph: Graph, input: Tensor, index: Index, value: Tensor | float) -> str:
    # The places in the flattened tensor that are written.
    places = ops.arange(input.numel()).reshape(input.shape)[index]
    count = (places.numel(),)
    updates = graph.operand(value, input.dtype)
    shape = value.shape if isinstance(value, Tensor) else ()
    if len(shape) > places.ndim:  # it has leading dimensions of size 1
        updates = graph.reshape(updates, shape, shape[len(shape) - places.ndim :])
        shape = shape[len(shape) - places.ndim :]
    updates = graph.reshape(graph.expand(updates, shape, places.shape), places.shape, count)
    flat = graph.reshape(input, input.shape, (input.numel(),))
    written = graph.add("ScatterElements", flat, graph.constant(places.flatten()), updates, axis=0)
    return graph.reshape(written, (input.numel(),), input.shape)


def _of_dimensions(entries: list[object]) -> list[object]:
    """Return the entries that are not None: one for each dimension of the tensor."""
    return [one for one in entries if one is not None]


def _entries(index: object, ndim: int) -> list[object]:
    """Return one entry for each dimension, and None for each new one."""
    # A list that has more than numbers in it is read as a tuple, as in torch.
    listed = isinstance(index, list) and not all(isinstance(one, Integral) for one in index)
    given = index if isinstance(index, tuple) or listed else (index,)
    assert isinstance(given, list | tuple)
    entries = [_plain(one) for one in given]
    missing = ndim - sum(1 for one in entries if one is not None and one is not Ellipsis)
    whole: list[object] = [slice(None)] * missing
    at = next((i for i, one in enumerate(entries) if one is Ellipsis), len(entries))
    return [*entries[:at], *whole, *entries[at + 1 :]]


def _plain(one: object) -> object:
    """Return an entry with indices as a tensor of integers.

    Raises:
        NotImplementedError: if it is a mask, or a list of other things than numbers.
    """
    if one is None or one is Ellipsis or isinstance(one, slice):
        return one
    if isinstance(one, Integral) and not isinstance(one, bool):
        return int(one)
    if isinstance(one, list | tuple) and list(tensors_in(one)):
        raise NotImplementedError(
            "export: indexing with a list of tensors has no ONNX translation: stack() them"
        )
    if not isinstance(one, Tensor):
        one = ops.asarray(one)  # type: ignore[arg-type]  # a list, or an array of NumPy
    if one.dtype in (ops.bool, ops.uint8):
        raise NotImplementedError(
            "export: indexing with a mask has no ONNX translation: the size of the result depends "
            "on the values; choose by where() instead"
        )
    return one


def _gathered(graph: Graph, x: str, ndim: int, indices: dict[int, Tensor]) -> str:
    """Take the elements at tensors of indices, which are broadcast with each other."""
    if len(indices) == 1:
        ((dim, index),) = indices.items()
        return graph.add("Gather", x, graph.cast(index, ops.int64), axis=dim)
    dims = list(indices)
    shape = broadcast_shapes(*(one.shape for one in indices.values()))
    rows = [
        graph.unsqueeze(graph.expand(graph.cast(one, ops.int64), one.shape, shape), len(shape))
        for one in indices.values()
    ]
    rest = [d for d in range(ndim) if d not in indices]
    first = graph.transpose(x, dims + rest)
    taken = graph.add("GatherND", first, graph.add("Concat", *rows, axis=-1))
    if dims != list(range(dims[0], dims[0] + len(dims))):
        return taken  # indices that are not side by side: their dimensions come first
    n, before = len(shape), dims[0]
    order = [*range(n, n + before), *range(n), *range(n + before, n + len(rest))]
    return graph.transpose(taken, order)


@translates(ops.index_select)
def index_select(graph: Graph, input: Tensor, dim: int, index: Tensor) -> str:
    require_dimensions("index_select", input)
    places = graph.name(index) if index.ndim else graph.unsqueeze(index, 0)
    return graph.add("Gather", input, places, axis=dim)


@translates(ops.gather)
def gather(graph: Graph, input: Tensor, dim: int, index: Tensor) -> str:
    require_dimensions("gather", input)
    return graph.add("GatherElements", input, index, axis=dim)


@translates(ops.take_along_dim)
def take_along_dim(
    graph: Graph, input: Tensor, indices: Tensor, dim: int | None, result: Tensor
) -> str:
    name, index = graph.name(input), graph.name(indices)
    if dim is None:
        name = graph.reshape(name, input.shape, (input.numel(),))
        return graph.add("GatherElements", name, graph.reshape(index, indices.shape, result.shape))
    wide = list(result.shape)
    wide[dim] = input.shape[dim]
    name = graph.expand(name, input.shape, tuple(wide))
    index = graph.expand(index, indices.shape, result.shape)
    return graph.add("GatherElements", name, index, axis=dim)


@translates(ops.scatter_add)
def scatter_add(graph: Graph, input: Tensor, dim: int, index: Tensor, src: Tensor) -> str:
    require_dimensions("scatter_add", input)
    updates = _cut_to(graph, src, index)
    return graph.add("ScatterElements", input, index, updates, axis=dim, reduction="add")


@translates(ops.scatter)
def scatter(
    graph: Graph,
    input: Tensor,
    dim: int,
    index: Tensor,
    src: Tensor | float | None,
    value: float | None,
    result: Tensor,
) -> str:
    require_dimensions("scatter", input)
    if isinstance(src, Tensor):
        updates = _cut_to(graph, src, index)
    else:
        number = graph.number(value if src is None else src, result.dtype)  # type: ignore[arg-type]
        updates = graph.expand(number, (), index.shape)
    return graph.add("ScatterElements", input, index, updates, axis=dim)


def _cut_to(graph: Graph, src: Tensor, index: Tensor) -> str:
    """Return `src` cut to the shape of `index`: the rest is not written."""
    sizes = enumerate(zip(index.shape, src.shape, strict=True))
    return sliced(graph, src, {d: slice(0, n) for d, (n, whole) in sizes if n != whole})


@translates(ops.tril)
def tril(graph: Graph, input: Tensor, diagonal: int) -> str:
    return graph.add("Trilu", input, graph.number(diagonal, ops.int64), upper=0)


@translates(ops.triu)
def triu(graph: Graph, input: Tensor, diagonal: int) -> str:
    return graph.add("Trilu", input, graph.number(diagonal, ops.int64), upper=1)


# --- Rows by number


@translates(F.embedding)
def embedding(
    graph: Graph,
    input: Tensor,
    weight: Tensor,
    padding_idx: int | None,
    norm_type: float,
    scale_grad_by_freq: bool,
    sparse: bool,
) -> str:
    return graph.add("Gather", weight, input)


@translates(F.one_hot)
def one_hot(graph: Graph, tensor: Tensor, num_classes: int) -> str:
    if num_classes < 0:
        raise NotImplementedError(
            "export: one_hot without num_classes has no ONNX translation: the size of the result "
            "depends on the values"
        )
    depth = graph.number(num_classes, ops.int64)
    index = graph.name(tensor) if tensor.ndim else graph.unsqueeze(tensor, 0)
    hot = graph.add("OneHot", index, depth, graph.integers([0, 1]), axis=-1)
    return hot if tensor.ndim else graph.squeeze(hot, 0)
