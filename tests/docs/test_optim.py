"""`docs/optim.md` tells of every optimizer, rule and schedule."""

from __future__ import annotations

import re

from tests.docs.snippets import ROOT
from tests.optim.optimizers import OPTIMIZERS

from minitorch_optim import lr_scheduler, rules, swa_utils

PAGE = (ROOT / "docs" / "optim.md").read_text()


def told(*begins: str) -> set[str]:
    """Return the names in the first column of the tables that begin so."""
    rows: list[str] = []
    for begin in begins:
        rows += PAGE.partition(begin)[2].partition("\n\n")[0].splitlines()
    return {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}


def test_every_optimizer_is_told() -> None:
    assert told("| optimizer | idea | rule |\n|---|---|---|\n") == set(OPTIMIZERS)


def test_every_rule_is_told() -> None:
    functions = {name for name in rules.__all__ if f"{name}_state" in rules.__all__}
    assert set(re.findall(r"`rules\.(\w+)`", PAGE)) == functions


def test_every_schedule_is_told() -> None:
    public = {*lr_scheduler.__all__, *swa_utils.__all__} - {"LRScheduler"}
    assert told("| schedule | the rate |\n|---|---|\n") == public
