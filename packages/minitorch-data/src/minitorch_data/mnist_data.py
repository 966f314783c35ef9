"""Images of MNIST that ship with this package; data/MNIST.md tells their origin."""

from __future__ import annotations

from minitorch_autograd import float32, int64, tensor

from .data_files import read_array
from .datasets import TensorDataset

WHITE = 255  # the largest value of a pixel


def mnist() -> TensorDataset:
    """Return 5,000 handwritten digits of MNIST, 500 of each: images, and which digit each shows.

    They come digit by digit: split them with `random_split`, which shuffles.

    Returns:
        A data set of two tensors: images (5000, 1, 28, 28), float32 in [0, 1], and labels (5000,),
        int64 in 0 ... 9.

    Source: Y. LeCun, C. Cortes and C. J. C. Burges, The MNIST database of handwritten digits,
    CC BY-SA 3.0

    >>> images, labels = mnist().tensors
    >>> images.shape
    (5000, 1, 28, 28)
    """
    (count, *size), pixels = read_array("mnist-images-idx3-ubyte.gz")
    _, labels = read_array("mnist-labels-idx1-ubyte.gz")
    images = tensor(list(pixels), dtype=float32) / WHITE
    return TensorDataset(images.reshape((count, 1, *size)), tensor(list(labels), dtype=int64))
