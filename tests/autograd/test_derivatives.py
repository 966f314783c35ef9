"""Every derivative rule against differences, once and twice, at ordinary and at special points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from tests.autograd.cases import CASES, CONVENTIONS, leaves
from tests.autograd.test_table import differentiable
from tests.autograd.test_windows import CASES as WINDOWS
from tests.cases.table import CASES as TABLE

import minitorch_autograd
from minitorch_autograd import Tensor, grad, gradcheck, gradgradcheck

each_case = pytest.mark.parametrize("case", CASES)


@each_case
def test_first(case: str) -> None:
    function, *inputs = CASES[case]
    assert gradcheck(function, leaves(inputs))


@each_case
def test_second(case: str) -> None:
    function, *inputs = CASES[case]
    assert gradgradcheck(function, leaves(inputs))


@pytest.mark.parametrize("case", CONVENTIONS)
def test_conventions(case: str) -> None:
    function, inputs, expected = CONVENTIONS[case]
    xs = leaves(inputs)
    found = [dx.reshape(-1).tolist() for dx in grad(function(*xs).sum(), xs)]
    assert found == [pytest.approx(one, rel=1e-15) for one in expected]


# The nodes that no row of the tables makes, by why.
ELSEWHERE = {
    "they say only that there is no derivative": {
        "BincountBackward0",
        "Unique2Backward0",
        "UniqueConsecutiveBackward0",
        "UniqueDimBackward0",
    },
    "the derivative of what was overwritten is 0; the numbers are random": {
        "CauchyBackward0",
        "ExponentialBackward0",
        "GeometricBackward0",
        "LogNormalBackward0",
    },
    "it is of residuals that were not asked for, and have no elements": {"LinalgLstsqBackward0"},
    "torch's is inexact; tests/conformance has the function that it is": {"DigammaBackward0"},
    "test_checkpoint.py and test_function.py have them": {"AliasBackward0", "CheckpointBackward"},
}


@pytest.mark.relies_on("tensor")
@pytest.mark.relies_on("nn")
def test_every_rule_is_in_the_tables() -> None:
    package = Path(minitorch_autograd.__file__).parent
    text = "".join(file.read_text() for file in package.rglob("*.py"))
    walked = set()
    for function, *inputs in [*CASES.values(), *WINDOWS.values()]:
        walked |= names(function, leaves(inputs))
    for function, values, _ in CONVENTIONS.values():
        walked |= names(function, leaves(values))
    for case in TABLE:
        if case.first:
            walked |= names(*differentiable(case), again=case.second)
    rules = set(re.findall(r'"(\w+Backwards?\d?|CopySlices)"', text))
    elsewhere = {name for some in ELSEWHERE.values() for name in some}
    missing = sorted(rules - walked - elsewhere)
    assert missing == [], "rules that no row of tests/cases or tests/autograd/cases.py walks"
    assert rules - walked == elsewhere


def names(function: Any, xs: Sequence[Tensor], again: bool = True) -> set[str]:
    """Return the names of all operations by which the function and its gradients are computed."""
    made = function(*xs)
    outputs = [y for y in (made if isinstance(made, tuple) else (made,)) if y.requires_grad]
    if not outputs:
        return set()
    nodes = [y._node for y in outputs]
    if again:
        starts = [y.detach().requires_grad_() for y in outputs]
        gradients = grad(outputs, xs, starts, create_graph=True, materialize_grads=True)
        nodes += [one._node for one in gradients]
    found: set[str] = set()
    seen = set()
    while nodes:
        node = nodes.pop()
        if node is not None and node not in seen:
            seen.add(node)
            found.add(node.name())
            nodes += [target for target, _ in node.edges or ()]
    return found
