"""The summary at the end of a parity run."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import asdict
from itertools import chain

import pytest
import torch
from rich.console import Console
from rich.table import Table
from tests.conftest import replacements
from tests.parity.draws import counted
from tests.parity.report import Report

LAYERS = ("tensor", "autograd", "nn", "optim", "data", "trainings")
# Of the files whose tests tell nothing themselves.
LAYER_OF = {
    **dict.fromkeys(("test_optim", "test_schedules", "test_schedule_messages"), "optim"),
    "test_swa": "optim",
    "test_seeds_nn": "nn",
    "test_seeds_data": "data",
}
REPORT = pytest.StashKey[Report]()
PROPERTY = "parity"  # of a test's outcome, which one process hands to the other

# What it has to say once in a process it says each time: no test hears it for another.
torch.set_warn_always(True)

# It is about what our own layers do differently, by names that a replacement need not have.
collect_ignore_glob = ["test_differences*.py"] if replacements() else []


@pytest.fixture
def report(request: pytest.FixtureRequest) -> Report:
    """What the test tells the summary."""
    request.node.stash[REPORT] = made = Report()
    return made


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    outcome = yield
    if outcome.when == "setup":
        counted[:] = 0, 0
    if outcome.when == "call":
        made = item.stash.get(REPORT, None)
        if made is None and item.path.stem in LAYER_OF:
            made = Report(LAYER_OF[item.path.stem], item.name)
        if made is not None:
            made.compared, made.equal = counted
            error = call.excinfo.value if call.excinfo else None
            if isinstance(error, AttributeError):
                made.absent = f"{made.title} ({error})"
            elif outcome.failed and not made.text:
                made.text = str(error)
            outcome.user_properties.append((PROPERTY, asdict(made)))
    return outcome


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    finished = [
        (Report(**value), outcome.passed)
        for outcome in chain(*terminalreporter.stats.values())
        for name, value in getattr(outcome, "user_properties", ())
        if name == PROPERTY
    ]
    if not finished:
        return
    table = Table(title="Parity with torch")
    for heading in ("layer", "passed", "failed", "missing", "worst error / tolerance"):
        table.add_column(heading, justify="left" if heading == "layer" else "right")
    for layer in LAYERS:
        mine = [(made, passed) for made, passed in finished if made.layer == layer]
        if not mine:
            continue
        failed = [made for made, passed in mine if not passed]
        table.add_row(
            layer,
            str(len(mine) - len(failed)),
            str(sum(not made.absent for made in failed)),
            str(sum(bool(made.absent) for made in failed)),
            f"{max((made.worst for made, _ in mine), default=0.0):.2f}",
        )
    console = Console(file=terminalreporter._tw._file, width=100)
    console.print(table)
    compared = sum(made.compared for made, _ in finished)
    if compared:
        equal = sum(made.equal for made, _ in finished)
        console.print(
            f"Drawn from one seed: {compared:,} numbers compared, {equal:,} equal to the last bit, "
            "the rest close"
        )
    wrong = [made for made, passed in finished if not passed and not made.absent]
    if wrong:
        smallest = min(wrong, key=lambda made: made.size)
        console.print(f"The smallest that fails: {smallest.title}", markup=False)
        console.print(smallest.text, markup=False)
        names = sorted({made.title.partition("(")[0] for made in wrong})
        console.print(f"Wrong: {', '.join(names)}", markup=False)
    absent = sorted({made.absent for made, _ in finished if made.absent})
    if absent:
        console.print(f"Missing: {', '.join(absent)}", markup=False)
