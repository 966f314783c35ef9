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
# What is taken here and works, besides flags, which are read by their truth, and arrays where a
# tensor or a number may stand: whole floats, empty things for nothing, and what is not looked at.
TAKEN = {
    "Tensor.new_full": "size",
    "Tensor.new_ones": "size",
    "Tensor.new_tensor": "data",
    "Tensor.random_": "to",
    "addcdiv": "tensor2",
    "addcmul": "tensor2",
    "as_tensor": "data dtype",
    "asarray": "obj",
    "bernoulli": "p",
    "bincount": "minlength",
    "bucketize": "input",
    "deg2rad": "input",
    "dist": "input other",
    "eye": "m",
    "full": "size",
    "linalg.vector_norm": "dim",
    "log_softmax": "dim",
    "logsumexp": "dim",
    "max": "dim",
    "median": "dim",
    "min": "dim",
    "nan_to_num": "nan",
    "nanmedian": "dim",
    "nanquantile": "dim",
    "narrow": "start",
    "nn.GRU.__init__": "proj_size",
    "nn.RNN.__init__": "proj_size",
    "nn.Transformer.__init__": "batch_first norm_first",
    "nn.Upsample.__init__": "scale_factor",
    "nn.UpsamplingBilinear2d.__init__": "scale_factor",
    "nn.UpsamplingNearest2d.__init__": "scale_factor",
    "nn.functional.adaptive_avg_pool1d": "output_size",
    "nn.functional.adaptive_avg_pool2d": "output_size",
    "nn.functional.adaptive_avg_pool3d": "output_size",
    "nn.functional.adaptive_max_pool1d": "output_size",
    "nn.functional.adaptive_max_pool2d": "output_size",
    "nn.functional.adaptive_max_pool3d": "output_size",
    "nn.functional.avg_pool2d": "divisor_override",
    "nn.functional.avg_pool3d": "divisor_override",
    "nn.functional.batch_norm": "momentum",
    "nn.functional.binary_cross_entropy": "weight",
    "nn.functional.binary_cross_entropy_with_logits": "pos_weight weight",
    "nn.functional.cosine_similarity": "dim",
    "nn.functional.cross_entropy": "ignore_index",
    "nn.functional.ctc_loss": "blank input_lengths target_lengths",
    "nn.functional.embedding": "padding_idx",
    "nn.functional.embedding_bag": "padding_idx",
    "nn.functional.gumbel_softmax": "dim",
    "nn.functional.instance_norm": "momentum",
    "nn.functional.kl_div": "input target",
    "nn.functional.nll_loss": "ignore_index",
    "nn.functional.pad": "pad",
    "nn.functional.pairwise_distance": "p x1 x2",
    "nn.functional.poisson_nll_loss": "eps target",
    "nn.functional.triplet_margin_loss": "p",
    "no_grad": "function",
    "normal": "size",
    "pinverse": "rcond",
    "prod": "dim",
    "quantile": "dim",
    "rad2deg": "input",
    "rand_like": "dtype",
    "randint_like": "dtype high low",
    "randn_like": "dtype",
    "repeat_interleave": "dim",
    "roll": "dims",
    "rot90": "k",
    "round": "decimals",
    "scalar_tensor": "device dtype",
    "scatter": "reduce value",
    "searchsorted": "input",
    "slice_scatter": "step",
    "softmax": "dim",
    "squeeze": "dim",
    "std_mean": "dim",
    "take_along_dim": "dim",
    "tensor": "data",
    "tensor_split": "indices_or_sections",
    "tile": "dims",
    "tril": "diagonal",
    "tril_indices": "col offset",
    "triu": "diagonal",
    "triu_indices": "col offset",
    "true_divide": "rounding_mode",
    "var_mean": "dim",
}


def works(example: Example, parameter: str, kind: str) -> bool:
    """Return whether an argument of a wrong kind is taken by a rule."""
    said = str(getattr(inspect.unwrap(example.function), "__annotations__", {}).get(parameter))
    if said.removeprefix("builtins.") in ("bool", "bool | None"):
        return True
    return kind == "array" and ("Tensor" in said or "float" in said)


@pytest.mark.parametrize("example", COMPARED, ids=lambda one: one.name)
def test_what_torch_refuses_is_refused(example: Example) -> None:
    if refuses(call_torch, example):
        return  # torch has no such call by these names
    taken = {
        parameter
        for parameter in example.parameters
        for kind, value in WRONG.items()
        if not works(example, parameter, kind)
        and not refuses(example.call, parameter, value)
        and refuses(call_torch, example, parameter, value)
    }
    assert taken == set(TAKEN.get(example.name, "").split())
