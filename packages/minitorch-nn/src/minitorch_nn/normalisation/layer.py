"""Normalisation of each element of a batch over its last dimensions."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

from minitorch_autograd import Tensor, mul, no_grad, record, zeros

from ..common.dtypes import require_floats
from ..common.extensions import creation, elementwise, graphs, offers, reductions, shaping
from ..common.fused import by_blocks, dots, float16, in_float32, sum_rows, unwritten

__all__ = ["layer_norm", "rms_norm"]

ROWS = 512  # at a time, where sums over rows are taken in order


def layer_norm(
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """Return ``y = x^ w + b``, where x^ has mean 0 and variance 1 over the last dimensions.

        x^ = (x - mean) r        r = 1 / sqrt(variance + eps), the variance over n, not n - 1

    Args:
        input: (..., *normalized_shape)
        normalized_shape: the last dimensions, n elements in all.
        weight: w, of that shape.
        bias: b, of that shape.
        eps: what is added to the variance.

    Raises:
        RuntimeError: if the shapes don't fit.

    Gradient: with ``u = g w`` and means over the n elements, ``r (u - mean(u) - x^ mean(u x^))``;
    of w ``sum g x^`` and of b ``sum g`` over all but the last dimensions.

    Source: Ba, Kiros, Hinton, "Layer Normalization", 2016
    """
    require_floats("layer_norm", input)
    shape = tuple(normalized_shape)
    _check(input, shape, weight, bias)
    if input.dtype is float16:
        return in_float32(layer_norm, input, shape, weight, bias, eps)
    n = prod(shape)
    size = (prod(input.shape) // n if n else 0, n)
    with no_grad():
        x = input.reshape(size)
        value = unwritten(x)
        mean, scale = (zeros((size[0], 1), dtype=input.dtype) for _ in range(2))
        w, b = (None if one is None else one.reshape((n,)) for one in (weight, bias))

        def program(x: Tensor, y: Tensor, mean: Tensor, scale: Tensor) -> None:
            mean.copy_(sum_rows(x) / n)
            centred = x - mean
            scale.copy_(elementwise.rsqrt(dots(centred, centred) / n + eps))
            mul(centred, scale if w is None else scale * w, out=y)
            if b is not None:
                y.add_(b)

        if n:
            by_blocks(program, x, value, mean, scale)
        value = value.reshape(input.shape)
    edges = [(input, lambda g: _of_input(g, input, weight, shape, eps, mean, scale))]
    if weight is not None:
        edges.append((weight, lambda g: _of_weight(g, input, shape, eps, mean, scale)))
    if bias is not None:
        edges.append((bias, lambda g: _sum_to(g, shape)))
    return record("NativeLayerNormBackward0", value, *edges)


def _of_input(
    g: Tensor,
    input: Tensor,
    weight: Tensor | None,
    shape: tuple[int, ...],
    eps: float,
    mean: Tensor,
    scale: Tensor,
) -> Tensor:
    n = prod(shape)
    size = (mean.shape[0], n)
    w = None if weight is None else weight.reshape((n,))
    if _recording():
        u = g.reshape(size) if w is None else g.reshape(size) * w
        normal, r = _normalised(input.reshape(size), eps)
        inner = u - u.mean(1, True) - normal * (u * normal).mean(1, True)
        return (inner * r).reshape(input.shape)

    def program(g: Tensor, x: Tensor, mean: Tensor, r: Tensor, out: Tensor) -> None:
        # u r - x c + (mean c - mean(u) r), where c = r^2 mean(u x^)
        u = out.copy_(g) if w is None else mul(g, w, out=out)
        sums = sum_rows(u)
        c = (dots(u, x) - mean * sums) * r * r * r / n
        out.mul_(r).add_(x * -c).add_(mean * c - sums * r / n)

    x = input.reshape(size)
    value = unwritten(x)
    if n:
        by_blocks(program, g.reshape(size), x, mean, scale, value)
    return value.reshape(input.shape)


def _of_weight(
    g: Tensor, input: Tensor, shape: tuple[int, ...], eps: float, mean: Tensor, scale: Tensor
) -> Tensor:
    size = (mean.shape[0], prod(shape))
    rows, x = g.reshape(size), input.reshape(size)
    if _recording() or not offers("narrow"):
        normal, _ = _normalised(x, eps)
        return (rows * normal).sum(0).reshape(shape)
    total = zeros((1, size[1]), dtype=input.dtype)
    for start in range(0, size[0], ROWS):
        count = min(ROWS, size[0] - start)
        part, own, m, r = (shaping.narrow(one, 0, start, count) for one in (rows, x, mean, scale))
        total.add_(r.t() @ (part * own)).add_(-((m * r).t() @ part))
    return total.reshape(shape)


def _normalised(x: Tensor, eps: float) -> tuple[Tensor, Tensor]:
    """Return x^ and r of rows, recorded."""
    centred = x - x.mean(1, True)
    r = elementwise.rsqrt((centred * centred).mean(1, True) + eps)
    return centred * r, r


def _recording() -> bool:
    return offers("is_grad_enabled") and graphs.is_grad_enabled()


def _sum_to(g: Tensor, shape: tuple[int, ...]) -> Tensor:
    n = prod(shape)
    return g.reshape((prod(g.shape) // n if n else 0, n)).sum(0).reshape(shape)


def _check(
    input: Tensor, shape: tuple[int, ...], weight: Tensor | None, bias: Tensor | None
) -> None:
    if not shape:
        raise RuntimeError(
            "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one "
            "element, but got normalized_shape = []"
        )
    for name, one in (("weight", weight), ("bias", bias)):
        if one is not None and one.shape != shape:
            raise RuntimeError(
                f"Expected {name} to be of same shape as normalized_shape, but got {name} of shape "
                f"{list(one.shape)} and normalized_shape = {list(shape)}"
            )
    if input.shape[len(input.shape) - len(shape) :] != shape or len(input.shape) < len(shape):
        raise RuntimeError(
            f"Given normalized_shape={list(shape)}, expected input with shape "
            f"[*, {', '.join(map(str, shape))}], but got input of size{list(input.shape)}"
        )


def rms_norm(
    input: Tensor,
    normalized_shape: Sequence[int],
    weight: Tensor | None = None,
    eps: float | None = None,
) -> Tensor:
    """Divide by the root of the mean square: ``y = x / sqrt(mean(x^2) + eps) w``.

    Args:
        input: (..., *normalized_shape)
        normalized_shape: the last sizes, over which the mean is taken.
        weight: (*normalized_shape), 1 unless given.
        eps: added to the mean; the distance from 1 to the next number unless given, of float32
            for smaller types.

    Returns:
        The shape of `input`.

    Raises:
        RuntimeError: if the sizes don't fit.
        ValueError: if `input` has too few dimensions.

    Source: Zhang and Sennrich, "Root Mean Square Layer Normalization", 2019
    """
    sizes = tuple(normalized_shape)
    _check_rms_norm(input.shape, sizes, weight)
    if eps is None:
        eps = min(creation.finfo(input.dtype).eps, 2.0**-23)
    if input.dtype is float16:
        return in_float32(rms_norm, input, sizes, weight, eps)
    last = tuple(range(-len(sizes), 0))
    square = reductions.mean(input * input, last, keepdim=True)
    y = input * elementwise.rsqrt(square + eps)
    return y if weight is None else y * weight


def _check_rms_norm(shape: tuple[int, ...], sizes: tuple[int, ...], weight: Tensor | None) -> None:
    if not sizes:
        raise RuntimeError(
            "rms_norm: Expected normalized_shape to be at least 1-dimensional, i.e., containing at "
            "least one element, but got normalized_shape = []"
        )
    if len(shape) < len(sizes):
        raise ValueError(
            f"rms_norm: Input tensor must have at least {len(sizes)} dimensions, but got "
            f"{len(shape)}"
        )
    if weight is not None and weight.shape != sizes:
        raise RuntimeError(
            "rms_norm: Expected weight to be of same shape as normalized_shape, but got weight of "
            f"shape {list(weight.shape)} and normalized_shape = {list(sizes)}"
        )
    if shape[-len(sizes) :] != sizes:
        raise RuntimeError(
            f"rms_norm: Given normalized_shape={list(sizes)}, expected input with shape "
            f"[*{', '.join(map(str, sizes))}], but got input of size{list(shape)}"
        )
