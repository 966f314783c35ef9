"""Print MiniTorch's speed and memory as ratios to torch eager: `hatch run bench`.

Both run in one process in turns, with two threads each; nothing here is a test, since a ratio on a
busy machine proves little. `--only TEXT` takes the cases whose names have TEXT in them.
"""

from __future__ import annotations

import argparse

import torch
from rich.console import Console
from rich.progress import track
from rich.table import Table
from tests.bench.cases import OPERATIONS, STEPS
from tests.bench.draws import DRAW_CASES
from tests.bench.graphs import GRAPHS, cost_apart
from tests.bench.memory import growth, training_peak_apart
from tests.bench.networks import NETWORK_CASES, NETWORKS
from tests.bench.networks import summary as summary_of_networks
from tests.bench.operations import OPERATION_CASES, summary
from tests.bench.optimizers import OPTIMIZER_CASES
from tests.bench.timing import compare

import minitorch


def main() -> None:
    """Time the cases, measure memory, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a part of the names of the cases to time")
    parser.add_argument("--rounds", type=int, default=40, help="turns for each case")
    options = parser.parse_args()

    torch.set_num_threads(2)
    table = Table(title="Seconds a call, MiniTorch / torch eager")
    for heading in ("case", "MiniTorch µs", "torch µs", "ratio", "reach", ""):
        table.add_column(heading, justify="left" if heading == "case" else "right")
    every = [*STEPS, *OPERATIONS, *OPERATION_CASES, *DRAW_CASES, *NETWORK_CASES, *OPTIMIZER_CASES]
    cases = [case for case in every if options.only in case.name]
    measured = {}
    for case in track(cases, "timing", transient=True):
        minitorch.manual_seed(0)
        torch.manual_seed(0)
        many = case in STEPS or case in OPERATIONS
        rounds = options.rounds if many else min(options.rounds, 10)
        # A core that rests is slow to begin with: what takes several gets longer turns.
        slice_ = 0.15 if case in NETWORK_CASES or case in OPTIMIZER_CASES else 0.02
        times = measured[case] = compare(case.make(minitorch), case.make(torch), rounds, slice_)
        reached = "" if case.reach is None else "yes" if times.ratio <= case.reach else "no"
        table.add_row(
            case.name,
            f"{times.ours * 1e6:.1f}",
            f"{times.theirs * 1e6:.1f}",
            f"{times.ratio:.2f}",
            "" if case.reach is None else f"{case.reach:.1f}",
            reached,
        )
    console = Console()
    console.print(table)
    for line in [*summary(measured), *summary_of_networks(measured)]:
        console.print(line)
    if "network".startswith(options.only) or options.only == "networks":
        console.print(_network_peaks())
    if not options.only:
        ours, theirs = training_peak_apart("minitorch"), training_peak_apart("torch")
        console.print(
            f"Peak of training 784-512-512-10 at batch 256: {ours / 1e6:.1f} MB, "
            f"torch {theirs / 1e6:.1f} MB, ratio {ours / theirs:.2f}"
        )
        console.print(_large_graphs())
        console.print(f"Left behind by 10,000 steps of the four samples: {growth()} bytes")


def _network_peaks() -> Table:
    """Measure the memory that training each network takes at its peak."""
    table = Table(title="Peak memory of training, each in a fresh process")
    for heading in ("network", "MB", "torch MB", "ratio"):
        table.add_column(heading, justify="left" if heading == "network" else "right")
    for network in track(NETWORKS, "memory", transient=True):
        ours, theirs = (training_peak_apart(one, network.name) for one in ("minitorch", "torch"))
        table.add_row(
            network.name, f"{ours / 1e6:.0f}", f"{theirs / 1e6:.0f}", f"{ours / theirs:.2f}"
        )
    return table


def _large_graphs() -> Table:
    """Measure graphs of 10^4 and 10^5 nodes: both, and the growth between them, which is linear."""
    table = Table(title="Graphs: making and walking, each in a fresh process")
    for heading in ("graph", "nodes", "seconds", "torch s", "x time", "MB", "torch MB", "ratio"):
        table.add_column(heading, justify="left" if heading == "graph" else "right")
    for graph in track(GRAPHS, "graphs", transient=True):
        smaller = 0.0
        for nodes in (10_000, 100_000):
            ours, theirs = (cost_apart(one, graph, nodes) for one in ("minitorch", "torch"))
            table.add_row(
                graph,
                str(nodes),
                f"{ours.seconds:.3f}",
                f"{theirs.seconds:.3f}",
                f"{ours.seconds / smaller:.1f}" if smaller else "",
                f"{ours.peak / 1e6:.1f}",
                f"{theirs.peak / 1e6:.1f}",
                f"{ours.peak / theirs.peak:.2f}",
            )
            smaller = ours.seconds
    return table


if __name__ == "__main__":
    main()
