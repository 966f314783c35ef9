"""Linear maps."""

from __future__ import annotations

from math import prod

from minitorch_autograd import Tensor, no_grad, record

from ..common.argument_types import check_calls
from ..common.extensions import shaping

__all__ = ["linear", "bilinear"]


def linear(input: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Apply a linear map: ``y = x W^T + b``.

    Args:
        input: (..., in_features)
        weight: (out_features, in_features)
        bias: (out_features,)

    Returns:
        (..., out_features)

    Raises:
        RuntimeError: if the sizes don't fit.
    """
    with no_grad():
        product = input @ weight.t()
        value = product if bias is None else product + bias
    edges = [
        (input, lambda g: g @ weight),
        (weight, lambda g: _rows(g).t() @ _rows(input)),
    ]
    if bias is not None:
        edges.append((bias, lambda g: g))
    return record("AddmmBackward0" if bias is not None else "MmBackward0", value, *edges)


def _rows(x: Tensor) -> Tensor:
    """Reshape `x` to a matrix with its last dimension in rows."""
    return x if len(x.shape) == 2 else x.reshape((prod(x.shape[:-1]), x.shape[-1]))


def bilinear(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | None = None) -> Tensor:
    """Apply a map that is linear in each of two inputs: ``y_o = x1^T W_o x2 + b_o``.

    Args:
        input1: (..., in1_features)
        input2: (..., in2_features), with the same sizes in front.
        weight: (out_features, in1_features, in2_features)
        bias: (out_features,)

    Returns:
        (..., out_features)

    Raises:
        RuntimeError: if the sizes don't fit.
    """
    _refuse_misfits(input1, input2, weight, bias)
    outputs, first, second = weight.shape
    # For all outputs at once: x1^T W is one product of matrices, whose rows then meet x2.
    matrix = shaping.permute(weight, (1, 0, 2)).reshape((first, outputs * second))
    batch = input1.shape[:-1]
    left = (input1 @ matrix).reshape((*batch, outputs, second))
    value = (left * input2.unsqueeze(-2)).sum(-1)
    return value if bias is None else value + bias


def _refuse_misfits(input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor | None) -> None:
    if len(input1.shape) != len(input2.shape):
        raise RuntimeError(
            f"bilinear(): input dimensions do not match: got {len(input1.shape)} and "
            f"{len(input2.shape)}"
        )
    for dim, (n, m) in enumerate(zip(input1.shape[:-1], input2.shape[:-1], strict=True)):
        if n != m:
            raise RuntimeError(
                f"bilinear(): input batch dimensions do not match at dim {dim}: got {n} and {m}"
            )
    for name, x, size in (("input1", input1, weight.shape[1]), ("input2", input2, weight.shape[2])):
        if x.shape[-1] != size:
            raise RuntimeError(
                f"bilinear(): {name} size does not match weight size: got {x.shape[-1]} but "
                f"expected {size}"
            )
    if bias is not None and bias.shape != weight.shape[:1]:
        raise RuntimeError(
            f"bilinear(): bias size does not match weight size: got {bias.shape[0]} but expected "
            f"{weight.shape[0]}"
        )


check_calls(globals(), __all__)
