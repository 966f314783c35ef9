"""Leaves out the tests that ask more of a layer than its contract, where another is in its place.

Of a replacement no more is asked than its contract: the conformance suites ask that, of it and of
the layers above it. The tests of a layer of ours stay as long as the ones that they use are ours.
"""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples in every run, and no race against the clock.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")

if "PYTEST_XDIST_WORKER" in os.environ:
    # There are as many processes as cores: threads beside them would wait for each other. Libraries
    # ask for it when they are imported, and so do the processes that tests start.
    os.environ |= dict.fromkeys(("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS"), "1")

TESTS = Path(__file__).parent
LAYERS = ("tensor", "autograd", "nn", "optim")

# The layers whose own ways, beyond the contract, the tests of a folder rely on; of a folder that
# is not here, all: it is about the repository.
RELIES_ON: dict[str, tuple[str, ...]] = {
    "conformance": (),
    "parity": (),
    "tensor": ("tensor",),
    "autograd": ("autograd",),
    "data": ("autograd",),
    "nn": ("tensor", "autograd", "nn"),  # its families use extensions of all
    "optim": ("tensor", "autograd", "optim"),
}


def replacements() -> dict[str, str]:
    """Return the file of each layer that is not ours; a missing one counts as ours, and fails."""
    found = {}
    for layer in LAYERS:
        spec = find_spec(f"minitorch_{layer}")
        ours = TESTS.parent / "packages" / f"minitorch-{layer}"
        if spec and spec.origin and ours not in Path(spec.origin).resolve().parents:
            found[layer] = spec.origin
    return found


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "relies_on(layer): relies on ways of our own layer beyond its contract, unlike its folder",
    )


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    inside = collection_path.relative_to(TESTS).parts
    if not inside:
        return None
    return True if replacements().keys() & RELIES_ON.get(inside[0], LAYERS) else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    replaced = replacements()
    left_out = [
        item
        for item in items
        if any(mark.args[0] in replaced for mark in item.iter_markers("relies_on"))
    ]
    if left_out:
        items[:] = [item for item in items if item not in left_out]
        config.hook.pytest_deselected(items=left_out)


def pytest_report_header() -> list[str]:
    replaced = replacements()
    kept = [name for name, layers in RELIES_ON.items() if not replaced.keys() & layers]
    lines = [f"in place of our minitorch_{layer}: {file}" for layer, file in replaced.items()]
    return [*lines, f"so of the tests only these: {', '.join(kept)}"] if replaced else []
