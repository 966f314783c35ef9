"""The tree in `docs/architecture.md` has every folder of the packages, each once."""

from __future__ import annotations

import re

import pytest
from tests.docs.snippets import ROOT
from tests.test_layering import import_name, source
from tests.test_layering_folders import ORDER, order

PAGE = (ROOT / "docs" / "architecture.md").read_text()


def told() -> list[str]:
    """Return the folders and files of the tree, each with the folders that it stands in."""
    _, _, below = PAGE.partition("\n## Where things are\n")
    drawing = below.partition("```\n")[2].partition("```")[0]
    found: list[str] = []
    inside: list[tuple[int, str]] = []  # the folders around the line, each with its indentation
    for line in drawing.splitlines():
        match = re.match(r"( *)(\w+)(/|\.py)( {2,}\S|$)", line)
        assert match or not line, line
        if match:
            indentation = len(match[1])
            inside = [(n, name) for n, name in inside if n < indentation]
            inside.append((indentation, match[2]))
            found.append("/".join(name for _, name in inside) + match[3])
    return found


def test_every_folder_of_the_packages_is_in_the_tree_once() -> None:
    folders = set()
    for root in ROOT.glob("packages/*/src"):
        for file in root.rglob("__init__.py"):
            folders.add(f"{file.parent.relative_to(root).as_posix()}/")
    assert sorted(name for name in told() if name.endswith("/")) == sorted(folders)


def test_every_file_in_the_tree_is_there() -> None:
    for name in told():
        assert name.endswith("/") or list(ROOT.glob(f"packages/*/src/{name}")), name


@pytest.mark.parametrize("distribution", ORDER)
def test_the_folders_stand_in_the_order_of_their_imports(distribution: str) -> None:
    folders = [one for one in order(distribution) if (source(distribution) / one).is_dir()]
    # What stands in another folder is drawn below it, wherever it comes in the order.
    places = [one for one in folders if not any(other.startswith(f"{one}/") for other in folders)]
    inside = [name.removeprefix(f"{import_name(distribution)}/").rstrip("/") for name in told()]
    assert [name for name in inside if name in places] == places


PLACES = re.compile(r"`(\w+)`(?:, in | \()`((?:\w+/)+\w+\.py)`")  # `walk` (`engine/walk.py`)


@pytest.mark.parametrize("page", ["architecture.md", "evening.md"])
def test_what_is_said_to_be_in_a_file_is_there(page: str) -> None:
    found = PLACES.findall((ROOT / "docs" / page).read_text())
    assert len(found) > 3
    for name, path in found:
        text = (source("minitorch-autograd") / path).read_text()
        assert re.search(rf"^(def|class) {name}\b", text, flags=re.MULTILINE), f"{name} in {path}"


@pytest.mark.parametrize("page", ["architecture.md", "evening.md"])
def test_every_path_in_autograd_that_is_named_is_there(page: str) -> None:
    for path in re.findall(
        r"`((?:engine|arguments|function|ops|transforms|tools|tensor_class)/[\w/.]+)`",
        (ROOT / "docs" / page).read_text(),
    ):
        assert (source("minitorch-autograd") / path).exists(), path
