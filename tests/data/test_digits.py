"""The digits that ship with the package."""

from minitorch_autograd import float32, int64
from minitorch_data import digits


def test_there_are_1797_images_with_labels() -> None:
    images, labels = digits().tensors
    assert images.shape == (1797, 64)
    assert images.dtype is float32
    assert labels.shape == (1797,)
    assert labels.dtype is int64


def test_pixels_are_sixteenths_between_0_and_1() -> None:
    images, _ = digits().tensors
    assert images.min().item() == 0
    assert images.max().item() == 1
    sixteenths = images * 16
    assert (sixteenths == sixteenths.to(int64)).to(int64).sum().item() == 1797 * 64


def test_every_digit_is_there_as_often_as_the_origin_says() -> None:
    _, labels = digits().tensors
    counts = [(labels == digit).to(int64).sum().item() for digit in range(10)]
    assert counts == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_the_first_image_is_a_zero() -> None:
    image, label = digits()[0]
    assert label.item() == 0
    assert (image.reshape(8, 8) * 16)[0].tolist() == [0, 0, 5, 13, 9, 1, 0, 0]
