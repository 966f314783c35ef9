"""Keeping gradients small.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.clip_grad_norm_.html
"""

from __future__ import annotations

import warnings
from collections.abc import Generator, Iterable
from typing import TypeAlias

from minitorch_autograd import Tensor, no_grad, zeros

from ..common.extensions import elementwise, reductions, shaping

__all__ = [
    "clip_grad_norm",
    "clip_grad_norm_",
    "clip_grad_value_",
    "clip_grads_with_norm_",
    "get_total_norm",
]

Tensors: TypeAlias = "Tensor | Iterable[Tensor]"


def _listed(tensors: Tensors) -> list[Tensor]:
    return [tensors] if isinstance(tensors, Tensor) else list(tensors)


def _norm(x: Tensor, p: float) -> Tensor:
    return reductions.norm(x.reshape((-1,)), p, 0)


def get_total_norm(
    tensors: Tensors,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Return the norm of all tensors as one vector, ``(sum |x|^p)^(1/p)``.

    Args:
        tensors: whose norm.
        norm_type: p; infinity for the largest.
        error_if_nonfinite: whether a norm that is infinite or NaN is an error.
        foreach: as in torch; no effect.

    Raises:
        RuntimeError: for such a norm.
    """
    every = _listed(tensors)
    if not every:
        return zeros(())
    with no_grad():
        norms = [_norm(x.detach(), norm_type) for x in every]
        total = _norm(shaping.stack(norms, 0), norm_type)
        if error_if_nonfinite and not bool(total - total == 0):
            raise RuntimeError(
                f"The total norm of order {norm_type} for gradients from `parameters` is "
                "non-finite, so it cannot be clipped. To disable this error and scale the "
                "gradients by the non-finite norm anyway, set `error_if_nonfinite=False`"
            )
    return total


def clip_grads_with_norm_(
    parameters: Tensors, max_norm: float, total_norm: Tensor, foreach: bool | None = None
) -> None:
    """Scale gradients in place by ``max_norm / (total_norm + 1e-6)``, where that is below 1."""
    with no_grad():
        factor = elementwise.clamp(
            elementwise.reciprocal(total_norm + 1e-6) * float(max_norm), max=1.0
        )
        for parameter in _listed(parameters):
            if parameter.grad is not None:
                parameter.grad.mul_(factor.to(parameter.grad.dtype))


def clip_grad_norm_(
    parameters: Tensors,
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Scale the gradients of parameters in place, so that their norm is at most `max_norm`.

    Args:
        parameters: those without a gradient are left out.
        max_norm: the largest norm of all gradients as one vector.
        norm_type: p of the norm; infinity for the largest element.
        error_if_nonfinite: whether a norm that is infinite or NaN is an error.
        foreach: as in torch; no effect.

    Returns:
        The norm before, without dimensions.

    Raises:
        RuntimeError: for a norm that is not finite, if that is an error.

    Source: Pascanu, Mikolov, Bengio, "On the Difficulty of Training Recurrent Neural Networks",
    2013, algorithm 1
    """
    every = _listed(parameters)
    if isinstance(parameters, Generator) and not every:
        warnings.warn(
            "`parameters` is an empty generator, no gradient clipping will occur.", stacklevel=2
        )
    gradients = [p.grad for p in every if p.grad is not None]
    total = get_total_norm(gradients, norm_type, error_if_nonfinite)
    clip_grads_with_norm_(every, max_norm, total)
    return total


def clip_grad_norm(
    parameters: Tensors,
    max_norm: float,
    norm_type: float = 2.0,
    error_if_nonfinite: bool = False,
    foreach: bool | None = None,
) -> Tensor:
    """Same as `clip_grad_norm_`, under its deprecated name."""
    warnings.warn(
        "`torch.nn.utils.clip_grad_norm` is now deprecated in favor of "
        "`torch.nn.utils.clip_grad_norm_`.",
        FutureWarning,
        stacklevel=2,
    )
    return clip_grad_norm_(parameters, max_norm, norm_type, error_if_nonfinite, foreach)


def clip_grad_value_(parameters: Tensors, clip_value: float, foreach: bool | None = None) -> None:
    """Cut the elements of gradients off at ``-clip_value`` and `clip_value`, in place."""
    limit = float(clip_value)
    with no_grad():
        for parameter in _listed(parameters):
            if parameter.grad is not None:
                cut = elementwise.clamp(parameter.grad, min=-limit, max=limit)
                parameter.grad.copy_(cut)
