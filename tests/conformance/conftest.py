"""Which files are under test, and which extensions they have."""

from __future__ import annotations

import os

import pytest
from tests.conformance.loading import LAYERS, lacks, origin


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "extension(name): tests an extension of the tensor contract, where a layer has it",
    )


def pytest_report_header() -> list[str]:
    """Name the file of each layer, unless something is swapped: then the swap's plugin does."""
    if os.environ.get("MINITORCH_SWAP"):
        return []
    return [f"{name}: {origin(name)}" for name in LAYERS]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests of extensions that the layer has nothing of: it need not have them."""
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        marker = item.get_closest_marker("extension")
        absent = marker is not None and lacks("minitorch_tensor", marker.args[0])
        (left_out if absent else kept).append(item)
    if left_out:
        items[:] = kept
        config.hook.pytest_deselected(items=left_out)
