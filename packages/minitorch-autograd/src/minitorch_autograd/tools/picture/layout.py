"""The layout: boxes in layers, with inputs above what is computed from them.

After Sugiyama, Tagawa and Toda (1981): a box's layer is the longest path to it; an arrow over
several layers gets a *bend* in each, which takes its place among the boxes; the order in a layer
follows the mean of the neighbours; and last, each box moves as near to its neighbours as the
order lets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from .box import Box

GAP = 24.0  # between boxes side by side
BETWEEN = 40.0  # between layers
SWEEPS = 8


@dataclass(slots=True)
class Spot:
    """A box, or a bend of an arrow, with the position of its centre."""

    width: float
    height: float
    layer: int
    x: float = 0.0
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Layout:
    """The spots of the boxes in their order, and for each arrow the spots on its path."""

    spots: list[Spot]
    arrows: list[list[Spot]]
    width: float
    height: float


def lay_out(boxes: list[Box], sizes: list[tuple[float, float]]) -> Layout:
    """Return a position for every box, and a path for every arrow."""
    layers_of = ranks(boxes)
    graph = _Layers(max(layers_of) + 1)
    spots = [
        graph.add(width, height, layer)
        for (width, height), layer in zip(sizes, layers_of, strict=True)
    ]
    arrows = [
        graph.connect(spots[source], spots[target])
        for target, box in enumerate(boxes)
        for source in box.inputs
    ]
    graph.order()
    graph.place()
    everything = [graph.spots[i] for layer in graph.layers for i in layer]
    left = min(spot.x - spot.width / 2 for spot in everything)
    for spot in everything:
        spot.x -= left
    width = max(spot.x + spot.width / 2 for spot in everything)
    return Layout(spots, arrows, width, graph.stack())


def ranks(boxes: list[Box]) -> list[int]:
    """Return the layer of each box: the longest path to it; a leaf is just above its first use."""
    ranks: list[int] = []
    for box in boxes:
        ranks.append(max((ranks[i] + 1 for i in box.inputs), default=0))
    first_use: dict[int, int] = {}
    for place, box in enumerate(boxes):
        for i in box.inputs:
            first_use[i] = min(first_use.get(i, ranks[place]), ranks[place])
    return [ranks[i] if box.inputs else first_use.get(i, 1) - 1 for i, box in enumerate(boxes)]


class _Layers:
    """The spots of each layer, and their neighbours in the layers above and below."""

    def __init__(self, count: int) -> None:
        self.spots: list[Spot] = []
        self.layers: list[list[int]] = [[] for _ in range(count)]
        self.above: list[list[int]] = []
        self.below: list[list[int]] = []
        self._number: dict[int, int] = {}

    def add(self, width: float, height: float, layer: int) -> Spot:
        """Append a spot to a layer, and return it."""
        spot = Spot(width, height, layer)
        self._number[id(spot)] = len(self.spots)
        self.layers[layer].append(len(self.spots))
        self.spots.append(spot)
        self.above.append([])
        self.below.append([])
        return spot

    def connect(self, source: Spot, target: Spot) -> list[Spot]:
        """Connect two spots by bends in the layers between them; return the path."""
        bends = [self.add(0.0, 0.0, layer) for layer in range(source.layer + 1, target.layer)]
        way = [source, *bends, target]
        for upper, lower in pairwise(way):
            self.below[self._number[id(upper)]].append(self._number[id(lower)])
            self.above[self._number[id(lower)]].append(self._number[id(upper)])
        return way

    def order(self) -> None:
        """Order the layers by the mean place of the neighbours, down and up in turn."""
        for sweep in range(SWEEPS):
            down = sweep % 2 == 0
            neighbours = self.above if down else self.below
            place = {i: float(at) for layer in self.layers for at, i in enumerate(layer)}
            for layer in self.layers if down else reversed(self.layers):
                mean = {i: _mean([place[j] for j in neighbours[i]], place[i]) for i in layer}
                layer.sort(key=mean.__getitem__)
                place.update((i, float(at)) for at, i in enumerate(layer))

    def place(self) -> None:
        """Move every spot as near to its neighbours as the order and the gaps allow."""
        for sweep in range(SWEEPS):
            down = sweep % 2 == 0
            for layer in self.layers if down else reversed(self.layers):
                wanted = []
                for i in layer:
                    near = self.above[i] if down else self.below[i]
                    wanted.append(_mean([self.spots[j].x for j in near], self.spots[i].x))
                spots = [self.spots[i] for i in layer]
                for spot, x in zip(spots, separated(spots, wanted), strict=True):
                    spot.x = x

    def stack(self) -> float:
        """Set the heights of the layers, from the top; return the total height."""
        y = 0.0
        for layer in self.layers:
            height = max(self.spots[i].height for i in layer)
            for i in layer:
                self.spots[i].y = y + height / 2
            y += height + BETWEEN
        return y - BETWEEN


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def separated(spots: list[Spot], wanted: list[float]) -> list[float]:
    """Return the positions nearest to those wanted, in least squares, that keep spots apart.

    After the room to the left of each spot is subtracted, this is isotonic regression, by "pool
    adjacent violators": neighbours that are out of order form a pool, at the mean of its members.
    """
    room = [0.0]
    for left, right in pairwise(spots):
        room.append(room[-1] + (left.width + right.width) / 2 + GAP)
    pools: list[tuple[float, int]] = []  # the sum of what is wanted, and the members
    for x, offset in zip(wanted, room, strict=True):
        total, count = x - offset, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            before, members = pools.pop()
            total, count = total + before, count + members
        pools.append((total, count))
    places = [total / count for total, count in pools for _ in range(count)]
    return [x + offset for x, offset in zip(places, room, strict=True)]
