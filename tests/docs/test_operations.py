"""`docs/operations.md` has every public function, and no name that is not there."""

from __future__ import annotations

import importlib
import inspect
import re

from tests.docs.snippets import ROOT

import minitorch_autograd

PAGE = (ROOT / "docs" / "operations.md").read_text()


def rows(heading: str) -> dict[str, list[str]]:
    """Return the names in each row of the table below a heading."""
    _, _, below = PAGE.partition(f"\n## {heading}\n")
    table = re.findall(r"^\| (.+?) \| (`.+`) \|$", below.partition("\n## ")[0], flags=re.MULTILINE)
    assert table
    return {family.strip("`"): re.findall(r"`(\w+)`", names) for family, names in table}


def names(heading: str) -> list[str]:
    """Return all names in the table below a heading."""
    return [name for row in rows(heading).values() for name in row]


def test_every_function_is_told_once() -> None:
    public = vars(minitorch_autograd)["__all__"]
    functions = [name for name in public if inspect.isfunction(getattr(minitorch_autograd, name))]
    told = names("Functions")
    assert sorted(set(functions) - set(told)) == [], "no line in docs/operations.md"
    assert sorted(set(told) - set(public)) == []
    assert sorted(name for name in told if told.count(name) > 1) == []


def test_what_a_tensor_has_alone_exists() -> None:
    told = names("Of a tensor alone")
    assert [name for name in told if not hasattr(minitorch_autograd.Tensor, name)] == []


def test_every_method_is_told() -> None:
    told = {*names("Functions"), *names("Of a tensor alone")}
    methods = [name for name in dir(minitorch_autograd.Tensor) if not name.startswith("_")]
    missing = [name for name in methods if name not in told and name.rstrip("_") not in told]
    assert missing == [], "no line in docs/operations.md"


def test_every_name_of_the_modules_is_told() -> None:
    for module, told in rows("Modules").items():
        public = importlib.import_module(f"minitorch_autograd.{module}").__all__
        assert sorted(told) == sorted(public)
