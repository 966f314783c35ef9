"""Which results share memory with an input, or with each other: exactly those that do in torch.

Each case is asked as it stands; with each of its sizes made 1, where views are possible that are
not otherwise; and of inputs that lie in memory by columns.
"""

from __future__ import annotations

import contextlib
import dataclasses
import warnings
from collections.abc import Callable, Iterator
from typing import Any, Final

import numpy as np
import pytest
import torch
from tests.cases.case import Case, flat, make_inputs, results
from tests.cases.case import case as make_case
from tests.cases.nn.module import ModuleCase
from tests.cases.nn.table import MODULES
from tests.cases.table import CASES
from tests.parity.report import Report

import minitorch

# The input itself is returned, where torch returns a view of it that has gone to one more
# dimension and back: the memory is the same.
ITSELF: Final = ("Dropout1d", "Dropout3d")


def variants(case: Case) -> Iterator[Case]:
    """Yield the case, and those with sizes of 1 in the place of others."""
    yield case
    sizes = {n for one in case.inputs if isinstance(one, tuple) for n in one if n > 1}
    for some in [*({n} for n in sorted(sizes)), sizes]:
        inputs = tuple(
            tuple(1 if n in some else n for n in one) if isinstance(one, tuple) else one
            for one in case.inputs
        )
        if inputs != case.inputs:
            yield dataclasses.replace(case, inputs=inputs)


def as_drawn(x: Any) -> Any:
    return x


def by_columns(x: Any) -> Any:
    """Return the values of `x` in memory by columns."""
    return x if len(x.shape) < 2 else x.mT.contiguous().clone().mT


def sharing(case: Case, inputs: list[Any], outputs: list[Any]) -> dict[str, str]:
    """Say of each output, and each input or output before it, whether they share memory."""
    found = {}
    tensors = [y for y in outputs if hasattr(y, "detach")]
    others = [(f"input {i}", x) for i, x in enumerate(inputs)]
    for j, y in enumerate(tensors):
        for name, x in others:
            shared = np.shares_memory(x.detach().numpy(), y.detach().numpy())
            itself = x is y and case.name not in ITSELF
            found[f"output {j}, {name}"] = "one" if itself else "shared" if shared else "apart"
        others.append((f"output {j}", y))
    return found


# What a variant may raise, since it is another call: a case is sure to be possible as it stands.
REFUSALS: Final = (RuntimeError, ValueError, IndexError, AssertionError)


def check(case: Case, call: Callable[[Any, Case, list[Any]], list[Any]]) -> None:
    for variant in variants(case):
        for lie in (as_drawn, by_columns):
            allowed = () if (variant, lie) == (case, as_drawn) else REFUSALS
            found = []
            for module in (torch, minitorch):
                with warnings.catch_warnings(), contextlib.suppress(*allowed):
                    warnings.simplefilter("ignore")
                    inputs = [lie(x) for x in make_inputs(module, variant, "float64", track=False)]
                    found.append(sharing(case, inputs, call(module, variant, inputs)))
            # Where one refuses what the other reads, such as an index past the end, is no matter.
            assert len(found) < 2 or found[0] == found[1], f"{variant}, {lie.__name__}"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_functions(case: Case, report: Report) -> None:
    report.begin("nn" if case.name.startswith("nn") else "tensor", case)
    check(case, results)


@pytest.mark.parametrize("case", MODULES, ids=str)
def test_modules(case: ModuleCase, report: Report) -> None:
    report.begin("nn", case)

    def call(module: Any, row: Case, inputs: list[Any]) -> list[Any]:
        return flat(case.call(case.make(module.nn).to(module.float64).eval(), *inputs))

    row = make_case(case.name, lambda t: None, *case.inputs, domain=case.domain)
    check(row, call)
