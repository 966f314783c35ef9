"""Every name of the contract is there, and can be called as the contract says."""

from __future__ import annotations

from types import ModuleType

import pytest
from tests.conformance.loading import assert_fits, contract_names

from minitorch_swap import Need


@pytest.mark.parametrize("users", contract_names("minitorch_tensor"))
def test_name(layer: ModuleType, users: list[Need]) -> None:
    assert_fits(users, layer)
