"""Reading IDX files."""

import re

import pytest

from minitorch_data._idx import read_idx

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
    ],
)
def test_other_content_is_refused(content: bytes, text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text) + "$"):
        read_idx(content)
