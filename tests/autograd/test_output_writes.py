"""Everything that operations and modules return, written in place: the gradients stay right.

A write is refused only where elements lie in one place, or where the rule of an operation needs
the output as it was. Which operations these are is compared with torch in `tests/parity`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any

import pytest
from tests.cases.case import Case
from tests.cases.nn.module import ModuleCase
from tests.cases.nn.table import MODULES
from tests.cases.table import CASES
from tests.cases.writes import OVERLAPPING, WRITES, call_function, call_module, written

import minitorch
from minitorch_autograd import Tensor, grad, no_grad, ones

pytestmark = [pytest.mark.relies_on("tensor"), pytest.mark.relies_on("nn")]  # rows of theirs

Made = tuple[list[Tensor], list[Tensor]]
TRIED = ("y *= 2", "y.clamp_(min=0)")  # torch is asked about the others, too
WITH_RULES = [one for one in CASES if one.first and one.name not in OVERLAPPING]
each_mode = pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])
each_module = pytest.mark.parametrize("case", MODULES, ids=str)


def gradients(leaves: list[Tensor], y: Tensor) -> tuple[Tensor | None, ...]:
    weights = minitorch.arange(y.numel()).reshape(y.shape) * 0.5 + 1.0
    loss = (y * weights.to(y.dtype)).sum()
    tracked = [x for x in leaves if x.requires_grad]
    return grad(loss, tracked, retain_graph=True, allow_unused=True)


def close(found: Sequence[Tensor | None], expected: Sequence[Tensor | None]) -> bool:
    return all(
        x is y
        if x is None or y is None
        else minitorch.allclose(x, y, rtol=1e-12, atol=1e-12, equal_nan=True)
        for x, y in zip(found, expected, strict=True)
    )


def needed(y: Tensor) -> bool:
    """Return whether a rule on the way to `y` takes an output that has its memory."""
    nodes, seen = [y._node], set()
    while nodes:
        node = nodes.pop()
        if node is not None and node not in seen:
            seen.add(node)
            if node.output is not None and node.output._stamp is y._stamp:
                return True
            nodes += [target for target, _ in node.edges or ()]
    return False


def check(make: Callable[[], Made]) -> None:
    untouched, results = make()
    for i, write in product(written(results), TRIED):
        in_place, out_of_place = WRITES[write]
        leaves, outputs = make()
        y = outputs[i]
        refusal = "modified by an inplace operation" if needed(y) else "more than one element of"
        try:
            in_place(y)
            found = gradients(leaves, y)
        except RuntimeError as error:
            assert refusal in str(error)  # noqa: PT017  (it may pass as well)
            continue
        assert close(found, gradients(untouched, out_of_place(results[i])))


def of_module(case: ModuleCase, training: bool) -> Callable[[], Made]:
    def make() -> Made:
        minitorch.manual_seed(0)
        module: Any = case.make(minitorch.nn)
        return call_module(minitorch, case, module.double().train(training))

    return make


@pytest.mark.filterwarnings("ignore:The .grad attribute")
@pytest.mark.parametrize("case", WITH_RULES, ids=str)
def test_of_functions(case: Case) -> None:
    check(lambda: call_function(minitorch, case))


@each_mode
@each_module
def test_of_modules(case: ModuleCase, training: bool) -> None:
    check(of_module(case, training))


@each_mode
@each_module
def test_made_without_recording(case: ModuleCase, training: bool) -> None:
    make = of_module(case, training)
    with no_grad():
        _, outputs = make()
    for y in outputs:
        if isinstance(y, Tensor) and y.dtype.is_floating_point:
            before = y.detach().clone()
            factor, same = (ones((), dtype=y.dtype, requires_grad=True) for _ in range(2))
            y *= factor
            assert close(gradients([factor], y), gradients([same], before * same))
