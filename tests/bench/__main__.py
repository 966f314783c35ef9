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
from tests.bench.memory import growth, training_peak_apart
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
    cases = [case for case in STEPS + OPERATIONS if options.only in case.name]
    for case in track(cases, "timing", transient=True):
        minitorch.manual_seed(0)
        torch.manual_seed(0)
        times = compare(case.make(minitorch), case.make(torch), options.rounds)
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
    if not options.only:
        ours, theirs = training_peak_apart("minitorch"), training_peak_apart("torch")
        console.print(
            f"Peak of training 784-512-512-10 at batch 256: {ours / 1e6:.1f} MB, "
            f"torch {theirs / 1e6:.1f} MB, ratio {ours / theirs:.2f}"
        )
        console.print(f"Left behind by 10,000 steps of the four samples: {growth()} bytes")


if __name__ == "__main__":
    main()
