"""Which tests are tried against a mutant."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

from tests.mutants.planting import Mutant
from tests.mutants.recording import Recorded, in_turn

ENOUGH: Final = 50  # tests that run something of a file


@dataclass(frozen=True)
class Choice:
    """The tests for a mutant, in order, and the seconds that they take without it."""

    tests: list[str]
    seconds: float
    direct: bool


def choose(recorded: Recorded, mutant: Mutant, source: str, limit: float) -> Choice:
    """Return the tests of a mutant's line, as many as fit into so many seconds.

    Of a line that no test was seen to run, as of one that only runs at import, they are the tests
    of what stands around it, those of the file or else of its folder, and those whose names have a
    word of the line.
    """
    of_line = recorded.tests.get(mutant.file, {})
    now = recorded.now(mutant.file, source)
    first, last = scope(source, mutant.line)
    tests: list[str] = []
    for line in range(mutant.line, first - 1, -1):
        tests = of_line.get(now.get(line, 0), [])
        if tests or now.get(line, 0) in recorded.imported.get(mutant.file, ()):
            break
    direct = bool(tests)
    if not direct:
        around = [t for line in range(first, last + 1) for t in of_line.get(now.get(line, 0), ())]
        lines = source.splitlines()
        text = f"{lines[mutant.line - 1]} {' '.join(names_around(source, mutant.line))}"
        words = {word.lower() for word in re.findall(r"[A-Za-z]\w{2,}", text)}
        named = [test for test in recorded.seconds if any(w in test.lower() for w in words)]
        package = mutant.file.split("/")[1].partition("-")[2]
        of_package = [t for t in recorded.seconds if t.startswith(f"tests/{package}/")]
        place = in_turn(recorded.seconds, _of_place(recorded, mutant.file))
        rows = [in_turn(recorded.seconds, row) for row in (around, named, of_package)]
        together = zip_longest(place, *rows)
        # Where nothing around it was seen to run, as within `sys.setprofile`, first the place.
        tests = [] if around else place
        tests = [*tests, *(test for row in together for test in row if test is not None)]
    return _within(recorded, _apart(mutant, tests), limit, direct)


def _of_place(recorded: Recorded, file: str) -> set[str]:
    """Return the tests that run something of a file, or of a folder around it if they are few."""
    place = file
    found: set[str] = set()
    while "/src/" in place and len(found) < ENOUGH:
        for other, lines in recorded.tests.items():
            if other == place or other.startswith(f"{place}/"):
                found.update(*lines.values())
        place = place.rpartition("/")[0]
    return found


def _apart(mutant: Mutant, tests: Iterable[str]) -> Iterable[str]:
    """Leave out what fails whenever a function has another code than it was imported with."""
    if "/onnx/" in mutant.file:
        return tests
    return [test for test in tests if not test.startswith("tests/front/test_onnx")]


def _within(recorded: Recorded, tests: Iterable[str], limit: float, direct: bool) -> Choice:
    chosen: list[str] = []
    total = 0.0
    for test in dict.fromkeys(tests):
        took = recorded.seconds.get(test, limit)
        if total + took <= limit:
            chosen.append(test)
            total += took
    return Choice(chosen, total, direct)


def names_around(source: str, line: int) -> list[str]:
    """Return the names of the functions and classes that have a line."""
    return [
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
        and node.lineno <= line <= (node.end_lineno or node.lineno)
        and not node.name.startswith("_")
    ]


def scope(source: str, line: int) -> tuple[int, int]:
    """Return the first and last line of the innermost function or class that has a line."""
    best = (1, source.count("\n") + 1)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            last = node.end_lineno or first
            if first <= line <= last and first >= best[0]:
                best = (first, last)
    return best
