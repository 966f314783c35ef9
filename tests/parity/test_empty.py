"""Sets of no elements through every operation and module, against torch.

Where torch computes a value, ours is of the same shape, and has the same numbers and gradients;
torch's own backward is not the measure where it fails. Where torch refuses, ours computes, or
refuses in its own words.
"""

from __future__ import annotations

import re
import warnings
from typing import Any

import pytest
import torch
from tests.cases.case import Case, flat, results
from tests.cases.case import case as make_case
from tests.cases.empty import RAW, Shape, emptied, make_emptied, tried
from tests.cases.nn.module import ModuleCase
from tests.cases.nn.table import MODULES
from tests.cases.table import CASES
from tests.parity.compare import difference
from tests.parity.report import Report
from tests.parity.test_modules import pair
from tests.parity.test_operations import backward

import minitorch

# Torch reads memory that is not there, and takes the process with it.
CRASHES = {
    "linalg.lstsq",
    "nn.functional.pdist",
    "nn.functional.embedding_bag",
    "nn.functional.scaled_dot_product_attention",
}

# What ours refuses and torch computes: a phrase of our error, and why it stays.
REFUSED: dict[str, tuple[str, str]] = {
    "median": ("non-zero size", "torch's median of no integers is the smallest integer"),
    "nanmedian": ("non-zero size", "torch's median of no integers is the smallest integer"),
    "index_add": ("out of bounds", "torch does not look at indices where there are no elements"),
    "nn.functional.nll_loss": ("out of bounds", "a class is chosen where there are none"),
    "nn.functional.cross_entropy": ("out of bounds|non-zero size", "as for nll_loss"),
    "nn.functional.multi_head_attention_forward": ("expand", "keys of other sizes than the batch"),
    "nn.functional.interpolate": ("Non-empty", "torch refuses no channels in most modes"),
    "nn.utils.rnn.unpad_sequence": ("exceeds", "sequences longer than their padding"),
}
for name in ("conv1d", "conv2d", "conv3d"):
    REFUSED[f"nn.functional.{name}"] = ("kernel size", "torch refuses it where there are samples")
for name in ("BatchNorm1d", "BatchNorm2d", "BatchNorm3d", "batch_norm", "instance_norm"):
    place = name if name[0].isupper() else f"nn.functional.{name}"
    REFUSED[place] = ("should contain", "torch does not look at statistics of other sizes")
for name in ("InstanceNorm1d", "InstanceNorm2d", "InstanceNorm3d"):
    REFUSED[name] = ("should contain", "torch does not look at statistics of other sizes")
for name in ("adaptive_avg_pool2d", "adaptive_avg_pool3d"):
    REFUSED[f"nn.functional.{name}"] = ("non-zero size", "torch takes the mean, where it is NaN")
REFUSED["AdaptiveAvgPool3d"] = REFUSED["nn.functional.adaptive_avg_pool3d"]
for name in ("fractional_max_pool2d", "fractional_max_pool3d"):
    REFUSED[f"nn.functional.{name}"] = ("_random_samples", "samples of another size")
for name in ("FractionalMaxPool2d", "FractionalMaxPool3d"):
    REFUSED[name] = ("non-zero size", "torch refuses no channels elsewhere")

# Where the numbers differ, and why ours stay.
OTHER = {
    "nn.functional.conv1d": "torch has no output channels where there are no input channels",
    "nn.functional.conv2d": "as for conv1d",
    "nn.functional.conv3d": "as for conv1d",
    "nn.functional.cross_entropy": "sums over no classes are 0, and so is their mean",
    "CrossEntropyLoss": "sums over no classes are 0, and so is their mean",
    "nn.functional.multi_margin_loss": "torch returns memory that was never written",
    "nn.functional.multilabel_margin_loss": "as for multi_margin_loss",
    "MultiMarginLoss": "as for multi_margin_loss",
    "MultiLabelMarginLoss": "as for multi_margin_loss",
    "nn.functional.instance_norm": "statistics of no samples leave the running ones alone",
    "nn.functional.group_norm": "torch's gradient of the weight is NaN for groups of nothing",
    "nn.functional.pixel_unshuffle": "torch leaves the shape of an empty tensor as it is",
    "PixelUnshuffle": "torch leaves the shape of an empty tensor as it is",
    "Tensor.stride": "strides of tensors without elements are 0",
    "Tensor.storage_offset": "views without elements begin where the memory does",
}


def each(cases: list[Any]) -> pytest.MarkDecorator:
    found = [one for one in cases if emptied(one.inputs) and one.name not in CRASHES]
    return pytest.mark.parametrize("case", found, ids=str)


@each(CASES)
def test_operation(case: Case, report: Report) -> None:
    report.begin("nn" if case.name.startswith("nn") else "autograd", case)
    for shapes in emptied(case.inputs):
        one = {
            module: (
                lambda inputs, module=module: results(module, case, inputs),
                make_emptied(module, case.draw(), shapes),
            )
            for module in (minitorch, torch)
        }
        compare(case, shapes, one, case.first, case.second)


@each(MODULES)
@pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])
def test_module(case: ModuleCase, training: bool, report: Report) -> None:
    report.begin("nn", case)
    row = make_case(case.name, lambda t: None, *case.inputs, domain=case.domain)
    for shapes in emptied(case.inputs):
        made = [one.train(training) for one in pair(case, report)]
        one = {
            module: (
                lambda inputs, module=module, one=one: flat(drawing(module, case, one, inputs)),
                make_emptied(module, row.draw(), shapes),
            )
            for module, one in zip((minitorch, torch), made, strict=True)
        }
        compare(case, shapes, one, True, False)


def drawing(module: Any, case: ModuleCase, made: Any, inputs: list[Any]) -> Any:
    """Call a module after a seed."""
    module.manual_seed(0)
    return case.call(made, *inputs)


def compare(case: Any, shapes: tuple[Shape, ...], one: Any, first: bool, second: bool) -> None:
    """Compare the values and gradients of a call of ours with those of torch's."""
    what = f"{case.name} of {shapes}"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        call, inputs = one[torch]
        its, refusal = tried(call, inputs)
        call, own = one[minitorch]
        mine, error = tried(call, own)
        if error:
            assert not RAW.search(str(error)), f"{what}: a raw error: {error!r}"
            known = re.search(REFUSED.get(case.name, ("^never",))[0], str(error))
            assert refusal or known, f"{what}: torch computes it, we: {error!r}"
            return
        gradients, error = tried(derived, minitorch, mine, own, first, second)
        if refusal:
            assert not error, f"{what}: no gradients, but {error!r}"
            return
        others, refusal = tried(derived, torch, its, inputs, first, second)
        assert refusal or not error, f"{what}: torch has gradients, we: {error!r}"
        if case.name in OTHER or error:
            return
    for i, (a, b) in enumerate(zip(mine, its, strict=True)):
        assert not difference(f"{what}: result {i}", a, b).text
        if getattr(b, "requires_grad", False):
            assert a.requires_grad, f"{what}: torch tracks result {i}"
    for order, (a, b) in enumerate(zip(gradients, others or [], strict=False), 1):
        for i, (x, y, leaf) in enumerate(zip(a, b, own, strict=True)):
            if x is not None and y is not None:
                assert not difference(f"{what}: gradient of input {i}", x, y, order).text
            for z in (x, y):
                if z is not None:
                    assert z.shape == leaf.shape
            if (x is None) != (y is None):
                assert not (y if x is None else x).any(), f"{what}: the gradient of input {i}"


def derived(
    module: Any, outputs: list[Any], inputs: list[Any], first: bool, second: bool
) -> list[list[Any]]:
    """Return the gradients of the inputs, of the first order and the second."""
    made = []
    for again in (second, False)[: first + second]:
        backward(module, outputs, create_graph=again)
        outputs = [one.grad for one in inputs]
        made.append(outputs)
        for one in inputs:
            one.grad = None
    return made
