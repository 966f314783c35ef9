"""Sets of no elements through every operation and module: each computes, or refuses clearly."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from tests.cases.case import Case, flat, results
from tests.cases.case import case as make_case
from tests.cases.empty import RAW, emptied, make_emptied, tried
from tests.cases.nn.module import ModuleCase
from tests.cases.nn.table import MODULES
from tests.cases.table import CASES

import minitorch
from minitorch import nn

# What has no derivative with elements either.
UNDERIVED = re.compile("not differentiable|is not implemented|ctc_loss")


def each(cases: list[Any]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", [one for one in cases if emptied(one.inputs)], ids=str)


@each(CASES)
def test_operation(case: Case) -> None:
    for shapes in emptied(case.inputs):
        inputs = make_emptied(minitorch, case.draw(), shapes)
        walk(lambda x: results(minitorch, case, x), inputs, case.second)


@each(MODULES)
@pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])
def test_module(case: ModuleCase, training: bool) -> None:
    row = make_case(case.name, lambda t: None, *case.inputs, domain=case.domain)
    for shapes in emptied(case.inputs):
        module = case.make(nn).double().train(training)
        inputs = make_emptied(minitorch, row.draw(), shapes)
        walk(partial(called, case, module), inputs, False)


def called(case: ModuleCase, module: nn.Module, inputs: list[Any]) -> list[Any]:
    """Return the results of a call of a module."""
    return flat(case.call(module, *inputs))


def walk(call: Callable[[list[Any]], list[Any]], inputs: list[Any], second: bool) -> None:
    """Differentiate a call, twice if `second`: each gradient has the shape of its input."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        outputs, error = tried(call, inputs)
        if error:
            assert not RAW.search(str(error)), f"a raw error: {error!r}"
            return
        for create_graph in (True, False)[not second :]:
            tracked = [one.sum() for one in outputs if getattr(one, "requires_grad", False)]
            if not tracked:
                return
            _, error = tried(minitorch.autograd.backward, tracked, None, None, create_graph)
            if error:
                assert UNDERIVED.search(str(error)), f"the way back: {error!r}"
                return
            outputs = [one.grad for one in inputs]
            for one in inputs:
                assert one.grad is None or one.grad.shape == one.shape
                one.grad = None


@pytest.mark.parametrize("ndim", [1, 2, 3])
def test_convolution_of_no_channels_is_its_bias(ndim: int) -> None:
    x = minitorch.zeros(2, 0, *(5,) * ndim, requires_grad=True)
    w = minitorch.zeros(3, 0, *(2,) * ndim, requires_grad=True)
    bias = minitorch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    y = getattr(nn.functional, f"conv{ndim}d")(x, w, bias)
    assert y.shape == (2, 3, *(4,) * ndim)
    assert y.mean(tuple(range(2, ndim + 2))).tolist() == [[1.0, 2.0, 3.0]] * 2
    y.sum().backward()
    assert x.grad is not None
    assert w.grad is not None
    assert bias.grad is not None
    assert (x.grad.shape, w.grad.shape) == (x.shape, w.shape)
    assert bias.grad.tolist() == [2.0 * 4**ndim] * 3
