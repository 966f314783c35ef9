"""The boxes of a picture lie so that arrows cross little, and are short."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

import pytest

from minitorch_autograd.tools.picture.box import Box
from minitorch_autograd.tools.picture.layout import BETWEEN, GAP, Layout, Spot, lay_out

Inputs = list[tuple[int, ...]]


def tree(depth: int) -> Inputs:
    """A binary tree, its leaves in an order of chance."""
    row: list[int] = list(range(2**depth))
    boxes: Inputs = [() for _ in row]
    random.Random(0).shuffle(row)
    while len(row) > 1:
        for left, right in zip(row[::2], row[1::2], strict=True):
            boxes.append((left, right))
        row = list(range(len(boxes) - len(row) // 2, len(boxes)))
    return boxes


def woven(length: int, seed: int) -> Inputs:
    """Boxes that each use two of the last few before them."""
    stream = random.Random(seed)
    boxes: Inputs = [(), (), ()]
    for i in range(3, length):
        boxes.append(tuple(stream.sample(range(max(0, i - 6), i), 2)))
    return boxes


def laid_out(inputs: Inputs) -> Layout:
    boxes = [Box("operation" if one else "leaf", "", ("",), one) for one in inputs]
    return lay_out(boxes, [(40.0 + 10 * (i % 3), 20.0 + i % 2) for i in range(len(boxes))])


def steps(layout: Layout) -> list[tuple[Spot, Spot]]:
    return [step for arrow in layout.arrows for step in pairwise(arrow)]


def crossings(layout: Layout) -> int:
    return sum(
        (a.x - c.x) * (b.x - d.x) < 0
        for (a, b), (c, d) in combinations(steps(layout), 2)
        if a.layer == c.layer
    )


def length(layout: Layout) -> int:
    """Return how far arrows go sideways, in all."""
    return round(sum(abs(a.x - b.x) for a, b in steps(layout)))


@pytest.mark.parametrize(
    ("inputs", "most_crossings", "most_length", "most_width"),
    [
        (tree(3), 0, 833, 559),
        (woven(12, 0), 2, 824, 264),
        (woven(20, 1), 9, 1648, 252),
        (woven(30, 2), 23, 3514, 295),
    ],
    ids=["tree", "12 boxes", "20 boxes", "30 boxes"],
)
def test_arrows(inputs: Inputs, most_crossings: int, most_length: int, most_width: int) -> None:
    """No worse than what was found once; what is better may be written down here."""
    layout = laid_out(inputs)
    found = crossings(layout), length(layout), layout.width
    limits = most_crossings, most_length, most_width
    assert all(one <= most for one, most in zip(found, limits, strict=True)), found


@pytest.mark.parametrize("seed", range(5))
def test_layers_and_gaps(seed: int) -> None:
    layout = laid_out(woven(25, seed))
    bends = [spot for arrow in layout.arrows for spot in arrow]
    everything = {id(spot): spot for spot in [*layout.spots, *bends]}
    for a, b in combinations(everything.values(), 2):
        if a.layer == b.layer:
            assert a.y == b.y
            assert abs(a.x - b.x) >= (a.width + b.width) / 2 + GAP - 1e-6
    for arrow in layout.arrows:
        assert [spot.layer for spot in arrow] == list(range(arrow[0].layer, arrow[-1].layer + 1))
    heights = sorted({spot.y for spot in everything.values()})
    assert min(b - a for a, b in pairwise(heights)) >= 20 + BETWEEN
    assert min(spot.x - spot.width / 2 for spot in everything.values()) == pytest.approx(0)
    assert layout.height >= heights[-1] + 10
