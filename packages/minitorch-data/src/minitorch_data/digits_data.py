"""The handwritten digits that ship with this package; data/DIGITS.md tells their origin."""

from __future__ import annotations

from minitorch_autograd import float32, int64, tensor

from .data_files import read_array
from .datasets import TensorDataset

DARKEST = 16  # a pixel counts the dark ones in a block of 4x4


def digits() -> TensorDataset:
    """Return 1,797 handwritten digits: images, and which digit each shows.

    Images are rows of 64 pixels, ready for `Linear(64, ...)`; `images.reshape(-1, 8, 8)` makes
    pictures of them.

    Returns:
        A data set of two tensors: images (1797, 64), float32 in [0, 1], and labels (1797,),
        int64 in 0 ... 9.

    Source: E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine
    Learning Repository, https://doi.org/10.24432/C50P49, CC BY 4.0

    >>> images, labels = digits().tensors
    >>> images.shape, labels[:3]
    ((1797, 64), tensor([0, 1, 2]))
    """
    (count, *size), pixels = read_array("digits-images-idx3-ubyte.gz")
    _, labels = read_array("digits-labels-idx1-ubyte.gz")
    width = size[0] * size[1]
    images = [list(pixels[i : i + width]) for i in range(0, count * width, width)]
    return TensorDataset(tensor(images, dtype=float32) / DARKEST, tensor(list(labels), dtype=int64))
