"""Which wrong types are taken: none that torch refuses, but those that are named here."""

from __future__ import annotations

import inspect
import warnings
from typing import Any

import pytest
import torch
from tests.cases.examples import Example, examples
from tests.front.test_wrong_types import WRONG

import minitorch


def in_torch(value: Any) -> Any:
    """Return what torch has for an argument."""
    if isinstance(value, minitorch.Tensor):
        kind = torch.nn.Parameter if isinstance(value, minitorch.nn.Parameter) else torch.Tensor
        tensor = torch.tensor(value.tolist(), dtype=in_torch(value.dtype)).reshape(value.shape)
        return torch.nn.Parameter(tensor, False) if kind is torch.nn.Parameter else tensor
    if isinstance(value, minitorch.dtype):
        return getattr(torch, str(value).removeprefix("torch."))
    if type(value) in (list, tuple):
        return type(value)(map(in_torch, value))
    return value


def call_torch(example: Example, parameter: str | None = None, value: object = None) -> None:
    """Call torch's; arguments that are as by default are left out."""
    found: Any = torch
    for part in example.name.removesuffix(".__init__").split("."):
        found = getattr(found, part)
    signature = inspect.signature(example.function).parameters
    named, positional, by_name = {}, [], False
    for name, right in (*example.positional.items(), *example.named.items()):
        given = value if name == parameter else in_torch(right)
        default = signature[name].default if name in signature else inspect.Parameter.empty
        if name != parameter and not example.rest and right is default:
            by_name = True  # what follows can't be given by position
        elif name in example.named or by_name:
            named[name] = given
        else:
            positional.append(given)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found(*positional, *map(in_torch, example.rest), **named)


def refuses(call: Any, *args: object) -> bool:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            call(*args)
        except Exception:  # noqa: BLE001  # whatever it is
            return True
    return False


COMPARED = [one for one in examples() if not one.name.endswith("forward")]
# What is taken here: numbers where torch has a type of its own for them, empty things for nothing,
# truths for flags, and arrays where a number may stand beside a tensor.
TAKEN = {
    "Tensor.copy_": "non_blocking",
    "Tensor.new_tensor": "data",
    "add": "other",
    "addcdiv": "tensor2",
    "addcmul": "tensor2",
    "as_tensor": "data dtype",
    "asarray": "obj",
    "bernoulli": "p",
    "empty_like": "requires_grad",
    "eye": "m",
    "full": "fill_value requires_grad size",
    "linspace": "requires_grad",
    "logspace": "requires_grad",
    "median": "dim",
    "nanmedian": "dim",
    "max": "dim",
    "min": "dim",
    "narrow": "start",
    "nn.GRU.__init__": "proj_size",
    "nn.PReLU.__init__": "init",
    "nn.RNN.__init__": "proj_size",
    "nn.Transformer.__init__": "batch_first norm_first",
    "nn.Upsample.__init__": "scale_factor",
    "nn.UpsamplingBilinear2d.__init__": "scale_factor",
    "nn.UpsamplingNearest2d.__init__": "scale_factor",
    **{
        f"nn.functional.adaptive_{kind}_pool{n}d": "output_size"
        for kind in ("avg", "max")
        for n in (1, 2, 3)
    },
    **{f"nn.functional.dropout{n}": "inplace" for n in ("", "1d", "2d", "3d")},
    "nn.functional.alpha_dropout": "inplace",
    "nn.functional.feature_alpha_dropout": "inplace",
    "nn.functional.poisson_nll_loss": "full",
    "no_grad": "function",
    "pow": "exponent",
    "prod": "dim",
    "randint_like": "high",
    "scalar_tensor": "device",
    "scatter": "reduce value",
    "squeeze": "dim",
    "take_along_dim": "dim",
    "tensor": "data",
    "true_divide": "rounding_mode",
    "where": "input other",
}


@pytest.mark.parametrize("example", COMPARED, ids=lambda one: one.name)
def test_what_torch_refuses_is_refused(example: Example) -> None:
    if refuses(call_torch, example):
        return  # torch has no such call by these names
    taken = {
        parameter
        for parameter in example.parameters
        for value in WRONG.values()
        if not refuses(example.call, parameter, value)
        and refuses(call_torch, example, parameter, value)
    }
    assert taken <= set(TAKEN.get(example.name, "").split())
