"""The first names that ship with the package."""

import string

from minitorch_data import names


def test_there_are_5163_different_names() -> None:
    assert len(set(names())) == len(names()) == 5163


def test_they_are_in_order_and_of_26_letters() -> None:
    assert sorted(names()) == names()
    assert set("".join(names())) == set(string.ascii_lowercase)


def test_their_lengths() -> None:
    lengths = [len(name) for name in names()]
    assert (min(lengths), max(lengths)) == (2, 11)
