"""Exporting: names, dimensions of any size, what is refused, and what is left as it was."""

from __future__ import annotations

import functools
import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import onnx
import pytest
from examples import gpt, lenet, names, residual, reverse, vae
from tests.front.onnx_running import assert_same, export, run, shapes

import minitorch as torch
import minitorch.onnx
from minitorch import Tensor, nn


def kinds(proto: onnx.ModelProto) -> list[str]:
    return [node.op_type for node in proto.graph.node]


# --- What is written


def test_a_network_is_its_layers_and_has_its_parameters_by_their_names() -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Dropout(), nn.Linear(4, 2))
    proto = export(model, torch.randn(5, 3))
    assert kinds(proto) == ["Gemm", "Relu", "Gemm"]
    held = {one.name: onnx.numpy_helper.to_array(one) for one in proto.graph.initializer}
    assert set(held) == set(model.state_dict())
    for name, value in model.state_dict().items():
        assert held[name].tolist() == value.tolist()
    assert shapes(proto.graph.input) == [[5, 3]]
    assert shapes(proto.graph.output) == [[5, 2]]


def test_names_are_those_of_the_parameters_or_told() -> None:
    def function(x: Tensor, pair: tuple[Tensor, Tensor], *more: Tensor) -> tuple[Tensor, Tensor]:
        return x + pair[0], pair[1] * more[0]

    args = torch.ones(2), (torch.ones(2), torch.ones(2)), torch.ones(2)
    proto = export(function, args)
    assert [one.name for one in proto.graph.input] == ["x", "pair_0", "pair_1", "input_2"]
    assert [one.name for one in proto.graph.output] == ["output_0", "output_1"]
    told = export(function, args, input_names=["a", "b", "c", "d"], output_names=["e", "f"])
    assert [one.name for one in told.graph.input] == ["a", "b", "c", "d"]
    assert [one.name for one in told.graph.output] == ["e", "f"]


def test_a_tensor_that_is_given_twice_is_two_inputs() -> None:
    x = torch.ones(2)
    proto = export(lambda x, y: x - y, (x, x))
    assert run(proto, x * 3, x)[0].tolist() == [2.0, 2.0]


def test_other_arguments_are_kept_as_they_are() -> None:
    proto = export(lambda x, factor: x * factor, (torch.ones(2), 3.0))
    assert run(proto, torch.ones(2))[0].tolist() == [3.0, 3.0]


def test_tensors_may_stand_in_dicts_and_tuples() -> None:
    model = nn.LSTM(3, 4)
    state = torch.randn(1, 2, 4), torch.randn(1, 2, 4)
    x = torch.randn(5, 2, 3)
    proto = export(model, (x, state))
    assert [one.name for one in proto.graph.input] == ["input", "hx_0", "hx_1"]
    assert_same(proto, lambda x, h, c: model(x, (h, c)), x, *state)
    proto = export(lambda told: told["a"] - told["b"], ({"a": x, "b": x},))
    assert run(proto, x, x * 0)[0].tolist() == x.tolist()


@pytest.mark.parametrize("dtype", [torch.float64, torch.float16])
def test_other_element_types_stay(dtype: torch.dtype) -> None:
    torch.manual_seed(0)
    model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2)).to(dtype)
    x = torch.randn(5, 3, dtype=dtype)
    assert_same(export(model, x), model, x)


def test_what_is_not_needed_is_left_out() -> None:
    def function(x: Tensor) -> Tensor:
        x.exp().sum()
        return x.max(1)[0]

    assert kinds(export(function, torch.randn(2, 3))) == ["ReduceMax"]


def test_equal_constants_are_written_once() -> None:
    proto = export(lambda x: (x + 2) * 2 - 2, torch.randn(2))
    assert len(proto.graph.initializer) == 1


@pytest.mark.parametrize("version", [20, 21, 22, 23])
def test_the_version_is_that_of_the_operators(version: int) -> None:
    model = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.GELU(), nn.Flatten()).eval()
    x = torch.randn(1, 1, 4, 4)
    proto = export(model, x, opset_version=version)
    assert proto.opset_import[0].version == version
    assert_same(proto, model, x)


def test_an_rnn_says_its_activation() -> None:
    """The evaluator knows no relu here, so this is not run."""
    proto = export(nn.RNN(3, 4, nonlinearity="relu", bidirectional=True), torch.randn(5, 2, 3))
    (node,) = (one for one in proto.graph.node if one.op_type == "RNN")
    found = {one.name: onnx.helper.get_attribute_value(one) for one in node.attribute}
    assert found["activations"] == [b"Relu", b"Relu"]


def test_a_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "model.onnx"
    minitorch.onnx.export(torch.exp, torch.ones(2), path)
    before = path.read_bytes()
    assert kinds(onnx.load_from_string(before)) == ["Exp"]

    def fail(self: Path, target: Path) -> Path:
        raise OSError("no")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no"):
        minitorch.onnx.export(torch.log, torch.ones(2), str(path))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


# --- The models of the examples

# Each with its inputs, and which of their dimensions may have any size.
EXAMPLES: dict[str, tuple[Callable[[], Any], list[tuple[int, ...]], dict[int, str]]] = {
    "lenet": (lenet.LeNet, [(2, 1, 28, 28)], {0: "batch"}),
    "residual": (lambda: residual.ResidualNetwork(4), [(2, 1, 28, 28)], {0: "batch"}),
    "gpt": (lambda: gpt.GPT(7, width=16, heads=2), [(2, 3)], {0: "batch", 1: "time"}),
    "names": (lambda: names.Namer("GRU", 8), [(2, 3)], {0: "batch", 1: "time"}),
    "reverse": (lambda: reverse.Reverser(16), [(2, 3), (2, 4)], {0: "batch"}),
    "vae, in": (lambda: vae.VAE().encoder, [(2, 64)], {0: "batch"}),
    "vae, out": (lambda: vae.VAE().decoder, [(2, 2)], {0: "batch"}),
}
LETTERS = ("gpt", "names", "reverse")


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_makes_the_same_at_any_size(name: str) -> None:
    def inputs(larger: int) -> tuple[Tensor, ...]:
        grown = [[n + larger * (d in axes) for d, n in enumerate(size)] for size in sizes]
        return tuple(
            torch.randint(0, 5, size) if name in LETTERS else torch.rand(size) for size in grown
        )

    torch.manual_seed(0)
    make, sizes, axes = EXAMPLES[name]
    model = make().eval()
    given = inputs(0)
    parameters = [one.name for one in export(model, given).graph.input]
    proto = export(model, given, dynamic_axes=dict.fromkeys(parameters, axes))
    for shape in shapes([*proto.graph.input, *proto.graph.output]):
        assert [shape[axis] for axis in axes] == list(axes.values())
    for larger in (0, 1, 3, -1):
        assert_same(proto, model, *inputs(larger))


def test_a_network_that_draws_is_refused() -> None:
    with pytest.raises(
        NotImplementedError, match=r"^export: randn_like \(which draws anew in each run\) has no "
    ):
        export(vae.VAE(), torch.rand(2, 64))


# --- Arguments


ARGUMENTS: dict[str, tuple[dict[str, Any], str]] = {
    "an old version": ({"opset_version": 12}, "opset_version must be from 20 to 23, got 12"),
    "a new version": ({"opset_version": 99}, "opset_version must be from 20 to 23, got 99"),
    "too many names": ({"input_names": ["a", "b"]}, "2 input_names for 1 tensors in args"),
    "too few names": ({"output_names": []}, "0 output_names for 1 tensors in the result"),
    "one name twice": (
        {"input_names": ["a"], "output_names": ["a"]},
        "two inputs, outputs or parameters have the name 'a'",
    ),
    "no such input": (
        {"dynamic_axes": {"y": [0]}},
        "dynamic_axes: there is no input or output 'y': the inputs are ['input'], the outputs "
        "['output']",
    ),
    "no such axis": (
        {"dynamic_axes": {"input": {2: "n"}}},
        "dynamic_axes: 'input' has no axis 2: it has 2",
    ),
}


@pytest.mark.parametrize("name", ARGUMENTS)
def test_arguments_that_do_not_fit_are_refused(name: str) -> None:
    options, text = ARGUMENTS[name]
    with pytest.raises(ValueError) as caught:  # noqa: PT011  (the text is compared)
        export(nn.ReLU(), torch.ones(2, 3), **options)
    assert str(caught.value) == f"export: {text}"


def test_a_function_that_tells_no_parameters_has_numbered_inputs() -> None:
    x = torch.ones(2, 3)
    proto = export(getattr, (x, "T"))  # Python knows no signature of it
    assert [one.name for one in proto.graph.input] == ["input_0"]
    assert run(proto, x)[0].shape == (3, 2)


def test_a_model_without_results_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^export: the model returns no tensors, but NoneType$"):
        export(lambda x: None, torch.ones(2))


# --- What is left as it was


@pytest.mark.parametrize("works", [True, False])
def test_modes_and_the_profile_function_are_those_of_before(works: bool) -> None:
    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.first, self.second = nn.Dropout(), nn.Dropout().eval()

        def forward(self, x: Tensor) -> Tensor:
            assert not self.training
            return self.second(self.first(x)) if works else x.cumprod(0)

    seen = []
    model, weight = Model(), torch.ones(2, requires_grad=True)
    before = sys.getprofile()
    watch = functools.partial(lambda *event: seen.append(event))
    sys.setprofile(watch)
    try:
        if works:
            minitorch.onnx.export(model, weight, io.BytesIO())
        else:
            with pytest.raises(NotImplementedError):
                minitorch.onnx.export(model, weight, io.BytesIO())
        assert sys.getprofile() is watch
    finally:
        sys.setprofile(before)
    assert seen
    assert [one.training for one in model.modules()] == [True, True, False]
    assert torch.is_grad_enabled()


def python(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)


def test_minitorch_does_without_onnx() -> None:
    run = python("import sys, minitorch; print('onnx' in sys.modules)")
    assert run.stdout == "False\n"


def test_without_onnx_its_package_is_named() -> None:
    run = python("import sys; sys.modules['onnx'] = None; import minitorch.onnx")
    assert run.stderr.endswith(
        "ImportError: minitorch.onnx needs the package onnx: pip install onnx\n"
    )
