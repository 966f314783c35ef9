"""Operations that a user writes as a class, with `forward` and `backward`, as in torch.

`record` is a shorter way to define an operation. A `Function` is recorded as an operation with
several outputs (see `engine.outputs`): its node has the user's `backward` as `joint_backward`, and
the rule of each input picks the gradient of this input from what that returns.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable
from operator import itemgetter
from typing import TYPE_CHECKING, Any, TypeVar
from weakref import ref

from ..engine.graph import record
from ..engine.modes import switch
from ..engine.notes import notes_of
from ..engine.outputs import Part, join, with_zeros
from ..engine.value import Tensor, alias, clock
from ..engine.writes import rebase_history, refuse_write
from .context import FunctionCtx

if TYPE_CHECKING:
    from ..engine.hooks import Gradients

__all__ = ["Function", "once_differentiable"]

R = TypeVar("R")


class Function:
    """The base class of operations that are written as a class, and called by `apply`.

    >>> class Exp(Function):
    ...     @staticmethod
    ...     def forward(ctx, x):
    ...         y = x.exp()
    ...         ctx.save_for_backward(y)
    ...         return y
    ...
    ...     @staticmethod
    ...     def backward(ctx, g):
    ...         (y,) = ctx.saved_tensors
    ...         return g * y
    >>> Exp.apply(tensor([0.0], requires_grad=True))
    tensor([1.], grad_fn=<ExpBackward>)

    `forward` computes with recording off. If the class has `setup_context(ctx, inputs, output)`,
    that is called after `forward`, which then does not take `ctx`. `backward` gets a gradient for
    each output, and returns one for each input, None for an input without one; it is written in
    differentiable operations, or marked `once_differentiable`.

    Source: https://docs.pytorch.org/docs/stable/autograd.html#torch.autograd.Function
    """

    # What a subclass takes and returns is up to it: these are the only `Any` of this layer.
    @staticmethod
    def forward(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Compute the outputs of `(ctx, *inputs)`; with `setup_context`, of `inputs` alone."""
        raise NotImplementedError(
            "You must implement the forward function for custom autograd.Function."
        )

    @staticmethod
    def setup_context(ctx: FunctionCtx, inputs: tuple[Any, ...], output: Any) -> None:  # noqa: ANN401
        """Save in `ctx` what `backward` needs; called only if a subclass defines it."""

    @staticmethod
    def backward(ctx: Any, *grad_outputs: Any) -> Any:  # noqa: ANN401
        """Return the gradients of the inputs, given those of the outputs."""
        raise NotImplementedError(
            "You must implement either the backward or vjp method for your custom "
            "autograd.Function to use it with backward mode AD."
        )

    @classmethod
    def apply(cls, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Call the operation, and record it.

        Raises:
            RuntimeError: if a tensor marked by `mark_dirty` is not returned, or is a leaf.
            TypeError: if a list of tensors is returned, or there are keyword arguments and no
                `setup_context`.
        """
        ctx = FunctionCtx(f"{cls.__name__}Backward")
        with_setup = cls.setup_context is not Function.setup_context
        if with_setup:
            bound = inspect.signature(cls.forward).bind(*args, **kwargs)
            bound.apply_defaults()
            args = bound.args
        elif kwargs:
            raise TypeError(
                f"{cls.__name__}.apply() takes no keyword arguments: {', '.join(kwargs)}; they "
                "need a setup_context"
            )
        ctx.needs_input_grad = tuple(isinstance(x, Tensor) and x.requires_grad for x in args)
        before, switch.recording = switch.recording, False
        try:
            if with_setup:
                result = cls.forward(*args)
                cls.setup_context(ctx, args, result)
            else:
                result = cls.forward(ctx, *args)
        finally:
            switch.recording = before
        outputs = result if isinstance(result, tuple) else (result,)
        _refuse_outputs(cls.__name__, ctx, outputs)
        outputs = _recorded(cls, ctx, args, outputs)
        return outputs if isinstance(result, tuple) else outputs[0]


def _refuse_outputs(name: str, ctx: FunctionCtx, outputs: tuple[object, ...]) -> None:
    """Raise if the outputs of `forward` can't be recorded as the user meant."""
    if not all(_is_in(one, outputs) for one in ctx._dirty):
        raise RuntimeError(
            f"{name}: Some elements marked as dirty during the forward method were not returned "
            "as output. The inputs that are modified inplace must all be outputs of the Function."
        )
    for output in outputs:
        if isinstance(output, list) and any(isinstance(one, Tensor) for one in output):
            raise TypeError(
                f"{name}: forward returned a list of tensors, which would have no gradients; "
                "return a tuple"
            )


def _recorded(
    cls: type[Function], ctx: FunctionCtx, inputs: tuple[object, ...], outputs: tuple[object, ...]
) -> tuple[object, ...]:
    """Return the outputs, recorded: each with a node."""
    recording = switch.recording and any(ctx.needs_input_grad)
    results: list[object] = []
    for output in outputs:
        if isinstance(output, Tensor):
            if _is_in(output, ctx._dirty):
                if recording:
                    refuse_write(output)
            # An input, or a tensor with a history, keeps it: the output is an alias.
            elif _is_in(output, inputs) or _is_in(output, results) or output._node is not None:
                output = alias(output, output._raw)
        results.append(output)
    if not (recording and any(isinstance(one, Tensor) for one in results)):
        return tuple(results)

    raws = [one._raw if isinstance(one, Tensor) else None for one in results]
    edges = [(x, itemgetter(i)) for i, x in enumerate(inputs) if isinstance(x, Tensor)]
    whole = join(ctx._name, raws, *edges)
    expected = [isinstance(x, Tensor) for x in inputs]
    ctx._node = ref(whole)
    notes_of(whole).joint_backward = functools.partial(_joint_backward, cls, ctx, expected)
    for index, output in enumerate(results):
        if (
            isinstance(output, Tensor)
            and output.dtype.is_floating_point
            and not _is_in(outputs[index], ctx._non_differentiable)
        ):
            part = Part(whole, index, output._raw)
            ctx._keep_output(output, part)
            if _is_in(output, ctx._dirty):
                rebase_history(output, part)
            else:
                output._node = part
    ctx._time = clock.tick()
    ctx._dirty = (
        ctx._non_differentiable
    ) = ()  # outputs refer to `ctx`, and would keep themselves alive
    return tuple(results)


def _joint_backward(
    cls: type[Function], ctx: FunctionCtx, expected: list[bool], gradients: Gradients
) -> Gradients:
    """Return the gradients of the inputs by the user's `backward`, which is checked."""
    node = None if ctx._node is None else ctx._node()
    assert node is not None, "it is being walked"
    if ctx._materialize:
        gradients = with_zeros(gradients, node)
    returned = cls.backward(ctx, *gradients)
    results = returned if isinstance(returned, tuple) else (returned,)
    if len(results) > len(expected) and all(one is None for one in results[len(expected) :]):
        results = results[: len(expected)]
    if len(results) != len(expected):
        raise RuntimeError(
            f"function {node.name()} returned an incorrect number of gradients (expected "
            f"{len(expected)}, got {len(results)}): one for each input of forward, None for what "
            "has none"
        )
    for i, (one, is_tensor) in enumerate(zip(results, expected, strict=True)):
        if one is not None and not is_tensor:
            raise RuntimeError(
                f"function {node.name()} returned a gradient different than None at position "
                f"{i + 1}, but the corresponding forward input was not a Variable"
            )
        if one is not None and not isinstance(one, Tensor):
            raise RuntimeError(
                f"function {node.name()}: expected Variable or None (got {type(one).__name__}) as "
                f"the gradient at position {i + 1}"
            )
    return results


def _is_in(one: object, several: Iterable[object]) -> bool:
    """Return whether `one` is among `several`: by identity, since == of tensors is elementwise."""
    return any(one is other for other in several)


def once_differentiable(backward: Callable[..., R]) -> Callable[..., R | tuple[object, ...]]:
    """Decorate a `backward` that is not written in differentiable operations.

    It runs with recording off; a second derivative through it is an error, not zero.

    Source: `torch.autograd.function.once_differentiable`
    """

    @functools.wraps(backward)
    def once(ctx: FunctionCtx, *gradients: Tensor | None) -> R | tuple[object, ...]:
        before, switch.recording = switch.recording, False
        try:
            returned = backward(ctx, *gradients)
        finally:
            switch.recording = before
        edges = [(g, _twice) for g in gradients if g is not None and g._node is not None]
        if not (switch.recording and edges):
            return returned
        results = returned if isinstance(returned, tuple) else (returned,)
        return tuple(
            record("Error", alias(one, one._raw), *edges) if isinstance(one, Tensor) else one
            for one in results
        )

    return once


def _twice(g: Tensor) -> Tensor:
    """Raise: the rule of a gradient that has no derivative."""
    raise RuntimeError(
        "trying to differentiate twice a function that was marked with @once_differentiable"
    )
