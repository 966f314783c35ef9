"""Mutants are tried: in forks of a process that has collected all tests, or in a copy of the tree.

The first takes no longer than the tests that run. The second, for what runs at import, writes the
mutant into a copy of the tree and has pytest begin there.
"""

from __future__ import annotations

import gc
import importlib
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

import pytest
from tests.mutants.choosing import Choice
from tests.mutants.planting import Mutant
from tests.mutants.recording import IGNORED, QUIET
from tests.mutants.running import Outcome, in_forks
from tests.mutants.swapping import functions_by_file, new_codes, swap

PARTS: Final = ("packages", "tests", "examples", "docs", "pyproject.toml", "hatch.toml")
AGAIN: Final = (*("-p", "no:faulthandler", "-p", "no:xdist"), "--continue-on-collection-errors")


@dataclass(frozen=True)
class Trial:
    """A mutant, the source that it changes, and the tests for it."""

    mutant: Mutant
    source: bytes
    choice: Choice

    @property
    def seconds(self) -> float:
        """How long it may keep a core busy."""
        return 4 + 4 * self.choice.seconds


def paths(root: Path) -> list[str]:
    """Return what must be on the path for the packages and tests of a tree."""
    return [str(root), *map(str, sorted(root.glob("packages/*/src")))]


class _Stop:
    """A plugin of pytest that ends the process at the first test that fails."""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            os._exit(Outcome.KILLED.value)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            os._exit(Outcome.KILLED.value)


class _Server:
    """A plugin of pytest that tries mutants where the tests would run."""

    def __init__(self, root: Path, trials: list[Trial], jobs: int, to: Connection) -> None:
        self.root, self.trials, self.jobs, self.to = root, trials, jobs, to

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = {item.nodeid: item for item in session.items}
        functions = functions_by_file()

        def work(numbered: tuple[int, Trial], _: int) -> Outcome:
            trial = numbered[1]
            file = str(self.root / trial.mutant.file)
            pairs = new_codes(file, trial.source, trial.mutant.source(trial.source))
            assert pairs is not None
            swap(functions[file], pairs)
            session.config.pluginmanager.register(_Stop())
            chosen = [items[test] for test in trial.choice.tests if test in items]
            for item, following in zip(chosen, [*chosen[1:], None], strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            return Outcome.SURVIVED

        gc.collect()
        gc.freeze()
        tasks = list(enumerate(self.trials))
        for (number, _), outcome in in_forks(tasks, work, self.jobs, lambda t: t[1].seconds):
            self.to.send((number, outcome))
        return True


def _serve(root: Path, trials: list[Trial], jobs: int, to: Connection) -> None:
    with (root / ".mutants" / "pytest.log").open("w") as log:
        os.dup2(log.fileno(), 1)
        os.dup2(log.fileno(), 2)
    pytest.main([*QUIET, *IGNORED, *AGAIN], plugins=[_Server(root, trials, jobs, to)])
    to.send(None)


def try_at_once(root: Path, trials: list[Trial], jobs: int) -> Iterator[tuple[Trial, Outcome]]:
    """Try mutants of what runs within functions."""
    if not trials:
        return
    here, there = get_context("fork").Pipe(duplex=False)
    process = get_context("fork").Process(target=_serve, args=(root, trials, jobs, there))
    process.start()
    there.close()
    while (told := here.recv()) is not None:
        yield trials[told[0]], told[1]
    process.join()


def try_in_copy(root: Path, trials: list[Trial], jobs: int) -> Iterator[tuple[Trial, Outcome]]:
    """Try any mutants."""
    if not trials:
        return
    copies = Path(tempfile.mkdtemp(prefix="mutants-"))
    for slot in range(jobs):
        for part in PARTS:
            _copy(root / part, copies / str(slot) / part)

    def work(trial: Trial, slot: int) -> Outcome:
        copy = copies / str(slot)
        os.chdir(copy)
        sys.path[:0] = paths(copy)
        os.environ["PYTHONPATH"] = os.pathsep.join(paths(copy))
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        sys.dont_write_bytecode = True
        for name in [name for name in sys.modules if name.partition(".")[0] == "tests"]:
            del sys.modules[name]
        importlib.invalidate_caches()
        file = copy / trial.mutant.file
        file.write_bytes(trial.mutant.source(trial.source))
        try:
            code = pytest.main([*QUIET, *AGAIN, "-x", *trial.choice.tests], plugins=[_Stop()])
        finally:
            file.write_bytes(trial.source)
        return Outcome.SURVIVED if code == 0 else Outcome.KILLED

    try:
        yield from in_forks(trials, work, jobs, lambda trial: trial.seconds + 25)
    finally:
        shutil.rmtree(copies)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    elif source.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source, target)
