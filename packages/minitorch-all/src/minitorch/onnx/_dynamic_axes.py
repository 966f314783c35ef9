"""Dynamic axes: dimensions that may have any size, by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeAlias

from minitorch_autograd import Tensor, cat

from ._model import Dimensions, Run

Axes: TypeAlias = Mapping[str, Mapping[int, str] | Sequence[int]]


class Symbols(NamedTuple):
    """The dynamic axes."""

    axes: dict[str, list[tuple[int, int]]]  # by name: (number of an input, dimension of it)
    outputs: dict[str, dict[int, str]]  # the names of dimensions of outputs


def symbols_of(dynamic_axes: Axes, inputs: Mapping[str, Tensor], outputs: Sequence[str]) -> Symbols:
    """Read the declared axes.

    Raises:
        ValueError: if there is no such input or output, or no such dimension.
    """
    symbols = Symbols({}, {})
    order = list(inputs)
    for name, axes in dynamic_axes.items():
        if not isinstance(axes, Mapping):
            axes = {axis: f"{name}_dynamic_axes_{i}" for i, axis in enumerate(axes, start=1)}
        if name in inputs:
            ndim = inputs[name].ndim
            for axis, symbol in axes.items():
                if not -ndim <= axis < ndim:
                    raise ValueError(
                        f"export: dynamic_axes: {name!r} has no axis {axis}: it has {ndim}"
                    )
                symbols.axes.setdefault(symbol, []).append((order.index(name), axis % ndim))
        elif name in outputs:
            symbols.outputs[name] = dict(axes)
        else:
            raise ValueError(
                f"export: dynamic_axes: there is no input or output {name!r}: the inputs are "
                f"{order}, the outputs {list(outputs)}"
            )
    return symbols


def doubled(inputs: Sequence[Tensor], axes: Sequence[tuple[int, int]]) -> list[Tensor]:
    """Return the inputs, with twice the size along the given axes."""
    larger = list(inputs)
    for i, axis in axes:
        larger[i] = cat([larger[i], larger[i]], axis)
    return larger


def source_of(
    sizes: Sequence[int], runs: Sequence[Run], symbols: Symbols
) -> tuple[str, int] | None:
    """Return an input and a dynamic axis of it that has these sizes in the runs, or None."""
    names = list(runs[0].inputs)
    for places in symbols.axes.values():
        for i, axis in places:
            if [run.inputs[names[i]].shape[axis] for run in runs] == list(sizes):
                return names[i], axis
    return None


def dimensions(runs: Sequence[Run], symbols: Symbols) -> dict[str, Dimensions]:
    """Return the shapes of inputs and outputs, the dynamic dimensions by their names."""
    found: dict[str, Dimensions] = {}
    for i, (name, x) in enumerate(runs[0].inputs.items()):
        named = {a: s for s, places in symbols.axes.items() for j, a in places if i == j}
        found[name] = [named.get(axis, n) for axis, n in enumerate(x.shape)]
    for name in runs[0].outputs:
        shapes = [run.outputs[name][1].shape for run in runs]
        told = symbols.outputs.get(name, {})
        found[name] = [
            _dimension(name, axis, [shape[axis] for shape in shapes], told, runs, symbols)
            for axis in range(len(shapes[0]))
        ]
    return found


def _dimension(
    name: str,
    axis: int,
    sizes: list[int],
    told: Mapping[int, str],
    runs: Sequence[Run],
    symbols: Symbols,
) -> int | str:
    if len(set(sizes)) == 1:
        return sizes[0]
    if axis in told:
        return told[axis]
    source = source_of(sizes, runs, symbols)
    if source is None:
        return f"{name}_dim_{axis}"
    at = list(runs[0].inputs).index(source[0]), source[1]
    return next(symbol for symbol, places in symbols.axes.items() if at in places)
