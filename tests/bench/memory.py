"""Memory: the peak of training beside torch's, and that steps leave nothing behind.

`python -m tests.bench.memory minitorch` prints the bytes that training adds to the memory
of a fresh process at its peak; the bench runs it so for each of the two.
"""

from __future__ import annotations

import gc
import importlib
import subprocess
import sys
import tracemalloc
from pathlib import Path

from tests.bench import networks
from tests.bench.cases import classifier, four_samples


def resident(field: str) -> int:
    """Return the resident memory of this process in bytes: VmRSS now, VmHWM at its peak."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1]) * 1024
    raise RuntimeError(f"no {field} in /proc/self/status: memory is measured on Linux only")


def training_peak(module: str, name: str = "") -> int:
    """Return the most memory that training holds, parameters too.

    It is that of 784-512-512-10 at batch 256, or of a network of `tests.bench.networks`.
    """
    torch = importlib.import_module(module)
    classifier(4, 4, 2, batch=4)(torch)()  # what the first step of any model loads
    Path("/proc/self/clear_refs").write_text("5")  # the peak so far was of importing: forget it
    before = resident("VmRSS")
    make = classifier(784, 512, 512, 10, batch=256)
    if name:
        make = next(networks.step(one) for one in networks.NETWORKS if one.name == name)
    step = make(torch)
    for _ in range(3 if name else 10):
        step()
    return resident("VmHWM") - before


def training_peak_apart(module: str, name: str = "") -> int:
    """Return `training_peak`, measured in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.memory", module, name]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def growth(steps: int = 10_000) -> int:
    """Return the bytes that `steps` steps leave behind, with the garbage collector off."""
    step = four_samples(importlib.import_module("minitorch"))
    for _ in range(100):
        step()
    gc.collect()
    gc.disable()
    tracemalloc.start()
    try:
        step()
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(steps):
            step()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
        gc.enable()
    return after - before


if __name__ == "__main__":
    print(training_peak(*sys.argv[1:]))
