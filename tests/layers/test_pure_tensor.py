"""What is particular to the pure-Python tensor: its size, and that it has no name too many.

It is loaded from its folder under a name of its own, so that it can be tested beside ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from tests.layers.loading import loaded

from minitorch_swap import needs

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "examples/layers/pure-tensor/src/minitorch_tensor"


@pytest.fixture(scope="module")
def pure() -> Iterator[ModuleType]:
    with loaded("pure_tensor", FOLDER) as module:
        yield module


def public(names: set[str]) -> set[str]:
    return {name for name in names if not name.startswith("_")}


def test_names_are_those_of_the_contract(pure: ModuleType) -> None:
    # With this, that the stack runs and type-checks over it proves that the stack uses no others.
    contract: dict[str, set[str]] = {}
    for need in needs("minitorch_tensor"):
        if not need.extension:
            contract.setdefault(need.owner, set()).add(need.name)
    assert set(pure.__all__) == contract.pop("")
    for owner, names in contract.items():
        cls = getattr(pure, owner)
        found = {name for base in cls.__mro__[:-1] for name in vars(base)}
        assert public(found | set(getattr(cls, "__slots__", ()))) == public(names), owner


def test_it_is_read_in_an_evening() -> None:
    lines = [line for file in FOLDER.glob("*.py") for line in file.read_text().splitlines()]
    assert len([line for line in lines if line.strip()]) <= 680


def test_it_imports_nothing_but_the_standard_library(pure: ModuleType) -> None:
    for file in FOLDER.glob("*.py"):
        assert "numpy" not in file.read_text().lower().replace('extension "numpy"', ""), file
