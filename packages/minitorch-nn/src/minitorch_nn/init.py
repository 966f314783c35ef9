"""Filling parameters before training, in place and unrecorded.

Source: https://docs.pytorch.org/docs/stable/nn.init.html
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from math import prod, sqrt
from typing import Literal, ParamSpec

from minitorch_autograd import Generator, Tensor, no_grad, zeros

from .common.argument_types import check_calls
from .common.extensions import elementwise, indexing, matrices, random, shaping
from .initialization.constants import constant_, dirac_, eye_, is_skipped, ones_, zeros_
from .initialization.truncated_normal import trunc_normal_

__all__ = [
    "calculate_gain",
    "constant",
    "constant_",
    "dirac",
    "dirac_",
    "eye",
    "eye_",
    "kaiming_normal",
    "kaiming_normal_",
    "kaiming_uniform",
    "kaiming_uniform_",
    "normal",
    "normal_",
    "ones_",
    "orthogonal",
    "orthogonal_",
    "sparse",
    "sparse_",
    "trunc_normal_",
    "uniform",
    "uniform_",
    "xavier_normal",
    "xavier_normal_",
    "xavier_uniform",
    "xavier_uniform_",
    "zeros_",
]

P = ParamSpec("P")


def uniform_(
    tensor: Tensor, a: float = 0.0, b: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Draw from the uniform distribution on [a, b); return `tensor`."""
    if is_skipped():
        return tensor
    with no_grad():
        return tensor.uniform_(a, b, generator=generator)


def normal_(
    tensor: Tensor, mean: float = 0.0, std: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Draw from the normal distribution; return `tensor`.

    Raises:
        RuntimeError: if `std` is negative.
    """
    if is_skipped():
        return tensor
    with no_grad():
        return tensor.normal_(mean, std, generator=generator)


def calculate_gain(nonlinearity: str, param: float | None = None) -> float:
    """Return the factor by which a nonlinearity asks for larger weights.

    1 for linear maps, convolutions and sigmoid, 5/3 for tanh, sqrt(2) for relu, and
    sqrt(2 / (1 + slope^2)) for leaky_relu, whose slope is `param` (0.01 by default); 3/4 for selu.

    Raises:
        ValueError: for any other name.
    """
    linear = ["linear", *(f"conv{t}{d}d" for t in ("", "_transpose") for d in (1, 2, 3))]
    gains = {"sigmoid": 1.0, "tanh": 5 / 3, "relu": sqrt(2.0), "selu": 3 / 4}
    if nonlinearity in linear:
        return 1.0
    if nonlinearity == "leaky_relu":
        if param is not None and (isinstance(param, bool) or not isinstance(param, int | float)):
            raise ValueError(f"negative_slope {param} not a valid number")
        return sqrt(2.0 / (1 + (0.01 if param is None else param) ** 2))
    if nonlinearity not in gains:
        raise ValueError(f"Unsupported nonlinearity {nonlinearity}")
    return gains[nonlinearity]


def xavier_uniform_(
    tensor: Tensor, gain: float = 1.0, generator: Generator | None = None
) -> Tensor:
    """Draw from U(-b, b), ``b = gain sqrt(6 / (fan_in + fan_out))``; return `tensor`.

    Raises:
        ValueError: for a tensor of fewer than two dimensions.

    Source: Glorot and Bengio, "Understanding the Difficulty of Training Deep Feedforward Neural
    Networks", 2010, equation 16
    """
    bound = gain * sqrt(6.0 / max(sum(_fans(tensor)), 1))
    return uniform_(tensor, -bound, bound, generator)


def xavier_normal_(tensor: Tensor, gain: float = 1.0, generator: Generator | None = None) -> Tensor:
    """Draw from N(0, s^2), ``s = gain sqrt(2 / (fan_in + fan_out))``; return `tensor`.

    Raises:
        ValueError: for a tensor of fewer than two dimensions.

    Source: Glorot and Bengio, 2010, equation 12
    """
    return normal_(tensor, 0.0, gain * sqrt(2.0 / max(sum(_fans(tensor)), 1)), generator)


def kaiming_uniform_(
    tensor: Tensor,
    a: float = 0,
    mode: Literal["fan_in", "fan_out"] = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Generator | None = None,
) -> Tensor:
    """Draw from U(-bound, bound), ``bound = gain sqrt(3 / fan)``; return `tensor`.

    Args:
        tensor: a weight (out, in, ...), whose fans are the sizes of what goes in and out.
        a: the slope of leaky_relu, where that is the nonlinearity.
        mode: which fan: to keep the variance going forward ("fan_in") or back ("fan_out").
        nonlinearity: what follows, see `calculate_gain`.
        generator: the stream to draw from.

    Raises:
        ValueError: for a tensor of fewer than two dimensions, or another mode.

    Source: He et al., "Delving Deep into Rectifiers", 2015, equation 14
    """
    spread = _spread(tensor, a, mode, nonlinearity)
    return uniform_(tensor, -sqrt(3.0) * spread, sqrt(3.0) * spread, generator)


def kaiming_normal_(
    tensor: Tensor,
    a: float = 0,
    mode: Literal["fan_in", "fan_out"] = "fan_in",
    nonlinearity: str = "leaky_relu",
    generator: Generator | None = None,
) -> Tensor:
    """Draw from N(0, s^2), ``s = gain / sqrt(fan)``; return `tensor`. As `kaiming_uniform_`."""
    return normal_(tensor, 0.0, _spread(tensor, a, mode, nonlinearity), generator)


def orthogonal_(tensor: Tensor, gain: float = 1, generator: Generator | None = None) -> Tensor:
    """Fill with a random matrix whose rows, or columns, are orthonormal; return `tensor`.

    Args:
        tensor: seen as a matrix of its first dimension and all others.
        gain: what the matrix is multiplied by.
        generator: the stream to draw from.

    Raises:
        ValueError: for a tensor of fewer than two dimensions.

    Source: Saxe et al., "Exact Solutions to the Nonlinear Dynamics of Learning in Deep Linear
    Neural Networks", 2014; Mezzadri, "How to Generate Random Matrices from the Classical Compact
    Groups", 2007, for the signs
    """
    if len(tensor.shape) < 2:
        raise ValueError(f"Only tensors with 2 or more dimensions are supported: {tensor.shape}")
    rows, columns = tensor.shape[0], prod(tensor.shape[1:])
    if not rows * columns:
        return tensor
    with no_grad():
        drawn = zeros((rows, columns), dtype=tensor.dtype).normal_(generator=generator)
        q, r = matrices.qr(drawn.t() if rows < columns else drawn)
        # The signs of r's diagonal make q uniformly distributed.
        q = q * elementwise.sign(shaping.diagonal(r))
        return tensor.copy_((q.t() if rows < columns else q).reshape(tensor.shape) * gain)


def sparse_(
    tensor: Tensor, sparsity: float, std: float = 0.01, generator: Generator | None = None
) -> Tensor:
    """Draw a matrix from N(0, std^2), with a share of each column 0; return `tensor`.

    Args:
        tensor: (rows, columns)
        sparsity: the share, in [0, 1]; rounded up to a number of rows.
        std: the standard deviation of the others.
        generator: the stream to draw from; which rows are 0 is drawn from the default one, as in
            torch.

    Raises:
        ValueError: if it is no matrix.

    Source: Martens, "Deep Learning via Hessian-free Optimization", 2010, section 5
    """
    if len(tensor.shape) != 2:
        raise ValueError(f"Only tensors with 2 dimensions are supported, got {tensor.shape}")
    rows, columns = tensor.shape
    count = -int(-sparsity * rows // 1)
    with no_grad():
        normal_(tensor, 0.0, std, generator)
        if not columns:
            return tensor
        # The rows of each column in a random order, of which the first are cut.
        order = shaping.stack([random.randperm(rows) for _ in range(columns)], 1)
        cut = shaping.narrow(order, 0, 0, len(range(rows)[:count]))
        return tensor.copy_(indexing.scatter(tensor, 0, cut, zeros(cut.shape, dtype=tensor.dtype)))


def _fans(tensor: Tensor) -> tuple[int, int]:
    """Return how many numbers go into, and out of, each unit of a weight (out, in, ...)."""
    if len(tensor.shape) < 2:
        raise ValueError(
            "Fan in and fan out can not be computed for tensor with fewer than 2 dimensions"
        )
    field = prod(tensor.shape[2:])
    return tensor.shape[1] * field, tensor.shape[0] * field


def _spread(tensor: Tensor, a: float, mode: str, nonlinearity: str) -> float:
    """Return the standard deviation ``gain / sqrt(fan)``."""
    if 0 in tensor.shape:
        warnings.warn("Initializing zero-element tensors is a no-op", stacklevel=4)
        return 0.0
    mode = mode.lower()
    if mode not in ("fan_in", "fan_out"):
        raise ValueError(f"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']")
    fan = _fans(tensor)[mode == "fan_out"]
    return calculate_gain(nonlinearity, a) / sqrt(fan)


# --- The names before PyTorch 0.4


def _deprecated(filling: Callable[P, Tensor], old: str) -> Callable[P, Tensor]:
    def fill(*args: P.args, **kwargs: P.kwargs) -> Tensor:
        warnings.warn(
            f"`nn.init.{old}` is now deprecated in favor of `nn.init.{old}_`.",
            FutureWarning,
            stacklevel=3,
        )
        return filling(*args, **kwargs)

    fill.__name__ = old
    fill.__doc__ = f"Same as `{old}_`, under its deprecated name."
    return fill


constant = _deprecated(constant_, "constant")
dirac = _deprecated(dirac_, "dirac")
eye = _deprecated(eye_, "eye")
kaiming_normal = _deprecated(kaiming_normal_, "kaiming_normal")
kaiming_uniform = _deprecated(kaiming_uniform_, "kaiming_uniform")
normal = _deprecated(normal_, "normal")
orthogonal = _deprecated(orthogonal_, "orthogonal")
sparse = _deprecated(sparse_, "sparse")
uniform = _deprecated(uniform_, "uniform")
xavier_normal = _deprecated(xavier_normal_, "xavier_normal")
xavier_uniform = _deprecated(xavier_uniform_, "xavier_uniform")

check_calls(globals(), __all__)
