"""Short programs that write where the way back reads: one text for torch and MiniTorch.

Their outcome is the right gradient or the refusal, whoever writes: a hook, the accumulation into
`.grad`, a view of a view. Last come gradients of other element types.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

from tests.cases.engine import Program, Torch, leaf, lists

OVERWRITTEN: list[Program] = []
STALE = "modified by an inplace operation"


def program(function: Program) -> Program:
    """Put a program into the table."""
    OVERWRITTEN.append(function)
    return function


def outcome(call: Callable[[], object]) -> object:
    """Return what a call returns, or that it is refused."""
    try:
        return call()
    except RuntimeError as error:
        return STALE if STALE in str(error) else "refused"


def after_backward(y: Any, leaf: Any) -> object:
    """Go back from a tensor, and return the gradient of a leaf, or that it is refused."""

    def run() -> object:
        y.sum().backward()
        return seen(leaf.grad)

    return outcome(run)


def seen(*tensors: Any) -> list[object]:
    """Return values and element types."""
    return [(x.tolist(), str(x.dtype).rpartition(".")[2]) for x in tensors]


# --- Hooks

HOOKS: dict[str, Callable[[Any, Any, Any, Callable[..., None]], object]] = {
    "of the leaf": lambda x, y, z, hook: x.register_hook(hook),
    "of what is kept": lambda x, y, z, hook: y.register_hook(hook),
    "of the result": lambda x, y, z, hook: z.register_hook(hook),
    "after accumulation": lambda x, y, z, hook: x.register_post_accumulate_grad_hook(hook),
    "before the last node": lambda x, y, z, hook: z.grad_fn.register_prehook(hook),
    "after the last node": lambda x, y, z, hook: z.grad_fn.register_hook(hook),
    "before the first node": lambda x, y, z, hook: y.grad_fn.register_prehook(hook),
    "after the first node": lambda x, y, z, hook: y.grad_fn.register_hook(hook),
}


@program
def hooks_that_overwrite(t: Torch) -> object:
    outcomes = {}
    for (where, register), target in product(HOOKS.items(), ("leaf", "kept", "result")):
        x = leaf(t, 0.5, 2.0)
        y = x * x
        z = (y * x).exp()

        def hook(*_: Any, written: Any = {"leaf": x, "kept": y, "result": z}[target]) -> None:
            with t.no_grad():
                written.mul_(-3.0)

        register(x, y, z, hook)
        outcomes[where, target] = after_backward(z, x)
    return outcomes


@program
def hooks_before_and_after_an_overwrite(t: Torch) -> object:
    outcomes: list[object] = []
    for late, kept in product((False, True), repeat=2):
        x = leaf(t, 0.5, 2.0)
        y = x.sigmoid() if kept else x * 3
        if not late:
            y.register_hook(lambda g: g * 2)
        y.mul_(5.0)
        if late:
            y.register_hook(lambda g: g * 2)
        outcomes.append(after_backward(y, x))
    return outcomes


@program
def a_hook_that_overwrites_its_gradient(t: Torch) -> object:
    x = leaf(t, 0.5, 2.0)
    given = t.tensor([1.0, 10.0])
    y = x * 3
    y.register_hook(lambda g: g.clone().mul_(2))
    y.backward(given)
    return lists(x.grad, given)


# --- Accumulation


@program
def a_gradient_that_is_kept_and_accumulated(t: Torch) -> object:
    outcomes: list[object] = []
    for first, second in product((False, True), repeat=2):
        x, w = leaf(t, 0.5, 2.0), leaf(t, 3.0, 5.0)
        (x**3).sum().backward(create_graph=first)
        kept = x.grad
        y = (w * kept * kept).sum()
        (x * x).sum().backward(create_graph=second)
        outcomes.append((x.grad is kept, x.grad.tolist(), kept.tolist()))
        outcomes.append(after_backward(y, w))
    return outcomes


@program
def a_gradient_that_is_kept_and_cleared(t: Torch) -> object:
    outcomes: list[object] = []
    for clear in (
        lambda x: x.grad.zero_(),
        lambda x: setattr(x, "grad", None),
        lambda x: t.optim.SGD([x], lr=1.0).zero_grad(),
        lambda x: t.optim.SGD([x], lr=1.0).zero_grad(set_to_none=False),
        lambda x: t.nn.utils.clip_grad_norm_([x], 0.5),
        lambda x: t.nn.utils.clip_grad_value_([x], 0.5),
        lambda x: x.grad.copy_(x.detach()),
        lambda x: x.grad.detach().mul_(2),
    ):
        x, w = leaf(t, 0.5, 2.0), leaf(t, 3.0, 5.0)
        (x * x).sum().backward()
        y = (w * x.grad).sum()
        clear(x)
        outcomes.append(after_backward(y, w))
    return outcomes


@program
def gradients_are_tensors_of_their_own(t: Torch) -> object:
    x, y, given = leaf(t, 0.5, 2.0), leaf(t, 1.0, 1.0), t.tensor([1.0, 10.0])
    (x + y).backward(given)
    x.grad.add_(100.0)
    first = lists(x.grad, y.grad, given)
    (x + y).backward(given)
    z = leaf(t, 1.0, 2.0)
    z.backward(given)
    z.grad.mul_(-1.0)
    return first, lists(x.grad, y.grad, given, z.grad)


@program
def a_step_between_forward_and_backward(t: Torch) -> object:
    outcomes: list[object] = []
    for make in (t.optim.SGD, t.optim.Adam):
        w, x = leaf(t, 0.5, 2.0), leaf(t, 3.0, 5.0)
        optimizer = make([w], lr=0.5)
        (w * 2).sum().backward()
        linear, square = (w * 3).sum(), (w * w * x).sum()
        optimizer.step()
        outcomes.append(after_backward(linear, w))
        outcomes.append(after_backward(square, w))
    return outcomes


# --- Views of views

BASES: dict[str, Callable[[Torch], Any]] = {
    "leaf": lambda t: t.ones(2, 3, requires_grad=True),
    "computed": lambda t: t.ones(2, 3, requires_grad=True) * 2,
    "plain": lambda t: t.ones(2, 3),
}


def viewed(t: Torch, base: Any, first: bool, second: bool) -> tuple[Any, Any]:
    """Return a view of a tensor and a view of that, each recorded or not."""
    with t.set_grad_enabled(first):
        view = base.t()
    with t.set_grad_enabled(second):
        return view, view[1]


@program
def writes_to_views_of_views(t: Torch) -> object:
    outcomes = {}
    ways = (False, True)
    for name, first, second, where, recorded in product(BASES, ways, ways, range(3), ways):
        base, factor = BASES[name](t), leaf(t, 3.0)
        view, inner = viewed(t, base, first, second)

        def write(tensors: Any = (base, view, inner), at: int = where, by: Any = factor) -> object:
            tensors[at].mul_(by)
            return [x.tolist() for x in tensors]

        with t.set_grad_enabled(recorded):
            outcomes[name, first, second, where, recorded] = outcome(write)
    return outcomes


@program
def gradients_through_written_views_of_views(t: Torch) -> object:
    outcomes = {}
    for second, where, read in product((False, True), range(3), range(3)):
        x, factor = t.ones(2, 3, requires_grad=True), leaf(t, 3.0)
        base = x * 2
        tensors = (base, *viewed(t, base, True, second))

        def through(
            ts: Any = tensors, at: int = where, of: int = read, to: Any = (x, factor)
        ) -> Any:
            ts[at].mul_(to[1])
            return lists(*t.autograd.grad((ts[of] ** 2).sum(), to, allow_unused=True))

        outcomes[second, where, read] = outcome(through)
    return outcomes


# --- Element types


@program
def gradients_of_conversions(t: Torch) -> object:
    found = []
    for name in ("double", "float", "half"):
        for dtype in (t.float16, t.float32, t.float64):
            x = t.tensor([0.5, 2.0], dtype=dtype, requires_grad=True)
            y = getattr(x * x, name)() * 3
            (g,) = t.autograd.grad(y.sum(), x, create_graph=True)
            (h,) = t.autograd.grad((getattr(g, name)() ** 2).sum(), x)
            found += [seen(y, g, h)]
    return found


@program
def gradients_that_are_converted(t: Torch) -> object:
    x = leaf(t, 0.5, 2.0)
    (g,) = t.autograd.grad((x**3).sum(), x, create_graph=True)
    found: list[object] = []
    for one in (g.double(), g.to(t.float64), g.type(t.float64), g.to(x.double()), g.half()):
        (h,) = t.autograd.grad((one * one).sum(), x, retain_graph=True)
        (w,) = t.autograd.grad(one, x, t.ones_like(one), retain_graph=True)
        found = seen(one, h, w)
        x.grad = None
        one.sum().backward(retain_graph=True)
        found += seen(x.grad)
    return found


@program
def one_leaf_in_two_types(t: Torch) -> object:
    x = leaf(t, 0.5, 2.0)
    y = (x * 3).double() + x.double() ** 2
    y.sum().backward()
    x.half().sum().backward()
    return seen(y, x.grad)


@program
def hooks_that_convert(t: Torch) -> object:
    outcomes: list[object] = []
    for target in ("leaf", "computed"):
        x = leaf(t, 0.5, 2.0)
        y = x * 3
        (x if target == "leaf" else y).register_hook(lambda g: g.double() * 2)
        outcomes.append(after_backward(y, x))
    return outcomes
