"""Function transforms: from a function to the function that computes its derivative, and `vmap`.

They can be combined: `grad(grad(f))`, `vmap(grad(f))`, `jacrev(jacrev(f))`. Arguments and results
may be nests of tuples, lists and dictionaries of tensors. A derivative has the nest of the output,
and in the place of each tensor of it the nest of the argument.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from .engine.value import Tensor
from .ops.core.creation import ones_like
from .transforms.fresh_inputs import ForwardDerivative, or_zeros
from .transforms.jacobians import by_columns, by_rows
from .transforms.tree_call import TreeCall
from .transforms.trees import Tree, form, leaves, refill
from .transforms.vmap import refuse_randomness, vmap

if TYPE_CHECKING:
    from .transforms.tree_call import Argnums

    # What a function takes and returns is up to the user.
    Function: TypeAlias = Callable[..., Tree]

__all__ = ["grad", "grad_and_value", "hessian", "jacfwd", "jacrev", "jvp", "vjp", "vmap"]


def grad(func: Function, argnums: Argnums = 0, has_aux: bool = False) -> Function:
    """Return the function that computes the gradient of `func`.

    Args:
        func: returns a tensor without dimensions; with `has_aux`, that and anything else.
        argnums: which arguments to differentiate by; a tuple gives a tuple of gradients.
        has_aux: whether `func` returns ``(output, aux)``; then this returns ``(gradient, aux)``.

    Raises:
        RuntimeError: if `func` returns anything else, or there are no such arguments.
        ValueError: if an argument to differentiate by has a leaf that is no tensor.

    >>> func.grad(func.grad(lambda x: x**3))(tensor(2.0))
    tensor(12.)
    """
    both = grad_and_value(func, argnums, has_aux)

    @functools.wraps(func)
    def gradient(*args: object, **kwargs: object) -> Tree:
        found, value = both(*args, **kwargs)
        return (found, value[1]) if has_aux else found

    return gradient


def grad_and_value(func: Function, argnums: Argnums = 0, has_aux: bool = False) -> Function:
    """Return the function that computes the gradient of `func`, and its value.

    Args:
        func: as `grad`.
        argnums: as `grad`.
        has_aux: as `grad`; then the result is ``(gradient, (value, aux))``.

    Raises:
        RuntimeError, ValueError: as `grad`.
    """

    @functools.wraps(func)
    def gradient_and_value(*args: object, **kwargs: object) -> tuple[Tree, Tree]:
        call = TreeCall("grad_and_value(f)(*args)", func, args, kwargs, argnums, has_aux)
        y = call.output
        if not isinstance(y, Tensor):
            raise RuntimeError(
                "grad_and_value(f)(*args): Expected f(*args) to return a Tensor, got "
                f"{type(y).__name__}"
            )
        if y.shape != ():
            raise RuntimeError(
                "grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got tensor "
                f"with {len(y.shape)} dims. Maybe you wanted to use the vjp or jacrev APIs instead?"
            )
        found = call.fresh.gradients([y], call.inputs, [ones_like(y.detach())])
        gradients = call.as_argument(call.released(or_zeros(found, call.inputs)))
        return gradients, (call.value, call.aux) if has_aux else call.value

    return gradient_and_value


def vjp(func: Function, *primals: Tree, has_aux: bool = False) -> tuple[Tree, ...]:
    """Call `func`; return its output, and a function that computes v times its Jacobian.

    Args:
        func: a function of tensors, or nests of them, to the same.
        *primals: what to call it with.
        has_aux: whether it returns ``(output, aux)``; then `aux` comes as the third result.

    Returns:
        The output, and ``vjp_fn(cotangents)``, which takes the gradient of the output, in its nest,
        and returns a tuple with the gradient of each of `primals`; it may be called several times.

    Raises:
        RuntimeError: if the output has leaves that are no floating tensors, or `cotangents` is of
            another form.
    """
    argnums = tuple(range(len(primals)))
    call = TreeCall("vjp(f, *primals)", func, primals, {}, argnums, has_aux)
    outputs = call.outputs()

    def vjp_fn(cotangents: Tree) -> Tree:
        if form(cotangents) != form(call.output):
            raise RuntimeError(
                "Expected pytree structure of cotangents to be the same as pytree structure of "
                f"outputs to the function. cotangents: {form(cotangents)}, primal output: "
                f"{form(call.output)}"
            )
        found = call.fresh.gradients(outputs, call.inputs, leaves(cotangents), retain=True)
        return call.as_argument(call.released(or_zeros(found, call.inputs)))

    return (call.value, vjp_fn, call.aux) if has_aux else (call.value, vjp_fn)


def jvp(
    func: Function,
    primals: tuple[Tree, ...],
    tangents: tuple[Tree, ...],
    *,
    strict: bool = False,
    has_aux: bool = False,
) -> tuple[Tree, ...]:
    """Call `func`, and return its output and the output's derivative along `tangents`.

    There is no forward mode here: two walks back are used, which cost about three times what `vjp`
    does, and need differentiable rules.

    Args:
        func: a function of tensors, or nests of them, to the same.
        primals: what to call it with.
        tangents: the direction, a tensor for each one in `primals`.
        strict: whether an output that is independent of `primals` is an error, not zeros.
        has_aux: whether it returns ``(output, aux)``; then `aux` comes as the third result.

    Raises:
        RuntimeError: if `primals` is no tuple, `tangents` of another form, or as `strict` says.
    """
    name = "jvp(f, primals, tangents)"
    if not isinstance(primals, tuple):
        raise RuntimeError(
            f"{name}: Expected primals to be a tuple. E.g. it should be valid to call f(*primals). "
            f"Got {type(primals).__name__}"
        )
    if form(primals) != form(tangents):
        raise RuntimeError(
            f"{name}: Expected primals and tangents to have the same python structure. Got primals "
            f"with structure {form(primals)} and tangents with structure {form(tangents)}"
        )
    call = TreeCall(name, func, primals, {}, tuple(range(len(primals))), has_aux)
    outputs = call.outputs()
    found = ForwardDerivative(call.fresh, outputs, call.inputs).along(leaves(tangents))
    if strict and any(one is None for one in found):
        raise RuntimeError(
            "jvp(f, primals, tangents, strict=True): The output of f is independent of the inputs. "
            "This is not allowed with strict=True."
        )
    derivative = refill(call.output, call.released(or_zeros(found, outputs)))
    return (call.value, derivative, call.aux) if has_aux else (call.value, derivative)


def jacrev(
    func: Function,
    argnums: Argnums = 0,
    *,
    has_aux: bool = False,
    chunk_size: int | None = None,
) -> Function:
    """Return the function that computes the Jacobian of `func`, a row for each output element.

    Args:
        func: a function of tensors, or nests of them, to the same.
        argnums: which arguments to differentiate by; a tuple gives a tuple of Jacobians.
        has_aux: whether `func` returns ``(output, aux)``; then this returns ``(jacobian, aux)``.
        chunk_size: how many rows are computed at once, in torch; here it is always one.

    Returns:
        A function that returns Jacobians of shape (*output, *input): in the nest of the output, and
        in the place of each of its tensors, the nest of the argument.

    Raises:
        RuntimeError, ValueError: as `grad`; if `chunk_size` is not positive.
    """
    if chunk_size is not None and chunk_size <= 0:
        raise ValueError(f"jacrev: `chunk_size` should be greater than 0, got {chunk_size}")
    return _jacobian(func, argnums, has_aux, forward=False)


def jacfwd(
    func: Function, argnums: Argnums = 0, has_aux: bool = False, *, randomness: str = "error"
) -> Function:
    """Return the function that computes the Jacobian of `func`, a column for each input element.

    It is faster than `jacrev` if there are fewer inputs than outputs; it is computed as by `jvp`.

    Args:
        func: as `jacrev`.
        argnums: as `jacrev`.
        has_aux: as `jacrev`.
        randomness: as `vmap`; it has no effect, since `func` is called only once here.

    Raises:
        RuntimeError: as `jacrev`; if `randomness` is unknown.
    """
    refuse_randomness(randomness)
    return _jacobian(func, argnums, has_aux, forward=True)


def hessian(func: Function, argnums: Argnums = 0) -> Function:
    """Return the function that computes the second derivatives of `func`.

    Args:
        func: as `jacrev`, usually to a tensor without dimensions.
        argnums: as `jacrev`.

    Raises:
        RuntimeError: as `jacrev`.

    >>> func.hessian(lambda x: (x**3).sum())(tensor([1.0, 2.0]))
    tensor([[ 6.,  0.],
            [ 0., 12.]])
    """
    return jacrev(jacrev(func, argnums), argnums)


def _jacobian(func: Function, argnums: Argnums, has_aux: bool, forward: bool) -> Function:
    name = "jacfwd" if forward else "jacrev"

    @functools.wraps(func)
    def jacobian(*args: object, **kwargs: object) -> Tree:
        call = TreeCall(name, func, args, kwargs, argnums, has_aux)
        jacobians = by_columns if forward else by_rows
        found = jacobians(call.fresh, call.outputs(), call.inputs)
        parts = [call.as_argument(call.released(row)) for row in found]
        result = refill(call.output, parts)
        return (result, call.aux) if has_aux else result

    return jacobian
