"""Draw the ways of optimizers over three surfaces: a curved valley, a plateau, a narrow bowl.

    hatch run python examples/surfaces.py

Source: Rosenbrock, "An Automatic Method for Finding the Greatest or Least Value of a Function",
1960; Beale, "On an Iterative Method for Finding a Local Minimum of a Function", 1958.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from rich.progress import track

import minitorch as torch
from minitorch.optim import SGD, Adadelta, Adam, Optimizer, RMSprop, Rprop

Function = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]
Path2d = list[tuple[float, float]]


class Surface(NamedTuple):
    name: str
    function: Function
    start: tuple[float, float]
    minimum: tuple[float, float]
    window: tuple[float, float, float, float]  # the least and the largest x, and y


def rosenbrock(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def beale(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def bowl(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    return x**2 / 2 + 25 * y**2 / 2


SURFACES = (
    Surface("Rosenbrock", rosenbrock, (-1.5, 2.0), (1.0, 1.0), (-2.0, 2.0, -0.5, 3.0)),
    Surface("Beale", beale, (1.0, 1.5), (3.0, 0.5), (-0.5, 4.0, -1.5, 2.0)),
    Surface("a narrow bowl", bowl, (-2.5, 1.0), (0.0, 0.0), (-3, 1.5, -1.2, 1.2)),
)
OPTIMIZERS: dict[str, tuple[str, Callable[[list[torch.Tensor]], Optimizer]]] = {
    "SGD": ("#888888", lambda params: SGD(params, lr=1e-3)),
    "SGD with momentum": ("#30569f", lambda params: SGD(params, lr=1e-3, momentum=0.9)),
    "RMSprop": ("#c1440e", lambda params: RMSprop(params, lr=1e-2)),
    "Adam": ("#1b7f4b", lambda params: Adam(params, lr=5e-2)),
    "Adadelta": ("#8e44ad", lambda params: Adadelta(params, lr=5.0)),
    "Rprop": ("#d4a017", lambda params: Rprop(params, lr=1e-2)),
}


def walk(surface: Surface, make: Callable[[list[torch.Tensor]], Optimizer], steps: int) -> Path2d:
    """Return the points that an optimizer comes through."""
    x, y = (torch.tensor(one, dtype=torch.float64, requires_grad=True) for one in surface.start)
    optimizer = make([x, y])
    path = [surface.start]
    for _ in range(steps):
        optimizer.zero_grad()
        surface.function(x, y).backward()
        optimizer.step()
        path.append((x.item(), y.item()))
    return path


def contours(axes: Axes, surface: Surface, points: int = 200) -> None:
    """Draw lines of one height, the nearer the lower."""
    left, right, low, high = surface.window
    x = torch.linspace(left, right, points).unsqueeze(0)
    y = torch.linspace(low, high, points).unsqueeze(1)
    heights = torch.log1p(surface.function(x, y))
    axes.contourf(
        x[0].tolist(), y[:, 0].tolist(), heights.tolist(), levels=24, cmap="Greys", alpha=0.55
    )


def draw(path: Path, walks: dict[str, dict[str, Path2d]]) -> None:
    """Draw the ways over each surface, from the start to where they end."""
    figure = Figure(figsize=(15, 5), layout="constrained")
    for axes, surface in zip(figure.subplots(1, len(SURFACES)), SURFACES, strict=True):
        contours(axes, surface)
        for name, points in walks[surface.name].items():
            color = OPTIMIZERS[name][0]
            axes.plot(*zip(*points, strict=True), color=color, linewidth=1.8, label=name)
            axes.plot(*points[-1], marker="o", color=color, markersize=6)
        axes.plot(*surface.start, marker="s", color="black", linestyle="", label="start")
        axes.plot(
            *surface.minimum, marker="*", color="red", markersize=14, linestyle="", label="minimum"
        )
        left, right, low, high = surface.window
        axes.set(title=surface.name, xlim=(left, right), ylim=(low, high))
    figure.legend(
        *axes.get_legend_handles_labels(), loc="outside lower center", ncols=8, frameon=False
    )
    figure.savefig(path, dpi=150)


def main(folder: Path = Path(), steps: int = 500) -> dict[str, dict[str, Path2d]]:
    """Walk, and leave a picture in `folder`; return the ways by surface and optimizer."""
    walks = {
        surface.name: {name: walk(surface, make, steps) for name, (_, make) in OPTIMIZERS.items()}
        for surface in track(SURFACES, "surfaces")
    }
    draw(folder / "surfaces.png", walks)
    print("saved surfaces.png")
    return walks


if __name__ == "__main__":
    main()
