"""The errors of function transforms, checkpoints and gradcheck, with their whole text."""

from __future__ import annotations

from collections.abc import Callable

import minitorch_autograd as t
from minitorch_autograd import Tensor, func, functional
from minitorch_autograd.checkpoint import CheckpointError, checkpoint, checkpoint_sequential
from minitorch_autograd.tools.gradcheck import GradcheckError


def x(*values: float) -> Tensor:
    return t.tensor(values or (1.0, 2.0), dtype=t.float64)


def square(x: Tensor) -> Tensor:
    return x * x


def back(function: Callable[..., Tensor], *arguments: Tensor) -> None:
    checkpoint(function, *arguments).sum().backward()


def alternately(*functions: Callable[[Tensor], Tensor]) -> Callable[[Tensor], Tensor]:
    """Return a function that does what each of `functions` does, one after the other."""
    calls = iter(functions)
    return lambda x: next(calls)(x)


def leaf() -> Tensor:
    return x().requires_grad_()


def written_since() -> None:
    h = leaf() * 2
    y = checkpoint(square, h)
    with t.no_grad():
        h.add_(1.0)
    y.sum().backward()


def strayed() -> None:
    other = leaf()
    back(alternately(square, lambda x: x * other), leaf())


def unsteady() -> None:
    factors = iter([2.0, 2.000001])

    def double(x: Tensor) -> Tensor:
        return t.record("Double", x.detach() * 2, (x, lambda g: g * next(factors)))

    t.gradcheck(double, x(1.0).requires_grad_())


TRANSFORMS: list[tuple[Callable[[], object], type[Exception], str]] = [
    # --- func
    (
        lambda: func.grad(square)(3.0),
        ValueError,
        "grad_and_value(f)(*args): Thing passed to transform API must be Tensor, got float",
    ),
    (
        lambda: func.grad(lambda x: x.sum(), has_aux=True)(x()),
        RuntimeError,
        "grad_and_value(f)(*args): output of function f should be a tuple: (output, aux) if "
        "has_aux is True, got Tensor",
    ),
    (
        lambda: func.vjp(lambda x: (), x()),
        RuntimeError,
        "vjp(f, *primals): Expected f to be a function that has non-empty output (got output = ())",
    ),
    (
        lambda: func.vjp(lambda x: 3.0, x()),
        RuntimeError,
        "vjp(f, *primals): expected f(*primals) to return only tensors, got unsupported type float",
    ),
    (
        lambda: func.vjp(lambda x: x > 0, x()),
        RuntimeError,
        "vjp(f, *primals): All outputs of f must be floating-point or complex Tensors, got "
        "Tensor with dtype torch.bool",
    ),
    (
        lambda: func.grad(square, ())(x()),
        RuntimeError,
        "argnums must be non-empty",
    ),
    (
        lambda: func.grad(square, ("x",))(x()),  # type: ignore[arg-type]  # wrong
        RuntimeError,
        "argnum must be int, got: str",
    ),
    (
        lambda: func.grad(square, 1)(x()),
        RuntimeError,
        "Got argnum=1, but only 1 positional inputs",
    ),
    (
        lambda: func.grad(square, (0, -1))(x()),
        RuntimeError,
        "argnums elements must be unique, got (0, -1)",
    ),
    (
        lambda: func.grad(lambda x: 3.0)(x()),
        RuntimeError,
        "grad_and_value(f)(*args): Expected f(*args) to return a Tensor, got float",
    ),
    (
        lambda: func.grad(square)(x()),
        RuntimeError,
        "grad_and_value(f)(*args): Expected f(*args) to return a scalar Tensor, got tensor "
        "with 1 dims. Maybe you wanted to use the vjp or jacrev APIs instead?",
    ),
    (
        lambda: func.vjp(square, x())[1]((x(), x())),
        RuntimeError,
        "Expected pytree structure of cotangents to be the same as pytree structure of "
        "outputs to the function. cotangents: tuple(*, *), primal output: *",
    ),
    (
        lambda: func.jvp(square, x(), x()),  # type: ignore[arg-type]  # wrong
        RuntimeError,
        "jvp(f, primals, tangents): Expected primals to be a tuple. E.g. it should be valid "
        "to call f(*primals). Got Tensor",
    ),
    (
        lambda: func.jvp(square, (x(),), (x(), x())),
        RuntimeError,
        "jvp(f, primals, tangents): Expected primals and tangents to have the same python "
        "structure. Got primals with structure tuple(*) and tangents with structure tuple(*, "
        "*)",
    ),
    (
        lambda: func.jvp(lambda x: t.ones(1), (x(),), (x(),), strict=True),
        RuntimeError,
        "jvp(f, primals, tangents, strict=True): The output of f is independent of the "
        "inputs. This is not allowed with strict=True.",
    ),
    (
        lambda: func.jacrev(square, chunk_size=0),
        ValueError,
        "jacrev: `chunk_size` should be greater than 0, got 0",
    ),
    # --- vmap
    (
        lambda: func.vmap(square, chunk_size=0),
        ValueError,
        "vmap: chunk_size should be None or greater than 0. (got 0)",
    ),
    (
        lambda: func.vmap(square, randomness="some"),
        RuntimeError,
        "Only allowed values for randomness are 'error', 'different', or 'same'. Got some",
    ),
    (
        lambda: func.vmap(square, [0])(x()),
        ValueError,
        "vmap(square, in_dims=[0], ...)(<inputs>): expected `in_dims` to be int or a "
        "(potentially nested) tuple matching the structure of inputs, got: list.",
    ),
    (
        lambda: func.vmap(square)(),
        ValueError,
        "vmap(square, in_dims=0, ...)(<inputs>): got no inputs. Maybe you forgot to add "
        "inputs, or you are trying to vmap over a function with no inputs. The latter is "
        "unsupported.",
    ),
    (
        lambda: func.vmap(square, (0, 0))(x()),
        ValueError,
        "vmap(square, in_dims=(0, 0), ...)(<inputs>): in_dims is not compatible with the "
        "structure of `inputs`. in_dims has structure tuple(*, *) but inputs has structure "
        "tuple(*).",
    ),
    (
        lambda: func.vmap(square, ("a",))(x()),
        ValueError,
        "vmap(square, in_dims=('a',), ...)(<inputs>): Got in_dim=a for an input but in_dim "
        "must be either an integer dimension or None.",
    ),
    (
        lambda: func.vmap(square)(3.0),
        ValueError,
        "vmap(square, in_dims=0, ...)(<inputs>): Got in_dim=0 for an input but the input is "
        "of type float. We cannot vmap over non-Tensor arguments, please use None as the "
        "respective in_dim",
    ),
    (
        lambda: func.vmap(square, 1)(x()),
        ValueError,
        "vmap(square, in_dims=1, ...)(<inputs>): Got in_dim=1 for some input, but that input "
        "is a Tensor of dimensionality 1 so expected in_dim to satisfy -1 <= in_dim < 1.",
    ),
    (
        lambda: func.vmap(square, None)(x()),
        ValueError,
        "vmap(square, in_dims=None, ...)(<inputs>): expected `in_dims` to be int or a "
        "(potentially nested) tuple matching the structure of inputs, got: NoneType.",
    ),
    (
        lambda: func.vmap(square, (None,))(x()),
        ValueError,
        "vmap(square, in_dims=(None,), ...)(<inputs>): Expected at least one Tensor to vmap over",
    ),
    (
        lambda: func.vmap(t.mul)(x(), x(1.0)),
        ValueError,
        "vmap(mul, in_dims=0, ...)(<inputs>): Expected all tensors to have the same size in "
        "the mapped dimension, got sizes [2, 1] for the mapped dimension",
    ),
    (
        lambda: func.vmap(lambda x: x + t.rand(2))(x()),
        RuntimeError,
        "vmap: called random operation while in randomness error mode. Please either use the "
        "'same' or 'different' randomness flags on vmap or perform the randomness operation "
        "out of vmap",
    ),
    (
        lambda: func.vmap(lambda x: 3.0)(x()),
        ValueError,
        "vmap(<lambda>, ...): `<lambda>` must only return Tensors, got type float.",
    ),
    (
        lambda: func.vmap(square, out_dims=(0, 0))(x()),
        ValueError,
        "vmap(square, ..., out_dims=(0, 0))(<inputs>): out_dims is not compatible with the "
        "structure of `outputs`. out_dims has structure tuple(*, *) but outputs has structure"
        " *.",
    ),
    (
        lambda: func.vmap(square, out_dims="a")(x()),
        ValueError,
        "vmap(square, ..., out_dims=a): `out_dims` must be an int, None or a python "
        "collection of ints representing where in the outputs the vmapped dimension should "
        "appear.",
    ),
    (
        lambda: func.vmap(square, out_dims=None)(x()),
        ValueError,
        "vmap(square, ...): `square` can not return a BatchedTensor when out_dim is None: it "
        "returned different values for different examples",
    ),
    # --- functional
    (
        lambda: functional.vjp(square, 3.0),  # type: ignore[arg-type]  # wrong
        TypeError,
        "The inputs given to vjp must be either a Tensor or a tuple of Tensors but the given "
        "inputs has type float.",
    ),
    (
        lambda: functional.vjp(t.mul, (x(), 3.0)),  # type: ignore[arg-type]  # wrong
        TypeError,
        "The inputs given to vjp must be either a Tensor or a tuple of Tensors but the value "
        "at index 1 has type float.",
    ),
    (
        lambda: functional.vjp(square, x()),
        RuntimeError,
        "The vector v can only be None if the user-provided function returns a single Tensor "
        "with a single element: the shapes are (2,)",
    ),
    (
        lambda: functional.vjp(square, x(), (x(), x())),
        RuntimeError,
        "The given v should contain a single Tensor.",
    ),
    (
        lambda: functional.vjp(lambda x: (x, x), x(), x()),
        RuntimeError,
        "v is a tuple of invalid length: should be 2 but got 1.",
    ),
    (
        lambda: functional.vjp(lambda x: (x,), x(), x(1.0)),
        RuntimeError,
        "Entry 0 in v has invalid size: should be (2,) but got (1,).",
    ),
    (
        lambda: functional.vjp(lambda x: t.ones(1), x(), strict=True),
        RuntimeError,
        "Output 0 of the user-provided function does not require gradients. The outputs must "
        "be computed in a differentiable manner from the input when running in strict mode.",
    ),
    (
        lambda: functional.vjp(lambda x, y: y.sum(), (x(), x()), strict=True),
        RuntimeError,
        "The output of the user-provided function is independent of input 0. This is not "
        "allowed in strict mode.",
    ),
    (
        lambda: functional.vjp(lambda x: x * 2, x(), x(), create_graph=True, strict=True),
        RuntimeError,
        "The jacobian of the user-provided function is independent of input 0. This is not "
        "allowed in strict mode when create_graph=True.",
    ),
    (
        lambda: functional.hvp(lambda x: (x.sum(),), x(), x()),
        RuntimeError,
        "The function given to hvp should return a single Tensor, got 1",
    ),
    (
        lambda: functional.hvp(square, x(), x()),
        RuntimeError,
        "The Tensor returned by the function given to hvp should contain a single element, "
        "got one of shape (2,)",
    ),
    (
        lambda: functional.hvp(lambda x: x.sum(), x(), x(), strict=True),
        RuntimeError,
        "While computing the hessian, found that the jacobian of the user-provided function "
        "with respect to input 0 is independent of the input. This is not allowed in strict "
        "mode. You should ensure that your function is twice differentiable and that the "
        "jacobian depends on the inputs (this would be violated by a linear function for "
        "example).",
    ),
    (
        lambda: functional.jacobian(square, x(), strategy="sideways"),
        AssertionError,
        'Expected strategy to be either "forward-mode" or "reverse-mode", got \'sideways\'. '
        'Hint: If your function has more outputs than inputs, "forward-mode" tends to be more'
        " performant.",
    ),
    (
        lambda: functional.jacobian(square, x(), strict=True, vectorize=True),
        RuntimeError,
        "torch.autograd.functional.jacobian: `strict=True` and `vectorized=True` are not "
        "supported together. Please either set `strict=False` or `vectorize=False`.",
    ),
    (
        lambda: functional.jacobian(square, x(), create_graph=True, strategy="forward-mode"),
        NotImplementedError,
        "torch.autograd.functional.jacobian: `create_graph=True` and "
        '`strategy="forward-mode"` are not supported together (yet). Please either set '
        '`create_graph=False` or `strategy="reverse-mode"`.',
    ),
    (
        lambda: functional.jacobian(square, x(), strategy="forward-mode"),
        NotImplementedError,
        "jacobian: a forward-mode Jacobian is only implemented for `vectorize=True`: pass it,"
        ' or use strategy="reverse-mode"',
    ),
    # --- checkpoint
    (
        lambda: checkpoint(square, x(), determinism_check="some"),
        ValueError,
        "determinism_check should be one of ('default', 'none') but got some",
    ),
    (
        lambda: checkpoint_sequential([square], 2, x()),
        ValueError,
        "checkpoint_sequential: 1 functions can't make 2 segments",
    ),
    (
        strayed,
        CheckpointError,
        "checkpoint: A different number of tensors was saved during the original forward and "
        "recomputation: the function used 1 tracked tensors first, and then 2, others among "
        "them",
    ),
    (
        lambda: back(alternately(square, lambda x: x.detach()), leaf()),
        CheckpointError,
        "checkpoint: A different number of tensors was saved during the original forward and "
        "recomputation: the outputs that are tracked are others",
    ),
    (
        lambda: back(alternately(square, lambda x: x.sum()), leaf()),
        CheckpointError,
        "checkpoint: Recomputed values for the following tensors have different metadata than"
        " during the forward pass: [((), torch.float64)], where they were [((2,), "
        "torch.float64)]",
    ),
    (
        written_since,
        RuntimeError,
        "CheckpointBackward: one of the variables needed for gradient computation has been "
        "modified by an inplace operation: a tensor of shape (2,); write to a clone of it "
        "instead",
    ),
    # --- gradcheck
    (
        lambda: t.gradcheck(t.exp, x()),
        ValueError,
        "gradcheck expects at least one input tensor to require gradient, but none of them "
        "have requires_grad=True.",
    ),
    (
        lambda: t.gradcheck(
            lambda x: t.record("Double", x.detach() * 2, (x, lambda g: g * 6)), leaf()
        ),
        GradcheckError,
        "Jacobian mismatch for output 0 with respect to input 0: for element (0,) of the "
        "output by element (0,) of the input, numerical 2, analytical 6; all are 3 times what"
        " they should be: a wrong factor?",
    ),
    (
        unsteady,
        GradcheckError,
        "Backward is not reentrant, i.e., running backward with same input and grad_output "
        "multiple times gives different values: they differ by 1e-06 for output 0 with "
        "respect to input 0, nondet_tol is 0",
    ),
]
