"""Integers in files: those of one byte, of 32 bits, and beyond, as numbers, keys and sizes."""

from __future__ import annotations

import io
import pickle
from pathlib import Path

import pytest

import minitorch as torch
from minitorch._saving.pickle_writing import pickle as written

# Each place where the way that a number is written may change, and both its sides.
NUMBERS = sorted(
    {sign * 2**bits + more for bits in range(130) for more in (-1, 0, 1) for sign in (-1, 1)}
    | {sign * 2**bits + more for bits in (255, 2031, 2038) for more in (-1, 0) for sign in (-1, 1)}
)


def again(obj: object) -> object:
    file = io.BytesIO()
    torch.save(obj, file)
    file.seek(0)
    loaded: object = torch.load(file)
    return loaded


def test_numbers_and_keys() -> None:
    assert again([NUMBERS]) == [NUMBERS]
    assert again({n: -n for n in NUMBERS}) == {n: -n for n in NUMBERS}
    assert again({"set": set(NUMBERS), "tuple": tuple(NUMBERS)}) == {
        "set": set(NUMBERS),
        "tuple": tuple(NUMBERS),
    }


def test_python_reads_what_is_written() -> None:
    assert pickle.loads(written(NUMBERS, [])) == NUMBERS


def test_the_largest_that_can_be_written() -> None:
    for n in (2**2039 - 1, -(2**2039) + 1):
        assert again([n]) == [n]
    with pytest.raises(TypeError, match=r"^save: an integer of 2040 bits is too large$"):
        again([2**2039])


@pytest.mark.parametrize("suffix", [".pt", ".safetensors"])
def test_elements(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    for dtype, bits in [(torch.int64, 63), (torch.int32, 31), (torch.int16, 15), (torch.int8, 7)]:
        values = [n for n in NUMBERS if -(2**bits) <= n < 2**bits]
        torch.save({"x": torch.tensor(values, dtype=dtype)}, path)
        assert torch.load(path)["x"].tolist() == values


@pytest.mark.parametrize("suffix", [".pt", ".safetensors"])
def test_sizes(tmp_path: Path, suffix: str) -> None:
    """Of tensors without elements, whose sizes and strides need more than 32 bits."""
    path = tmp_path / f"a{suffix}"
    for size in (2**15, 2**16, 2**31 - 1, 2**31, 2**32, 2**40):
        for shape in [(0, size), (size, 0), (3, size, 0)]:
            torch.save({"x": torch.zeros(shape)}, path)
            assert torch.load(path)["x"].shape == shape
