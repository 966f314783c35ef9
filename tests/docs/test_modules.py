"""`docs/modules.md` has every public name of nn, and none that is not there."""

from __future__ import annotations

import importlib
import re

from tests.docs.snippets import ROOT

import minitorch_nn

PAGE = (ROOT / "docs" / "modules.md").read_text()


def rows(below: str, above: str) -> dict[str, list[str]]:
    """Return the names in each row of a table, which is between two texts."""
    part = PAGE.partition(below)[2].partition(above)[0]
    table = re.findall(r"^\| (.+?) \| (`.+`) \|$", part, flags=re.MULTILINE)
    assert table
    return {family.strip("`"): re.findall(r"`(\w+)`", names) for family, names in table}


def names(below: str, above: str) -> list[str]:
    return [name for row in rows(below, above).values() for name in row]


def test_every_module_is_told_once() -> None:
    told = names("# Modules\n", "\n## Functions")
    inner = {"functional", "init", "modules", "utils"}
    public = [name for name in vars(minitorch_nn)["__all__"] if name not in inner]
    assert sorted(told) == sorted(public)


def test_every_function_is_told_once() -> None:
    told = names("\n## Functions", "\n## Beside them")
    assert sorted(told) == sorted(vars(minitorch_nn.functional)["__all__"])


def test_what_stands_beside_them_is_told() -> None:
    inner = {"rnn", "parametrize", "parametrizations", "stateless"}
    for module, told in rows("\n## Beside them", "\n## Weights").items():
        public = importlib.import_module(f"minitorch_nn.{module}").__all__
        assert sorted(told) == sorted(set(public) - inner)
