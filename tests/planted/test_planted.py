"""Planted bugs are found, each by the test that is meant for it: the tests are tested.

The packages and the tests are copied, a bug is written into the copy, and its test runs there, in
a process of its own. So the tests are not only green: they turn red.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from tests.planted.bug import Bug
from tests.planted.bugs import BUGS

ROOT: Final = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of packages and tests."""
    folder = tmp_path_factory.mktemp("planted")
    for part in ("packages", "tests"):
        generated = shutil.ignore_patterns("__pycache__", "dist")
        shutil.copytree(ROOT / part, folder / part, ignore=generated)
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def run(workshop: Path, *tests: str) -> subprocess.CompletedProcess[str]:
    """Run tests over the layers of the copy."""
    # Nothing is compiled: of a file that changes twice a second Python can't tell.
    settings = {"PYTHONDONTWRITEBYTECODE": "1", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    path = os.pathsep.join(map(str, sorted(workshop.glob("packages/*/src"))))
    environment = {key: value for key, value in os.environ.items() if key != "MINITORCH_SWAP"}
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
        cwd=workshop,
        env=environment | settings | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


@contextmanager
def planted(workshop: Path, bug: Bug) -> Iterator[None]:
    """Have a bug in the copy for a while."""
    layer, _, name = bug.file.partition("/")
    file = workshop / "packages" / f"minitorch-{layer}" / "src" / f"minitorch_{layer}" / name
    source = file.read_text()
    assert source.count(bug.right) == 1, f"{bug}: {bug.file} should have once: {bug.right}"
    file.write_text(source.replace(bug.right, bug.wrong))
    try:
        yield
    finally:
        file.write_text(source)


def find(workshop: Path, bug: Bug) -> None:
    """Plant a bug, and fail unless its test does, as it should."""
    with planted(workshop, bug):
        found = run(workshop, f"tests/{bug.test}")
    said = found.stdout + found.stderr
    assert "1 failed in" in found.stdout, f"{bug}: went unnoticed by {bug.test}:\n{said}"
    assert bug.says in found.stdout, f"{bug}: {bug.test} did not say {bug.says!r}:\n{said}"


@pytest.mark.parametrize("bug", BUGS, ids=str)
def test_a_bug_is_found(workshop: Path, bug: Bug) -> None:
    find(workshop, bug)


def test_without_the_bugs_the_same_tests_pass(workshop: Path) -> None:
    tests = sorted({f"tests/{bug.test}" for bug in BUGS})
    found = run(workshop, *tests)
    assert f"{len(tests)} passed in" in found.stdout, found.stdout + found.stderr


def test_no_two_bugs_are_one() -> None:
    assert len({str(bug) for bug in BUGS}) == len(BUGS)
    assert len({(bug.file, bug.wrong) for bug in BUGS}) == len(BUGS)


# --- The workshop itself

ONE: Final = BUGS[0]


@pytest.mark.parametrize("text", ["a text that is nowhere", "return"])
def test_a_change_that_fits_no_more_is_reported(workshop: Path, text: str) -> None:
    message = f"{ONE}: {ONE.file} should have once: {text}"
    with (
        pytest.raises(AssertionError, match=re.escape(message)),
        planted(workshop, replace(ONE, right=text)),
    ):
        pass


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"wrong": ONE.right}, f"{ONE}: went unnoticed by {ONE.test}"),
        ({"says": "something else"}, f"{ONE}: {ONE.test} did not say 'something else'"),
        ({"test": f"{ONE.test}, no more"}, "went unnoticed"),  # a test that isn't there
    ],
    ids=["no bug", "for another reason", "no test"],
)
def test_a_bug_that_is_not_found_is_reported(
    workshop: Path, change: dict[str, str], message: str
) -> None:
    with pytest.raises(AssertionError, match=re.escape(message)):
        find(workshop, replace(ONE, **change))


def test_nothing_is_left_of_a_bug(workshop: Path) -> None:
    layer, _, name = ONE.file.partition("/")
    path = Path("packages", f"minitorch-{layer}", "src", f"minitorch_{layer}", name)
    with planted(workshop, ONE):
        assert ONE.wrong in (workshop / path).read_text()
    assert (workshop / path).read_text() == (ROOT / path).read_text()
