"""PyTorch's archives without PyTorch: what is saved comes back, and hostile files do nothing."""

from __future__ import annotations

import io
import os
import pickle
import re
import zipfile
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.front.test_saving import CASES

import minitorch as torch

CHECKPOINT = {
    "model": OrderedDict(weight=torch.tensor([[1.0, 2.0]]), steps=torch.tensor(3)),
    "epoch": 3,
    "best": 0.25,
    "large": 2**70,
    "small": -(2**40),
    "name": "café",
    "nothing": None,
    "flags": [True, False],
    "pair": (1, (2.5,)),
    "set": {"a"},
    "groups": [{"lr": 0.1, "params": [0, 1]}],
    7: {},
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "checkpoint.pt"


def text(obj: object) -> str:
    return repr(obj)


def test_a_checkpoint_comes_back(path: Path) -> None:
    torch.save(CHECKPOINT, path)
    loaded = torch.load(path)
    assert text(loaded) == text(CHECKPOINT)
    assert type(loaded["model"]) is OrderedDict


@pytest.mark.parametrize("value", CASES.values(), ids=CASES.keys())
def test_a_tensor_comes_back(value: torch.Tensor, path: Path) -> None:
    torch.save(value, path)
    loaded = torch.load(path)
    assert loaded.dtype is value.dtype
    assert loaded.shape == value.shape
    assert loaded.tolist() == value.tolist()


@pytest.mark.parametrize("tracks", [True, False])
def test_a_parameter_comes_back_as_one(tracks: bool, path: Path) -> None:
    torch.save([torch.nn.Parameter(torch.ones(2), tracks)], path)
    (loaded,) = torch.load(path, "cpu")
    assert isinstance(loaded, torch.nn.Parameter)
    assert loaded.requires_grad is tracks


@pytest.mark.parametrize(
    ("obj", "message"),
    [
        (
            {"m": [torch.nn.ReLU()]},
            "save: the object['m'][0] is a ReLU; tensors, numbers, texts and None in dicts, lists, "
            "tuples and sets can be saved; a module or an optimizer has a state_dict()",
        ),
        (
            {"f": print},
            "save: the object['f'] is a builtin_function_or_method; tensors, numbers, texts and "
            "None in dicts, lists, tuples and sets can be saved; a module or an optimizer has a "
            "state_dict()",
        ),
        ([2**3000], "save: an integer of 3001 bits is too large"),
    ],
    ids=["module", "function", "integer"],
)
def test_what_is_not_plain_is_not_saved(obj: object, message: str, path: Path) -> None:
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        torch.save(obj, path)
    assert not path.exists()


def test_what_contains_itself_is_not_saved(path: Path) -> None:
    ring: list[object] = []
    ring.append(ring)
    with pytest.raises(TypeError, match=r"save: the object\[0\] contains itself"):
        torch.save(ring, path)


# --- Hostile files


def archive(
    path: Path,
    program: bytes,
    data: dict[str, bytes] | None = None,
    compress: int = zipfile.ZIP_STORED,
) -> None:
    """Write an archive with a pickle, and memory by name."""
    with zipfile.ZipFile(path, "w", compress) as file:
        file.writestr("archive/data.pkl", program)
        for name, content in (data or {}).items():
            file.writestr(f"archive/{name}", content)


def tensor_program(
    storage: bytes = b"ctorch\nFloatStorage\n",
    key: str = "0",
    number: int = 2,
    offset: int = 0,
    size: int = 2,
    stride: int = 1,
) -> bytes:
    """Return the pickle of a tensor of one dimension."""

    def word(value: str) -> bytes:
        return b"X" + len(value).to_bytes(4, "little") + value.encode()

    def whole(value: int) -> bytes:
        return b"J" + value.to_bytes(4, "little", signed=True)

    name = b"(" + word("storage") + storage + word(key) + word("cpu") + whole(number) + b"tQ"
    shape = whole(size) + b"\x85" + whole(stride) + b"\x85"
    return (
        b"\x80\x02ctorch._utils\n_rebuild_tensor_v2\n("
        + name
        + whole(offset)
        + shape
        + b"\x89ccollections\nOrderedDict\n)RtR."
    )


class Runs:
    """Runs a command when it is unpickled."""

    def __init__(self, command: str) -> None:
        self.command = command

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return os.system, (self.command,)


TWO = b"\0\0\x80\x3f\0\0\0\x40"  # 1.0 and 2.0


def test_the_programs_of_these_tests_are_right(path: Path) -> None:
    archive(path, tensor_program(), {"data/0": TWO})
    assert torch.load(path).tolist() == [1.0, 2.0]
    archive(path, tensor_program(size=3, stride=0, offset=1), {"data/0": TWO})
    assert torch.load(path).tolist() == [2.0, 2.0, 2.0]
    archive(path, tensor_program(), {"data/0": TWO[3::-1] + TWO[:3:-1], "byteorder": b"big"})
    assert torch.load(path).tolist() == [1.0, 2.0]


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_nothing_is_run(path: Path, tmp_path: Path, protocol: int) -> None:
    trace = tmp_path / "trace"
    program = pickle.dumps([Runs(f"touch {trace}")], protocol)
    archive(path, program)
    with pytest.raises(pickle.UnpicklingError, match="nothing of it was run"):
        torch.load(path)
    assert not trace.exists()
    pickle.loads(program)  # which does run it
    assert trace.exists()


HOSTILE: list[tuple[str, bytes, dict[str, bytes], str]] = [
    ("a call of eval", b"c__builtin__\neval\n(X\x01\0\0\0001tR.", {}, "it names __builtin__.eval"),
    ("a dotted name", b"ctorch._utils\n_rebuild_tensor_v2.__globals__\n)R.", {}, "it names"),
    ("an import alone", b"cos\nsystem\n.", {}, "it names os.system"),
    ("a tensor of nothing", b"ctorch._utils\n_rebuild_tensor_v2\n)R.", {}, "other arguments"),
    ("a size of a text", b"ctorch\nSize\n(X\x01\0\0\0001tR.", {}, "other arguments"),
    ("a module of classes", b"ctorch.nn.modules.linear\nLinear\n)\x81.", {}, "it names torch.nn"),
    ("a new object", b"ccollections\nOrderedDict\n)\x81.", {}, "the instruction NEWOBJ"),
    ("state of a name", b"ccollections\nOrderedDict\n}b.", {}, "expected a OrderedDict"),
    ("an instance", b"(ios\nsystem\n.", {}, "INST"),
    ("a registered extension", b"\x82\x01.", {}, "EXT1"),
    ("a text as persistent name", b"X\x01\0\0\0aQ.", {}, "expected the name of a storage"),
    ("no end", b"\x80\x02]", {}, "no whole pickle"),
    ("an empty stack", b"\x80\x02.", {}, "no whole pickle"),
    ("a list from nothing", b"\x80\x02e.", {}, "no whole pickle"),
    ("an unknown memory", b"h\x05.", {}, "no whole pickle"),
    ("no pickle", b"\xff\xfe", {}, "no whole pickle"),
    ("a path outside", tensor_program(key="../../secret"), {}, "has a number for its name"),
    ("an absolute path", tensor_program(key="/etc/passwd"), {}, "has a number for its name"),
    ("no memory", tensor_program(), {}, "lacks data/0, which its data.pkl asks for"),
    ("too little memory", tensor_program(number=3), {"data/0": TWO}, "has 8 bytes, and should"),
    ("memory cut short", tensor_program(), {"data/0": TWO[:7]}, "has 7 bytes, and should"),
    ("a wrong type", tensor_program(b"ctorch\nDoubleStorage\n"), {"data/0": TWO}, "has 8 bytes"),
    ("an unknown type", tensor_program(b"ctorch\nBFloat16Storage\n"), {}, "BFloat16Storage"),
    ("another's type", tensor_program(b"cevil\nFloatStorage\n"), {}, "evil.FloatStorage"),
    ("beyond the end", tensor_program(size=3), {"data/0": TWO}, "reaches element 2 of a storage"),
    ("by strides", tensor_program(stride=9), {"data/0": TWO}, "reaches element 9 of a storage"),
    ("by an offset", tensor_program(offset=1), {"data/0": TWO}, "reaches element 2 of a storage"),
    ("before the start", tensor_program(offset=-1), {"data/0": TWO}, "no tensor has offset=-1"),
    ("a negative size", tensor_program(size=-2), {"data/0": TWO}, "size=(-2,)"),
    ("a negative stride", tensor_program(stride=-1), {"data/0": TWO}, "stride=(-1,)"),
    (
        "a huge tensor of little memory",
        tensor_program(size=2**31 - 1, stride=0),
        {"data/0": TWO},
        "repeats a storage of 2",
    ),
]


@pytest.mark.parametrize(
    ("program", "data", "phrase"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE]
)
def test_what_is_not_plain_is_refused(
    program: bytes, data: dict[str, bytes], phrase: str, path: Path
) -> None:
    archive(path, program, data)
    with pytest.raises((pickle.UnpicklingError, RuntimeError)) as caught:
        torch.load(path)
    assert phrase in str(caught.value)
    assert str(path) in str(caught.value) or "storage of" in str(caught.value)


def test_compressed_memory_is_refused(path: Path) -> None:
    archive(path, tensor_program(), {"data/0": TWO}, zipfile.ZIP_DEFLATED)
    with pytest.raises(RuntimeError, match="is compressed, which PyTorch does not do"):
        torch.load(path)


@pytest.mark.parametrize("left", [0.1, 0.5, 0.9, 0.99])
def test_an_archive_cut_short(path: Path, left: float) -> None:
    torch.save(CHECKPOINT, path)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * left)])
    with pytest.raises(RuntimeError, match="is not a whole archive of PyTorch's"):
        torch.load(path)


def test_a_damaged_archive(path: Path) -> None:
    torch.save({"x": torch.zeros(100)}, path)
    content = bytearray(path.read_bytes())
    content[content.index(b"data/0") + 30] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(RuntimeError, match="Bad CRC-32"):
        torch.load(path)


def test_any_zip_file(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("readme.txt", "hello")
    with pytest.raises(RuntimeError, match="is a zip file, but no archive of PyTorch's"):
        torch.load(path)


def test_storages_with_two_types(path: Path) -> None:
    both = (
        b"\x80\x02("
        + tensor_program()[2:-1]
        + tensor_program(b"ctorch\nIntStorage\n")[2:-1]
        + b"t."
    )
    archive(path, both, {"data/0": TWO})
    with pytest.raises(RuntimeError, match="storage 0 has two element types"):
        torch.load(path)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"map_location": "cuda:0"}, "load: map_location='cuda:0': tensors are on the CPU here"),
        (
            {"weights_only": False},
            "load: weights_only=False would run code that is in the file; use torch",
        ),
    ],
)
def test_options_that_can_not_be(options: dict[str, Any], message: str) -> None:
    with pytest.raises(RuntimeError, match=f"^{re.escape(message)}$"):
        torch.load(io.BytesIO(), **options)
