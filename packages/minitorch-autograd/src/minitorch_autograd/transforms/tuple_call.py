"""One call of a function that `functional` differentiates: of tensors, or tuples of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ..engine.modes import enable_grad
from ..engine.value import Tensor
from ..ops.core.creation import ones_like
from .fresh_inputs import FreshInputs, or_zeros

if TYPE_CHECKING:
    Tensors: TypeAlias = Tensor | tuple[Tensor, ...]
    Function: TypeAlias = Callable[..., object]  # what it returns is looked at

INPUT_IS = "input to the user-provided function is"


class TupleCall:
    """One call of a function with fresh inputs.

    Args:
        name: the transform, for messages.
        func: the function.
        inputs: its arguments.
        create_graph: whether results may be tracked outside.
        strict: whether an input or output that has no part is an error, not zeros.
    """

    def __init__(
        self, name: str, func: Function, inputs: Tensors, create_graph: bool, strict: bool
    ) -> None:
        self.fresh = FreshInputs(keep=create_graph)
        self.one_input = isinstance(inputs, Tensor)
        self.inputs = [self.fresh.add(x) for x in tensor_tuple("inputs", name, inputs)]
        with enable_grad():
            result = func(*self.inputs)
        self.one_output = isinstance(result, Tensor)
        self.outputs = tensor_tuple("outputs of the user-provided function", name, result)
        # Released now, since walks may free the graph, which says whether it leads outside.
        self.value = self.as_output(self.outputs)
        self._strict = strict
        self._create_graph = create_graph
        for i, y in enumerate(self.outputs):
            if strict and y._node is None:
                raise RuntimeError(
                    f"Output {i} of the user-provided function does not require gradients. The "
                    "outputs must be computed in a differentiable manner from the input when "
                    "running in strict mode."
                )

    def gradients(self, outputs: Sequence[Tensor], starts: Sequence[Tensor]) -> list[Tensor]:
        """Return the gradients of the inputs; raise if one is missing and the call is strict."""
        record_them = True if self._strict and self._create_graph else None
        found = self.fresh.gradients(outputs, self.inputs, starts, record_them=record_them)
        if self._strict:
            self.refuse_missing(found)
        if record_them:
            for i, g in enumerate(found):
                if g is not None and g._node is None:
                    raise RuntimeError(
                        "The jacobian of the user-provided function is independent of input "
                        f"{i}. This is not allowed in strict mode when create_graph=True."
                    )
        return or_zeros(found, self.inputs)

    def scalar_gradients(self, name: str) -> list[Tensor]:
        """Return differentiable gradients of the one number that the function returns."""
        if not self.one_output:
            raise RuntimeError(
                f"The function given to {name} should return a single Tensor, got "
                f"{len(self.outputs)}"
            )
        (y,) = self.outputs
        if y.numel() != 1:
            raise RuntimeError(
                f"The Tensor returned by the function given to {name} should contain a single "
                f"element, got one of shape {y.shape}"
            )
        start = ones_like(y.detach())
        found = self.fresh.gradients([y], self.inputs, [start], record_them=True)
        if self._strict:
            self.refuse_missing(found)
        for i, g in enumerate(found):
            if self._strict and g is not None and g._node is None:
                raise RuntimeError(
                    "While computing the hessian, found that the jacobian of the user-provided "
                    f"function with respect to input {i} is independent of the input. This is not "
                    "allowed in strict mode. You should ensure that your function is twice "
                    "differentiable and that the jacobian depends on the inputs (this would be "
                    "violated by a linear function for example)."
                )
        return or_zeros(found, self.inputs)

    def refuse_missing(
        self,
        found: Sequence[Tensor | None],
        what: str = "The output of the user-provided function",
    ) -> None:
        """Raise if an input has no gradient, since `what` does not depend on it."""
        for i, g in enumerate(found):
            if g is None:
                raise RuntimeError(
                    f"{what} is independent of input {i}. This is not allowed in strict mode."
                )

    def as_input(self, values: Sequence[Tensor]) -> Tensors:
        """Return a value for each input; in a tuple if the inputs were in one."""
        released = tuple(map(self.fresh.released, values))
        return released[0] if self.one_input else released

    def as_output(self, values: Sequence[Tensor]) -> Tensors:
        """Return a value for each output; in a tuple if the outputs were in one."""
        released = tuple(map(self.fresh.released, values))
        return released[0] if self.one_output else released


def tensor_tuple(what: str, name: str, given: object) -> tuple[Tensor, ...]:
    """Return one or several tensors as a tuple."""
    if isinstance(given, Tensor):
        return (given,)
    must = f"The {what} given to {name} must be either a Tensor or a tuple of Tensors but the"
    if not isinstance(given, tuple):
        raise TypeError(f"{must} given {what} has type {type(given).__name__}.")
    for i, one in enumerate(given):
        if not isinstance(one, Tensor):
            raise TypeError(f"{must} value at index {i} has type {type(one).__name__}.")
    return given


def vectors_like(
    v: Tensors | None, like: Sequence[Tensor], like_one: bool, what: str
) -> tuple[Tensor, ...]:
    """Return the vectors to multiply with, of the shapes of `like`."""
    if v is None:
        if len(like) != 1 or like[0].numel() != 1:
            raise RuntimeError(
                f"The vector v can only be None if the {what} a single Tensor with a single "
                f"element: the shapes are {', '.join(str(x.shape) for x in like)}"
            )
        return (ones_like(like[0].detach()),)
    vectors = tensor_tuple("v", "the product", v)
    if len(vectors) != len(like):
        raise RuntimeError(
            "The given v should contain a single Tensor."
            if like_one
            else f"v is a tuple of invalid length: should be {len(like)} but got {len(vectors)}."
        )
    for i, (one, x) in enumerate(zip(vectors, like, strict=True)):
        if one.shape != x.shape:
            entry = "" if like_one else f"Entry {i} in "
            raise RuntimeError(
                f"{entry}v has invalid size: should be {x.shape} but got {one.shape}."
            )
    return vectors
