"""Short programs of the engine: one text each, for torch and for MiniTorch.

Each takes the module, and returns what can be compared: numbers, names, texts.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Torch = Any  # the module `torch` or `minitorch`
Program = Callable[[Torch], object]

PROGRAMS: list[Program] = []


def program(function: Program) -> Program:
    """Put a program into the table."""
    PROGRAMS.append(function)
    return function


def leaf(t: Torch, *values: float) -> Any:
    return t.tensor(list(values), requires_grad=True)


def lists(*tensors: Any) -> list[Any]:
    return [None if one is None else one.tolist() for one in tensors]


# --- Walks


@program
def backward_to_inputs(t: Torch) -> object:
    x, w = leaf(t, 2.0), leaf(t, 3.0)
    y = x * w
    (y * y).sum().backward(inputs=[y, w])
    return lists(x.grad, w.grad, y.grad)


@program
def backward_to_what_has_no_part(t: Torch) -> object:
    x, w = leaf(t, 2.0), leaf(t, 3.0)
    x.sum().backward(inputs=[w])
    return lists(x.grad, w.grad)


@program
def backward_of_several(t: Torch) -> object:
    x = leaf(t, 1.0, 2.0)
    t.autograd.backward([(x * 3).sum(), x * x], [None, t.tensor([1.0, 10.0])])
    return lists(x.grad)


@program
def grad_of_an_inner_part(t: Torch) -> object:
    x = leaf(t, 2.0)
    y = x * x
    (dy,) = t.autograd.grad(y * 3, y)
    return lists(dy, *t.autograd.grad(y * 5, x))  # the first left the rules of y alone


@program
def grad_of_what_has_no_part(t: Torch) -> object:
    x, w = leaf(t, 2.0), leaf(t, 3.0, 4.0)
    y = (x * x).sum()
    return lists(
        *t.autograd.grad(y, [w, x], retain_graph=True, allow_unused=True),
        *t.autograd.grad(y, [w, x], retain_graph=True, materialize_grads=True),
        *t.autograd.grad(y, [w, x], allow_unused=True, materialize_grads=True),
    )


@program
def gradients_of_other_types(t: Torch) -> object:
    x = leaf(t, 2.0)
    (x * 2).backward(t.tensor([3]))
    (x * 2).backward(t.tensor([3.0], dtype=t.float64))
    return lists(x.grad), str(x.grad.dtype)


@program
def nodes(t: Torch) -> object:
    x, w = leaf(t, 2.0), leaf(t, 3.0)
    y = x * w
    (a, i), (b, j) = y.grad_fn.next_functions
    return (
        i,
        j,
        a.variable is x,
        b.variable is w,
        a.next_functions,
        y.output_nr,
        x.grad_fn,
    )


# --- The place of a tensor in the graph


@program
def retained_gradients(t: Torch) -> object:
    x = leaf(t, 2.0)
    y = x * 3
    before = y.retains_grad
    y.retain_grad()
    x.retain_grad()
    y.sum().backward(retain_graph=True)
    y.sum().backward()
    return before, y.retains_grad, x.retains_grad, lists(y.grad, x.grad)


@program
def hooks_and_writes_in_place(t: Torch) -> object:
    x = leaf(t, 2.0, 3.0)
    y = x * 3
    seen: list[object] = []
    y.retain_grad()
    y.register_hook(lambda g: seen.append(g.tolist()))
    y.mul_(5)
    y[0] = 7.0
    y.register_hook(lambda g: seen.append(g.tolist()))
    (y * y).sum().backward()
    return seen, lists(y.grad, x.grad)


@program
def detached_in_place(t: Torch) -> object:
    x = leaf(t, 2.0)
    y = x * x
    z = y * 3
    y.detach_()
    z.backward()
    return y.is_leaf, y.requires_grad, y.grad_fn, lists(x.grad), x.detach_().requires_grad


@program
def deleted_gradient(t: Torch) -> object:
    x = leaf(t, 2.0)
    x.sum().backward()
    del x.grad
    return x.grad


# --- Hooks


@program
def hooks_of_tensors(t: Torch) -> object:
    x = leaf(t, 1.0)
    y = x * 2
    seen: list[object] = []
    for name, one in (("x", x), ("y", y)):
        one.register_hook(lambda g, name=name: seen.append((name, g.tolist())))
        one.register_hook(lambda g: g * 10)
        one.register_hook(lambda g, name=name: seen.append((name, g.tolist())))
    y.retain_grad()
    y.register_hook(lambda g: g + 1)  # later, and yet before
    y.sum().backward()
    return seen, lists(x.grad, y.grad)


@program
def hooks_and_grad(t: Torch) -> object:
    x = leaf(t, 2.0)
    y = x * 3
    for one in (x, y):
        one.register_hook(lambda g: g * 10)
    x.register_post_accumulate_grad_hook(lambda leaf: 1 / 0)
    z = (y * y).sum()
    return lists(*t.autograd.grad(z, y, retain_graph=True), *t.autograd.grad(z, x))


@program
def hooks_in_the_second_derivative(t: Torch) -> object:
    x = leaf(t, 3.0)
    x.register_hook(lambda g: g * g)
    (dx,) = t.autograd.grad((x * x).sum(), x, create_graph=True)
    return lists(dx, *t.autograd.grad(dx.sum(), x))


@program
def removed_hooks(t: Torch) -> object:
    x = leaf(t, 1.0)
    seen: list[int] = []
    first = x.register_hook(lambda g: seen.append(1))
    with x.register_hook(lambda g: seen.append(2)):
        (x * 2).sum().backward()
    first.remove()
    first.remove()
    (x * 2).sum().backward()
    return seen


@program
def all_hooks_of_a_leaf(t: Torch) -> object:
    x = leaf(t, 1.0)
    seen: list[object] = []
    ((node, _), *_) = (x * 1).grad_fn.next_functions
    node.register_hook(lambda inputs, outputs: seen.append((inputs, lists(*outputs))))
    node.register_prehook(lambda outputs: seen.append(lists(*outputs)))
    x.register_post_accumulate_grad_hook(lambda leaf: seen.append(lists(leaf.grad)))
    x.register_hook(lambda g: g * 2)
    (x * 2).sum().backward()
    return seen


@program
def hooks_of_a_node(t: Torch) -> object:
    x, w = leaf(t, 2.0), leaf(t, 3.0)
    y = x * w
    y.grad_fn.register_prehook(lambda outputs: (outputs[0] * 2,))
    y.grad_fn.register_hook(lambda inputs, outputs: (inputs[0] + 1, outputs[0]))
    y.sum().backward()
    return lists(x.grad, w.grad)


# --- Modes


@program
def modes_in_modes(t: Torch) -> object:
    seen: list[object] = []
    with t.inference_mode():
        seen.append((t.is_grad_enabled(), t.is_inference_mode_enabled(), t.ones(1).is_inference()))
        with t.inference_mode(False):
            seen.append((t.is_grad_enabled(), t.is_inference_mode_enabled()))
    with t.no_grad(), t.inference_mode(mode=False):
        seen.append((t.is_grad_enabled(), t.is_inference_mode_enabled()))
    return seen, t.no_grad(t.is_grad_enabled)(), t.inference_mode(t.is_inference_mode_enabled)()


@program
def a_decorated_generator(t: Torch) -> object:
    def steps() -> Any:
        try:
            got = yield t.is_grad_enabled()
            yield got, t.is_grad_enabled()
        except KeyError:
            yield "caught", t.is_grad_enabled()
        return "end"

    running = t.no_grad()(steps)()
    seen = [next(running), t.is_grad_enabled(), running.send(5), running.throw(KeyError())]
    try:
        next(running)
    except StopIteration as end:
        seen.append(end.value)
    return seen, t.is_grad_enabled()


@program
def tensors_of_inference_mode(t: Torch) -> object:
    x = leaf(t, 1.0)
    with t.inference_mode():
        made, view = t.ones(1), x[:1]
    made_from = (made[:1], made.detach(), made.clone(), made * 2, view)
    return [one.is_inference() for one in made_from], (x + made).requires_grad
