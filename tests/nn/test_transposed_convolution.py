"""Transposed convolution: its size, and that it is the convolution turned round, for all steps."""

from __future__ import annotations

from itertools import product

import pytest

import minitorch as torch

F = torch.nn.functional

KERNELS, STRIDES, PADDINGS, OUTPUT_PADDINGS = (1, 2, 3), (1, 2, 3), (0, 1), (0, 1, 2, 3)
DILATIONS, GROUPS = (1, 2, 4), (1, 2)
N = 3  # elements of the input, in each dimension


@pytest.mark.parametrize("ndim", [1, 2, 3])
def test_it_is_the_adjoint_of_the_convolution(ndim: int) -> None:
    """``<conv(x), y> = <x, conv_transpose(y)>``, for x of each size whose windows y is for."""
    torch.manual_seed(0)
    conv = getattr(F, f"conv{ndim}d")
    transposed = getattr(F, f"conv_transpose{ndim}d")
    for k, s, p, more, d, groups in product(
        KERNELS, STRIDES, PADDINGS, OUTPUT_PADDINGS, DILATIONS, GROUPS
    ):
        size = (N - 1) * s - 2 * p + d * (k - 1) + more + 1
        if size <= 0 or (more >= s and more >= d):
            continue  # both are refused
        setting = f"kernel {k}, stride {s}, padding {p} + {more}, dilation {d}, {groups} groups"
        w = torch.randn(2, 2, *(k,) * ndim, dtype=torch.float64)
        y = torch.randn(2, 2, *(N,) * ndim, dtype=torch.float64)
        spread = transposed(y, w, None, s, p, more, groups, d)
        assert spread.shape == (2, 2 * groups, *(size,) * ndim), setting
        x = torch.randn(*spread.shape, dtype=torch.float64)
        seen = conv(x, w, None, s, p, d, groups)
        for dim in range(2, ndim + 2):  # the windows beyond the input, which see zeros alone
            seen = seen.narrow(dim, 0, N)
        left, right = (seen * y).sum().item(), (x * spread).sum().item()
        assert left == pytest.approx(right, rel=1e-10, abs=1e-10), setting
