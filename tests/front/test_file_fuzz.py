"""Whatever a file holds, it is loaded or refused: by one sentence, soon, and in little memory."""

from __future__ import annotations

import io
import json
import struct
import time
import tracemalloc
import zipfile
import zlib
from collections import Counter, OrderedDict
from collections.abc import Iterator
from itertools import islice
from pickle import UnpicklingError

import pytest
from tests.front.file_fuzz import fuzzed
from tests.front.test_archives import TWO, tensor_program

import minitorch as torch

SMALL = 10 * 2**10  # bytes of a file
SECONDS = 0.1 * 5  # of this thread; in the tests' machines, that do other things, and while tracing
MEMORY = 10 * 2**20


@pytest.fixture(autouse=True, scope="module")
def tracing() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def outcome(content: bytes) -> str:
    """Load a file within the limits, and return why it was refused, or an empty text."""
    assert len(content) <= SMALL
    tracemalloc.reset_peak()
    before, start = tracemalloc.get_traced_memory()[0], time.thread_time()
    try:
        loaded, text = torch.load(io.BytesIO(content)), ""
    except (RuntimeError, UnpicklingError) as error:
        loaded, text = None, str(error)
        assert text.startswith("load: the file")
        assert text.isprintable()
        assert len(text) < 400
    seconds, peak = time.thread_time() - start, tracemalloc.get_traced_memory()[1] - before
    assert seconds < SECONDS
    assert peak < MEMORY
    assert_plain(loaded)
    return text


def assert_plain(loaded: object) -> None:
    """Assert that something consists of tensors, numbers and texts in plain containers."""
    seen, todo = set(), [loaded]
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if type(one) in (dict, OrderedDict, Counter):
            assert isinstance(one, dict)
            todo += [*one.keys(), *one.values()]
        elif type(one) in (list, tuple, set):
            assert isinstance(one, list | tuple | set)
            todo += one
        elif isinstance(one, torch.Tensor):
            assert one.reshape((-1,)).sum().dtype is not None  # it can be computed with
        else:
            assert one is None or type(one) in (bool, int, float, str)


@pytest.mark.parametrize("seed", range(4))
def test_files_with_something_changed(seed: int) -> None:
    outcomes = Counter((way, not outcome(content)) for way, content in islice(fuzzed(seed), 1000))
    assert len(outcomes) > 10, "too few kinds are loaded, or refused"


# --- Programs that are small and mean much

NEST = b")" + b"q\x01h\x01\x86" * 25  # a tuple of itself twice, of that twice, and so on
NEST_TEXT = "((...), (...))"
SIZES = b"\x8a\xff" + b"\x7f" * 255
REPEATED = tensor_program(size=2**16, stride=0)[2:-1]


def tensor_of(sizes: bytes, strides: bytes, offset: bytes = b"K\x00") -> bytes:
    """Return the program of a tensor with tuples for its sizes and strides."""
    whole = tensor_program()
    start = whole.index(b"tQ") + 2
    end = whole.index(b"\x89ccollections")
    return whole[:start] + offset + sizes + strides + whole[end:]


def ones(count: int, value: bytes = b"K\x01") -> bytes:
    """Return the program of a tuple of one value many times."""
    return b"(" + value + b"q\x07" + b"h\x07" * (count - 1) + b"t"


def again(call: bytes, count: int) -> bytes:
    """Return the program of a list of what one call of a tensor makes, many times."""
    start, end = call.index(b"\n(") + 1, len(call) - 2
    function, arguments = call[:start], call[start:end] + b"t"
    first = function + b"q\x05" + arguments + b"q\x06R"
    return b"\x80\x02](" + first + b"h\x05h\x06R" * (count - 1) + b"e."


PROGRAMS: list[tuple[str, bytes, str]] = [
    ("a nest for a storage", NEST + b"Q.", f"expected the name of a storage, got {NEST_TEXT}"),
    ("a nest for a type", tensor_program(NEST), f"a tensor of {NEST_TEXT}; known here"),
    ("a nest for a size", tensor_of(NEST, b")"), f"no tensor has offset=0, size={NEST_TEXT}"),
    ("a nest for an offset", tensor_of(b")", b")", NEST), f"no tensor has offset={NEST_TEXT}"),
    ("a nest for a list", NEST + b"(e.", f"expected a list, got {NEST_TEXT}"),
    ("a nest for a function", NEST + b")R.", f"expected a Name, got {NEST_TEXT}"),
    ("a nest for a key", b"}" + NEST + b"Ns.", f"it has a key of more than 100 parts: {NEST_TEXT}"),
    ("a nest in a set", b"c__builtin__\nset\n](" + NEST + b"e\x85R.", "a key of more than 100"),
    ("a wide key", b"}" + ones(4000) + b"Ns.", "it has a key of more than 100 parts: (1, 1, 1"),
    ("sets of one list", b"](c__builtin__\nset\nq\x01](" + b"".join(
        b"M" + i.to_bytes(2, "little") for i in range(1500)
    ) + b"e\x85q\x02R" + b"h\x01h\x02R" * 900 + b"e.", "it makes more sets and counters than"),
    ("tensors of one element", again(REPEATED, 200), "its tensors have more than "),
    ("100 dimensions", tensor_of(ones(100), ones(100)), "no tensor has offset=0, size=(1, 1, 1"),
    ("65 dimensions", tensor_of(ones(65), ones(65)), "no tensor has offset=0, size=(1, 1, 1"),
    ("large sizes", tensor_of(ones(2000, SIZES), ones(2000)), "no tensor has offset=0, size=("),
    ("a large size", tensor_of(b"K\x00\x8a\x08" + (2**62).to_bytes(8, "little") + b"\x86",
                               b"K\x01K\x01\x86"), "no tensor has the shape (0, 46116860184273"),
    ("a size of 2**63", tensor_of(b"\x8a\x09" + (2**63).to_bytes(9, "little") + b"\x85",
                                  b"K\x01\x85"), "no tensor has offset=0, size=(92233720368547758"),
    ("a mark alone", b"(.", "its data.pkl is no whole pickle: it does not end with one object"),
    ("a mark below", b"(N.", "its data.pkl is no whole pickle: it does not end with one object"),
    ("a mark in a tuple", b"(\x85.", "it takes more from the stack than is there"),
    ("a mark for a key", b"}(Ns.", "it takes more from the stack than is there"),
    ("two objects", b"NN.", "its data.pkl is no whole pickle: it does not end with one object"),
    ("a name", b"ctorch\nSize\n.", "it has torch.Size outside of a tensor"),
    ("names in a list", b"](ctorch\nSize\ne.", "it has torch.Size outside of a tensor"),
    ("a name for a key", b"}ctorch\nSize\nNs.", "it has torch.Size outside of a tensor"),
    ("a long name", b"cos\n" + b"a" * 9000 + b"\n.", "it names os." + "a" * 70),
    ("a name that colours", b"cos\n\x1b[31m\n.", "it names os.?[31m"),
    ("a long storage", tensor_program(key="1" * 9000), "lacks data/11111111111"),
    ("no memo", b"h\x05.", "it gets 5 back, which it has not put aside"),
    ("an object for a size", tensor_of(b"](K\x01e", b"K\x01\x85"), "size=[1], stride=(1,)"),
    ("a truth for a size", tensor_of(b"\x88\x85", b"K\x01\x85"), "size=(True,), stride=(1,)"),
    ("sizes and strides", tensor_of(b"K\x01\x85", b")"), "size=(1,) and stride=(), which differ"),
    ("integers that track", tensor_program(b"ctorch\nIntStorage\n").replace(b"\x89cc", b"\x88cc"),
     "it calls torch._utils._rebuild_tensor_v2 with other arguments"),
]  # fmt: skip
SAME_HASH = range(0, 700 * (2**61 - 1), 2**61 - 1)
HEADER = {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}


def zipped(program: bytes, **entries: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in {"data.pkl": program, "data/0": TWO, **entries}.items():
            archive.writestr(f"archive/{name}", content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("program", "phrase"), [row[1:] for row in PROGRAMS], ids=[row[0] for row in PROGRAMS]
)
def test_a_small_program(program: bytes, phrase: str) -> None:
    assert phrase in outcome(zipped(program))


def test_a_storage_alone() -> None:
    call = tensor_program()
    storage = call[call.index(b"(X") : call.index(b"tQ") + 2]
    assert outcome(zipped(storage + b".")) == (
        "load: the file: it has <Storage> outside of a tensor; nothing of it was run"
    )


@pytest.mark.parametrize(
    "program",
    [
        again(tensor_of(ones(64), ones(64))[2:-1], 300),
        again(tensor_of(ones(16, b"K\x02"), ones(16, b"K\x00"))[2:-1], 2),
        again(REPEATED, 2),
        b"](" + b"](" * 3000 + b"e" * 3001 + b".",
        b"](" + b"ccollections\nOrderedDict\nq\x01)R" + b"h\x01)R" * 2000 + b"e.",
        b"N" + b"\x85" * 9000 + b".",
        b"](" + b"(t" * 4500 + b"e.",
        b"]" + NEST + b"a.",
        b"ccollections\nCounter\n}\x85RN" + NEST + b"s.",
        b"}" + b"".join(b"\x8a\x09" + n.to_bytes(9, "little") + b"Ns" for n in SAME_HASH) + b".",
        b"]q\x01h\x01a.",
    ],
    ids=["dimensions", "expanded", "repeated", "lists", "dicts", "tuples", "empty", "a nest",
         "a count", "keys of one hash", "a ring"],
)  # fmt: skip
def test_what_is_plain_is_loaded(program: bytes) -> None:
    assert outcome(zipped(program)) == ""


def with_bytes(content: bytes, mark: bytes, place: int, value: bytes) -> bytes:
    """Change bytes behind each place where `mark` stands."""
    changed, start = bytearray(content), content.find(mark)
    while start >= 0:
        changed[start + place : start + place + len(value)] = value
        start = content.find(mark, start + 1)
    return bytes(changed)


def test_zip_files_that_can_not_be_read() -> None:
    whole = zipped(tensor_program())
    directory = b"PK\x01\x02"
    for content, reason in [
        (with_bytes(whole, directory, 6, b"\x63"), "zip file version 9.9"),
        (with_bytes(whole, directory, 8, b"\x20"), "compressed patched data (flag bit 5)"),
        (with_bytes(whole, directory, 42, b"\xff\xff\xff\x7f"), "Truncated file header"),
        # A newer zipfile sees that one lies over the other.
        (with_bytes(whole, directory, 20, b"\xff\xff\xff\x7f" * 2), "EOFError|Overlapped entries"),
        (
            with_bytes(with_bytes(whole, directory, 9, b"\x08"), directory, 46, b"\xff"),
            "'utf-8' co",
        ),
        (whole[:20], "File is not a zip file"),
        (b"PK", "File is not a zip file"),
    ]:
        text = outcome(content)
        told = "load: the file is not a whole archive of PyTorch's: "
        assert text.startswith(tuple(told + one for one in reason.split("|")))
        assert text.endswith("; was it cut short?")
    assert outcome(with_bytes(whole, directory, 8, b"\x01")) == (
        "load: the file: data.pkl is encrypted, which PyTorch does not do"
    )


def nested(count: int) -> bytes:
    """Return an archive of memories each of which goes on to the end, over all that follow."""
    numbers = [0] * count
    content = b""
    for _ in range(2):  # once to see where they lie, which the numbers do not change
        tensors = (
            tensor_program(b"ctorch\nByteStorage\n", f"{i:02}", number, size=number)[2:-1]
            for i, number in enumerate(numbers)
        )
        names = [f"archive/data/{i:02}" for i in range(count)]
        program = b"](" + b"".join(tensors) + b"e."
        content = zipped(program, **{name.removeprefix("archive/"): b"" for name in names})
        starts = [content.index(name.encode()) + len(name) for name in names]
        end = content.index(b"PK\x01\x02")
        numbers = [end - start for start in starts]
    changed = bytearray(content)
    for name, start in zip(names, starts, strict=True):
        entry = content.index(name.encode(), end) - 46
        checksum = zlib.crc32(content[start:end])
        changed[entry + 16 : entry + 28] = struct.pack("<3I", checksum, *[end - start] * 2)
    return bytes(changed)


def test_memories_that_overlap() -> None:
    assert outcome(nested(1)) == ""
    assert outcome(nested(40)) in (
        "load: the file has the same bytes in several places",
        "load: the file is not a whole archive of PyTorch's: Overlapped entries: 'archive/data/00' "
        "(possible zip bomb); was it cut short?",  # so newer versions of Python
    )


@pytest.mark.parametrize(
    ("order", "shown"),
    [(b"middle", "b'middle'"), (b"", "b''"), (b"little\n", r"b'little\n'"), (b"x" * 4000, "b'xxx")],
)  # fmt: skip
def test_an_order_of_bytes_that_nobody_has(order: bytes, shown: str) -> None:
    text = outcome(zipped(tensor_program(), byteorder=order))
    assert text.startswith(f"load: the file has bytes in the order {shown}")
    assert text.endswith("; expected little or big")


# --- Headers of safetensors


@pytest.mark.parametrize(
    ("entries", "phrase"),
    [
        ({"a": HEADER | {"shape": [1] * 100 + [2]}}, "no tensor has the shape (1, 1, 1, 1, 1, 1"),
        (
            {"a": HEADER, "b": HEADER | {"shape": [0, 2**62], "data_offsets": [8, 8]}},
            "no tensor has the shape",
        ),
        ({"a\x1b[2J\n" * 500: HEADER | {"dtype": "U16", "shape": [4]}}, "a?[2J?a?[2J?"),
        ({"a": HEADER | {"dtype": "\x1b" * 1500}}, "is neither a whole file in the safetensors"),
        ({"a": HEADER | {"shape": [2**64]}}, "is neither a whole file in the safetensors format"),
        ({"a": HEADER | {"shape": [2**40, 2**40]}}, "is neither a whole file in the safetensors"),
    ],
)
def test_a_header(entries: dict[str, object], phrase: str) -> None:
    header = json.dumps(entries).encode()
    assert phrase in outcome(len(header).to_bytes(8, "little") + header + TWO)
