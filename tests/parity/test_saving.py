"""Files between torch and here, both ways."""

from __future__ import annotations

import re
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from tests.parity.compare import difference
from tests.parity.differences import both

import minitorch

TYPES = ["float64", "float32", "float16", "int64", "int32", "int16", "int8", "uint8", "bool"]


def checkpoint(module: Any) -> dict[str, Any]:
    return {
        **{name: module.arange(6).reshape(2, 3).to(getattr(module, name)) for name in TYPES},
        "transposed": module.arange(6).reshape(2, 3).t(),
        "expanded": module.ones(1, 3).expand(2, 3),
        "part": module.arange(10)[2:8:2],
        "first": module.arange(10)[:3],
        "middle": module.arange(10).reshape(5, 2)[1:3],
        "empty": module.zeros(0, 3),
        "number": module.tensor(2.5),
        "nested": [{"lr": 0.1, "betas": (0.9, 0.999), "name": "é"}, None, True, {1}, 2**40],
        "state": module.nn.Linear(2, 3).state_dict(),
        "parameter": module.nn.Parameter(module.ones(2)),
        "fixed": module.nn.Parameter(module.ones(2), requires_grad=False),
        "tracked": module.ones(2, requires_grad=True),
        "computed": module.ones(2, requires_grad=True) * 2,
        "large": {"n": 2**31, "m": -(2**31) - 1, "t": module.tensor([2**31, -(2**63)])},
    }


def same(ours: Any, theirs: Any) -> None:
    """Assert that two saved things are alike, whichever module's tensors they have."""
    if hasattr(theirs, "dtype"):
        assert difference("a tensor", ours, theirs).text == ""
        assert ours.requires_grad == theirs.requires_grad
        assert type(ours).__name__ == type(theirs).__name__
    elif isinstance(theirs, dict):
        assert isinstance(ours, OrderedDict) == isinstance(theirs, OrderedDict)
        assert list(ours) == list(theirs)
        for key in theirs:
            same(ours[key], theirs[key])
    elif isinstance(theirs, list | tuple):
        assert type(ours) is type(theirs)
        assert len(ours) == len(theirs)
        for one, other in zip(ours, theirs, strict=True):
            same(one, other)
    else:
        assert ours == theirs


def test_we_read_what_torch_writes(tmp_path: Path) -> None:
    saved = checkpoint(torch)
    # A leaf, as what is loaded: torch saves whether a tensor tracks, and not how it was computed.
    saved["computed"] = saved["computed"].detach().requires_grad_()
    torch.save(saved, tmp_path / "theirs.pt")
    same(minitorch.load(tmp_path / "theirs.pt"), saved)


def test_torch_reads_what_we_write(tmp_path: Path) -> None:
    saved = checkpoint(minitorch)
    minitorch.save(saved, tmp_path / "ours.pt")
    same(saved, torch.load(tmp_path / "ours.pt"))


def test_what_torch_wrote_before_1_6_is_refused(tmp_path: Path) -> None:
    torch.save({}, tmp_path / "old.pt", _use_new_zipfile_serialization=False)
    with pytest.raises(RuntimeError, match="neither a whole file in the safetensors format"):
        minitorch.load(tmp_path / "old.pt")


def test_a_module_is_refused(tmp_path: Path) -> None:
    torch.save(torch.nn.Linear(1, 1), tmp_path / "module.pt")
    with pytest.raises(Exception, match="nothing of it was run"):
        minitorch.load(tmp_path / "module.pt")


def elsewhere(path: Path, device: str) -> Path:
    """Write what torch would write on a machine with another device."""
    torch.save({"x": torch.ones(2)}, path)
    with zipfile.ZipFile(path) as archive:
        entries = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            word = b"X" + len(device).to_bytes(4, "little") + device.encode()
            archive.writestr(name, content.replace(b"X\x03\0\0\0cpu", word))
    return path


@pytest.mark.parametrize("device", ["cpu", "cuda:0", "mps", "xla:1", "nonsense"])
@pytest.mark.parametrize(
    "place",
    [
        lambda t: None,  # where it was
        lambda t: "cpu",
        lambda t: t.device("cpu"),
        lambda t: {"cuda:0": "cpu"},
        lambda t: {},
        lambda t: lambda storage, location: storage,
        lambda t: "cuda:0",
    ],
    ids=["nowhere", "name", "device", "mapping", "no mapping", "function", "elsewhere"],
)
def test_tensors_that_were_on_another_device(
    device: str, place: Callable[[Any], Any], tmp_path: Path
) -> None:
    path = elsewhere(tmp_path / "a.pt", device)
    ours, theirs = both(lambda t: t.load(path, map_location=place(t))["x"].tolist())
    assert ours == theirs


def test_what_was_on_another_device_says_so(tmp_path: Path) -> None:
    path = elsewhere(tmp_path / "a.pt", "cuda:0")
    message = (
        f"load: {path}: Attempting to deserialize object on a device 'cuda:0': tensors are on the "
        "CPU here; give map_location='cpu'"
    )
    with pytest.raises(RuntimeError, match=f"^{re.escape(message)}$"):
        minitorch.load(path)
