"""State dicts in files: what is saved comes back, and nothing is left half written."""

from __future__ import annotations

import io
import math
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
import safetensors.numpy

import minitorch as torch
from minitorch._saving.elements import FORMATS

CASES = {
    "float32": torch.tensor([[0.1, -2.5], [1e-40, 3e38]]),
    "float64": torch.tensor([0.1, 1e300], dtype=torch.float64),
    "int64": torch.tensor([2**62, -(2**63)]),
    "float16": torch.tensor([0.1, 65504.0], dtype=torch.float16),
    "int32": torch.tensor([2**31 - 1], dtype=torch.int32),
    "int16": torch.tensor([-(2**15)], dtype=torch.int16),
    "int8": torch.tensor([-128, 127], dtype=torch.int8),
    "uint8": torch.tensor([255], dtype=torch.uint8),
    "bool": torch.tensor([[True], [False]]),
    "no dimensions": torch.tensor(2.5),
    "no elements": torch.zeros(2, 0, 3),
    "not contiguous": torch.arange(6).reshape(2, 3).t(),
    "infinities": torch.tensor([math.inf, -math.inf]),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "weights.safetensors"


@pytest.mark.parametrize("value", CASES.values(), ids=CASES.keys())
def test_a_tensor_comes_back(value: torch.Tensor, path: Path) -> None:
    torch.save({"layer.weight": value}, path)
    loaded = torch.load(path)
    assert list(loaded) == ["layer.weight"]
    assert loaded["layer.weight"].dtype is value.dtype
    assert loaded["layer.weight"].shape == value.shape
    assert loaded["layer.weight"].tolist() == value.tolist()


def test_nan_comes_back(path: Path) -> None:
    torch.save({"x": torch.tensor([math.nan, 1.0])}, path)
    assert repr(torch.load(path)["x"]) == "tensor([nan, 1.])"


def test_many_tensors_in_one_file(path: Path) -> None:
    torch.save(CASES, str(path))
    loaded = torch.load(str(path))
    assert list(loaded) == sorted(CASES)
    assert {name: value.tolist() for name, value in loaded.items()} == {
        name: value.tolist() for name, value in CASES.items()
    }


def test_an_empty_state_dict(path: Path) -> None:
    torch.save(torch.nn.ReLU().state_dict(), path)
    assert torch.load(path) == {}


def test_a_model_goes_on_where_it_was(path: Path) -> None:
    model, fresh = torch.nn.Linear(3, 2), torch.nn.Linear(3, 2)
    torch.save(model.state_dict(), path)
    fresh.load_state_dict(torch.load(path))
    x = torch.rand(4, 3)
    assert fresh(x).tolist() == model(x).tolist()


def test_parameters_can_be_saved_and_what_is_loaded_tracks_nothing(path: Path) -> None:
    torch.save(dict(torch.nn.Linear(3, 2).named_parameters()), path)
    assert [value.requires_grad for value in torch.load(path).values()] == [False, False]


def test_others_read_what_we_write(path: Path) -> None:
    torch.save(CASES, path)
    theirs = safetensors.numpy.load_file(path)
    for name, value in CASES.items():
        assert theirs[name].dtype == value.numpy().dtype
        assert np.array_equal(theirs[name], value.numpy())


def test_we_read_what_others_write(path: Path) -> None:
    safetensors.numpy.save_file(
        {name: one.contiguous().numpy() for name, one in CASES.items()}, path
    )
    loaded = torch.load(path)
    for name, value in CASES.items():
        assert loaded[name].dtype is value.dtype
        assert loaded[name].tolist() == value.tolist()


# --- Whole or not at all


def test_a_file_is_replaced(path: Path) -> None:
    torch.save({"x": torch.zeros(100)}, path)
    torch.save({"y": torch.ones(1)}, path)
    assert torch.load(path)["y"].tolist() == [1.0]
    assert os.listdir(path.parent) == [path.name]  # noqa: PTH208  (names, not paths)


def test_a_save_that_fails_leaves_the_old_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_space(_: int) -> NoReturn:
        raise OSError(28, "No space left on device")

    torch.save({"x": torch.ones(1)}, path)
    monkeypatch.setattr(os, "fsync", no_space)
    with pytest.raises(OSError, match="No space left"):
        torch.save({"x": torch.zeros(100)}, path)
    assert torch.load(path)["x"].tolist() == [1.0]
    assert list(path.parent.iterdir()) == [path]


KILLED = """
import os, sys, signal
import minitorch as torch
real = os.fsync
def die(file):
    real(file)
    os.kill(os.getpid(), signal.SIGKILL)
os.fsync = die
torch.save({"x": torch.zeros(1000)}, sys.argv[1])
"""


@pytest.mark.parametrize("name", ["weights.safetensors", "weights.pt"])
def test_a_process_that_is_killed_leaves_the_old_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    torch.save({"x": torch.ones(1)}, path)
    done = subprocess.run([sys.executable, "-c", KILLED, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    assert torch.load(path)["x"].tolist() == [1.0]


def test_a_file_object(path: Path) -> None:
    for obj in ({"x": torch.ones(2)}, {"x": torch.ones(2), "epoch": 3}):
        file = io.BytesIO()
        torch.save(obj, file)
        file.seek(0)
        assert str(torch.load(file)) == str(obj)


# --- What can't be


@pytest.mark.parametrize(
    ("obj", "message"),
    [
        (
            torch.nn.Linear(1, 1),
            "save: expected a state dict (tensors by name), got Linear; "
            "a module or an optimizer has one: state_dict(); a path that ends in .pt takes tensors "
            "in dicts and lists, too",
        ),
        (
            {"epoch": 3},
            "save: expected tensors by name, got int under 'epoch'; a path that ends in .pt takes "
            "dicts, lists, numbers and texts, too",
        ),
        (
            {0: torch.zeros(1)},
            "save: expected tensors by name, got Tensor under 0; a path that ends in .pt takes "
            "dicts, lists, numbers and texts, too",
        ),
    ],
    ids=["module", "number", "name"],
)
def test_only_state_dicts_are_saved(
    obj: Mapping[str, torch.Tensor], message: str, path: Path
) -> None:
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        torch.save(obj, path)
    assert not path.exists()


def test_an_element_type_that_no_file_knows(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(FORMATS, torch.int64)
    message = "save: n has elements of type torch.int64; known here: "
    with pytest.raises(TypeError, match=f"^{re.escape(message)}"):
        torch.save({"n": torch.arange(3)}, path)


def test_a_file_with_elements_that_tensors_here_do_not_have(path: Path) -> None:
    safetensors.numpy.save_file({"n": np.zeros(2, np.uint16)}, path)
    message = f"load: {path}: n has elements of type U16; known here: F64, F32, "
    with pytest.raises(RuntimeError, match=f"^{re.escape(message)}"):
        torch.load(path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "header too small"),
        (b"\2\0\0\0\0\0\0\0{]", "invalid JSON in header"),
    ],
    ids=["empty", "nonsense"],
)
def test_a_file_of_another_format(content: bytes, reason: str, path: Path) -> None:
    path.write_bytes(content)
    with pytest.raises(RuntimeError) as caught:
        torch.load(path)
    start = f"load: {path} is neither a whole file in the safetensors format ("
    assert str(caught.value).startswith(start)
    assert reason in str(caught.value)
    assert str(caught.value).endswith(") nor an archive of PyTorch's (which begins with PK)")


def test_a_file_cut_short(path: Path) -> None:
    torch.save({"x": torch.zeros(10)}, path)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(RuntimeError, match="is neither a whole file in the safetensors format"):
        torch.load(path)


def test_no_file(path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        torch.load(path)
