"""Folding a batch normalisation into the layer before it, for inference.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.fuse_conv_bn_eval.html
"""

from __future__ import annotations

import copy
from typing import TypeVar

from minitorch_autograd import Tensor, zeros

from ..common.extensions import creation, elementwise
from ..convolution.convolution_modules import ConvolutionBase
from ..core.parameter import Parameter
from ..linear.linear_modules import Linear
from ..normalisation.batch_modules import BatchNorm1d, BatchNorm2d, BatchNorm3d

__all__ = [
    "fuse_conv_bn_eval",
    "fuse_conv_bn_weights",
    "fuse_linear_bn_eval",
    "fuse_linear_bn_weights",
]

BatchNorm = BatchNorm1d | BatchNorm2d | BatchNorm3d
C = TypeVar("C", bound=ConvolutionBase)


def fuse_conv_bn_weights(
    conv_w: Tensor,
    conv_b: Tensor | None,
    bn_rm: Tensor,
    bn_rv: Tensor,
    bn_eps: float,
    bn_w: Tensor | None,
    bn_b: Tensor | None,
    transpose: bool = False,
) -> tuple[Parameter, Parameter]:
    """Return the weight and bias of a convolution that a normalisation follows.

    With ``a = bn_w / sqrt(variance + eps)`` they are ``W a`` and ``(b - mean) a + bn_b``.

    Args:
        conv_w: W, (C_out, ...), or (C_in, C_out, ...) if `transpose`.
        conv_b: b, (C_out,)
        bn_rm: the running mean.
        bn_rv: the running variance.
        bn_eps: eps
        bn_w: the scale of the normalisation.
        bn_b: its shift.
        transpose: whether it is a transposed convolution.
    """
    a = elementwise.rsqrt(bn_rv + bn_eps)
    a = a if bn_w is None else bn_w * a
    shape = [1] * len(conv_w.shape)
    shape[1 if transpose else 0] = a.shape[0]
    bias = (zeros(bn_rm.shape, dtype=bn_rm.dtype) if conv_b is None else conv_b) - bn_rm
    bias = bias * a if bn_b is None else bias * a + bn_b
    return (
        Parameter((conv_w * a.reshape(tuple(shape))).detach(), conv_w.requires_grad),
        Parameter(bias.detach(), True if conv_b is None else conv_b.requires_grad),
    )


def fuse_conv_bn_eval(conv: C, bn: BatchNorm, transpose: bool = False) -> C:
    """Return a convolution that does what `conv` and then `bn` do in evaluation mode.

    Raises:
        AssertionError: if one of them is in training mode.
        ValueError: if `bn` has no running statistics.
    """
    if conv.training or bn.training:
        raise AssertionError("Fusion only for eval!")
    mean, variance = _statistics(bn)
    fused = copy.deepcopy(conv)
    fused.weight, fused.bias = fuse_conv_bn_weights(
        fused.weight, fused.bias, mean, variance, bn.eps, bn.weight, bn.bias, transpose
    )
    return fused


def fuse_linear_bn_weights(
    linear_w: Tensor,
    linear_b: Tensor | None,
    bn_rm: Tensor,
    bn_rv: Tensor,
    bn_eps: float,
    bn_w: Tensor,
    bn_b: Tensor,
) -> tuple[Parameter, Parameter]:
    """Return the weight and bias of a linear layer that a normalisation follows."""
    return fuse_conv_bn_weights(linear_w, linear_b, bn_rm, bn_rv, bn_eps, bn_w, bn_b)


def fuse_linear_bn_eval(linear: Linear, bn: BatchNorm1d) -> Linear:
    """Return a linear layer that does what `linear` and then `bn` do in evaluation mode.

    Raises:
        AssertionError: if one of them is in training mode, or the sizes differ.
        ValueError: if `bn` has no running statistics.
    """
    if linear.training or bn.training:
        raise AssertionError("Fusion only for eval!")
    if linear.out_features != bn.num_features and bn.num_features != 1:
        raise AssertionError(
            "To fuse, linear.out_features == bn.num_features or bn.num_features == 1"
        )
    mean, variance = _statistics(bn)
    fused = copy.deepcopy(linear)
    ones = creation.ones(mean.shape, dtype=mean.dtype)
    fused.weight, fused.bias = fuse_linear_bn_weights(
        fused.weight,
        fused.bias,
        mean,
        variance,
        bn.eps,
        ones if bn.weight is None else bn.weight,
        ones * 0 if bn.bias is None else bn.bias,
    )
    return fused


def _statistics(bn: BatchNorm) -> tuple[Tensor, Tensor]:
    if bn.running_mean is None or bn.running_var is None:
        raise ValueError("bn.running_mean and bn.running_var must not be None")
    return bn.running_mean, bn.running_var
