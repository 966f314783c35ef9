"""Which tests run which lines, and how long they take: found once, and kept in `.mutants/`.

Recorded is what passes, with coverage.py, a context for each test. Of each line at most a few
hundred tests are kept, in the order in which they are tried: one of each test function in turn,
the quick ones first.
"""

from __future__ import annotations

import difflib
import importlib
import os
import pickle
from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Final

import coverage
import pytest

KEPT: Final = 400  # tests of a line
# What reads sources or starts processes of its own does not see a mutant, or takes too long.
LEFT_OUT: Final = tuple(
    f"tests/{name}"
    for name in [
        *("bench", "docs", "examples", "layers", "mutants", "planted"),
        *("parity/test_examples.py", "parity/test_alternatives.py", "test_layering.py"),
        "test_wheels.py",
    ]
)
IGNORED: Final = tuple(f"--ignore={name}" for name in LEFT_OUT)
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
        files: the text of each test file, by a digest.
    """

    seconds: dict[str, float] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    tests: dict[str, dict[int, list[str]]] = field(default_factory=dict)
    imported: dict[str, set[int]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)

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

    def add(self, other: Recorded) -> None:
        """Take in what was recorded later, of some of the tests."""
        self.seconds = {
            test: took
            for test, took in self.seconds.items()
            if test.partition("::")[0] not in other.files
        } | other.seconds
        self.files |= other.files
        for file, source in other.sources.items():
            of_line, lines = self.tests.get(file, {}), self.now(file, source)
            known = {line: of_line.get(then, []) for line, then in lines.items()}
            for line in known.keys() | other.tests[file].keys():
                tests = known.get(line, []) + other.tests[file].get(line, [])
                known[line] = in_turn(self.seconds, tests)[:KEPT]
            self.tests[file] = known
            self.sources[file], self.imported[file] = source, other.imported[file]


def test_files(root: Path) -> dict[str, str]:
    """Return the files of tests that are recorded, with a digest of each."""
    found = {}
    for path in sorted(root.glob("tests/**/test_*.py")):
        name = str(path.relative_to(root))
        if not name.startswith(LEFT_OUT):
            found[name] = sha256(path.read_bytes()).hexdigest()
    return found


class Recorder:
    """The plugin of pytest that records."""

    def __init__(self, root: Path, file: Path) -> None:
        self.root, self.file = root, file
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


def record(root: Path, tests: list[str], file: Path) -> None:
    """Run files of tests, and write down what they reach."""
    with file.with_suffix(".log").open("w") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    pytest.main([*QUIET, "--continue-on-collection-errors", *tests], plugins=[Recorder(root, file)])


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
