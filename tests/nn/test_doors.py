"""What a file of nn calls public, is public: no family's list forgets one of its files."""

from __future__ import annotations

import importlib
from pathlib import Path

import minitorch_nn
from minitorch_nn import functional

ROOT = Path(minitorch_nn.__file__).parent
FAMILIES = sorted({path.parent for path in ROOT.glob("*/modules.py")})
PUBLIC = {*vars(minitorch_nn)["__all__"], *vars(functional)["__all__"]}


def test_every_public_name_of_a_file_is_in_a_list_of_the_package() -> None:
    assert len(FAMILIES) > 10
    files = [path for family in FAMILIES for path in family.glob("*.py")]
    named = {
        name
        for path in files
        for name in getattr(
            importlib.import_module(f"minitorch_nn.{path.parent.name}.{path.stem}"), "__all__", []
        )
    }
    assert named - PUBLIC == set()


def test_a_function_is_pickled_by_its_public_path() -> None:
    assert {getattr(functional, name).__module__ for name in vars(functional)["__all__"]} == {
        "minitorch_nn.functional"
    }
