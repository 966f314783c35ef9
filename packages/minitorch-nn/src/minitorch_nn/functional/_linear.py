"""Linear maps."""

from __future__ import annotations

from minitorch_autograd import Tensor, no_grad, record


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

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.linear.html
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
    """See `x` as a matrix with its last dimension in rows."""
    return x if len(x.shape) == 2 else x.reshape((-1, x.shape[-1]))
