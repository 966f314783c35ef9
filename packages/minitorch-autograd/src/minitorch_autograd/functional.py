"""Derivatives of a function at a point, as `torch.autograd.functional` has them.

They take and return a tensor, or a tuple where the function does. Unless `create_graph` is given,
nothing that they return is tracked. `func` has the same as functions that return functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from .engine.value import Tensor
from .ops.core.creation import ones_like
from .transforms.fresh_inputs import ForwardDerivative, or_zeros
from .transforms.jacobians import by_columns, by_rows
from .transforms.tuple_call import INPUT_IS, TupleCall, tensor_tuple, vectors_like

if TYPE_CHECKING:
    from .transforms.tuple_call import Function, Tensors

    # A Jacobian for each output and each input, in tuples where there are several.
    Jacobians: TypeAlias = Tensors | tuple[tuple[Tensor, ...], ...]


__all__ = ["hessian", "hvp", "jacobian", "jvp", "vhp", "vjp"]


def vjp(
    func: Function,
    inputs: Tensors,
    v: Tensors | None = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Tensors, Tensors]:
    """Return the outputs of `func`, and `v` times its Jacobian.

    Args:
        func: a function of tensors to a tensor, or a tuple of them.
        inputs: what it is called with.
        v: of the shapes of the outputs; not needed for one output of one element.
        create_graph: whether the results are differentiable, also by tensors that `func` uses.
        strict: whether an output that is independent of an input is an error, not zeros.

    Raises:
        TypeError: if inputs or outputs are no tensors.
        RuntimeError: if `v` is missing or of another shape; or as `strict` says.
    """
    call = TupleCall("vjp", func, inputs, create_graph, strict)
    vectors = vectors_like(v, call.outputs, call.one_output, "user-provided function returns")
    found = call.gradients(call.outputs, vectors)
    return call.value, call.as_input(found)


def jvp(
    func: Function,
    inputs: Tensors,
    v: Tensors | None = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Tensors, Tensors]:
    """Return the outputs of `func`, and its Jacobian times `v`.

    There is no forward mode here: the graph is walked twice, and rules have to be differentiable.

    Args:
        func: a function of tensors to a tensor, or a tuple of them.
        inputs: what it is called with.
        v: of the shapes of the inputs; not needed for one input of one element.
        create_graph: whether the results are differentiable, also by tensors that `func` uses.
        strict: whether an output that is independent of an input is an error, not zeros.

    Raises:
        TypeError, RuntimeError: as `vjp`.
    """
    call = TupleCall("jvp", func, inputs, create_graph, strict)
    vectors = vectors_like(v, call.inputs, call.one_input, INPUT_IS)
    forward = ForwardDerivative(call.fresh, call.outputs, call.inputs)
    if strict:
        call.refuse_missing(forward.gradients)
    found = or_zeros(forward.along(vectors), call.outputs)
    return call.value, call.as_output(found)


def vhp(
    func: Function,
    inputs: Tensors,
    v: Tensors | None = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Tensors, Tensors]:
    """Return the output of `func`, and `v` times its Hessian.

    Args:
        func: a function of tensors to a tensor of one element.
        inputs: what it is called with.
        v: of the shapes of the inputs; not needed for one input of one element.
        create_graph: whether the results are differentiable, also by tensors that `func` uses.
        strict: whether an output or gradient that is independent of an input is an error.

    Raises:
        TypeError: as `vjp`.
        RuntimeError: as `vjp`; if the output is not one tensor of one element.
    """
    return _second("vhp", func, inputs, v, create_graph, strict)


def hvp(
    func: Function,
    inputs: Tensors,
    v: Tensors | None = None,
    create_graph: bool = False,
    strict: bool = False,
) -> tuple[Tensors, Tensors]:
    """Return the output of `func`, and its Hessian times `v`.

    The Hessian is symmetric, so that it is what `vhp` returns.

    Args:
        func: as `vhp`.
        inputs: as `vhp`.
        v: as `vhp`.
        create_graph: as `vhp`.
        strict: as `vhp`.

    Raises:
        TypeError, RuntimeError: as `vhp`.
    """
    return _second("hvp", func, inputs, v, create_graph, strict)


def jacobian(
    func: Function,
    inputs: Tensors,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    strategy: str = "reverse-mode",
) -> Jacobians:
    """Return the Jacobian of `func`: of shape (*output, *input) for each output and each input.

    Args:
        func: as `vjp`.
        inputs: as `vjp`.
        create_graph: as `vjp`.
        strict: as `vjp`.
        vectorize: makes torch faster; here it changes nothing.
        strategy: "reverse-mode" takes a walk for each output element, "forward-mode" for each
            input element, see `jvp`.

    Returns:
        A tensor; with several inputs a tuple, with several outputs a tuple of what each has.

    Raises:
        TypeError, RuntimeError: as `vjp`; if `vectorize` and `strict` are combined.
        NotImplementedError: if "forward-mode" is combined with `create_graph`, or comes without
            `vectorize`.
        AssertionError: if `strategy` is unknown.
    """
    _refuse_options(create_graph, strict, vectorize, strategy)
    call = TupleCall("jacobian", func, inputs, create_graph, strict)
    for i, y in enumerate(call.outputs if strict else ()):
        found = call.fresh.gradients([y], call.inputs, [ones_like(y.detach())], retain=True)
        call.refuse_missing(found, f"Output {i} of the user-provided function")
    whole = by_rows if strategy == "reverse-mode" else by_columns
    rows = [call.as_input(row) for row in whole(call.fresh, call.outputs, call.inputs)]
    return rows[0] if call.one_output else tuple(rows)  # type: ignore[return-value]  # all nested alike


def hessian(
    func: Function,
    inputs: Tensors,
    create_graph: bool = False,
    strict: bool = False,
    vectorize: bool = False,
    outer_jacobian_strategy: str = "reverse-mode",
) -> Jacobians:
    """Return the second derivatives of `func`: of shape (*input, *other input) for each pair.

    Args:
        func: as `vhp`.
        inputs: as `vhp`.
        create_graph: as `vhp`.
        strict: as `vhp`.
        vectorize: makes torch faster; here it changes nothing.
        outer_jacobian_strategy: as `strategy` of `jacobian`.

    Raises:
        TypeError, RuntimeError, NotImplementedError, AssertionError: as `vhp` and `jacobian`.
    """
    inputs_in_tuple = tensor_tuple("inputs", "hessian", inputs)

    def gradient(*xs: Tensor) -> tuple[Tensor, ...]:
        call = TupleCall("hessian", func, xs, True, strict)
        return tuple(map(call.fresh.released, call.scalar_gradients("hessian")))

    rows = jacobian(
        gradient, inputs_in_tuple, create_graph, strict, vectorize, strategy=outer_jacobian_strategy
    )
    return rows[0][0] if isinstance(inputs, Tensor) else rows


def _second(
    name: str,
    func: Function,
    inputs: Tensors,
    v: Tensors | None,
    create_graph: bool,
    strict: bool,
) -> tuple[Tensors, Tensors]:
    """Return the output of `func`, and the gradient of ``gradient @ v``: the Hessian times `v`."""
    call = TupleCall(name, func, inputs, create_graph, strict)
    vectors = vectors_like(v, call.inputs, call.one_input, INPUT_IS)
    first = call.scalar_gradients(name)
    found = call.fresh.gradients(first, call.inputs, vectors)
    if strict:
        call.refuse_missing(found, "The jacobian of the user-provided function")
    return call.value, call.as_input(or_zeros(found, call.inputs))


def _refuse_options(create_graph: bool, strict: bool, vectorize: bool, strategy: str) -> None:
    """Raise for options that torch does not combine."""
    if strategy not in ("forward-mode", "reverse-mode"):
        raise AssertionError(
            'Expected strategy to be either "forward-mode" or "reverse-mode", got '
            f"{strategy!r}. Hint: If your function has more outputs than inputs, "
            '"forward-mode" tends to be more performant.'
        )
    if strict and vectorize:
        raise RuntimeError(
            "torch.autograd.functional.jacobian: `strict=True` and `vectorized=True` are not "
            "supported together. Please either set `strict=False` or `vectorize=False`."
        )
    if strategy == "forward-mode" and create_graph:
        raise NotImplementedError(
            'torch.autograd.functional.jacobian: `create_graph=True` and `strategy="forward-mode"` '
            "are not supported together (yet). Please either set `create_graph=False` or "
            '`strategy="reverse-mode"`.'
        )
    if strategy == "forward-mode" and not vectorize:
        raise NotImplementedError(
            "jacobian: a forward-mode Jacobian is only implemented for `vectorize=True`: pass it, "
            'or use strategy="reverse-mode"'
        )
