"""The layer under test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conformance.loading import load

if TYPE_CHECKING:
    from tests.conformance.autograd.contract import Layer


@pytest.fixture
def layer() -> Layer:
    """Return the autograd layer; a test fails by what it uses of it, and by nothing else."""
    layer: Layer = load("minitorch_autograd")
    return layer
