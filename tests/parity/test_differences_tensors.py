"""Tensors and random numbers that are not as in PyTorch. See `docs/differences.md`."""

from __future__ import annotations

import copy
import math
from typing import Any

import numpy as np
import torch
from tests.parity.differences import SECTIONS, both

import minitorch

section = SECTIONS["Tensors and random numbers"]
row = section.row


@row("element types")
def test_element_types() -> None:
    types = {
        repr(value) for value in vars(minitorch).values() if isinstance(value, minitorch.dtype)
    }
    names = "bool uint8 int8 int16 int32 int64 float16 float32 float64"
    assert types == {f"torch.{name}" for name in names.split()}
    assert both(lambda t: hasattr(t, "bfloat16") and hasattr(t, "complex64")) == (False, True)


@row("devices")
def test_devices() -> None:
    assert both(lambda t: str(t.device("cuda"))) == (RuntimeError, "cuda")
    assert both(lambda t: str(t.device("cpu"))) == ("cpu", "cpu")


@row("`shape` and `size()`")
def test_shapes() -> None:
    assert both(lambda t: repr(t.zeros(2, 3).shape)) == ("(2, 3)", "torch.Size([2, 3])")
    assert both(lambda t: repr(t.zeros(2, 3).size())) == ("(2, 3)", "torch.Size([2, 3])")
    assert both(lambda t: t.zeros(2, 3).shape == (2, 3)) == (True, True)


@row("results with names, as of `max(dim)` and `sort`")
def test_results_with_names() -> None:
    for name in ("max", "sort"):
        ours, theirs = [getattr(t.tensor([[2.0, 1.0]]), name)(dim=1) for t in (minitorch, torch)]
        assert type(ours).__module__.startswith("minitorch_autograd.")
        assert type(theirs).__module__ == "torch.return_types"
        assert ours.values.tolist() == theirs.values.tolist()
        assert ours.indices.tolist() == theirs.indices.tolist()


@row("the index of equal extremes")
def test_equal_extremes() -> None:
    x = minitorch.tensor([0.0, 1.0, 1.0, 0.0])
    assert (x.argmax().item(), x.argmin().item()) == (1, 0)


@row("`Tensor(2, 3)`")
def test_a_tensor_of_sizes() -> None:
    assert minitorch.Tensor(2, 3).tolist() == [[0.0] * 3] * 2


@row("`x[[1.7]]`")
def test_an_index_that_is_a_float() -> None:
    assert both(lambda t: t.tensor([1.0, 2.0])[[1.7]].tolist()) == (IndexError, [2.0])


@row("`take_along_dim` with an index past the end")
def test_an_index_past_the_end() -> None:
    def lines(t: Any) -> object:
        return t.take_along_dim(t.tensor([1.0, 2.0]), t.tensor([2]), 0).tolist()

    assert both(lines) == (RuntimeError, [1.0])


@row("`hypot` and `logaddexp` of integers")
def test_floats_of_integers() -> None:
    def lines(t: Any) -> object:
        return t.hypot(t.tensor(3), t.tensor(4)).item()

    assert both(lines) == (5.0, NotImplementedError)
    logarithm = both(lambda t: str(t.logaddexp(t.tensor(3), t.tensor(4)).dtype))
    assert logarithm == ("torch.float32", NotImplementedError)


@row("`polygamma(1, x)`")
def test_trigamma() -> None:
    def error(t: Any) -> float:
        return float(t.polygamma(1, t.tensor(2.0, dtype=t.float64))) - (math.pi**2 / 6 - 1)

    assert abs(error(minitorch)) < 1e-15
    assert abs(error(torch)) > 1e-10


@row("an array of NumPy on the left, as in `array * x`")
def test_an_array_on_the_left() -> None:
    def lines(t: Any) -> object:
        x = t.tensor([1.0, 2.0], requires_grad=True)
        (np.array([3.0, 4.0]) * x).sum().backward()
        return x.grad.tolist()

    assert both(lines) == ([3.0, 4.0], TypeError)


@row("`np.array(x, copy=False)`")
def test_an_array_without_a_copy() -> None:
    def lines(t: Any) -> object:
        x = t.zeros(2)
        np.array(x, copy=False)[0] = 1.0
        return x.tolist()

    assert both(lines) == ([1.0, 0.0], ValueError)


@row("`from_numpy` of a read-only array")
def test_a_read_only_array() -> None:
    def lines(t: Any) -> object:
        array = np.zeros(2)
        array.flags.writeable = False
        t.from_numpy(array)[0] = 1.0
        return array.tolist()

    assert both(lines) == (RuntimeError, [1.0, 0.0])


@row("`copy.deepcopy` of a tensor and its view")
def test_deepcopy_of_a_view() -> None:
    def lines(t: Any) -> object:
        x = t.zeros(2)
        whole, part = copy.deepcopy((x, x[:1]))
        part.fill_(1.0)
        return whole.tolist()

    assert both(lines) == ([0.0, 0.0], [1.0, 0.0])


@row("the last digits of numbers drawn at random")
def test_last_digits_of_random_numbers() -> None:
    def normals(t: Any) -> Any:
        return t.randn(1000, generator=t.Generator().manual_seed(0)).tolist()

    def uniforms(t: Any) -> Any:
        x = t.zeros(1000, dtype=t.float64)
        return x.uniform_(-7, 0, generator=t.Generator().manual_seed(0)).tolist()

    for lines, near in ((normals, 4e-7), (uniforms, 2e-15)):
        ours, theirs = lines(minitorch), lines(torch)
        assert ours != theirs
        assert all(abs(x - y) <= near * (1 + abs(y)) for x, y in zip(ours, theirs, strict=True))


@row(
    "the order in memory of what `sort`, `flip`, `x[indices]` and `scaled_dot_product_attention` "
    "return, and convolution and batch normalisation of images in the order NHWC"
)
def test_orders_in_memory() -> None:
    def strides(t: Any) -> list[tuple[int, ...]]:
        images, x = t.ones(1, 3, 4, 2).permute(0, 3, 1, 2), t.ones(2, 3).t()
        F = t.nn.functional
        q = t.ones(1, 2, 3, 4).transpose(1, 2)
        results = [
            *(x.sort(0)[0], x.flip(0), t.ones(6, 5, 4).permute(2, 1, 0)[:, [1, 0]]),
            F.scaled_dot_product_attention(q, q, q),
            F.conv2d(images, t.ones(3, 2, 1, 1)),
            F.batch_norm(images, None, None, training=True),
        ]
        return [tuple(one.stride()) for one in results]

    for mine, its in zip(strides(minitorch), strides(torch), strict=True):
        assert mine != its
        assert list(mine) == sorted(mine, reverse=True)


@row("the sign of a zero")
def test_signs_of_zeros() -> None:
    assert both(lambda t: str((t.tensor([-2.0]) % 2).item())) == ("0.0", "-0.0")
    assert both(lambda t: t.relu(t.tensor([-0.0])).item()) == (0, 0)


@row("`x ** 0.5` and `x ** -0.5` of -0 and -inf")
def test_roots_of_minus_zero() -> None:
    assert both(lambda t: (t.tensor(-0.0) ** -0.5).item()) == (math.inf, -math.inf)
    ours, theirs = both(lambda t: (t.tensor(-math.inf) ** -0.5).item())
    assert ours == 0
    assert theirs != theirs


@row(
    "functions near the largest number: `gelu(inf)`, `hardswish(3e38)`, `cosh(89)`, "
    "`(1e20) ** -2` in float32; `fmod` and `%` of it"
)
def test_near_the_largest_number() -> None:
    def at(number: float, call: Any) -> tuple[object, object]:
        return both(lambda t: call(t, t.full((64,), number))[0].item())

    ours, theirs = at(math.inf, lambda t, x: t.nn.functional.gelu(x))
    assert ours == math.inf
    assert theirs != theirs
    ours, theirs = at(3e38, lambda t, x: t.nn.functional.hardswish(x))
    assert (round(ours / 1e37), theirs) == (30, math.inf)  # type: ignore[operator]  # a float
    ours, theirs = at(89.0, lambda t, x: t.cosh(x))
    assert (round(ours / 1e37), theirs) == (22, math.inf)  # type: ignore[operator]  # a float
    ours, theirs = at(1e20, lambda t, x: x**-2)
    assert (ours > 0, theirs) == (True, 0)  # type: ignore[operator]  # a float
    ours, theirs = at(3e38, lambda t, x: t.fmod(x, t.full((64,), 0.5)))
    assert ours == 0
    assert theirs != theirs


@row("`digamma` and `polygamma` at their poles")
def test_poles() -> None:
    ours, theirs = both(lambda t: t.polygamma(1, t.tensor(-1.0)).item())
    assert ours == math.inf
    assert theirs != math.inf


@row("boundaries of `searchsorted` that are NaN")
def test_boundaries_that_are_nan() -> None:
    def lines(t: Any) -> object:
        bounds = t.tensor([1.0, math.nan, math.nan, math.nan])
        return t.searchsorted(bounds, t.tensor([0.0, math.inf, math.nan])).tolist()

    assert both(lines) == ([0, 1, 1], [4, 4, 4])


@row("`mode` beside NaN")
def test_mode_beside_nan() -> None:
    numbers = [1.0, math.nan, -math.inf, 0.5, math.inf, math.nan, -1.0, 1.0]
    assert both(lambda t: t.mode(t.tensor(numbers))[0].item()) == (1.0, -math.inf)


@row("a size, count, dimension or index of over 64 bits")
def test_sizes_of_over_64_bits() -> None:
    assert both(lambda t: t.zeros(2**70)) == (RuntimeError, TypeError)
    assert both(lambda t: t.eye(2**70)) == (RuntimeError, ValueError)
    assert both(lambda t: t.ones(2).sum(2**70)) == (IndexError, ValueError)
    assert both(lambda t: t.repeat_interleave(t.ones(2), 2**70)) == (RuntimeError, ValueError)
    assert both(lambda t: t.tensor_split(t.ones(2), 2**70)) == (RuntimeError, ValueError)


@row("a whole number of over 64 bits beside floats")
def test_whole_numbers_of_over_64_bits() -> None:
    assert both(lambda t: (t.ones(1) + 2**70).tolist()) == ([2.0**70], OverflowError)
    assert both(lambda t: t.full((1,), 2**70, dtype=t.float32).item()) == (2.0**70, OverflowError)
    assert both(lambda t: t.tensor([1]) + 2**70) == (OverflowError, OverflowError)


@row(
    "a number too large for float16 or float32 in `clamp`, `where`, `pow`, `hardtanh`, "
    "`threshold`, `alpha`"
)
def test_numbers_too_large_for_floats() -> None:
    assert both(lambda t: t.ones(1).clamp(max=1e300).item()) == (1.0, RuntimeError)
    assert both(lambda t: t.ones(1, dtype=t.float16).pow(1e30).item()) == (1.0, RuntimeError)
    assert both(lambda t: (t.ones(1) * 1e300).item()) == (math.inf, math.inf)


@row("a number that an integer type does not hold, given to `copy_`, `searchsorted` or `bucketize`")
def test_numbers_that_wrap() -> None:
    assert both(lambda t: t.zeros(1, dtype=t.int8).copy_(300).item()) == (RuntimeError, 44)
    bounds = [1, 3]
    assert both(lambda t: t.searchsorted(t.tensor(bounds, dtype=t.uint8), -1).item()) == (0, 2)


@row("`tensor.sub(other, alpha=2**31)` of int32")
def test_a_factor_that_wraps() -> None:
    def lines(t: Any) -> object:
        x = t.tensor([1], dtype=t.int32)
        return x.sub(x, alpha=2**31).item()

    assert both(lines) == (RuntimeError, 1 - 2**31)


@row("`pad` of integers with a number that they do not hold")
def test_padding_that_does_not_fit() -> None:
    def lines(t: Any) -> object:
        return t.nn.functional.pad(t.tensor([1], dtype=t.uint8), (0, 1), value=-1).tolist()

    assert both(lines) == ([1, 255], RuntimeError)
    assert both(lambda t: t.nn.functional.pad(t.tensor([1]), (0, 1), value=2**63).tolist()) == (
        RuntimeError,
        [1, -(2**63)],
    )


@row("more memory than there is")
def test_more_memory_than_there_is() -> None:
    ours, theirs = both(lambda t: t.zeros(2**50))
    assert issubclass(ours, MemoryError)  # type: ignore[arg-type]  # an exception, or it fails
    assert theirs is RuntimeError


@row("`round(x, decimals=400)`")
def test_many_decimals() -> None:
    ours, theirs = both(lambda t: t.round(t.tensor([1.25]), decimals=400).item())
    assert ours == 1.25
    assert theirs != theirs


@row("`polygamma(n, x)`")
def test_high_derivatives_of_digamma() -> None:
    ours, theirs = both(lambda t: bool(t.polygamma(200, t.ones(1)).isfinite()))
    assert (ours, theirs) == (NotImplementedError, False)


@row("`poisson` of a rate from 2**53")
def test_poisson_of_large_rates() -> None:
    def lines(t: Any) -> object:
        return t.poisson(t.tensor([2.0**53], dtype=t.float64)).shape[0]

    assert both(lines) == (RuntimeError, 1)


def test_every_row_is_checked() -> None:
    assert section.checked == section.rows
