"""Running a model once, and writing what it did as ONNX."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

import onnx

from minitorch_autograd import Tensor, no_grad
from minitorch_nn import Module

from .._saving.atomic_write import File, write
from . import _translations as _translations  # fills the registry
from ._dynamic_axes import Axes, dimensions, doubled, symbols_of
from ._generalize import generalize
from ._model import Run, model_proto
from ._tracer import Tracer
from ._values import tensors_in

Model: TypeAlias = Module | Callable[..., object]

OPSETS = range(20, 24)


def export(
    model: Model,
    args: Tensor | tuple[object, ...],
    f: File,
    *,
    input_names: Sequence[str] | None = None,
    output_names: Sequence[str] | None = None,
    opset_version: int = 20,
    dynamic_axes: Axes | None = None,
) -> None:
    """Write what a model computes as a graph in ONNX's format.

    The model runs once on `args`, in evaluation mode and without gradients; the operations of that
    run are the graph. With dynamic axes it runs again on inputs that are doubled along them, which
    has to give the same graph.

    Args:
        model: a module, or a function of tensors.
        args: a tensor, or a tuple of tensors (also nested, and with other arguments among them,
            which are kept as they are).
        f: the path of the file, which is replaced whole or not at all, or a binary file.
        input_names: of the tensors in `args`, in their order; the names of the parameters of
            `forward` unless told.
        output_names: of the tensors in the result; `output`, or `output_0`, ... unless told.
        opset_version: the version of ONNX's operators.
        dynamic_axes: which dimensions of inputs may have any size: ``{"x": {0: "batch"}}``, or
            ``{"x": [0]}`` to have names made up. Those of outputs follow, and may be named.

    Raises:
        NotImplementedError: if the result depends on a function that has no ONNX translation, or on
            a value that was read out of a tensor.
        ValueError: if the version is not supported, names don't fit, or a size that was declared
            dynamic is fixed in the graph.

    Source: https://docs.pytorch.org/docs/stable/onnx.html. Departures: `docs/onnx.md`.
    """
    newest = min(OPSETS[-1], onnx.defs.onnx_opset_version())
    if not OPSETS[0] <= opset_version <= newest:
        raise ValueError(
            f"export: opset_version must be from {OPSETS[0]} to {newest}, got {opset_version}"
        )
    given = args if isinstance(args, tuple) else (args,)
    names = _input_names(model, given, input_names)
    inputs = [one.detach() for one in tensors_in(given)]
    with _evaluating(model):
        first = _run(model, given, inputs, names, output_names, fold=not dynamic_axes)
        symbols = symbols_of(dynamic_axes or {}, first.inputs, list(first.outputs))
        runs = [first]
        for symbol, axes in symbols.axes.items():
            try:
                more = doubled(inputs, axes)
                runs.append(_run(model, given, more, names, output_names, fold=False))
            except Exception as failure:
                raise ValueError(
                    f"export: the model fails with twice the size of the dynamic axis {symbol!r}: "
                    f"{failure}"
                ) from failure
    generalize(runs, symbols)
    write(f, model_proto(first, dimensions(runs, symbols), opset_version).SerializeToString())


def _run(
    model: Model,
    given: tuple[object, ...],
    inputs: Sequence[Tensor],
    input_names: Sequence[str],
    output_names: Sequence[str] | None,
    fold: bool,
) -> Run:
    """Run the model with `inputs` in the places of tensors, and return its graph."""
    tracer = Tracer(fold)
    state = {}
    if isinstance(model, Module):
        state = {**dict(model.named_parameters()), **dict(model.named_buffers())}
    for name, one in state.items():
        tracer.graph.reserve(name)
        tracer.values.put_state(name, one)
    # Copies, so that each has a memory of its own, even where one is given twice.
    named = {name: one.clone() for name, one in zip(input_names, inputs, strict=True)}
    for name, one in named.items():
        tracer.graph.reserve(name)
        tracer.values.put(one, name)
    for name in output_names or ():
        tracer.graph.reserve(name)
    fresh = _replaced(given, iter(named.values()))
    with no_grad(), tracer.tracing():
        result = model(*fresh)
    outputs = list(tensors_in(result))
    if not outputs:
        raise ValueError(f"export: the model returns no tensors, but {type(result).__name__}")
    sources = [tracer.name_of(one) for one in outputs]
    names = output_names
    if names is None:
        names = ["output"] if len(outputs) == 1 else [f"output_{i}" for i in range(len(outputs))]
        for name in names:
            tracer.graph.reserve(name)
    elif len(names) != len(outputs):
        raise ValueError(
            f"export: {len(names)} output_names for {len(outputs)} tensors in the result"
        )
    made = dict(zip(names, zip(sources, outputs, strict=True), strict=True))
    return Run(tracer.graph, named, made, state)


def _replaced(given: tuple[object, ...], tensors: Iterator[Tensor]) -> list[object]:
    """Return the arguments with `tensors` in the places of theirs, in order."""

    def changed(one: object) -> object:
        if isinstance(one, Tensor):
            return next(tensors)
        if isinstance(one, dict):
            return {key: changed(value) for key, value in one.items()}
        if isinstance(one, tuple | list):
            make = getattr(one, "_make", type(one))  # the first of named tuples
            return make(map(changed, one))
        return one

    return [changed(one) for one in given]


@contextmanager
def _evaluating(model: Model) -> Iterator[None]:
    """Put a module into evaluation mode, and each part of it back into its own mode afterwards."""
    modules = list(model.modules()) if isinstance(model, Module) else []
    modes = [one.training for one in modules]
    try:
        if isinstance(model, Module):
            model.eval()
        yield
    finally:
        for one, mode in zip(modules, modes, strict=True):
            one.training = mode


# --- Names


def _input_names(
    model: Model, given: tuple[object, ...], names: Sequence[str] | None
) -> Sequence[str]:
    count = len(list(tensors_in(given)))
    if names is not None:
        if len(names) != count:
            raise ValueError(f"export: {len(names)} input_names for {count} tensors in args")
        return names
    parameters = _parameters(model, len(given))
    found: list[str] = []
    for name, one in zip(parameters, given, strict=True):
        inside = len(list(tensors_in(one)))
        found += [name] if isinstance(one, Tensor) else [f"{name}_{i}" for i in range(inside)]
    return found


def _parameters(model: Model, count: int) -> list[str]:
    """Return the names of the first parameters, and for those that have none, made-up ones."""
    function = model.forward if isinstance(model, Module) else model
    try:
        parameters = inspect.signature(function).parameters.values()
    except (TypeError, ValueError):  # a function without a signature, such as some in C
        parameters = {}.values()
    names = [one.name for one in parameters if one.kind in (0, 1)][:count]
    return names + [f"input_{i}" for i in range(len(names), count)]
