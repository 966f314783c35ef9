"""Large graphs: time and memory of making and walking them, which have to be linear in their size.

`python -m tests.bench.graphs minitorch chain 100000` prints the seconds, and the bytes that a fresh
process holds at the peak for it; the bench runs it so for each of the two.
"""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

from tests.bench.memory import resident

Torch = Any  # the module `torch` or `minitorch`: one text for both


class Cost(NamedTuple):
    """What a graph takes."""

    seconds: float
    peak: int


def chain(torch: Torch, nodes: int) -> Any:
    """Return the end of a chain of operations."""
    x = torch.ones(8, requires_grad=True)
    y = x
    for _ in range(nodes):
        y = y * 0.9999
    return y


def lattice(torch: Torch, nodes: int) -> Any:
    """Return the end of a graph in which each node has two consumers: 2 to the n ways lead back."""
    left = torch.ones(8, requires_grad=True)
    right = left * 1.0
    for _ in range(nodes // 4):
        middle = (left + right) * 0.5
        left, right = middle, (middle + left) * 0.5
    return left + right


GRAPHS: dict[str, Callable[[Torch, int], Any]] = {"chain": chain, "lattice": lattice}


def cost(module: str, graph: str, nodes: int) -> Cost:
    """Return what it takes to make a graph and to walk it."""
    torch = importlib.import_module(module)
    for make in GRAPHS.values():  # what the first walk loads
        make(torch, 8).sum().backward()
    Path("/proc/self/clear_refs").write_text("5")
    before = resident("VmRSS")
    start = perf_counter()
    GRAPHS[graph](torch, nodes).sum().backward()
    return Cost(perf_counter() - start, resident("VmHWM") - before)


def cost_apart(module: str, graph: str, nodes: int) -> Cost:
    """Return `cost`, measured in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.graphs", module, graph, str(nodes)]
    run = subprocess.run(command, check=True, capture_output=True, text=True)
    seconds, peak = run.stdout.split()
    return Cost(float(seconds), int(peak))


if __name__ == "__main__":
    print(*cost(sys.argv[1], sys.argv[2], int(sys.argv[3])))
