"""Which tests run which lines, and how long they take: found once, and kept in `.mutants/`.

Recorded is what passes, with coverage.py, a context for each test. Of each line at most a few
hundred tests are kept, in the order in which they are tried: one of each test function in turn,
the quick ones first.
"""

from __future__ import annotations

import difflib
import importlib
import pickle
from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import coverage
import pytest

KEPT: Final = 400  # tests of a line
# What reads sources or starts processes of its own does not see a mutant, or takes too long.
LEFT_OUT: Final = tuple(
    f"--ignore=tests/{name}"
    for name in [
        *("bench", "docs", "examples", "layers", "mutants", "planted"),
        *("parity/test_examples.py", "parity/test_alternatives.py", "test_layering.py"),
        "test_wheels.py",
    ]
)
QUIET: Final = (
    *("-q", "-p", "no:randomly", "-p", "no:cacheprovider"),
    *("-W", "ignore::pytest.PytestAssertRewriteWarning"),  # what is imported once for all forks
)


@dataclass
class Recorded:
    """What a recording knows.

    Attributes:
        seconds: how long each test takes that passed.
        sources: each file as it was then.
        tests: the tests of each line of each file, in the order in which they are tried.
        imported: the lines of each file that ran before any test did.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    tests: dict[str, dict[int, list[str]]] = field(default_factory=dict)
    imported: dict[str, set[int]] = field(default_factory=dict)

    def now(self, file: str, source: str) -> dict[int, int]:
        """Return for each line of a file as it is now the line that it was, or the one before."""
        then = self.sources.get(file, "")
        if then == source:
            count = source.count("\n") + 2
            return {line: line for line in range(1, count)}
        lines: dict[int, int] = {}
        matcher = difflib.SequenceMatcher(None, then.splitlines(), source.splitlines(), False)
        for _, a, a_end, b, b_end in matcher.get_opcodes():
            for line in range(b, b_end):
                lines[line + 1] = min(a + line - b, max(a_end - 1, a - 1)) + 1
        return lines


class Recorder:
    """The plugin of pytest that records; it takes the files of one of several parts."""

    def __init__(self, root: Path, part: int, parts: int, file: Path) -> None:
        self.root = root
        self.part, self.parts, self.file = part, parts, file
        self.seconds: dict[str, float] = defaultdict(float)
        self.failed: set[str] = set()
        self.coverage = coverage.Coverage(
            data_file=str(file.with_suffix(".coverage")),
            source=[str(path) for path in sorted(root.glob("packages/*/src"))],
            config_file=False,
        )
        self.coverage.erase()
        self.coverage.start()
        for folder in sorted(root.glob("packages/*/src/*/")):
            importlib.import_module(folder.name)
        self.coverage.switch_context("the collection")

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        paths = sorted({item.path for item in items})
        mine = set(paths[self.part :: self.parts])
        items[:] = [item for item in items if item.path in mine]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, bool, bool]:
        self.coverage.switch_context(item.nodeid)
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration
        if report.outcome != "passed":
            self.failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        self.coverage.stop()
        data = self.coverage.get_data()
        found: dict[str, dict[int, list[str]]] = {}
        for file in data.measured_files():
            found[str(Path(file).relative_to(self.root))] = data.contexts_by_lineno(file)
        seconds = {test: took for test, took in self.seconds.items() if test not in self.failed}
        self.file.write_bytes(pickle.dumps((seconds, found)))
        self.coverage.erase()


def record(root: Path, part: int, parts: int, file: Path) -> None:
    """Run a part of the tests, and write down what they reach."""
    recorder = Recorder(root, part, parts, file)
    pytest.main([*QUIET, *LEFT_OUT, "--continue-on-collection-errors"], plugins=[recorder])


def merged(root: Path, files: Iterable[Path]) -> Recorded:
    """Return what the parts of a recording know together."""
    made = Recorded()
    tests: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for part in files:
        seconds, found = pickle.loads(part.read_bytes())
        made.seconds |= seconds
        for file, lines in found.items():
            for line, contexts in lines.items():
                tests[file][line] += contexts
    for file, lines in tests.items():
        made.sources[file] = (root / file).read_text()
        made.imported[file] = {line for line, contexts in lines.items() if "" in contexts}
        made.tests[file] = {
            line: in_turn(made.seconds, contexts)[:KEPT] for line, contexts in lines.items()
        }
    return made


def in_turn(seconds: dict[str, float], tests: Iterable[str]) -> list[str]:
    """Return tests, one of each function in turn, the quick ones first; without what failed."""
    functions: dict[str, list[str]] = defaultdict(list)
    for test in sorted(set(tests) & seconds.keys(), key=lambda test: (seconds[test], test)):
        functions[test.partition("[")[0]].append(test)
    rows = sorted(
        (turn, seconds[test], test)
        for together in functions.values()
        for turn, test in enumerate(together)
    )
    return [test for _, _, test in rows]
