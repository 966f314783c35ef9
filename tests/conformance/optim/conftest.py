"""The layer under test, and the one below it, which makes its tensors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conformance.loading import load

if TYPE_CHECKING:
    from tests.conformance.optim.contract import Autograd, Layer


@pytest.fixture
def optim() -> Layer:
    """Return the optim layer; a test fails by what it uses of it, and by nothing else."""
    layer: Layer = load("minitorch_optim")
    return layer


@pytest.fixture
def below() -> Autograd:
    """Return the autograd layer."""
    layer: Autograd = load("minitorch_autograd")
    return layer
