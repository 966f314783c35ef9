"""Operations that are written as a class, and operations of several outputs."""

from __future__ import annotations

import gc
import weakref
from typing import Any

import pytest

from minitorch_autograd import (
    Function,
    Tensor,
    cat,
    float64,
    grad,
    gradcheck,
    gradgradcheck,
    no_grad,
    once_differentiable,
    ones,
    record_several,
    tensor,
)


def leaf(*values: float) -> Tensor:
    return tensor(list(values), dtype=float64, requires_grad=True)


class Scaled(Function):
    """A product with a number; its double derivative goes through the saved input."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, factor: float) -> Tensor:
        ctx.save_for_backward(x)
        ctx.factor = factor
        return x * x * factor

    @staticmethod
    def backward(ctx: Any, g: Tensor) -> Any:
        (x,) = ctx.saved_tensors
        return g * 2 * x * ctx.factor, None


class Exp(Function):
    """The exponential, in the newer style, with its output saved."""

    @staticmethod
    def forward(x: Tensor, times: int = 1) -> Tensor:
        return x.exp() * times

    @staticmethod
    def setup_context(ctx: Any, inputs: tuple[Any, ...], output: Any) -> None:
        assert len(inputs) == 2
        ctx.save_for_backward(output, None)

    @staticmethod
    def backward(ctx: Any, g: Tensor) -> Any:
        y, nothing = ctx.saved_tensors
        assert nothing is None
        return g * y, None


class SinAndMore(Function):
    """Several outputs: two with gradients, one without, one of integers, and no tensor."""

    got: tuple[Tensor | None, ...]

    @staticmethod
    def forward(ctx: Any, x: Tensor, materialize: bool) -> tuple[object, ...]:
        outputs = x * 2, x * 3, x * 5, x > 0
        ctx.mark_non_differentiable(outputs[2])
        ctx.set_materialize_grads(materialize)
        return *outputs, "no tensor"

    @staticmethod
    def backward(ctx: Any, *gs: Any) -> Any:
        SinAndMore.got = gs
        return sum(g * n for g, n in zip(gs[:2], (2, 3), strict=True) if g is not None), None


class AddOne(Function):
    """A write in place."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        x.add_(1.0)
        ctx.mark_dirty(x)
        return x

    @staticmethod
    def backward(ctx: Any, g: Tensor) -> Any:
        return g * 7


class Same(Function):
    """What returns its input."""

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        return x

    @staticmethod
    def backward(ctx: Any, g: Tensor) -> Any:
        return g * 5


def test_derivatives_of_both_styles() -> None:
    for function in (lambda x: Scaled.apply(x, 3.0), Exp.apply):
        assert gradcheck(function, [leaf(1.0, 2.0)])
        assert gradgradcheck(function, [leaf(1.0, 2.0)])


def test_arguments_by_name_and_default() -> None:
    x = leaf(0.0)
    assert Exp.apply(x, times=3).tolist() == [3.0]
    assert Exp.apply(x=x).tolist() == [1.0]


def test_its_node_has_its_name() -> None:
    y = Scaled.apply(leaf(1.0), 2.0)
    assert repr(y) == "tensor([2.], dtype=torch.float64, grad_fn=<ScaledBackward>)"
    assert y.output_nr == 0


def test_several_outputs_have_one_node() -> None:
    a, b, c, d, e = SinAndMore.apply(leaf(1.0), True)
    assert a.grad_fn is b.grad_fn
    assert (a.output_nr, b.output_nr) == (0, 1)
    assert [c.requires_grad, d.requires_grad, e] == [False, False, "no tensor"]
    ((node, index),) = (b * 1).grad_fn.next_functions
    assert (node, index) == (b.grad_fn, 1)


@pytest.mark.parametrize("materialize", [True, False])
def test_what_has_no_gradient_is_zeros_or_none(materialize: bool) -> None:
    x = leaf(1.0)
    _, b, *_ = SinAndMore.apply(x, materialize)
    assert [one.tolist() for one in grad(b.sum(), x)] == [[3.0]]
    got = [None if one is None else one.tolist() for one in SinAndMore.got]
    zeros = [0.0] if materialize else None
    assert got == [zeros, [1.0], zeros, [False] if materialize else None, None]


def test_all_outputs_add_up() -> None:
    x = leaf(1.0)
    a, b, *_ = SinAndMore.apply(x, True)
    (a * 10 + b * 100 + a).sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [322.0]


def test_what_needs_a_gradient_is_known() -> None:
    seen: list[tuple[bool, ...]] = []

    class Noted(Function):
        @staticmethod
        def forward(ctx: Any, x: Tensor, n: int, y: Tensor) -> Tensor:
            seen.append(ctx.needs_input_grad)
            return x * n * y

        @staticmethod
        def backward(ctx: Any, g: Tensor) -> Any:
            return None, None, g

    x = leaf(1.0)
    y = Noted.apply(ones(1), 2, x)
    assert not Noted.apply(ones(1), 2, ones(1)).requires_grad
    with no_grad():
        assert not Noted.apply(ones(1), 2, x).requires_grad
    assert seen == [(False, False, True), (False, False, False), (False, False, True)]
    assert [one.tolist() for one in grad(y, x)] == [[1.0]]


def test_no_gradient_at_all() -> None:
    class Stopped(Same):
        @staticmethod
        def backward(ctx: Any, g: Tensor) -> Any:
            return None

    x = leaf(1.0)
    Stopped.apply(x).sum().backward()
    assert x.grad is None


def test_a_returned_input_is_another_tensor_of_its_memory() -> None:
    x = leaf(1.0)
    y = Same.apply(x)
    assert y is not x
    y.sum().backward()
    assert x.grad is not None
    assert x.grad.tolist() == [5.0]
    plain = ones(1)
    assert Same.apply(plain) is not plain


def test_a_write_becomes_a_part_of_the_history() -> None:
    x = leaf(1.0, 2.0)
    y = x * 1
    assert AddOne.apply(y) is y
    assert y.tolist() == [2.0, 3.0]
    (dx,) = grad(y.sum(), x)
    assert dx.tolist() == [7.0, 7.0]

    y = x * 1
    AddOne.apply(y[:1])
    (dx,) = grad(y.sum(), x)
    assert dx.tolist() == [7.0, 1.0]
    with pytest.raises(RuntimeError, match="a leaf Variable that requires grad"):
        AddOne.apply(x)


@pytest.mark.parametrize("function", [Scaled, Exp])
def test_a_saved_tensor_that_was_written_is_refused(function: type[Function]) -> None:
    x = leaf(1.0) * 1
    y = function.apply(x, 2)
    (x if function is Scaled else y).detach().add_(1.0)
    with pytest.raises(RuntimeError, match=f"{function.__name__}Backward: one of the variables"):
        y.sum().backward()


def test_once_differentiable() -> None:
    class Once(Same):
        @staticmethod
        @once_differentiable
        def backward(ctx: Any, g: Tensor) -> Any:
            assert not (g * 1).requires_grad
            return g * 5

    x = leaf(2.0)
    (dx,) = grad(Once.apply(x).sum(), x, create_graph=True)
    assert (dx.tolist(), dx.requires_grad) == ([5.0], False)
    (dx,) = grad(Once.apply(x).exp().sum(), x, create_graph=True)
    with pytest.raises(RuntimeError, match="marked with @once_differentiable"):
        dx.sum().backward()


def test_nothing_keeps_the_graph_alive() -> None:
    gc.collect()
    gc.disable()
    try:
        x = leaf(1.0)
        y = Exp.apply(x)
        (dx,) = grad(y, x, create_graph=True)
        z = AddOne.apply(x * 1)
        seen = [weakref.ref(one) for one in (x, y, y.grad_fn, dx, z, z.grad_fn)]
        del x, y, dx, z
        assert [one() for one in seen] == [None] * len(seen)
    finally:
        gc.enable()


# --- record_several


def halves(x: Tensor) -> tuple[Tensor, ...]:
    n = x.shape[0] // 2
    parts = [x.detach()[:n].clone(), x.detach()[n:].clone(), x.detach()[:1] > 0]
    return tuple(record_several("Halves", parts, (x, lambda g, h, _: cat([g, h]))))


def test_recorded_outputs() -> None:
    x = leaf(1.0, 2.0, 3.0, 4.0)
    a, b, c = halves(x)
    assert (repr(a.grad_fn), b.output_nr, c.requires_grad) == ("<Halves>", 1, False)
    (dx,) = grad((a * a * 10).sum(), x, retain_graph=True)  # nothing asks for that of b
    assert dx.tolist() == [20.0, 40.0, 0.0, 0.0]
    assert gradgradcheck(lambda x: halves(x)[0] * halves(x)[1], [x])
    b.sum().backward()
    with pytest.raises(RuntimeError, match="a second time"):
        b.sum().backward()


def test_hooks_and_gradients_of_one_of_several() -> None:
    x = leaf(1.0, 2.0)
    a, b, _ = halves(x)
    a.retain_grad()
    b.register_hook(lambda g: g * 10)
    db, dx = grad((a + b).sum(), [b, x])
    assert (db.tolist(), dx.tolist()) == ([10.0], [1.0, 10.0])
    assert a.grad is not None


def test_a_thousand_outputs_take_linear_time() -> None:
    x = ones(1000, requires_grad=True)
    rows = [x.detach()[i] * 2 for i in range(1000)]
    outputs = record_several("Unbind", rows, (x, lambda *gs: cat([g.reshape(1) for g in gs]) * 2))
    total = outputs[0]
    for one in outputs[1:]:
        total = total + one
    total.backward()
    assert x.grad is not None
    assert x.grad.tolist() == [2.0] * 1000
