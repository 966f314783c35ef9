"""Sums of many elements keep their digits: every function that folds, in values and gradients.

The law: what is computed in float32 or float16 is what float64 gives for the same elements, to a
few units in the last place, however many there are. Adding one by one breaks it from some thousand
elements on in float32, and from some hundred in float16.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from math import prod
from typing import Any, TypeAlias

import pytest

import minitorch as torch
import minitorch.nn.functional as F

Call: TypeAlias = Callable[[torch.Tensor], torch.Tensor]


def of_parameter(make: Callable[..., torch.Tensor], *shape: int) -> Call:
    """Return a function of x: the gradient of a parameter of ones, x being that of the output."""

    def gradient(x: torch.Tensor) -> torch.Tensor:
        parameter = torch.ones(shape, dtype=x.dtype, requires_grad=True)
        (found,) = torch.autograd.grad(make(parameter, x), parameter, x, create_graph=True)
        return found

    return gradient


def fixed(x: torch.Tensor, *shape: int) -> torch.Tensor:
    """Return 1, 2, 3, 4, 1, ... in a shape, of the type of `x`."""
    return (torch.arange(prod(shape)) % 4 + 1).reshape(shape).to(x.dtype)


def nowhere(x: torch.Tensor) -> torch.Tensor:
    """Return the index 0 for each row of `x`."""
    return torch.zeros(len(x), dtype=torch.int64)


# Of x of n rows and 3 columns.
FOLDS: dict[str, Call] = {
    "sum": lambda x: x.sum(0),
    "sum of columns": lambda x: x.t().contiguous().sum(1),
    "sum, turned": lambda x: x.t().sum(1),
    "sum, every other": lambda x: x[:, ::2].sum(0),
    "sum of all": lambda x: x.sum(),
    "sum of three dimensions": lambda x: x.unsqueeze(0).expand(2, -1, -1).sum((0, 1)),
    "mean": lambda x: x.mean(0),
    "nansum": lambda x: x.nansum(0),
    "nanmean": lambda x: torch.nanmean(x, 0),
    "var": lambda x: x.var(0),
    "std": lambda x: x.std(0),
    "var_mean": lambda x: torch.cat(torch.var_mean(x, 0)),
    "std_mean": lambda x: torch.cat(torch.std_mean(x, 0)),
    "logsumexp": lambda x: x.logsumexp(0),
    "norm": lambda x: x.norm(dim=0),
    "linalg.norm": lambda x: torch.linalg.norm(x, 2.0, 0),
    "linalg.vector_norm": lambda x: torch.linalg.vector_norm(x, 3, 0),
    "linalg.matrix_norm": lambda x: torch.linalg.matrix_norm(x),
    "linalg.matrix_norm 1": lambda x: torch.linalg.matrix_norm(x * fixed(x, 3), 1),
    "cumsum": lambda x: x.cumsum(0),
    "logcumsumexp": lambda x: x.logcumsumexp(0),
    "cumsum of rows": lambda x: x.t().contiguous().cumsum(1),
    "softmax": lambda x: x.softmax(0) * len(x),
    "log_softmax": lambda x: x.log_softmax(0),
    "F.softmax": lambda x: F.softmax(x, 0) * len(x),
    "F.log_softmax": lambda x: F.log_softmax(x, 0),
    "F.cross_entropy": lambda x: F.cross_entropy(x.t(), nowhere(x.t())),
    "F.pairwise_distance": lambda x: F.pairwise_distance(x.t(), -x.t()),
    "F.cosine_similarity": lambda x: F.cosine_similarity(x, fixed(x, *x.shape), 0),
    "F.layer_norm": lambda x: F.layer_norm(x.t(), x.shape[:1]),
    "F.rms_norm": lambda x: F.rms_norm(x.t(), x.shape[:1], None, 1e-5),
    "F.group_norm": lambda x: F.group_norm(x.t().unsqueeze(0), 1),
    "F.batch_norm": lambda x: F.batch_norm(x, None, None, training=True),
    "F.instance_norm": lambda x: F.instance_norm(x.t().unsqueeze(0)),
    "F.avg_pool1d": lambda x: F.avg_pool1d(x.t().unsqueeze(0), 100),
    "F.adaptive_avg_pool1d": lambda x: F.adaptive_avg_pool1d(x.t().unsqueeze(0), 1),
    "matmul": lambda x: x.t() @ fixed(x, len(x), 2),
    "mv": lambda x: x.t() @ fixed(x, len(x)),
    "dot": lambda x: x[:, 0].dot(x[:, 1]),
    "einsum": lambda x: torch.einsum("ij,ij->j", x, fixed(x, *x.shape)),
    "index_add": lambda x: torch.zeros(2, 3).to(x.dtype).index_add(0, nowhere(x), x),
    "scatter_add": lambda x: torch.zeros(2).to(x.dtype).scatter_add(0, nowhere(x), x[:, 0]),
    "scatter_reduce": lambda x: (
        torch.zeros(2).to(x.dtype).scatter_reduce(0, nowhere(x), x[:, 0], "mean")
    ),
    "F.conv1d": lambda x: F.conv1d(x.reshape(1, -1, 3), fixed(x, 2, len(x), 1)),
    "gradient of a sum's row": of_parameter(lambda b, x: b + x.detach(), 3),
    "gradient of expand": of_parameter(lambda b, x: b.expand(len(x), 3), 3),
    "gradient of a number": of_parameter(lambda b, x: b.expand(len(x), 3)),
    "gradient of an index": of_parameter(lambda b, x: b[nowhere(x)], 2, 3),
    "gradient of F.embedding": of_parameter(lambda b, x: F.embedding(nowhere(x), b), 2, 3),
    "gradient of a bias": of_parameter(
        lambda b, x: F.linear(fixed(x, len(x), 2), fixed(x, 3, 2), b), 3
    ),
    "gradient of a weight": of_parameter(lambda w, x: F.linear(fixed(x, len(x), 1), w), 3, 1),
    "gradient of a convolution's bias": of_parameter(
        lambda b, x: F.conv1d(fixed(x, len(x), 1, 1), fixed(x, 3, 1, 1), b).squeeze(2), 3
    ),
    "gradient of a convolution's weight": of_parameter(
        lambda w, x: F.conv1d(fixed(x, len(x), 1, 1), w).squeeze(2), 3, 1, 1
    ),
    "gradient of a layer's weight": of_parameter(
        lambda w, x: F.layer_norm(fixed(x, len(x), 3), (3,), w), 3
    ),
    "gradient of a layer's bias": of_parameter(
        lambda b, x: F.layer_norm(fixed(x, len(x), 3), (3,), None, b), 3
    ),
    "gradient of a batch's bias": of_parameter(
        lambda b, x: F.batch_norm(fixed(x, len(x), 3), None, None, None, b, training=True), 3
    ),
}
# They choose elements, count them, or (`prod`) round as often in any order.
CHOOSE = {"all", "amax", "amin", "aminmax", "any", "argmax", "argmin", "kthvalue", "max", "median"}
CHOOSE |= {"min", "mode", "nanmedian", "nanquantile", "prod", "quantile"}


def digits_lost(call: Call, count: int, dtype: torch.dtype) -> list[float]:
    """Return how far value and gradient are from those of float64, in units of the last place."""
    # Numbers near 0.1, which float16 holds.
    values = (100 + torch.arange(3 * count) % 5).double().reshape(count, 3) / 1024
    found = []
    for kind in (dtype, torch.float64):
        x = values.to(kind).requires_grad_()
        y = call(x)
        y.backward(0.5 + 0.125 * (torch.arange(y.numel()) % 7).to(kind).reshape(y.shape))
        assert y.dtype is kind
        assert x.grad is not None
        found.append([y.detach().double(), x.grad.double()])
    limits = torch.finfo(dtype)
    # What is smaller than the normal numbers has fewer digits.
    least = limits.smallest_normal
    return [
        ((a - b).abs().max() / (limits.eps * max(b.abs().max().item(), least))).item()
        for a, b in zip(*found, strict=True)
    ]


@pytest.mark.parametrize("count", [129, 5_001, 200_003])
@pytest.mark.parametrize("name", FOLDS)
def test_float32(name: str, count: int) -> None:
    value, gradient = digits_lost(FOLDS[name], count, torch.float32)
    assert value < 100, f"{name} of {count} rows"
    assert gradient < 100, f"the gradient of {name} of {count} rows"


@pytest.mark.parametrize("name", FOLDS)
def test_float16(name: str) -> None:
    value, gradient = digits_lost(FOLDS[name], 40_001, torch.float16)
    assert value < 4, name
    assert gradient < 4, f"the gradient of {name}"


def test_every_function_that_folds_is_there() -> None:
    modules: dict[str, Any] = {"": torch, "linalg.": torch.linalg, "F.": F}
    folding = {
        prefix + name
        for prefix, module in modules.items()
        for name, one in vars(module).items()
        if inspect.isfunction(one) and "keepdim" in inspect.signature(one).parameters
    }
    assert folding - CHOOSE - set(FOLDS) == set()
