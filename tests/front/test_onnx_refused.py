"""No value of the one run gets into the graph unnoticed; and errors leave all as it was."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import pytest
from tests.front.onnx_running import assert_same, export

import minitorch as torch
import minitorch.onnx
from minitorch import Tensor, nn
from minitorch.nn import functional as F

HINT = ": write the model without it, or export up to where it is called"
READ = (
    " reads the value of a tensor that depends on an input, which has no ONNX translation: other "
    "inputs would find the value of this run; write the model without it, with where() for a choice"
)
INDEX = torch.tensor([[0, 1, 0]])
SHARED = "a write into memory that several tensors share"


def _written_somewhere(x: Tensor) -> Tensor:
    y = torch.zeros(2, 3)
    y[x.argmax(0)] = 1.0
    return y


def _written_view(x: Tensor) -> Tensor:
    y = x * 2
    y.view(-1).add_(1)
    return y


def _written_base(x: Tensor) -> Tensor:
    y = x * 2
    row = y[0]
    y.relu_()
    return row


ELSEWHERE = torch.zeros(2, 3)
ROW = ELSEWHERE[0]


def _written_elsewhere(x: Tensor) -> Tensor:
    ELSEWHERE.add_(x)
    return x + ROW


def _assigned(x: Tensor) -> Tensor:
    y = torch.zeros(2, 3)
    y.data = x
    return y


def _of_constants(x: Tensor) -> Tensor:
    y = torch.zeros(2, 3)
    y.cumprod(0).index_add(0, torch.tensor([0]), x[:1])
    return y.index_add(0, torch.tensor([0]), x[:1])


UNTRANSLATED: dict[str, tuple[Callable[..., Any], str]] = {
    "as a result": (lambda x: x.cumprod(0), "cumprod"),
    "as an operand": (lambda x: x.cumprod(0) + 1, "cumprod"),
    "as one of several": (lambda x: torch.cat([x, x.cummax(0).values]), "cummax"),
    "within a function": (lambda x: torch.trace(x), "diag"),
    "within a loss": (lambda x: F.kl_div(x, x), "xlogy"),
    "an old constructor": (lambda x: torch.Tensor(x), "__init__"),
    "a write": (lambda x: (x * 1).scatter_reduce_(0, INDEX, x, "prod"), "scatter_reduce_"),
    "a write into a constant": (
        lambda x: torch.zeros(2, 3).scatter_reduce_(0, INDEX, x, "sum"),
        "scatter_reduce_",
    ),
    "a write by a view": (_written_view, SHARED),
    "a write under a view": (_written_base, SHARED),
    "an assignment": (_assigned, "data"),
    "a write under a view from elsewhere": (_written_elsewhere, SHARED),
    "a copy": (lambda x: copy.deepcopy(x) + 1, "__deepcopy__"),
    "among constants": (_of_constants, "index_add"),
    "a drawing": (lambda x: x + torch.rand(2, 3), "rand (which draws anew in each run)"),
    "a drawing in place": (
        lambda x: x + torch.zeros(3).normal_(),
        "normal_ (which draws anew in each run)",
    ),
}


@pytest.mark.parametrize("name", UNTRANSLATED)
def test_what_depends_on_a_function_without_translation_is_refused(name: str) -> None:
    function, culprit = UNTRANSLATED[name]
    with pytest.raises(NotImplementedError) as caught:
        export(function, torch.randn(2, 3))
    assert str(caught.value) == f"export: {culprit} has no ONNX translation{HINT}"


READING: dict[str, tuple[Callable[..., Any], str]] = {
    "item": (lambda x: x * x.sum().item(), "item"),
    "tolist": (lambda x: torch.tensor(x.tolist()), "tolist"),
    "numpy": (lambda x: torch.from_numpy(x.numpy() * 2), "numpy"),
    "a choice": (lambda x: x if x.sum() > 0 else -x, "__bool__"),
    "float": (lambda x: x * float(x[0, 0]), "__float__"),
    "a bound": (lambda x: x[: x.argmax()], "__getitem__ (its index)"),
    "a size": (lambda x: x.narrow(1, 0, x.argmax()), "narrow (its length)"),
    "a slope": (lambda x: F.leaky_relu(x, x[0, 0]), "leaky_relu (its negative_slope)"),
    "of numbers of an input": (lambda x: torch.tensor([x[0, 0], 1.0]) * 2, "tensor"),
    "a new tensor": (lambda x: torch.zeros(2).new_tensor(x) + 1, "new_tensor"),
    "a filling": (lambda x: torch.full((2,), x[0, 0]), "full"),
    "a shape": (lambda x: x * x.nonzero().shape[0], "nonzero"),
    "lengths": (
        lambda x: nn.utils.rnn.unpad_sequence(x, x.argmax(0)),
        "bincount",
    ),
    "as long": (lambda x: x * len(torch.arange(x.argmax())), "arange"),
    "an index": (lambda x: [x, -x][x.argmax()], "__index__"),
    "a place": (_written_somewhere, "__setitem__ (its index)"),
    "in": (lambda x: x * (1 in x), "__contains__"),
    "equal": (lambda x: x * torch.equal(x, x), "equal"),
    "of what has no translation": (lambda x: x * x.cumprod(0).sum(0)[0].item(), "item"),
    "within a loss": (lambda x: F.binary_cross_entropy(x, x), "binary_cross_entropy"),
}


@pytest.mark.parametrize("name", READING)
def test_reading_a_value_is_refused(name: str) -> None:
    function, reader = READING[name]
    with pytest.raises(NotImplementedError) as caught:
        export(function, torch.rand(2, 3))
    if name != "of what has no translation":
        assert str(caught.value) == f"export: {reader}{READ}"


def test_what_was_refused_stays_so_though_the_model_goes_on() -> None:
    def function(x: Tensor) -> Tensor:
        try:
            return x * x.sum().item()
        except NotImplementedError:
            return x

    with pytest.raises(NotImplementedError, match=r"^export: item reads"):
        export(function, torch.ones(2))


OPTIONS: dict[str, tuple[Callable[..., Any], str]] = {
    "an option": (
        lambda x: F.max_pool1d(x, 2, return_indices=True),
        "max_pool1d with return_indices=True has no ONNX translation",
    ),
    "a divisor": (
        lambda x: F.avg_pool2d(x[None], 2, divisor_override=3),
        "avg_pool2d with divisor_override=3 has no ONNX translation",
    ),
    "a mask": (
        lambda x: x[x > 0],
        "indexing with a mask has no ONNX translation: the size of the result depends on the "
        "values; choose by where() instead",
    ),
    "where alone": (
        lambda x: torch.where(x > 0),
        "where of a condition alone has no ONNX translation: how many places it finds depends on "
        "the values",
    ),
    "dropout": (
        F.dropout,
        "dropout in training has no ONNX translation: pass training=self.training, which is False "
        "while a model is exported",
    ),
    "batch_norm": (
        lambda x: F.batch_norm(x, None, None, training=True),
        "batch_norm by the batch's own mean and variance has no ONNX translation: it needs running "
        "ones (track_running_stats=True)",
    ),
    "instance_norm": (
        lambda x: F.instance_norm(x[None], torch.zeros(2), torch.ones(2)),
        "instance_norm that updates running_mean and running_var has no ONNX translation: leave "
        "them out, or take them with use_input_stats=False",
    ),
    "no dimensions": (
        lambda x: x.sum().argmax(),
        "argmax of a tensor without dimensions has no ONNX translation: unsqueeze(0) it first",
    ),
    "an ellipsis": (
        lambda x: torch.einsum("...i,...i->...", x, x[0]),
        "einsum with an ellipsis that stands for several numbers of dimensions has no ONNX "
        "translation: give each a letter",
    ),
    "places out of order": (
        lambda x: x.tensor_split([2, 1], 1),
        "tensor_split at places that are not in order has no ONNX translation: take slices",
    ),
    "division": (
        lambda x: x.long() // 2,
        "floor_divide of integers has no ONNX translation: divide floats",
    ),
    "truncated division": (
        lambda x: torch.div(x.long(), 2, rounding_mode="trunc"),
        "div with rounding_mode='trunc' of integers has no ONNX translation: divide floats",
    ),
    "einsum": (
        lambda x: torch.einsum(x, [0, 1], [1, 0]),
        "einsum with lists of numbers has no ONNX translation: write the equation as a string",
    ),
    "norm": (lambda x: x.norm(0), "norm with p=0 has no ONNX translation"),
    "a list of tensors": (
        lambda x: x[:, [x.argmax(1)[0], 0]],
        "indexing with a list of tensors has no ONNX translation: stack() them",
    ),
    "narrow": (
        lambda x: x.narrow(0, torch.tensor(0), 1),
        "narrow with a tensor as start has no ONNX translation: take index_select",
    ),
    "one_hot": (
        lambda x: F.one_hot(x.argmax(1)),
        "one_hot without num_classes has no ONNX translation: the size of the result depends on "
        "the values",
    ),
    "repeats": (
        lambda x: x.repeat_interleave(torch.tensor([1, 2]), 0),
        "repeat_interleave with a tensor of repeats has no ONNX translation: the size of the "
        "result depends on the values",
    ),
    "places": (
        lambda x: x.tensor_split(torch.tensor([1]), 0),
        "tensor_split at the places in a tensor has no ONNX translation: give a list",
    ),
    "attention that drops": (
        lambda x: F.scaled_dot_product_attention(x, x, x, dropout_p=0.5),
        "scaled_dot_product_attention with dropout_p > 0, which drops in evaluation, too, has no "
        "ONNX translation",
    ),
    "projections": (
        nn.LSTM(3, 4, proj_size=2),
        "LSTM with projections (proj_size) has no ONNX translation",
    ),
    "packed": (
        lambda x: nn.GRU(3, 4).forward(nn.utils.rnn.pack_sequence([x])),
        "GRU with packed sequences has no ONNX translation",
    ),
}


@pytest.mark.parametrize("name", OPTIONS)
def test_what_has_no_translation_in_this_way_is_refused(name: str) -> None:
    model, text = OPTIONS[name]
    with pytest.raises(NotImplementedError) as caught:
        export(model, torch.randn(2, 3))
    assert str(caught.value) == f"export: {text}"


# --- What may stand in a graph


def _changing_constant(x: Tensor) -> tuple[Tensor, ...]:
    y = torch.zeros(3)
    before = x + y
    y[0] = 1
    between = x + y
    y.add_(1)
    return before, between, x + y


CONSTANTS: dict[str, Callable[..., Any]] = {
    "of a size": lambda x: x / x.shape[1],
    "like an input": lambda x: x * torch.full_like(x, 2.0) + x.new_ones(3),
    "by functions without translation": lambda x: x @ (torch.eye(3) * 2).inverse().cumprod(0),
    "unused": lambda x: (x.cumprod(0), x + 1)[1],
    "masks": lambda x: x.masked_fill(torch.ones(2, 3).tril() == 0, 0.0),
    "read": lambda x: x * torch.arange(3).sum().item(),
    "written": _changing_constant,
    "by the old constructor": lambda x: x * torch.Tensor([1.0, 2.0, 3.0]),
    "of elsewhere": lambda x: x * ROW.cumprod(0) + ELSEWHERE.cumprod(0),
    "printed": lambda x: (str(x), x + 1)[1],
}


class Calling(nn.Module):
    """A module whose code, and not the library, calls a function."""

    def __init__(self, function: Callable[..., Any]) -> None:
        super().__init__()
        self.function = function

    def forward(self, x: Tensor) -> Any:
        return self.function(x)


@pytest.mark.parametrize("name", CONSTANTS)
def test_what_depends_on_no_input_is_a_constant(name: str) -> None:
    function, x = CONSTANTS[name], torch.randn(2, 3)
    proto = export(Calling(function), x)
    assert_same(proto, function, x)
    assert_same(proto, function, x * 2 - 1)


class Counter(nn.Module):
    count: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("count", torch.zeros(()))

    def forward(self, x: Tensor) -> Tensor:
        self.count += 1
        return x * self.count


def test_writing_into_a_buffer_is_refused() -> None:
    with pytest.raises(NotImplementedError) as caught:
        export(Counter(), torch.ones(2))
    assert str(caught.value) == (
        "export: the model writes into 'count', a parameter or buffer, and a graph keeps nothing "
        "from run to run: take it as an input, and return its new value"
    )


class Halving(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(3, 3)

    def forward(self, x: Tensor) -> Tensor:
        self.linear.weight.view(-1).mul_(0.5)
        return self.linear(x)


def test_writing_into_a_parameter_by_a_view_is_refused() -> None:
    with pytest.raises(NotImplementedError, match=r"writes into 'linear\.weight'"):
        export(Halving(), torch.ones(2, 3))
