"""Of all tests only those of what changed, and one of each kind: `hatch run quick`.

A plugin of pytest. What changed is what git sees beside `main`, and what is not committed:

- a file of tests: all of it;
- a module of a package: the files of tests with its name, and of each test over a table one case
  of each function and class that the module defines;
- and of every other test its first case.
"""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]


def changed_files() -> list[Path]:
    """Return the Python files that are not as in `main`, or are not in git at all."""
    found = set()
    for command in (
        ("diff", "--name-only", "--diff-filter=d", base()),
        ("ls-files", "--others", "--exclude-standard"),
    ):
        found |= {ROOT / name for name in git(*command).splitlines()}
    return sorted(path for path in found if path.suffix == ".py")


def base() -> str:
    """Return the revision where this branch left `main`; without a `main`, the newest one."""
    return git("merge-base", "HEAD", "main").strip() or "HEAD"


def git(*arguments: str) -> str:
    command = ["git", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def names_in(module: Path) -> set[str]:
    """Return the functions and classes that a module defines for others."""
    defined = (ast.FunctionDef, ast.ClassDef)
    body = ast.parse(module.read_text()).body
    return {one.name for one in body if isinstance(one, defined) and not one.name.startswith("_")}


def chosen(tests: list[tuple[Path, str]], changed: list[Path], names: set[str]) -> list[bool]:
    """Return of each test whether it is run.

    Args:
        tests: the file and the name of each.
        changed: the files that changed.
        names: what changed modules define.
    """
    own = {f"test_{path.stem.strip('_')}.py" for path in changed}
    seen = set[tuple[Path, str, str]]()
    runs = []
    for file, name in tests:
        function, _, case = name.partition("[")
        kinds = {(file, function, word) for word in ("", *(names & set(re.findall(r"\w+", case))))}
        runs.append(file in changed or file.name in own or not kinds <= seen)
        seen |= kinds
    return runs


@pytest.hookimpl(tryfirst=True)  # before the tests are shuffled
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    changed = changed_files()
    names = set[str]().union(*(names_in(file) for file in changed if "packages" in file.parts))
    runs = chosen([(item.path, item.name) for item in items], changed, names)
    left_out = [item for item, run in zip(items, runs, strict=True) if not run]
    items[:] = [item for item, run in zip(items, runs, strict=True) if run]
    config.hook.pytest_deselected(items=left_out)
