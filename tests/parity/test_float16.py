"""float16 against torch: the whole table of operations, and sums too long for float16 itself.

Torch on the CPU sums float16 in float32, as here, and rounds at the end; what is rounded in between
is not the same everywhere, so that the last digits differ.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeAlias

import pytest
import torch
from tests.cases.case import Case, make_inputs, results
from tests.cases.table import CASES
from tests.parity.test_operations import backward

import minitorch

Call: TypeAlias = Callable[..., Any]

# Torch's own float16 is off there, or has something only for no elements.
APART = {
    "cosine_similarity([[0.0, 0.0]], [[1.0, 2.0]])": "eps is 0 in float16",
    "group_norm(": "the gradient of the input is small beside its terms",
    "multi_head_attention_forward(": "every step is rounded, in both",
    "logsumexp([[1000.0, 1000.0], [-1000.0, 0.0]])": "the gradient is taken from the rounded value",
    "grid_sample(": "every step is rounded, in both",
    "linalg.": "only of no elements",
}


def tensors(module: Any, case: Case) -> list[Any]:
    """Return the results in float16, and the gradients of the inputs."""
    inputs = make_inputs(module, case, "float16", case.first)
    outputs = results(module, case, inputs)
    if case.first:
        backward(module, outputs)
    gradients = [getattr(one, "grad", None) for one in inputs]
    return [*outputs, *[one for one in gradients if one is not None]]


def near(ours: Any, theirs: Any, scale: float) -> bool:
    """Return whether tensors agree but for a few units of their largest element."""
    if not hasattr(theirs, "dtype"):
        return bool(ours == theirs or theirs != theirs)
    if tuple(ours.shape) != tuple(theirs.shape) or str(ours.dtype) != str(theirs.dtype):
        return False
    a = torch.tensor(ours.detach().tolist(), dtype=torch.float64).reshape(theirs.shape)
    b = theirs.detach().to(torch.float64)
    largest = b[b.isfinite()].abs().max().item() if b.isfinite().any() else 0.0
    close: bool = torch.allclose(a, b, scale, scale * max(largest, 1e-3), equal_nan=True)
    return close


def assert_alike(case: Case, theirs: list[Any], scale: float) -> None:
    __tracebackhide__ = True
    ours = tensors(minitorch, case)
    assert len(ours) == len(theirs)
    for i, (one, other) in enumerate(zip(ours, theirs, strict=True)):
        assert near(one, other, scale), f"{case}, tensor {i}: ours {one}, torch {other}"


@pytest.mark.parametrize("name", sorted({case.name for case in CASES}))
def test_the_table(name: str) -> None:
    for case in CASES:
        apart = any(text in str(case) for text in APART)
        if case.name == name and not apart:
            try:
                theirs = tensors(torch, case)
            except (RuntimeError, NotImplementedError, TypeError, IndexError, ValueError):
                continue  # it has no float16 there
            assert_alike(case, theirs, 1e-2)


def ones(n: int = 90_000) -> list[float]:
    return [1.0] * n


def wave(rows: int, columns: int, size: float) -> list[list[float]]:
    """Return rows of numbers from ``-size`` to `size`."""
    return [[size * math.sin(i * 7.3 + j * j) for j in range(columns)] for i in range(rows)]


def loss(name: str, **options: Any) -> Call:
    return lambda t, *x: getattr(t.nn.functional, name)(*x, **options)


ROWS, ZEROS = wave(16, 768, 20.0), [0.0] * 90_000
LOSSES: dict[str, list[Any]] = {
    "mse_loss": [ones(), ZEROS],
    "l1_loss": [ones(), ZEROS],
    "smooth_l1_loss": [ones(), ZEROS],
    "huber_loss": [ones(), ZEROS],
    "binary_cross_entropy": [[0.5] * 90_000, ZEROS],
    "binary_cross_entropy_with_logits": [ones(), ZEROS],
    "poisson_nll_loss": [ones(), ZEROS],
    "gaussian_nll_loss": [ones(), ZEROS, ones()],
    "hinge_embedding_loss": [ones(), ones()],
    "margin_ranking_loss": [ones(), ones(), ones()],
    "cosine_embedding_loss": [ROWS, ROWS[::-1], ones(16)],
    "triplet_margin_loss": [ROWS, ROWS[::-1], ROWS],
    "multilabel_soft_margin_loss": [ROWS, [ones(768)] * 16],
}
LONG: dict[str, tuple[Call, list[Any]]] = {
    **{name: (loss(name), inputs) for name, inputs in LOSSES.items()},
    "soft_margin_loss": (
        lambda t, x: t.nn.functional.soft_margin_loss(x, t.ones(90_000, dtype=x.dtype)),
        [ones()],
    ),
    "kl_div": (loss("kl_div", reduction="batchmean"), [[-0.25] * 50_000, [0.5] * 50_000]),
    "cross_entropy": (lambda t, x: loss("cross_entropy")(t, x, t.arange(16)), [ROWS]),
    "nll_loss": (lambda t, x: loss("nll_loss")(t, x, t.arange(16) % 3), [wave(16, 3, 9000.0)]),
    "mean": (lambda t, x: x.mean(), [ones(100_000)]),
    "mean of rows": (lambda t, x: x.mean(1), [wave(4, 5000, 900.0)]),
    "sum": (lambda t, x: x.sum(0), [wave(5000, 3, 9.0)]),
    "var": (lambda t, x: x.var(1), [ROWS]),
    "std": (lambda t, x: x.std(1), [ROWS]),
    "norm": (lambda t, x: x.norm(dim=1), [wave(3, 500, 900.0)]),
    "cumsum": (lambda t, x: x.cumsum(0), [wave(5000, 2, 3.0)]),
    "logsumexp": (lambda t, x: x.logsumexp(0), [[0.0] * 50_000]),
    "softmax": (lambda t, x: x.softmax(0), [ZEROS]),
    "nn.softmax": (lambda t, x: t.nn.functional.softmax(x, 0), [ZEROS]),
    "log_softmax": (lambda t, x: t.nn.functional.log_softmax(x, 1), [ROWS]),
    "layer_norm": (lambda t, x: x * t.nn.functional.layer_norm(x, (768,)), [ROWS]),
    "rms_norm": (lambda t, x: x * t.nn.functional.rms_norm(x, (768,)), [wave(4, 768, 900.0)]),
    "group_norm": (lambda t, x: x * t.nn.functional.group_norm(x, 4), [ROWS]),
    "batch_norm": (
        lambda t, x: x * t.nn.functional.batch_norm(x, None, None, training=True),
        [wave(768, 3, 20.0)],
    ),
    "instance_norm": (
        lambda t, x: x * t.nn.functional.instance_norm(x.unsqueeze(0)).squeeze(0),
        [ROWS],
    ),
    "matmul": (lambda t, x: x @ x.t(), [wave(4, 768, 9.0)]),
    "linear": (lambda t, x, w, b: t.nn.functional.linear(x, w, b), [ROWS, ROWS[:2], [1.0, 2.0]]),
    "einsum": (lambda t, x: t.einsum("ij,ij->i", x, x), [wave(4, 768, 9.0)]),
    "conv1d": (
        lambda t, x, w: t.nn.functional.conv1d(x.unsqueeze(0), w.unsqueeze(0)),
        [wave(300, 9, 2.0), wave(300, 3, 2.0)],
    ),
    "avg_pool1d": (lambda t, x: t.nn.functional.avg_pool1d(x, 384), [wave(4, 768, 900.0)]),
    "adaptive_avg_pool1d": (
        lambda t, x: t.nn.functional.adaptive_avg_pool1d(x.abs(), 3),
        [wave(4, 768, 900.0)],
    ),
    "attention": (
        lambda t, x: t.nn.functional.scaled_dot_product_attention(x, x, x),
        [wave(64, 32, 2.0)],
    ),
    "scatter_add": (
        lambda t, x: t.zeros(2, dtype=x.dtype).scatter_add(0, t.zeros(5000).long(), x),
        [ones(5000)],
    ),
    "a number beside it": (lambda t, x: x * 70_000.0 + x / 100_000 - 0.1, [[1e-3, 0.5, 0.0]]),
}


@pytest.mark.parametrize("name", LONG)
def test_long_sums(name: str) -> None:
    call, inputs = LONG[name]
    case = Case(name, call, tuple(inputs))
    assert_alike(case, tensors(torch, case), 4e-3)
