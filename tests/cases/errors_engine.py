"""Calls of the engine that torch refuses: walks, hooks, modes, functions."""

from __future__ import annotations

from typing import Any

from tests.cases.case import ErrorCase
from tests.cases.engine import leaf
from tests.cases.engine_functions import scaled


def _inference(t: Any) -> Any:
    with t.inference_mode():
        return t.ones(2)


def _hooked(t: Any, result: object) -> None:
    x = leaf(t, 1.0, 2.0)
    x.register_hook(lambda g: result)
    x.sum().backward()


def _node_hooked(t: Any, result: object) -> None:
    y = leaf(t, 1.0, 2.0) * leaf(t, 1.0, 2.0)
    y.grad_fn.register_hook(lambda inputs, outputs: result)
    y.sum().backward()


def _accumulated(t: Any) -> None:
    x = leaf(t, 1.0)
    x.register_post_accumulate_grad_hook(lambda leaf: 5)
    x.sum().backward()


def _returned(t: Any, result: object) -> None:
    scaled(t, lambda g: result).apply(leaf(t, 1.0, 2.0), 3.0).sum().backward()


def _freed(t: Any) -> None:
    x = leaf(t, 1.0)
    y = x * x
    y.sum().backward()
    t.autograd.grad(y.sum(), x)


def _bare(t: Any, action: Any) -> None:
    class Bare(t.autograd.Function):  # type: ignore[misc]
        @staticmethod
        def forward(ctx: Any, x: Any) -> Any:
            action(ctx, x)
            return x * 2

    Bare.apply(leaf(t, 1.0) * 1).sum().backward()


def _nan(t: Any) -> None:
    t.autograd.set_detect_anomaly(True)
    try:
        (t.zeros(1, requires_grad=True).sqrt() * 0).sum().backward()
    finally:
        t.autograd.set_detect_anomaly(False)


ERRORS = [
    ErrorCase("backward", lambda t: leaf(t, 1.0).backward(2.0), TypeError, "'float' object"),
    ErrorCase("backward", lambda t: leaf(t, 1.0).backward(inputs=[]), RuntimeError, "`inputs`"),
    ErrorCase(
        "backward",
        lambda t: leaf(t, 1.0).backward(inputs=[t.ones(1)]),
        RuntimeError,
        "can't retain_grad on Tensor that has requires_grad=False",
    ),
    ErrorCase(
        "backward",
        lambda t: t.autograd.backward([leaf(t, 1.0), t.ones(1)]),
        RuntimeError,
        "element 1 of tensors does not require grad and does not have a grad_fn",
    ),
    ErrorCase(
        "grad",
        lambda t: t.autograd.grad(
            leaf(t, 1.0), leaf(t, 1.0), allow_unused=False, materialize_grads=True
        ),
        ValueError,
        "Expected allow_unused to be True or not passed when materialize_grads=True",
    ),
    ErrorCase(
        "grad",
        lambda t: t.autograd.grad(leaf(t, 1.0), leaf(t, 1.0)),
        RuntimeError,
        "The differentiated Tensor at index 0 appears to not have been used in the graph",
    ),
    ErrorCase("grad", lambda t: t.autograd.grad(2.0, leaf(t, 1.0)), TypeError, "'float' object"),
    ErrorCase("grad", lambda t: t.autograd.grad(leaf(t, 1.0), 2.0), TypeError, "'float' object"),
    ErrorCase("grad", _freed, RuntimeError, "Trying to backward through the graph a second time"),
    ErrorCase(
        "register_hook",
        lambda t: t.ones(1).register_hook(print),
        RuntimeError,
        "cannot register a hook on a tensor that doesn't require gradient",
    ),
    ErrorCase("register_hook", lambda t: _hooked(t, 2.0), TypeError, "hook returned 'float'"),
    ErrorCase(
        "register_hook",
        lambda t: _hooked(t, t.ones(3)),
        RuntimeError,
        "hook '<lambda>' has changed the size of value",
    ),
    ErrorCase(
        "register_hook",
        lambda t: _hooked(t, t.ones(2, dtype=t.float64)),
        RuntimeError,
        "hook '<lambda>' has changed the type of value",
    ),
    ErrorCase(
        "register_post_accumulate_grad_hook",
        lambda t: t.ones(1).register_post_accumulate_grad_hook(print),
        RuntimeError,
        "cannot register a hook on a tensor that doesn't require gradient",
    ),
    ErrorCase(
        "register_post_accumulate_grad_hook",
        lambda t: (leaf(t, 1.0) * 2).register_post_accumulate_grad_hook(print),
        RuntimeError,
        "post accumulate grad hooks cannot be registered on non-leaf tensors",
    ),
    ErrorCase("register_post_accumulate_grad_hook", _accumulated, TypeError, "hook returned 'int'"),
    ErrorCase(
        "register_hook of a node",
        lambda t: _node_hooked(t, t.ones(2)),
        TypeError,
        "expected tuple, but hook returned 'Tensor'",
    ),
    ErrorCase(
        "register_hook of a node",
        lambda t: _node_hooked(t, (None,)),
        RuntimeError,
        "hook '<lambda>' has returned an incorrect number of values (got 1, but expected 2)",
    ),
    ErrorCase("retain_grad", lambda t: t.ones(1).retain_grad(), RuntimeError, "can't retain_grad"),
    ErrorCase(
        "detach_", lambda t: (leaf(t, 1.0) * 2)[0].detach_(), RuntimeError, "Can't detach views"
    ),
    ErrorCase(
        "set_grad_enabled", lambda t: t.set_grad_enabled(1), TypeError, "must be bool, not int"
    ),
    ErrorCase(
        "inference_mode",
        lambda t: leaf(t, 1.0, 2.0) * _inference(t),
        RuntimeError,
        "Inference tensors cannot be saved for backward.",
    ),
    ErrorCase(
        "inference_mode",
        lambda t: _inference(t).add_(1),
        RuntimeError,
        "Inplace update to inference tensor outside InferenceMode is not allowed",
    ),
    ErrorCase(
        "inference_mode",
        lambda t: _inference(t).requires_grad_(),
        RuntimeError,
        "Setting requires_grad=True on inference tensor outside InferenceMode is not allowed",
    ),
    ErrorCase(
        "set_detect_anomaly",
        _nan,
        RuntimeError,
        "Function 'SqrtBackward0' returned nan values in its 0th output.",
    ),
    ErrorCase(
        "Function",
        lambda t: t.autograd.Function.apply(leaf(t, 1.0)),
        NotImplementedError,
        "You must implement the forward function",
    ),
    ErrorCase(
        "Function",
        lambda t: _bare(t, lambda ctx, x: None),
        NotImplementedError,
        "You must implement either the backward or vjp method",
    ),
    ErrorCase(
        "Function",
        lambda t: _bare(t, lambda ctx, x: ctx.save_for_backward(3)),
        TypeError,
        "save_for_backward can only save variables, but argument 0 is of type int",
    ),
    ErrorCase(
        "Function",
        lambda t: _bare(t, lambda ctx, x: ctx.mark_dirty(3)),
        RuntimeError,
        "mark_dirty can only accept variables",
    ),
    ErrorCase(
        "Function",
        lambda t: _bare(t, lambda ctx, x: ctx.mark_non_differentiable(3)),
        RuntimeError,
        "mark_non_differentiable only accepts variable arguments",
    ),
    ErrorCase(
        "Function",
        lambda t: _bare(t, lambda ctx, x: ctx.mark_dirty(x)),
        RuntimeError,
        "Some elements marked as dirty during the forward method were not returned as output.",
    ),
    ErrorCase(
        "Function",
        lambda t: _returned(t, t.ones(2)),
        RuntimeError,
        "function ScaledBackward returned an incorrect number of gradients (expected 2, got 1)",
    ),
    ErrorCase(
        "Function",
        lambda t: _returned(t, (t.ones(2), t.ones(2))),
        RuntimeError,
        "function ScaledBackward returned a gradient different than None at position 2, but the "
        "corresponding forward input was not a Variable",
    ),
    ErrorCase(
        "Function",
        lambda t: _returned(t, (2.0, None)),
        RuntimeError,
        "expected Variable or None (got float)",
    ),
    *[
        ErrorCase(
            "Function",
            lambda t, n=n: _returned(t, (t.ones(n), None)),  # type: ignore[misc]
            RuntimeError,
            f"Function ScaledBackward returned an invalid gradient at index 0 - got [{n}] but "
            "expected shape compatible with [2]",
        )
        for n in (1, 3)
    ],
]
