"""Every derivative rule against differences, once and twice, at ordinary and at special points."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.autograd.cases import CASES, CONVENTIONS, Function, Input, leaves

import minitorch_autograd
from minitorch_autograd import grad, gradcheck, gradgradcheck

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


def test_every_rule_is_in_the_tables() -> None:
    package = Path(minitorch_autograd.__file__).parent
    text = "".join(file.read_text() for file in package.glob("*.py"))
    walked = set()
    for function, *inputs in CASES.values():
        walked |= names(function, inputs)
    for function, values, _ in CONVENTIONS.values():
        walked |= names(function, values)
    assert set(re.findall(r'"(\w+Backwards?\d?|CopySlices)"', text)) - walked == set()


def names(function: Function, inputs: Sequence[Input]) -> set[str]:
    """Return the names of all operations by which the function and its gradients are computed."""
    xs = leaves(inputs)
    y = function(*xs)
    start = y.detach().requires_grad_()
    gradients = grad(y, xs, start, create_graph=True, materialize_grads=True)
    found, nodes = set(), [one._node for one in (y, *gradients)]
    while nodes:
        node = nodes.pop()
        if node is not None:
            found.add(node.name())
            nodes += [target for target, _ in node.edges or ()]
    return found
