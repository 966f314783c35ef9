"""`docs/evening.md` has every file of the small layers, with about as many lines as it has."""

from __future__ import annotations

import re

import pytest
from tests.docs.snippets import ROOT

PAGE = (ROOT / "docs" / "evening.md").read_text()
NAMES = sorted(path.name for path in (ROOT / "examples" / "layers").iterdir())


def files(layer: str) -> dict[str, int]:
    """Return the number of lines of each file of a small layer."""
    found = ROOT.glob(f"examples/layers/{layer}/src/*/*.py")
    return {path.name: len(path.read_text().splitlines()) for path in found}


def table(heading: str) -> dict[str, int]:
    """Return the files in the table below the heading that ends so, with their told lines."""
    part = PAGE.partition(f"{heading}\n")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([\w/]+\.py)` \| ([\d,]+) \| ", part, flags=re.MULTILINE)
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
    assert_about(table(f": `{layer}`"), files(layer))


def test_the_lines_of_each_layer_and_of_all() -> None:
    counted = {layer: sum(files(layer).values()) for layer in NAMES}
    rows = re.findall(r"^\| \w+ \| \[([\w-]+)\].*? \| ([\d,]+) \| ", PAGE, flags=re.MULTILINE)
    assert_about({name: number(told) for name, told in rows}, counted)
    assert 2_450 < sum(counted.values()) < 2_500  # "a little less than 2,500"
