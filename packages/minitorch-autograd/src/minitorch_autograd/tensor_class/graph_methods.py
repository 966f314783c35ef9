"""Methods of a tensor that concern its place in the graph: `requires_grad_`, hooks, `detach_`."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING
from weakref import ref

from ..arguments.type_errors import refuse_misfits_of_callers
from ..engine.hooks import RemovableHandle, add_hook
from ..engine.modes import is_inference_mode_enabled
from ..engine.node import AccumulateGrad
from ..engine.notes import notes_of

if TYPE_CHECKING:
    from ..engine.hooks import LeafHook, TensorHook
    from ..engine.value import Tensor


def requires_grad_(self: Tensor, requires_grad: bool = True) -> Tensor:
    """Set whether a leaf tracks gradients; return it.

    Raises:
        RuntimeError: if the elements are not floats, or the tensor is not a leaf.
        TypeError: if `requires_grad` is no bool.
    """
    if not isinstance(requires_grad, bool):
        refuse_misfits_of_callers()
    if not self.is_leaf:
        if not requires_grad:
            raise RuntimeError(
                "you can only change requires_grad flags of leaf variables. If you want to use "
                "a computed variable in a subgraph that doesn't require differentiation use "
                "var_no_grad = var.detach()."
            )
    elif not requires_grad:
        self._node = None
    elif not self.dtype.is_floating_point:
        raise RuntimeError(
            "only Tensors of floating point and complex dtype can require gradients: "
            f"this one is {self.dtype}"
        )
    elif self._node is None:
        if self.is_inference() and not is_inference_mode_enabled():
            raise RuntimeError(
                "Setting requires_grad=True on inference tensor outside InferenceMode is not "
                "allowed: make a clone of it first"
            )
        self._node = AccumulateGrad(self)
    return self


def register_hook(self: Tensor, hook: TensorHook) -> RemovableHandle[TensorHook]:
    """Register `hook` to be called with the gradient of this tensor, whenever it is computed.

    Args:
        hook: gets the gradient; it may return another of the same shape and type in its place,
            and must not write into it. Several are called in the order of their registration;
            those of leaves after the walk through the graph.

    Returns:
        A handle, whose `remove()` removes the hook.

    Raises:
        RuntimeError: if the tensor tracks nothing.
    """
    if self._node is None:
        raise RuntimeError(
            "cannot register a hook on a tensor that doesn't require gradient: "
            f"one of shape {self.shape}; call requires_grad_() first"
        )
    return add_hook(notes_of(self._node).hooks, hook)


def register_post_accumulate_grad_hook(self: Tensor, hook: LeafHook) -> RemovableHandle[LeafHook]:
    """Register `hook` to be called with this leaf, whenever `backward` has written its `.grad`.

    Args:
        hook: gets the leaf, and returns None.

    Returns:
        A handle, whose `remove()` removes the hook.

    Raises:
        RuntimeError: if the tensor tracks nothing, or is no leaf.
    """
    if self._node is None:
        raise RuntimeError(
            "cannot register a hook on a tensor that doesn't require gradient: one of shape "
            f"{self.shape} was to tell when its gradient is accumulated; call requires_grad_() "
            "first"
        )
    if not isinstance(self._node, AccumulateGrad):
        raise RuntimeError(
            "post accumulate grad hooks cannot be registered on non-leaf tensors: this one is the "
            f"result of {self._node.name()}; use register_hook"
        )
    return add_hook(notes_of(self._node).post_accumulate_hooks, hook)


def retain_grad(self: Tensor) -> None:
    """Keep the gradient in `.grad`, though this is no leaf; does nothing to a leaf.

    Raises:
        RuntimeError: if the tensor tracks nothing.
    """
    if self._node is None:
        raise RuntimeError(
            f"can't retain_grad on Tensor that has requires_grad=False: one of shape {self.shape}"
        )
    if not self.is_leaf:
        notes_of(self._node).retained = ref(self)


def retains_grad(self: Tensor) -> bool:
    """Whether this is no leaf, but its gradient is kept in `.grad`: see `retain_grad`."""
    notes = None if self._node is None else self._node.notes
    return notes is not None and notes.retained is not None and notes.retained() is self


def detach_(self: Tensor) -> Tensor:
    """Forget how this tensor was computed; return it.

    Raises:
        RuntimeError: if it is a view.
    """
    if self._view is not None:
        raise RuntimeError(
            "Can't detach views in-place. Use detach() instead: this tensor shares the memory of "
            f"one of shape {self._view[0].shape}, which would keep its history"
        )
    self._node = None
    return self


def is_inference(self: Tensor) -> bool:
    """Return whether the tensor was made in inference mode."""
    return self._stamp is not None and self._stamp.inference


def warn_of_no_leaf(self: Tensor) -> None:
    """Warn, where `.grad` is read, if `self` is no leaf and does not retain its gradient."""
    node = self._node
    if node is None or node.__class__ is AccumulateGrad or retains_grad(self):
        return
    warnings.warn(
        "The .grad attribute of a Tensor that is not a leaf Tensor is being accessed. Its .grad "
        "attribute won't be populated during autograd.backward(): it is the result of "
        f"{node.name()}. If you want its gradient, "
        "call .retain_grad() on it before; if it is the wrong tensor, ask the leaf.",
        stacklevel=3,
    )
