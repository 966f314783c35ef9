"""`interpolate` and `grid_sample`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import minitorch_autograd as ops
from minitorch_autograd import Tensor
from minitorch_nn import functional as F

from ..._graph import Graph
from ..._registry import translates
from .convolution import Size

# The attributes of Resize for each mode.
RESIZE: Final[Mapping[str, Mapping[str, str]]] = {
    "nearest": {
        "mode": "nearest",
        "nearest_mode": "floor",
        "coordinate_transformation_mode": "asymmetric",
    },
    "nearest-exact": {"mode": "nearest", "nearest_mode": "round_prefer_ceil"},
    "linear": {"mode": "linear"},
    "bilinear": {"mode": "linear"},
    "trilinear": {"mode": "linear"},
    "bicubic": {"mode": "cubic"},
}
GRID_MODES: Final = {"bilinear": "linear", "nearest": "nearest", "bicubic": "cubic"}


@translates(F.interpolate)
def interpolate(
    graph: Graph,
    input: Tensor,
    size: Size | None,
    scale_factor: float | Sequence[float] | None,
    mode: str,
    align_corners: bool | None,
    recompute_scale_factor: bool | None,
    result: Tensor,
) -> str:
    if mode == "area":
        return _area(graph, input, result)
    axes = list(range(2, input.ndim))
    scales = sizes = None
    if scale_factor is None or recompute_scale_factor:
        sizes = graph.integers(result.shape[2:])
    else:
        factors = scale_factor if isinstance(scale_factor, Sequence) else [scale_factor] * len(axes)
        sides = zip(factors, input.shape[2:], result.shape[2:], strict=True)
        scales = graph.constant(
            ops.tensor([_float32_factor(*one) for one in sides], dtype=ops.float32)
        )
    options = dict(RESIZE[mode])
    if align_corners:
        options["coordinate_transformation_mode"] = "align_corners"
    cubic = -0.75 if mode == "bicubic" else None
    return graph.add(
        "Resize", input, None, scales, sizes, axes=axes, cubic_coeff_a=cubic, **options
    )


def _float32_factor(factor: float, n: int, new: int) -> float:
    """Return a factor that makes `new` elements of `n`, also when rounded to float32."""
    single = ops.tensor(factor, dtype=ops.float32).item()
    return factor if int(single * n) == new else factor * (1 + 2**-23)


def _area(graph: Graph, input: Tensor, result: Tensor) -> str:
    """Average bins of elements: a product with a matrix (n, m) of weights along each dimension."""
    name = graph.name(input)
    for dim in range(2, input.ndim):
        n, m = input.shape[dim], result.shape[dim]
        bins = [range(i * n // m, -(-(i + 1) * n // m)) for i in range(m)]
        weights = [[(j in one) / len(one) for one in bins] for j in range(n)]
        order = list(range(input.ndim))
        order[dim], order[-1] = order[-1], order[dim]
        product = graph.add(
            "MatMul",
            graph.transpose(name, order),
            graph.constant(ops.tensor(weights, dtype=input.dtype)),
        )
        name = graph.transpose(product, order)
    return name


@translates(F.grid_sample)
def grid_sample(
    graph: Graph,
    input: Tensor,
    grid: Tensor,
    mode: str,
    padding_mode: str,
    align_corners: bool | None,
) -> str:
    return graph.add(
        "GridSample",
        input,
        grid,
        mode=GRID_MODES[mode],
        padding_mode=padding_mode,
        align_corners=int(bool(align_corners)),
    )
