"""Reading IDX files."""

import re

import pytest

from minitorch_data.idx import read_idx

TWO_BY_THREE = b"\0\0\x08\x02" + b"\0\0\0\x02" + b"\0\0\0\x03"


def test_shape_and_elements_are_read() -> None:
    assert read_idx(TWO_BY_THREE + b"abcdef") == ((2, 3), b"abcdef")


def test_sizes_are_big_endian() -> None:
    assert read_idx(b"\0\0\x08\x01" + b"\0\0\x01\x02" + bytes(258)) == ((258,), bytes(258))


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            b"\x1f\x8b\x08\0\0",
            r"read_idx: expected two zero bytes, type and dimensions, got b'\x1f\x8b\x08\x00'; "
            "is the file still compressed?",
        ),
        (
            b"\0\0",
            r"read_idx: expected two zero bytes, type and dimensions, got b'\x00\x00'; "
            "is the file still compressed?",
        ),
        (
            b"\0\0\x0d\x01\0\0\0\x01abcd",
            "read_idx: expected unsigned bytes (type 8), got type 13",
        ),
        (
            TWO_BY_THREE + b"abcde",
            "read_idx: shape (2, 3) takes 6 bytes, got 5; is the file cut short?",
        ),
        (
            TWO_BY_THREE + b"abcdefg",
            "read_idx: shape (2, 3) takes 6 bytes, got 7; what is the rest?",
        ),
        (
            TWO_BY_THREE[:-1],
            "read_idx: 2 sizes take 8 bytes, got 7; is the file cut short?",
        ),
    ],
)
def test_other_content_is_refused(content: bytes, text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text) + "$"):
        read_idx(content)


@pytest.mark.parametrize(
    "whole",
    [
        b"\0\0\x08\0a",
        b"\0\0\x08\x01\0\0\0\x02ab",
        TWO_BY_THREE + b"abcdef",
        b"\0\0\x08\x02" + b"\0\0\0\x02" + b"\0\0\0\0",
        b"\0\0\x08\x03" + b"\0\0\0\x01" * 3 + b"a",
    ],
    ids=["a number", "a vector", "a matrix", "no elements", "three dimensions"],
)
def test_a_file_has_its_length_and_no_other(whole: bytes) -> None:
    assert read_idx(whole)[1] in whole
    for length in range(len(whole)):
        with pytest.raises(ValueError, match=r"^read_idx: "):
            read_idx(whole[:length])
    for rest in (b"\0", b"a", b"\n", whole):
        with pytest.raises(ValueError, match=r"what is the rest\?$"):
            read_idx(whole + rest)
