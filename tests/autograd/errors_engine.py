"""The errors of the engine, with their whole text: walks, hooks and modes."""

from __future__ import annotations

from collections.abc import Callable

import minitorch_autograd as t
from minitorch_autograd import Tensor


def tracked(*shape: int) -> Tensor:
    return t.ones(*shape, requires_grad=True)


def twice() -> None:
    y = (tracked(2) * 2).sum()
    y.backward()
    y.backward()


def stale() -> None:
    x = tracked(2, 3)
    y = (x * x).sum()
    with t.no_grad():
        x.add_(1.0)
    y.backward()


def hooked(result: object) -> None:
    x = tracked(2)
    x.register_hook(lambda g: result)  # type: ignore[arg-type, return-value]  # a wrong one
    x.sum().backward()


def after_accumulation() -> None:
    x = tracked(2)
    x.register_post_accumulate_grad_hook(lambda leaf: leaf)  # type: ignore[arg-type]
    x.sum().backward()


def node_hooked(result: object) -> None:
    y = tracked(2) * 2
    assert y.grad_fn is not None
    y.grad_fn.register_prehook(lambda gs: result)  # type: ignore[arg-type, return-value]
    y.sum().backward()


def freed_inputs() -> None:
    y = tracked(2).sum()
    y.backward()
    assert y.grad_fn is not None
    assert y.grad_fn.next_functions


def by_way_of_what_is_freed() -> None:
    x = tracked(2)
    y = x * x
    y.sum().backward()
    t.grad(y.sum(), x, allow_unused=True)


def made_in_inference_mode() -> Tensor:
    with t.inference_mode():
        return t.ones(2)


def not_a_number() -> None:
    with t.set_detect_anomaly(True):
        t.zeros(2, requires_grad=True).sqrt().mul(0).sum().backward()


def wrong(call: Callable[..., object], *args: object) -> object:
    """Call what a type checker refuses."""
    return call(*args)


ENGINE: list[tuple[Callable[[], object], type[Exception], str]] = [
    # --- backward and grad
    (
        lambda: t.ones(1).backward(),
        RuntimeError,
        "element 0 of tensors does not require grad and does not have a grad_fn: nothing that it "
        "was computed from has requires_grad=True, or it was in no_grad",
    ),
    (
        lambda: (tracked(2) * 2).backward(),
        RuntimeError,
        "grad can be implicitly created only for scalar outputs: the shape is (2,); reduce it, or "
        "pass its gradient",
    ),
    (
        lambda: tracked(2).backward(t.ones(3)),
        RuntimeError,
        "Mismatch in shape: grad_output[0] has a shape of (3,) and output[0] has a shape of (2,).",
    ),
    (
        twice,
        RuntimeError,
        "Trying to backward through the graph a second time (or directly access saved tensors "
        "after they have already been freed). Saved intermediate values of the graph are freed "
        "when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to "
        "backward through the graph a second time or if you need to access saved tensors after "
        "calling backward.",
    ),
    (
        stale,
        RuntimeError,
        "MulBackward0: one of the variables needed for gradient computation has been modified by "
        "an inplace operation: a tensor of shape (2, 3); write to a clone of it instead",
    ),
    (
        lambda: t.grad(tracked(1).sum(), t.ones(4)),
        RuntimeError,
        "One of the differentiated Tensors does not require grad: an input of shape (4,)",
    ),
    (
        lambda: t.grad(tracked(1).sum(), tracked(1)),
        RuntimeError,
        "The differentiated Tensor at index 0 appears to not have been used in the graph. Set "
        "allow_unused=True if this is the desired behavior.",
    ),
    (
        lambda: t.grad(tracked(1).sum(), []),
        RuntimeError,
        "`inputs` argument to `grad()` cannot be empty.",
    ),
    (
        lambda: t.grad([tracked(1).sum()] * 2, tracked(1), t.ones(())),
        RuntimeError,
        "got 2 tensors and 1 gradients",
    ),
    # --- record
    (
        lambda: t.record("Double", tracked(2) * 2),
        RuntimeError,
        "record: the value of Double is tracked already; compute it in no_grad",
    ),
    (
        lambda: t.record("Some", t.ones(2), (tracked(2, 3), lambda g: g)).sum().backward(),
        RuntimeError,
        "Function Some returned an invalid gradient at index 0 - got [2] but expected shape "
        "compatible with [2, 3], which is that of the input",
    ),
    (
        lambda: wrong(tracked(1).backward, 2.0),
        TypeError,
        "the gradient of an output has to be a Tensor or None, got 'float' object: tensor(2.0) "
        "makes one",
    ),
    (
        lambda: wrong(t.backward, 2.0),
        TypeError,
        "outputs have to be tensors, got 'float' object",
    ),
    (
        lambda: wrong(t.grad, tracked(1), [2.0]),
        TypeError,
        "inputs have to be tensors, got a sequence with 2.0",
    ),
    (
        lambda: tracked(1).backward(inputs=[]),
        RuntimeError,
        "`inputs` argument to `backward()` cannot be empty.",
    ),
    (
        lambda: tracked(1).backward(inputs=t.ones(3)),
        RuntimeError,
        "can't retain_grad on Tensor that has requires_grad=False: backward() was asked for the "
        "gradient of an input of shape (3,)",
    ),
    (
        lambda: t.grad(tracked(1), tracked(1), allow_unused=False, materialize_grads=True),
        ValueError,
        "Expected allow_unused to be True or not passed when materialize_grads=True, but got: "
        "allow_unused=False.",
    ),
    (
        by_way_of_what_is_freed,
        RuntimeError,
        "Trying to backward through the graph a second time (or directly access saved tensors "
        "after they have already been freed). Saved intermediate values of the graph are freed "
        "when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to "
        "backward through the graph a second time or if you need to access saved tensors after "
        "calling backward.",
    ),
    (
        freed_inputs,
        RuntimeError,
        "SumBackward0: its inputs are not known any more, since a walk freed the graph; ask before "
        "backward(), or specify retain_graph=True",
    ),
    (
        lambda: t.record("Some", t.ones(2), (tracked(2), lambda g: g > 0)).sum().backward(),
        RuntimeError,
        "Function Some returned an invalid gradient at index 0 - got torch.bool but expected a "
        "floating type: multiply by the incoming gradient, or cast to torch.float32",
    ),
    # --- hooks, and the place in the graph
    (
        lambda: t.ones(2).register_hook(lambda g: None),
        RuntimeError,
        "cannot register a hook on a tensor that doesn't require gradient: one of shape (2,); call "
        "requires_grad_() first",
    ),
    (
        lambda: t.ones(2).register_post_accumulate_grad_hook(lambda leaf: None),
        RuntimeError,
        "cannot register a hook on a tensor that doesn't require gradient: one of shape (2,) was "
        "to tell when its gradient is accumulated; call requires_grad_() first",
    ),
    (
        lambda: (tracked(2) * 2).register_post_accumulate_grad_hook(lambda leaf: None),
        RuntimeError,
        "post accumulate grad hooks cannot be registered on non-leaf tensors: this one is the "
        "result of MulBackward0; use register_hook",
    ),
    (
        lambda: hooked(2.0),
        TypeError,
        "expected Variable, but hook returned 'float': <lambda> has to return a tensor, or None to "
        "leave the gradient as it is",
    ),
    (
        lambda: hooked(t.ones(3)),
        RuntimeError,
        "hook '<lambda>' has changed the size of value: from [2] to [3]",
    ),
    (
        lambda: hooked(t.ones(2, dtype=t.float64)),
        RuntimeError,
        "hook '<lambda>' has changed the type of value (was torch.float32 got torch.float64)",
    ),
    (
        after_accumulation,
        TypeError,
        "expected Variable, but hook returned 'Tensor': the result of <lambda>, called when a "
        "gradient was accumulated, is not used; return None",
    ),
    (
        lambda: node_hooked(t.ones(2)),
        TypeError,
        "expected tuple, but hook returned 'Tensor': <lambda> has to return 1 gradients, or None",
    ),
    (
        lambda: node_hooked((None, None)),
        RuntimeError,
        "hook '<lambda>' has returned an incorrect number of values (got 2, but expected 1)",
    ),
    (
        lambda: t.ones(2).retain_grad(),
        RuntimeError,
        "can't retain_grad on Tensor that has requires_grad=False: one of shape (2,)",
    ),
    (
        lambda: (tracked(2) * 2)[0].detach_(),
        RuntimeError,
        "Can't detach views in-place. Use detach() instead: this tensor shares the memory of one "
        "of shape (2,), which would keep its history",
    ),
    # --- modes
    (
        lambda: wrong(t.set_grad_enabled, 1),
        TypeError,
        "set_grad_enabled(): argument 'enabled' (position 1) must be bool, not int",
    ),
    (
        lambda: tracked(2) * made_in_inference_mode(),
        RuntimeError,
        "Inference tensors cannot be saved for backward. Please do not use Tensors created in "
        "inference mode in computation tracked by autograd: the rules of MulBackward0 mention one "
        "of shape (2,); make a clone of it, or use no_grad instead of inference_mode",
    ),
    (
        lambda: made_in_inference_mode().add_(1),
        RuntimeError,
        "Inplace update to inference tensor outside InferenceMode is not allowed: make a clone of "
        "this one, of shape (2,), and write to that",
    ),
    (
        lambda: made_in_inference_mode().requires_grad_(),
        RuntimeError,
        "Setting requires_grad=True on inference tensor outside InferenceMode is not allowed: make "
        "a clone of it first",
    ),
    (
        not_a_number,
        RuntimeError,
        "Function 'SqrtBackward0' returned nan values in its 0th output.",
    ),
]
