"""Calls that torch refuses: the type of the exception, and the phrase that both texts have."""

from __future__ import annotations

from typing import Any

from tests.cases.case import ErrorCase


def _tracked(t: Any, *shape: int) -> Any:
    return t.ones(*shape, requires_grad=True)


def _twice(t: Any) -> None:
    y = (_tracked(t, 2) ** 2).sum()
    y.backward()
    y.backward()


def _stale(t: Any) -> None:
    x = _tracked(t, 2)
    y = (x * x).sum()
    with t.no_grad():
        x.add_(1.0)
    y.backward()


def _overwritten_output(t: Any) -> None:
    y = _tracked(t, 2).exp()
    y.add_(1.0)
    y.sum().backward()


ERRORS = [
    ErrorCase("add", lambda t: t.ones(3) + t.ones(4), RuntimeError, "must match the size of"),
    ErrorCase(
        "add",
        lambda t: t.ones(2, 3) + t.ones(2, 4),
        RuntimeError,
        "The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension 1",
    ),
    ErrorCase(
        "add_", lambda t: t.ones(3).add_(t.ones(2, 3)), RuntimeError, "doesn't match the broadcast"
    ),
    ErrorCase(
        "add_", lambda t: t.tensor([1]).add_(1.5), RuntimeError, "can't be cast to the desired"
    ),
    ErrorCase(
        "sub", lambda t: t.ones(1) - t.tensor([True]), RuntimeError, "with a bool tensor is not"
    ),
    ErrorCase(
        "sub", lambda t: t.tensor([True]) - t.tensor([True]), RuntimeError, "with two bool tensors"
    ),
    ErrorCase(
        "neg", lambda t: -t.tensor([True]), RuntimeError, "on a bool tensor is not supported"
    ),
    ErrorCase("pow", lambda t: t.tensor([2]) ** -1, RuntimeError, "negative integer powers"),
    ErrorCase("matmul", lambda t: t.ones(2, 3) @ t.ones(4, 5), RuntimeError, "(2x3 and 4x5)"),
    ErrorCase("matmul", lambda t: t.ones(()) @ t.ones(2), RuntimeError, "at least 1D"),
    ErrorCase("sum", lambda t: t.ones(2).sum(2), IndexError, "Dimension out of range"),
    ErrorCase("sum", lambda t: t.ones(2, 2).sum((0, 0)), RuntimeError, "appears multiple times"),
    ErrorCase("mean", lambda t: t.tensor([1, 2]).mean(), RuntimeError, "could not infer output"),
    ErrorCase("amax", lambda t: t.ones(0).amax(0), IndexError, "to have non-zero size"),
    ErrorCase("argmax", lambda t: t.ones(0, 2).argmax(0), IndexError, "to have non-zero size"),
    ErrorCase("reshape", lambda t: t.ones(6).reshape(4), RuntimeError, "is invalid for input of"),
    ErrorCase(
        "reshape", lambda t: t.ones(6).reshape(4, -1), RuntimeError, "is invalid for input of"
    ),
    ErrorCase(
        "reshape",
        lambda t: t.ones(6).reshape(-1, -1),
        RuntimeError,
        "one dimension can be inferred",
    ),
    ErrorCase("view", lambda t: t.ones(2, 3).t().view(6), RuntimeError, "view size is not"),
    ErrorCase(
        "expand", lambda t: t.ones(2).expand(3), RuntimeError, "must match the existing size"
    ),
    ErrorCase("expand", lambda t: t.ones(2, 2).expand(2), RuntimeError, "number of sizes provided"),
    ErrorCase("transpose", lambda t: t.ones(2).transpose(0, 1), IndexError, "out of range"),
    ErrorCase("t", lambda t: t.ones(1, 2, 3).t(), RuntimeError, "expects a tensor with <= 2"),
    ErrorCase("cat", lambda t: t.cat([t.ones(2, 3), t.ones(2, 2)]), RuntimeError, "must match"),
    ErrorCase("stack", lambda t: t.stack([t.ones(2), t.ones(3)]), RuntimeError, "equal size"),
    ErrorCase("getitem", lambda t: t.ones(2)[2], IndexError, "out of bounds"),
    ErrorCase("getitem", lambda t: t.ones(2)[0, 0], IndexError, "too many indices"),
    ErrorCase("getitem", lambda t: t.ones(2)[t.tensor([True])], IndexError, "does not match the"),
    ErrorCase("getitem", lambda t: t.ones(2)[::-1], ValueError, "step must be"),
    ErrorCase(
        "gather",
        lambda t: t.ones(2, 2).gather(0, t.tensor([0])),
        RuntimeError,
        "same number of dimensions as input tensor",
    ),
    ErrorCase(
        "gather",
        lambda t: t.ones(2).gather(0, t.tensor([2])),
        RuntimeError,
        "index 2 is out of bounds for dimension 0 with size 2",
    ),
    ErrorCase(
        "gather", lambda t: t.ones(2).gather(0, t.tensor([-1])), RuntimeError, "is out of bounds"
    ),
    ErrorCase(
        "cross_entropy",
        lambda t: t.nn.functional.cross_entropy(t.ones(1, 2), t.tensor([2])),
        IndexError,
        "is out of bounds",
    ),
    ErrorCase(
        "add_", lambda t: t.zeros(1).expand(3).add_(1.0), RuntimeError, "a single memory location"
    ),
    ErrorCase("add", lambda t: t.ones(2) + "2", TypeError, ""),
    ErrorCase("add", lambda t: t.ones(2) + None, TypeError, ""),
    ErrorCase(
        "tensor", lambda t: t.tensor([[1], [1, 2]]), ValueError, "expected sequence of length"
    ),
    ErrorCase("Tensor", lambda t: t.Tensor(2.5), TypeError, "must be a sequence (got float)"),
    ErrorCase("full", lambda t: t.full((2, -1), 1.0), RuntimeError, "with negative dimension -1"),
    ErrorCase("rand", lambda t: t.rand(-1), RuntimeError, "with negative dimension -1"),
    ErrorCase("randperm", lambda t: t.randperm(-1), RuntimeError, "with negative dimension -1"),
    ErrorCase("getitem", lambda t: t.ones(2)[1.0], IndexError, "are valid indices (got float)"),
    ErrorCase("float", lambda t: float(t.ones(2)), ValueError, "only one element tensors can be"),
    ErrorCase("item", lambda t: t.ones(2).item(), RuntimeError, "cannot be converted to Scalar"),
    ErrorCase("len", lambda t: len(t.ones(())), TypeError, "len() of a 0-d tensor"),
    ErrorCase("iter", lambda t: list(t.ones(())), TypeError, "iteration over a 0-d tensor"),
    ErrorCase(
        "bool", lambda t: bool(t.ones(2)), RuntimeError, "value of Tensor with more than one"
    ),
    ErrorCase("arange", lambda t: t.arange(0, 5, -1), RuntimeError, "inconsistent with step sign"),
    ErrorCase("arange", lambda t: t.arange(0, 5, 0), RuntimeError, "step must be nonzero"),
    ErrorCase(
        "numpy", lambda t: _tracked(t, 2).numpy(), RuntimeError, "Use tensor.detach().numpy()"
    ),
    ErrorCase(
        "requires_grad", lambda t: t.tensor([1], requires_grad=True), RuntimeError, "floating point"
    ),
    ErrorCase(
        "requires_grad",
        lambda t: (_tracked(t, 1) * 2).requires_grad_(False),
        RuntimeError,
        "you can only change requires_grad flags of leaf variables",
    ),
    ErrorCase("backward", lambda t: t.ones(1).backward(), RuntimeError, "does not require grad"),
    ErrorCase(
        "backward",
        lambda t: (_tracked(t, 2) * 2).backward(),
        RuntimeError,
        "only for scalar outputs",
    ),
    ErrorCase(
        "backward", lambda t: _tracked(t, 2).backward(t.ones(3)), RuntimeError, "Mismatch in shape"
    ),
    ErrorCase(
        "backward", _twice, RuntimeError, "Trying to backward through the graph a second time"
    ),
    ErrorCase("backward", _stale, RuntimeError, "has been modified by an inplace operation"),
    ErrorCase("backward", _overwritten_output, RuntimeError, "modified by an inplace operation"),
    ErrorCase(
        "add_", lambda t: _tracked(t, 2).add_(1.0), RuntimeError, "a leaf Variable that requires"
    ),
    ErrorCase(
        "autograd.grad",
        lambda t: t.autograd.grad(_tracked(t, 1).sum(), []),
        RuntimeError,
        "argument to `grad()` cannot be empty",
    ),
    ErrorCase(
        "autograd.grad",
        lambda t: t.autograd.grad([_tracked(t, 1).sum()] * 2, _tracked(t, 1), t.ones(())),
        RuntimeError,
        "got 2 tensors and 1 gradients",
    ),
    ErrorCase(
        "autograd.grad",
        lambda t: t.autograd.grad(_tracked(t, 1).sum(), _tracked(t, 1)),
        RuntimeError,
        "appears to not have been used in the graph",
    ),
    ErrorCase(
        "mul",
        lambda t: t.mul(_tracked(t, 2), 2.0, out=t.ones(2)),
        RuntimeError,
        "don't support automatic differentiation",
    ),
    ErrorCase(
        "grad",
        lambda t: setattr(_tracked(t, 1), "grad", 1.0),
        TypeError,
        "assigned grad expected to be a Tensor or None but got grad of type float",
    ),
    ErrorCase(
        "register_buffer",
        lambda t: t.nn.Module().register_buffer("a", 1.0),
        TypeError,
        "cannot assign 'float' object to buffer 'a' (torch Tensor or None required)",
    ),
    ErrorCase(
        "register_parameter",
        lambda t: t.nn.Module().register_parameter("a", t.ones(1)),
        TypeError,
        "object to parameter 'a' (torch.nn.Parameter or None required)",
    ),
    ErrorCase(
        "add_module",
        lambda t: t.nn.Module().add_module("a", 1.0),
        TypeError,
        "float is not a Module subclass",
    ),
    ErrorCase("Dropout", lambda t: t.nn.Dropout(1.5), ValueError, "has to be between 0 and 1"),
    ErrorCase(
        "Linear", lambda t: t.nn.Linear(2, 3)(t.ones(4, 5)), RuntimeError, "cannot be multiplied"
    ),
    ErrorCase(
        "load_state_dict",
        lambda t: t.nn.Linear(2, 3).load_state_dict({"weight": t.ones(3, 2)}),
        RuntimeError,
        'Missing key(s) in state_dict: "bias"',
    ),
    ErrorCase(
        "load_state_dict",
        lambda t: t.nn.Linear(2, 3).load_state_dict({"weight": t.ones(2), "bias": t.ones(3)}),
        RuntimeError,
        "size mismatch for weight: copying a param with shape torch.Size([2]) from checkpoint",
    ),
    ErrorCase(
        "cross_entropy",
        lambda t: t.nn.functional.cross_entropy(t.ones(2, 3), t.tensor([0])),
        ValueError,
        "to match target batch_size",
    ),
    ErrorCase("SGD", lambda t: t.optim.SGD([], lr=0.1), ValueError, "empty parameter list"),
    ErrorCase(
        "Adam",
        lambda t: t.optim.Adam([_tracked(t, 1)], lr=-1.0),
        ValueError,
        "Invalid learning rate",
    ),
]
