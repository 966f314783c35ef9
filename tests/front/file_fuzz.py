"""Files that nobody wrote: archives and safetensors with something changed at random."""

from __future__ import annotations

import copy
import io
import itertools
import json
import pickletools
import random
import zipfile
from collections.abc import Callable, Iterator

from tests.front.test_archives import CHECKPOINT, TWO, tensor_program

import minitorch as torch

# Instructions that programs of ours do not have, or that meet what they should not.
ODD = [
    b"(", b"0", b"1", b"2", b")", b"]", b"}", b"N", b".", b"R", b"Q", b"b", b"s", b"u", b"a", b"e",
    b"t", b"\x85", b"\x86", b"\x87", b"\x81", b"\x82\x01", b"\x88", b"\x89", b"h\x00", b"h\x01",
    b"q\x00", b"q\x01", b"r\x00\x00\x00\x00", b"j\x00\x00\x00\x00", b"K\x00", b"K\xff",
    b"M\xff\xff", b"J\xff\xff\xff\xff", b"J\xff\xff\xff\x7f", b"\x8a\x08" + b"\xff" * 7 + b"\x7f",
    b"\x8a\xff" + b"\x7f" * 255, b"\x8b\xff\xff\xff\x7f", b"G\x7f\xf8\0\0\0\0\0\0", b"I1\n",
    b"I" + b"9" * 5000 + b"\n", b"L1L\n", b"F1e999\n", b"S'a'\n", b"S'a\n", b"V\\u00e9\n",
    b"X\xff\xff\xff\xff", b"X\x01\0\0\0\xff", b"X\x04\0\0\0\x1b[2J", b"\x8c\x01a", b"P1\n",
    b"\x94", b"\x95\0\0\0\0\0\0\0\0", b"\x8f", b"\x90", b"\x91", b"\x93", b"\x97", b"\x98",
    b"ccollections\nCounter\n", b"c__builtin__\nset\n", b"ctorch\nSize\n", b"cos\nsystem\n",
    b"ctorch._utils\n_rebuild_parameter\n", b"ctorch\nByteStorage\n", b"(ios\nsystem\n",
]  # fmt: skip
VALUES: list[object] = [
    None, True, -1, 0, 1, 64, 2**31, 2**62, 2**63, 2**64, 10**400, 0.5, 1e999, "", "F32", "F8_E4M3",
    "U64", "\x1b[2J\n", "é" * 500, [], [0], [-1], [2**62, 0], [0, 2**62], [1] * 100, [[]], {},
    {"dtype": "F32", "shape": [0], "data_offsets": [0, 0]},
]  # fmt: skip


def fuzzed(seed: int) -> Iterator[tuple[str, bytes]]:
    """Give files without end, each with what was done to it."""
    draw = random.Random(seed)
    programs = [_program_of(CHECKPOINT), tensor_program(), _shared_program()]
    ways: list[tuple[str, Callable[[], bytes]]] = [
        ("instructions", lambda: _zipped(_instructions(draw.choice(programs), draw))),
        ("program", lambda: _zipped(_flipped(draw.choice(programs), draw))),
        ("archive", lambda: _flipped(_zipped(draw.choice(programs)), draw)),
        ("directory", lambda: _directory(_zipped(draw.choice(programs)), draw)),
        ("header", lambda: _header(draw)),
        ("safetensors", lambda: _flipped(_state(), draw)),
    ]
    while True:
        name, way = draw.choice(ways)
        yield name, way()


def _program_of(obj: object) -> bytes:
    file = io.BytesIO()
    torch.save(obj, file)
    with zipfile.ZipFile(file) as archive:
        return archive.read("archive/data.pkl")


def _shared_program() -> bytes:
    """A list of a tensor, of a tensor of the same arguments, a set and a counter."""
    call = tensor_program()[2:-1].replace(b"RtR", b"Rtq\x00R")
    function = b"ctorch._utils\n_rebuild_tensor_v2\n"
    rest = b"c__builtin__\nset\n](K\x01K\x02e\x85Rccollections\nCounter\n}K\x01K\x02s\x85R"
    return b"\x80\x02](" + call + function + b"h\x00R" + rest + b"e."


def _zipped(program: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("archive/data.pkl", program)
        archive.writestr("archive/byteorder", "little")
        for name in ("0", "1"):
            archive.writestr(f"archive/data/{name}", TWO)
    return file.getvalue()


def _instructions(program: bytes, draw: random.Random) -> bytes:
    """Drop, repeat, move, replace and add instructions."""
    places = [place for _, _, place in pickletools.genops(program)] + [len(program)]
    parts = [program[i:j] for i, j in itertools.pairwise(places)]
    for _ in range(draw.choice([1, 1, 2, 5])):
        i, j = draw.randrange(len(parts)), draw.randrange(len(parts))
        parts[i : i + 1] = draw.choice(
            [
                [],
                [parts[i]] * draw.choice([2, 2, 50]),
                [parts[j]],
                [draw.choice(ODD)],
                [parts[i], draw.choice(ODD)],
                [draw.choice(ODD), parts[i]],
                parts[j : j + 8],
            ]
        ) or [b""]
    return b"".join(parts)


def _flipped(content: bytes, draw: random.Random) -> bytes:
    """Change, drop or add bytes, or cut."""
    changed = bytearray(content)
    for _ in range(draw.choice([1, 1, 2, 8])):
        i = draw.randrange(len(changed))
        changed[i : i + 1] = draw.choice(
            [
                bytes([changed[i] ^ 1 << draw.randrange(8)]),
                bytes([draw.randrange(256)]),
                b"\xff",
                b"",
                changed[i : i + 1] * 2,
            ]
        )
    return bytes(changed[: draw.randrange(len(changed))] if draw.random() < 0.05 else changed)


def _directory(content: bytes, draw: random.Random) -> bytes:
    """Change fields in the headers of a zip file: versions, flags, methods, sizes, places."""
    changed = bytearray(content)
    kind = draw.choice([b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06"])
    starts = [i for i in range(len(content)) if content.startswith(kind, i)]
    for _ in range(draw.choice([1, 1, 2, 4])):
        i = draw.choice(starts) + draw.randrange(4, {1: 46, 3: 30, 5: 22}[kind[2]])
        changed[i] = draw.choice([0, 1, 8, 64, 99, 255, changed[i] ^ 1 << draw.randrange(8)])
    return bytes(changed)


def _state() -> bytes:
    file = io.BytesIO()
    torch.save({"a": torch.ones(2, 3), "b": torch.arange(2), "é": torch.zeros(0, 2)}, file)
    return file.getvalue()


def _header(draw: random.Random) -> bytes:
    """Change values in the header of safetensors."""
    content = _state()
    start = 8 + int.from_bytes(content[:8], "little")
    header = json.loads(content[8:start])
    for _ in range(draw.choice([1, 1, 2, 4])):
        entry = header[draw.choice(list(header))]
        where = draw.choice([header, entry, entry])
        if not isinstance(where, dict):
            continue
        key = draw.choice([*where, "__metadata__", "\x1b[2J"])
        where[key] = copy.deepcopy(draw.choice(VALUES))
        if isinstance(entry, dict) and isinstance(entry.get("shape"), list) and draw.random() < 0.3:
            entry["shape"].append(copy.deepcopy(draw.choice(VALUES)))
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + content[start:]
