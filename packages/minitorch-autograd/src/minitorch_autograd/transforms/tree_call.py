"""One call of a function that `func` differentiates: its arguments and result may be trees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeAlias

from ..engine.modes import enable_grad
from ..engine.value import Tensor
from .fresh_inputs import FreshInputs
from .trees import Tree, each, leaves, refill

if TYPE_CHECKING:
    Argnums: TypeAlias = int | tuple[int, ...]


class TreeCall:
    """One call of a function with fresh inputs.

    Args:
        name: the transform, for messages.
        func: the function.
        args: its positional arguments.
        kwargs: its keyword arguments, which are not differentiated by.
        argnums: which of `args` to differentiate by.
        has_aux: whether the function returns ``(output, aux)``.
    """

    def __init__(
        self,
        name: str,
        func: Callable[..., Tree],
        args: Sequence[Tree],
        kwargs: dict[str, object],
        argnums: Argnums,
        has_aux: bool,
    ) -> None:
        self.name = name
        self.fresh = FreshInputs()
        positions = _positions(argnums, len(args))
        self._differentiated = tuple(args[i] for i in positions)
        self._single = isinstance(argnums, int)
        self.inputs = [self._fresh_input(x) for x in leaves(self._differentiated)]
        values = list(args)
        for i, value in zip(positions, refill(self._differentiated, self.inputs), strict=True):
            values[i] = value
        with enable_grad():
            result = func(*values, **kwargs)
        # Released now, since walks may free the graph, which says whether it leads outside.
        self.output: Tree = result
        self.aux: Tree = None
        if has_aux:
            self.output, aux = self._with_aux(result)
            self.aux = self.released(aux)
        self.value = self.released(self.output)

    def _fresh_input(self, x: object) -> Tensor:
        """Return the fresh input for `x`, which has to be a tensor."""
        if not isinstance(x, Tensor):
            raise ValueError(
                f"{self.name}: Thing passed to transform API must be Tensor, got {type(x).__name__}"
            )
        return self.fresh.add(x)

    def _with_aux(self, result: Tree) -> tuple[Tree, Tree]:
        """Return the result, which has to be ``(output, aux)``."""
        if not isinstance(result, tuple) or len(result) != 2:
            raise RuntimeError(
                f"{self.name}: output of function f should be a tuple: (output, aux) if has_aux is "
                f"True, got {type(result).__name__}"
            )
        return result

    def outputs(self) -> list[Tensor]:
        """Return the tensors of the output, which have to be of floating types."""
        found = leaves(self.output)
        if not found:
            raise RuntimeError(
                f"{self.name}: Expected f to be a function that has non-empty output (got output = "
                f"{self.output})"
            )
        for y in found:
            if not isinstance(y, Tensor):
                raise RuntimeError(
                    f"{self.name}: expected f(*primals) to return only tensors, got unsupported "
                    f"type {type(y).__name__}"
                )
            if not y.dtype.is_floating_point:
                raise RuntimeError(
                    f"{self.name}: All outputs of f must be floating-point or complex Tensors, got "
                    f"Tensor with dtype {y.dtype}"
                )
        return found

    def as_argument(self, gradients: Sequence[Tensor]) -> Tree:
        """Return a tensor for each input, in the nest of the arguments to differentiate by."""
        found = refill(self._differentiated, gradients)
        return found[0] if self._single else found

    def released(self, tree: Tree) -> Tree:
        """Return a nest with its tensors as the caller gets them: see `FreshInputs.released`."""

        def one(x: Tree) -> Tree:
            return self.fresh.released(x) if isinstance(x, Tensor) else x

        return each(one, tree)


def _positions(argnums: Argnums, number: int) -> list[int]:
    """Return the positions that `argnums` names among `number` arguments, from the left."""
    if isinstance(argnums, tuple):
        if not argnums:
            raise RuntimeError("argnums must be non-empty")
        chosen = argnums
    else:
        chosen = (argnums,)
    for i in chosen:
        if not isinstance(i, int):
            raise RuntimeError(f"argnum must be int, got: {type(i).__name__}")
        if not -number <= i < number:
            raise RuntimeError(f"Got argnum={i}, but only {number} positional inputs")
    positions = [i % number for i in chosen]
    if len(set(positions)) != len(positions):
        raise RuntimeError(f"argnums elements must be unique, got {argnums}")
    return positions
