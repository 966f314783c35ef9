"""Gradients that are not found as in PyTorch. See `docs/differences.md`."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.utils.checkpoint
from tests.parity.differences import SECTIONS, Lines, both

import minitorch.utils.checkpoint

section = SECTIONS["Gradients"]
row = section.row


@row("a second `backward` through one graph")
def test_a_second_backward() -> None:
    def lines(t: Any) -> object:
        x = t.tensor([1.0, 2.0], requires_grad=True)
        y = (x + x).sum()
        y.backward()
        y.backward()
        return x.grad.tolist()

    assert both(lines) == (RuntimeError, [4.0, 4.0])


@row("`next_functions` of a node, and its hooks")
def test_next_functions() -> None:
    def entries(t: Any) -> object:
        y = t.ones(1, requires_grad=True) * t.ones(1)
        return [None if node is None else index for node, index in y.grad_fn.next_functions]

    def when_freed(t: Any) -> object:
        y = t.ones(1, requires_grad=True) * 2
        y.backward()
        return len(y.grad_fn.next_functions)

    assert both(entries) == ([0], [0, None])
    assert both(when_freed) == (RuntimeError, 2)


@row("`saved_tensors` of a node")
def test_saved_tensors() -> None:
    def lines(t: Any) -> object:
        class Double(t.autograd.Function):  # type: ignore[misc]
            @staticmethod
            def forward(ctx: Any, x: Any) -> Any:
                ctx.save_for_backward(x)
                ctx.factor = 2
                return x * ctx.factor

        node = Double.apply(t.ones(1, requires_grad=True)).grad_fn
        return [hasattr(node, name) for name in ("saved_tensors", "factor")]

    assert both(lines) == ([False, False], [True, True])


@row("`grad_fn` of what is composed here")
def test_grad_fn_of_a_composition() -> None:
    found = both(lambda t: t.ones(2, 2, requires_grad=True).trace().grad_fn.name())
    assert found == ("SumBackward0", "TraceBackward0")


@row("hooks of leaves")
def test_hooks_of_leaves() -> None:
    def lines(t: Any) -> object:
        x, late = t.ones(1, requires_grad=True), t.ones(1, requires_grad=True)
        y = x * 2
        seen: list[str] = []
        for name, one in (("y", y), ("late", late)):
            one.register_hook(lambda g, name=name: seen.append(name))
        (y.exp() * late).backward()
        return seen

    assert both(lines) == (["y", "late"], ["late", "y"])


@row("`grad(z, [y, x])` where `y` has a hook")
def test_gradients_after_hooks() -> None:
    def lines(t: Any) -> object:
        x = t.ones(1, requires_grad=True)
        y = x * 2
        y.register_hook(lambda g: g * 10)
        both = t.autograd.grad(y * 3, [y, x], retain_graph=True)
        alone = t.autograd.grad(y * 3, [y])
        return [g.item() for g in (*both, *alone)]

    assert both(lines) == ([30.0, 60.0, 30.0], [3.0, 60.0, 30.0])


@row("`autograd.backward` with more gradients than tensors")
def test_too_many_gradients() -> None:
    def lines(t: Any) -> object:
        y = t.ones(1, requires_grad=True) * 2
        return t.autograd.backward([y], [t.ones(1), t.ones(1)])

    assert both(lines) == (RuntimeError, None)


@row("a rule or `backward` that returns integers")
def test_gradients_of_integers() -> None:
    def lines(t: Any) -> object:
        class Counted(t.autograd.Function):  # type: ignore[misc]
            @staticmethod
            def forward(ctx: Any, x: Any) -> Any:
                return x * 2

            @staticmethod
            def backward(ctx: Any, g: Any) -> Any:
                return g > 0

        x = t.ones(1, requires_grad=True)
        Counted.apply(x).backward()
        return x.grad.tolist()

    assert both(lines) == (RuntimeError, [1.0])


@row("`Function.forward` that returns a list")
def test_a_list_of_outputs() -> None:
    def lines(t: Any) -> object:
        class Twins(t.autograd.Function):  # type: ignore[misc]
            @staticmethod
            def forward(ctx: Any, x: Any) -> Any:
                return [x * 2, x * 3]

        return [one.requires_grad for one in Twins.apply(t.ones(1, requires_grad=True))]

    assert both(lines) == (TypeError, [False, False])


@row("`Function.forward` that returns a tensor twice")
def test_an_output_twice() -> None:
    def lines(t: Any) -> object:
        class Twice(t.autograd.Function):  # type: ignore[misc]
            @staticmethod
            def forward(ctx: Any, x: Any) -> Any:
                y = x * 2
                return y, y

            @staticmethod
            def backward(ctx: Any, g: Any, h: Any) -> Any:
                return g * 2 + h * 2

        x = t.ones(1, requires_grad=True)
        first, second = Twice.apply(x)
        (first + 10 * second).sum().backward()
        return first is second, x.grad.item()

    assert both(lines) == ((False, 22.0), (True, 22.0))


@row("anomaly detection")
def test_anomaly_detection() -> None:
    def told(t: Any) -> tuple[int, int]:
        with warnings.catch_warnings(record=True) as caught, t.autograd.set_detect_anomaly(True):
            warnings.simplefilter("always")
            y = t.zeros(1, requires_grad=True).sqrt() * 0
            with pytest.raises(RuntimeError, match="nan values") as error:
                y.backward()
        warned = [one for one in caught if "Traceback of forward call" in str(one.message)]
        return len(warned), len(getattr(error.value, "__notes__", []))

    assert (told(minitorch), told(torch)) == ((0, 1), (1, 0))


@row("`enable_grad` within `inference_mode`")
def test_enable_grad_within_inference_mode() -> None:
    def lines(t: Any) -> object:
        x = t.ones(1, requires_grad=True)
        with t.inference_mode(), t.enable_grad():
            return t.is_grad_enabled(), (t.ones(1) * 2).requires_grad, (x * 2).is_leaf

    ours, theirs = both(lines)
    assert (ours, theirs) == ((False, False, True), (True, False, True))


@row("recorded writes into the parts of `split`, `chunk`, `unbind`")
def test_recorded_writes_into_parts() -> None:
    def lines(name: str, *arguments: int) -> Lines:
        def write(t: Any) -> object:
            x = t.tensor([1.0, 2.0], requires_grad=True)
            y = x * 1
            getattr(y, name)(*arguments)[0].mul_(3)
            y.sum().backward()
            return x.grad.tolist()

        return write

    for asked in (lines("split", 1), lines("chunk", 2), lines("unbind")):
        assert both(asked) == ([3.0, 1.0], RuntimeError)


@row("a view that was made under `no_grad`")
def test_a_view_made_under_no_grad() -> None:
    def tracks(t: Any) -> object:
        x = t.ones(2, 3, requires_grad=True)
        with t.no_grad():
            view = x.t()[1]
        return view.requires_grad, view.is_leaf, view.grad_fn

    def after_a_write(t: Any) -> object:
        x = t.ones(2, requires_grad=True) * 2
        with t.no_grad():
            view = x[:1]
        x.mul_(3)
        return (view * 2).tolist()

    assert both(tracks) == ((False, True, None), (True, True, None))
    assert both(after_a_write) == ([12.0], RuntimeError)


@row("derivatives that PyTorch has not")
def test_derivatives_that_pytorch_has_not() -> None:
    def gradients(f: Callable[..., Any], *values: list[float]) -> Lines:
        def lines(t: Any) -> object:
            inputs = [t.tensor(value, requires_grad=True) for value in values]
            f(t, *inputs).sum().backward()
            return [x.grad.tolist() for x in inputs]

        return lines

    first = [0]
    for asked, expected in (
        (gradients(lambda t, x: t.floor_divide(x, 2.0), [5.0]), [[0.0]]),
        (gradients(lambda t, x: t.bernoulli(x, 0.5), [0.5]), [[0.0]]),
        (
            gradients(
                lambda t, x, s: x.scatter(0, t.tensor(first), s, reduce="multiply"),
                [3.0, 1.0],
                [2.0],
            ),
            [[2.0, 1.0], [3.0]],
        ),
        (
            gradients(lambda t, x, s: x.scatter(0, t.tensor(first), s), [3.0, 1.0], [2.0, 5.0]),
            [[0.0, 1.0], [1.0, 0.0]],
        ),
    ):
        assert both(asked) == (expected, RuntimeError)


@row("the gradient of `scatter_reduce` by `amax` or `amin`, and of `index_reduce`, without self")
def test_what_was_overwritten_has_no_gradient() -> None:
    def lines(name: str) -> Lines:
        def reduce(t: Any) -> object:
            x, source = [t.tensor(v, requires_grad=True) for v in ([3.0, 1.0], [3.0])]
            call = getattr(x, name)
            call(0, t.tensor([0]), source, "amax", include_self=False).sum().backward()
            return x.grad.tolist(), source.grad.tolist()

        return reduce

    for name in ("scatter_reduce", "index_reduce"):
        assert both(lines(name)) == (([0.0, 1.0], [1.0]), ([0.0, 1.0], [0.5]))


@row("values that are written between forward and backward")
def test_values_that_are_written_between() -> None:
    def product(t: Any) -> object:
        x, y = (t.tensor(v, requires_grad=True) for v in ([3.0, 1.0], [2.0]))
        z = t.kron(x, y).sum()
        with t.no_grad():
            x.mul_(2.0)
        z.backward()
        return y.grad.tolist()

    def checkpointed(t: Any) -> object:
        x, w = (t.tensor(v, requires_grad=True) for v in ([3.0], [2.0]))
        z = t.utils.checkpoint.checkpoint(lambda x: x * w, x, use_reentrant=False)
        with t.no_grad():
            w.mul_(2.0)
        z.backward()
        return x.grad.tolist()

    def chosen(t: Any) -> object:
        x, i = t.tensor([3.0, 1.0], requires_grad=True), t.tensor([0])
        z = x[i].sum()
        i.add_(1)
        z.backward()
        return x.grad.tolist()

    assert both(product) == (RuntimeError, [8.0])
    assert both(checkpointed) == (RuntimeError, [4.0])
    assert both(chosen) == ([1.0, 0.0], RuntimeError)


def slopes(number: float, call: Any, dtype: str = "float32") -> Lines:
    """Return what gives the gradients of `call` at a number that stands in many places."""

    def lines(t: Any) -> object:
        found = set()
        for count in (1, 2, 5, 8, 16, 33):
            x = t.full((count,), number, dtype=getattr(t, dtype), requires_grad=True)
            (gradient,) = t.autograd.grad(call(t, x), x, t.ones(count, dtype=x.dtype))
            found |= set(map(str, gradient.tolist()))
        return sorted(found)

    return lines


@row("the gradient at NaN")
def test_gradients_at_nan() -> None:
    for name, ours, theirs in (
        ("hardtanh", ["0.0"], ["0.0", "1.0"]),
        ("relu6", ["0.0"], ["0.0", "1.0"]),
        ("hardshrink", ["1.0"], ["0.0", "1.0"]),
        ("softshrink", ["1.0"], ["0.0", "1.0"]),
        ("hardswish", ["nan"], ["1.0", "nan"]),
        ("elu", ["nan"], ["1.0", "nan"]),
        ("celu", ["nan"], ["1.0", "nan"]),
    ):
        lines = slopes(math.nan, lambda t, x, name=name: getattr(t.nn.functional, name)(x))
        assert both(lines) == (ours, theirs), name
    assert both(slopes(math.nan, lambda t, x: t.logit(x, 0.25))) == (["nan"], ["0.0", "nan"])


@row("the gradient of `sinc` near 0")
def test_sinc_near_0() -> None:
    def lines(t: Any) -> object:
        x = t.tensor([1e-10, 0.0], dtype=t.float64, requires_grad=True)
        (first,) = t.autograd.grad(t.sinc(x).sum(), x, create_graph=True)
        (second,) = t.autograd.grad(first.sum(), x)
        return f"{first[0].item():.4g} {second[1].item():.4f}"

    assert both(lines) == (f"{-(math.pi**2) / 3 * 1e-10:.4g} {-(math.pi**2) / 3:.4f}", "0 nan")


@row("the gradient of `hardsigmoid` of float64")
def test_gradient_of_hardsigmoid() -> None:
    ours, theirs = both(slopes(1.0, lambda t, x: t.nn.functional.hardsigmoid(x), "float64"))
    assert (ours, theirs) == (["0.16666666666666666"], ["0.1666666716337204"])


def test_every_row_is_checked() -> None:
    assert section.checked == section.rows
