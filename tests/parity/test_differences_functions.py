"""Functions of functions that do not work as in PyTorch. See `docs/differences.md`."""

from __future__ import annotations

from typing import Any

import torch
import torch.utils.checkpoint
from tests.parity.differences import SECTIONS, both, said

import minitorch
import minitorch.utils.checkpoint

section = SECTIONS["Derivatives of functions"]
row = section.row


@row("`vmap`")
def test_vmap_is_a_loop() -> None:
    def lines(t: Any) -> object:
        def leak(x: Any) -> Any:
            return x if x > 0 else 0.1 * x.item() + 0 * x

        return t.func.vmap(leak)(t.tensor([2.0, -1.0], dtype=t.float64)).tolist()

    assert both(lines) == ([2.0, -0.1], RuntimeError)


@row("`vmap(out_dims=None)`")
def test_vmap_without_an_output_dimension() -> None:
    def lines(t: Any) -> object:
        return t.func.vmap(t.abs, out_dims=None)(t.tensor([1.0, -1.0])).item()

    assert both(lines) == (1.0, ValueError)


@row('`vmap(randomness="different")`')
def test_vmap_draws_example_by_example() -> None:
    def drawn(t: Any) -> Any:
        t.manual_seed(0)
        draws = t.func.vmap(lambda x: t.rand(1) * 0 + x + t.rand(1), randomness="different")
        return draws(t.zeros(3, 1)).tolist()

    def numbers(t: Any) -> Any:
        t.manual_seed(0)
        return t.rand(6, 1).tolist()

    ours, theirs = both(drawn)
    assert ours == numbers(minitorch)[1::2]
    assert theirs == numbers(minitorch)[3:]


@row('`vmap(randomness="error")`')
def test_vmap_and_generators() -> None:
    def lines(t: Any) -> object:
        generator = t.Generator()
        return t.func.vmap(lambda x: x + t.rand((), generator=generator))(t.ones(2)).ndim

    assert both(lines) == (1, RuntimeError)
    assert both(lambda t: t.func.vmap(lambda x: x + t.rand(()))(t.ones(2))) == (RuntimeError,) * 2


@row("`jvp`, `jacfwd`")
def test_forward_mode() -> None:
    def lines(t: Any) -> object:
        class Double(t.autograd.Function):  # type: ignore[misc]
            @staticmethod
            def forward(x: Any) -> Any:
                return x * 2

            @staticmethod
            def setup_context(ctx: Any, inputs: Any, output: Any) -> None:
                pass

            @staticmethod
            def jvp(ctx: Any, tangent: Any) -> Any:
                return tangent * 2

            @staticmethod
            @t.autograd.function.once_differentiable  # type: ignore[untyped-decorator]
            def backward(ctx: Any, g: Any) -> Any:
                return g * 2

        return t.func.jvp(Double.apply, (t.ones(1),), (t.ones(1),))[1].tolist()

    assert both(lines) == (RuntimeError, [2.0])
    assert both(lambda t: hasattr(t.autograd, "forward_ad")) == (False, True)


@row("`has_aux`")
def test_what_goes_beside_the_result() -> None:
    def lines(t: Any) -> object:
        return t.func.grad(lambda x: (x.sum(), "note"), has_aux=True)(t.ones(1))[1]

    assert both(lines) == ("note", RuntimeError)


@row("`checkpoint`")
def test_checkpoint() -> None:
    def call(t: Any, **options: Any) -> object:
        x = t.tensor([2.0], requires_grad=True)
        t.utils.checkpoint.checkpoint(lambda x: x * x, x, **options).sum().backward()
        return x.grad.item()

    assert (said(minitorch, call), said(torch, call)) == ([], [UserWarning])
    assert both(lambda t: call(t, use_reentrant=True)) == (4.0, 4.0)
    assert both(lambda t: call(t, use_reentrant=False)) == (4.0, 4.0)
    assert both(lambda t: call(t, use_reentrant=False, debug=False)) == (TypeError, 4.0)


@row("`gradcheck`")
def test_options_of_gradcheck() -> None:
    def lines(t: Any) -> object:
        x = t.ones(1, dtype=t.float64, requires_grad=True)
        return t.autograd.gradcheck(t.exp, x, check_forward_ad=True, check_batched_grad=True)

    assert both(lines) == (TypeError, True)


def test_every_row_is_checked() -> None:
    assert section.checked == section.rows
