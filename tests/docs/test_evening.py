"""`docs/evening.md` has every file of the small layers, with its lines, and of our core."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.docs.snippets import ROOT

PAGE = (ROOT / "docs" / "evening.md").read_text()
AUTOGRAD = ROOT / "packages" / "minitorch-autograd" / "src" / "minitorch_autograd"
CORE = {
    "`engine`: the graph, and the way back": AUTOGRAD / "engine",
    "`arguments`: what users write, in one form": AUTOGRAD / "arguments",
    "`ops/core`: the operations that a network needs": AUTOGRAD / "ops" / "core",
}
NAMES = sorted(path.name for path in (ROOT / "examples" / "layers").iterdir())


def files(folder: Path) -> dict[str, int]:
    """Return the number of lines of each file in a folder."""
    return {path.name: len(path.read_text().splitlines()) for path in folder.glob("*.py")}


def small(layer: str) -> dict[str, int]:
    """Return the number of lines of each file of a small layer."""
    (folder,) = ROOT.glob(f"examples/layers/{layer}/src/minitorch_*")
    return files(folder)


def below(heading: str) -> str:
    """Return what stands below the heading that ends so."""
    return re.split(r"\n##+ ", PAGE.partition(f"{heading}\n")[2])[0]


def table(heading: str) -> dict[str, int]:
    """Return the files in the table below the heading that ends so, with their told lines."""
    rows = re.findall(r"^\| `(\w+\.py)` \| ([\d,]+) \| ", below(heading), flags=re.MULTILINE)
    assert len({name for name, _ in rows}) == len(rows) > 0
    return {name: number(told) for name, told in rows}


def number(text: str) -> int:
    return int(text.replace(",", ""))


def assert_about(told: dict[str, int], counted: dict[str, int]) -> None:
    assert sorted(told) == sorted(counted)
    for name, lines in counted.items():
        assert abs(told[name] - lines) <= 10, f"{name} has {lines} lines, not {told[name]}"


@pytest.mark.parametrize("layer", NAMES)
def test_every_file_of_a_small_layer_is_told(layer: str) -> None:
    assert_about(table(f": `{layer}`"), small(layer))


def test_the_lines_of_each_layer_and_of_all() -> None:
    counted = {layer: sum(small(layer).values()) for layer in NAMES}
    rows = re.findall(r"^\| \w+ \| \[([\w-]+)\].*? \| ([\d,]+) \| ", PAGE, flags=re.MULTILINE)
    assert_about({name: number(told) for name, told in rows}, counted)
    assert 2_550 < sum(counted.values()) < 2_600  # "a little less than 2,600"


@pytest.mark.parametrize("heading", CORE)
def test_every_file_of_our_core_is_told(heading: str) -> None:
    rows = re.findall(r"^\| `(\w+\.py)` \| \S", below(heading), flags=re.MULTILINE)
    assert sorted([*rows, "__init__.py"]) == sorted(files(CORE[heading]))


def test_the_lines_of_our_core() -> None:
    counted = sum(sum(files(folder).values()) for folder in CORE.values())
    (told,) = re.findall(r"`engine`, `arguments` and `ops/core`, some ([\d,]+) lines", PAGE)
    assert abs(number(told) - counted) < 500
