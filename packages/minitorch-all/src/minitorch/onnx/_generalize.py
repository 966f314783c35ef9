"""From runs of different sizes to one graph that holds for all sizes.

For each dynamic axis the model runs once more, on inputs that are doubled along it. Both runs must
have the same nodes. Where a shape or a constant differs, it is written such that it follows from
the inputs: a size as that of an input, or as -1 in a Reshape; a constant as a Range of numbers that
count up, or as one number that is expanded.
"""

from __future__ import annotations

from collections.abc import Sequence

from onnx import NodeProto

from minitorch_autograd import Tensor, arange, int64

from ._dynamic_axes import Symbols, source_of
from ._graph import Graph, Shape
from ._model import Run


def generalize(runs: Sequence[Run], symbols: Symbols) -> None:
    """Change the graph of the first run such that it holds for all sizes.

    Args:
        runs: the first, and one for each dynamic axis.
        symbols: the dynamic axes.

    Raises:
        ValueError: if a size is fixed in the graph.
    """
    graph = runs[0].graph
    for run, symbol in zip(runs[1:], symbols.axes, strict=True):
        _compare(graph, run.graph, symbol)
    general: list[NodeProto] = []
    for node in list(graph.nodes):
        graph.nodes.clear()
        for name in node.input:
            if name in graph.targets:
                _write_target(name, node, runs, symbols)
            elif name in graph.constants and not _same(name, runs):
                _write_constant(name, node, runs, symbols)
        general += [*graph.nodes, node]
    graph.nodes[:] = general


def _compare(graph: Graph, larger: Graph, symbol: str) -> None:
    pairs = zip(graph.nodes, larger.nodes, strict=False)
    for one, other in pairs:
        if one.SerializeToString() != other.SerializeToString():
            raise _fixed(symbol, one)
    if len(graph.nodes) != len(larger.nodes):
        longer = max(graph.nodes, larger.nodes, key=len)
        raise _fixed(symbol, longer[min(len(graph.nodes), len(larger.nodes))])


def _fixed(symbol: str, node: NodeProto) -> ValueError:
    return ValueError(
        f"export: the size of the dynamic axis {symbol!r} is fixed in the node {node.name!r} "
        f"({node.op_type}): with twice the size it is another one; compute what depends on the "
        "size by functions of tensors, or leave the axis out of dynamic_axes"
    )


# --- Shapes


def _write_target(name: str, node: NodeProto, runs: Sequence[Run], symbols: Symbols) -> None:
    """Add the target shape of a Reshape or Expand: as a constant, or as nodes that compute it."""
    targets = [run.graph.targets[name] for run in runs]
    del runs[0].graph.targets[name]
    befores, afters = [one.before for one in targets], [one.after for one in targets]
    _write_shape(name, node, befores, afters, runs, symbols)


def _write_shape(
    name: str,
    node: NodeProto,
    befores: Sequence[Shape],
    afters: Sequence[Shape],
    runs: Sequence[Run],
    symbols: Symbols,
) -> None:
    graph, reshapes = runs[0].graph, node.op_type == "Reshape"
    sizes = [_size(befores, afters, i, reshapes) for i in range(len(afters[0]))]
    if reshapes and sizes.count(None) == 1:
        sizes[sizes.index(None)] = -1
    known = [size for size in sizes if size is not None]
    if len(known) == len(sizes):
        graph.constants[name] = graph.constants.pop(graph.integers(known))
        return
    parts = []
    for i, size in enumerate(sizes):
        if size is None:
            parts.append(_dimension([after[i] for after in afters], node, runs, symbols))
        else:
            parts.append(graph.integers([size]))
    _rename(graph, graph.add("Concat", *parts, axis=0), name)


def _size(befores: Sequence[Shape], afters: Sequence[Shape], i: int, reshapes: bool) -> int | None:
    """Return the number that means dimension i of the target in all runs, or None.

    That is the size itself if it never changes; if it is the size of the node's own input, then 0
    in a Reshape, and 1 in an Expand, whose dimensions are counted from the last.
    """
    sizes = [after[i] for after in afters]
    if len(set(sizes)) == 1:
        return sizes[0]
    at = i if reshapes else i - len(afters[0]) + len(befores[0])
    own = 0 <= at < len(befores[0]) and [before[at] for before in befores] == sizes
    # Where a size is 0, a 0 in the target of a Reshape stands for that.
    return (0 if reshapes else 1) if own and 0 not in afters[0] else None


def _dimension(sizes: Sequence[int], node: NodeProto, runs: Sequence[Run], symbols: Symbols) -> str:
    """Add a node that reads a size, as a vector of one number, from an input of the model."""
    source = source_of(sizes, runs, symbols)
    if source is None:
        raise _fixed(_changing(sizes, symbols), node)
    name, axis = source
    return runs[0].graph.add("Shape", name, start=axis, end=axis + 1)


def _changing(sizes: Sequence[object], symbols: Symbols) -> str:
    """Return the first dynamic axis with which `sizes`, one for each run, change."""
    pairs = zip(symbols.axes, sizes[1:], strict=True)
    return next((symbol for symbol, size in pairs if size != sizes[0]), next(iter(symbols.axes)))


def _rename(graph: Graph, made: str, name: str) -> None:
    """Give the output of the last node another name."""
    assert graph.nodes[-1].output[0] == made, "it was just added"
    graph.nodes[-1].output[0] = name


# --- Constants


def _same(name: str, runs: Sequence[Run]) -> bool:
    """Return whether a constant is the same in all runs, to the bit."""
    first, *others = (run.graph.constants[name] for run in runs)
    return all(
        one.shape == first.shape and one.numpy().tobytes() == first.numpy().tobytes()
        for one in others
    )


def _write_constant(name: str, node: NodeProto, runs: Sequence[Run], symbols: Symbols) -> None:
    """Add the nodes that compute a constant whose size changed."""
    graph = runs[0].graph
    values = [run.graph.constants[name] for run in runs]
    first = graph.constants.pop(name)
    shapes = [one.shape for one in values]
    if all(one.ndim == 1 and _counts_up(one) for one in values):
        size = _dimension([shape[0] for shape in shapes], node, runs, symbols)
        start, step = graph.number(0, int64), graph.number(1, int64)
        made = graph.add("Range", start, graph.squeeze(size, 0), step)
        if first.dtype is not int64:
            made = graph.convert(made, first.dtype)
    elif all(one.numel() and _is_filled_with(first, one) for one in values):
        made = graph.expand(graph.constant(first.flatten()[0]), (), first.shape)
        (target,) = graph.nodes[-1].input[1:]
        del graph.targets[target]
        expand = graph.nodes.pop()
        _write_shape(target, expand, [()] * len(runs), shapes, runs, symbols)
        graph.nodes.append(expand)
    else:
        raise _fixed(_changing(shapes, symbols), node)
    _rename(graph, made, name)


def _counts_up(x: Tensor) -> bool:
    """Return whether a vector is 0, 1, 2, ..."""
    return bool((x == arange(x.shape[0])).all())


def _is_filled_with(first: Tensor, x: Tensor) -> bool:
    """Return whether all elements of `x` are the first element of `first`."""
    return bool((x == first.flatten()[0]).all())
