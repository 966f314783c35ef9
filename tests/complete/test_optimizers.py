"""Every optimizer is in the table that laws and comparisons walk."""

from __future__ import annotations

from tests.cases.optim import MORE, OPTIONS

import minitorch_optim

# LBFGS, which calls for the loss itself, has tests of its own; the rest are no optimizers.
OTHERS = {"LBFGS", "Optimizer", "ParamsT", "StateDict"}


def test_every_optimizer_is_in_the_table() -> None:
    public = {name for name in minitorch_optim.__all__ if name[0].isupper()}
    missing = public - {*OPTIONS, *MORE, *OTHERS}
    assert sorted(missing) == [], "no row in tests/cases/optim.py"
