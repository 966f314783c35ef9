"""The data of `minitorch_data`, as data sets of torch: what examples import there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch.utils.data import TensorDataset

import minitorch_data
from minitorch_data import names

__all__ = ["digits", "mnist", "names"]


def digits() -> Any:
    return of_torch(minitorch_data.digits)


def mnist() -> Any:
    return of_torch(minitorch_data.mnist)


def of_torch(data: Callable[[], minitorch_data.TensorDataset]) -> Any:
    return TensorDataset(*(torch.tensor(one.numpy()) for one in data().tensors))
