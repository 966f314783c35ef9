"""Memory that torch and MiniTorch share."""

from __future__ import annotations

import pytest
import torch

import minitorch

pytestmark = pytest.mark.relies_on("tensor")

DTYPES = ["bool", "uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64"]


@pytest.mark.parametrize("dtype", DTYPES)
def test_torch_sees_our_memory(dtype: str) -> None:
    ours = minitorch.zeros(2, 3, dtype=getattr(minitorch, dtype))
    theirs = torch.from_dlpack(ours)
    assert repr(theirs) == repr(ours)
    ours[1, 2] = 1
    assert theirs.tolist() == ours.tolist()
    theirs[0, 0] = 1
    assert ours.tolist() == theirs.tolist()


@pytest.mark.parametrize("dtype", DTYPES)
def test_we_see_the_memory_of_torch(dtype: str) -> None:
    theirs = torch.zeros(3, 2, dtype=getattr(torch, dtype)).t()
    ours = minitorch.from_dlpack(theirs)
    assert repr(ours) == repr(theirs)
    theirs[1, 2] = 1
    assert ours.tolist() == theirs.tolist()
    ours[0, 0] = 1
    assert theirs.tolist() == ours.tolist()


def test_devices() -> None:
    ours, theirs = minitorch.ones(1).__dlpack_device__(), torch.ones(1).__dlpack_device__()
    assert tuple(map(int, ours)) == tuple(map(int, theirs))


def test_through_numpy() -> None:
    ours = minitorch.arange(3)
    theirs = torch.from_numpy(ours.numpy())
    theirs += 1
    assert ours.tolist() == [1, 2, 3]
