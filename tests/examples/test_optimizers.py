"""The examples about optimizers: one of one's own, and the ways over surfaces."""

from __future__ import annotations

from math import dist
from pathlib import Path

from examples import lion, surfaces

import minitorch as torch


def test_an_optimizer_of_one_s_own_reads_95_of_100_digits() -> None:
    assert lion.main() >= 0.95


def test_its_steps_are_of_one_size() -> None:
    p = torch.tensor([1.0, 1.0, 1.0], requires_grad=True)
    optimizer = lion.Lion([p], lr=0.5, weight_decay=0.0)
    p.grad = torch.tensor([3.0, -0.1, 0.0])
    optimizer.step()
    assert p.tolist() == [0.5, 1.5, 1.0]


def test_the_ways_lead_down(tmp_path: Path) -> None:
    walks = surfaces.main(tmp_path)
    assert (tmp_path / "surfaces.png").read_bytes().startswith(b"\x89PNG")
    for surface in surfaces.SURFACES:
        for points in walks[surface.name].values():
            assert points[0] == surface.start
            heights = [
                surface.function(*(torch.tensor(one, dtype=torch.float64) for one in point)).item()
                for point in (points[0], points[-1])
            ]
            assert heights[1] < heights[0] / 2
        assert dist(walks[surface.name]["Adam"][-1], surface.minimum) < 0.8
