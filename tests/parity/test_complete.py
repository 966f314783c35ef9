"""What torch's nn has is here. That what is here has its cases: `tests/complete`."""

from __future__ import annotations

import torch

import minitorch_nn

# What `torch.nn` and `torch.nn.functional` have, and these have not, by why.
ABSENT = {
    "there is one process, and one device": {"DataParallel", "SyncBatchNorm"},
    "old names, of which torch warns": {"Container", "NLLLoss2d"},
    "they are new; `linear` and `cross_entropy` do the same": {
        "LinearCrossEntropyLoss",
        "LinearCrossEntropyOptions",
        "linear_cross_entropy",
    },
    "their element types are not here": {
        "ScalingType",
        "SwizzleType",
        "grouped_mm",
        "scaled_grouped_mm",
        "scaled_mm",
    },
    "torch's documentation has them not": {
        "adaptive_max_pool1d_with_indices",
        "adaptive_max_pool2d_with_indices",
        "adaptive_max_pool3d_with_indices",
        "conv_tbc",
        "fractional_max_pool2d_with_indices",
        "fractional_max_pool3d_with_indices",
        "max_pool1d_with_indices",
        "max_pool2d_with_indices",
        "max_pool3d_with_indices",
        "native_channel_shuffle",
    },
    "what is imported there, or helps": {
        "Callable",
        "DType",
        "Optional",
        "Tensor",
        "assert_int_or_pair",
        "boolean_dispatch",
        "handle_torch_function",
        "has_torch_function",
        "has_torch_function_unary",
        "has_torch_function_variadic",
    },
}


def test_all_of_nn_is_here() -> None:
    theirs = {name for name in dir(torch.nn) if name[0].isupper()} | {
        name
        for name in dir(torch.nn.functional)
        if not name.startswith("_") and callable(getattr(torch.nn.functional, name))
    }
    ours = {*dir(minitorch_nn), *dir(minitorch_nn.functional)}
    assert theirs - ours == {name for names in ABSENT.values() for name in names}
