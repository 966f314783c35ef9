"""Every name of a contract has a test in the conformance suite, beside being there at all."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minitorch_swap import needs

SUITES = Path(__file__).parents[1] / "conformance"


# The extensions of autograd are functions of torch's: the tables of cases have them.
@pytest.mark.parametrize("layer", ["tensor", "nn", "optim"])
def test_every_name_of_the_contract_is_tested(layer: str) -> None:
    words = {
        word
        for file in (SUITES / layer).glob("test_*.py")
        for word in re.findall(r"\w+", file.read_text())
    }
    asked = {need.name for need in needs(f"minitorch_{layer}") if not need.name.startswith("__")}
    assert sorted(asked - words) == [], f"no test in tests/conformance/{layer} names these"
