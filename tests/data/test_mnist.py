"""The images of MNIST that ship with the package."""

from minitorch_autograd import float32, int64
from minitorch_data import mnist


def test_there_are_500_images_of_each_digit() -> None:
    images, labels = mnist().tensors
    assert images.shape == (5000, 1, 28, 28)
    assert images.dtype is float32
    assert labels.shape == (5000,)
    assert labels.dtype is int64
    counts = [(labels == digit).to(int64).sum().item() for digit in range(10)]
    assert counts == [500] * 10


def test_pixels_are_between_0_and_1() -> None:
    images, _ = mnist().tensors
    assert images.min().item() == 0
    assert images.max().item() == 1
    # The mean of the whole training set of MNIST is 0.1307.
    assert abs(images.mean().item() - 0.1307) < 0.005


def test_the_border_is_empty() -> None:
    images, _ = mnist().tensors
    assert images[:, :, 0].sum().item() == 0
