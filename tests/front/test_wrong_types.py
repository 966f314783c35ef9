"""A wrong type, of any argument of any function, method or module, is one clear error."""

from __future__ import annotations

import re
import warnings
from typing import Any

import numpy as np
import pytest
from tests.cases.examples import Example, examples

WRONG: dict[str, Any] = {
    "None": None,
    "str": "a",
    "object": object(),
    "list": [1.0, 2.0],
    "array": np.ones((2, 3)),
    "dict": {},
    "float": 1.5,
    "bytes": b"",
    "set": set(),
    "type": int,
}
# Where an error tells neither the operation nor the argument, but in torch's words what is wrong.
OTHERWISE = {
    (
        "nn.functional.triplet_margin_with_distance_loss",
        "distance_function",
    ): "only integer tensors of a single element",
    ("asarray", "obj"): "tensor: invalid data type",
    ("nn.ModuleList.__init__", "modules"): "is not a Module subclass",
    ("scatter", "src"): "can't assign a NoneType to a tensor",
    ("nn.functional.multi_head_attention_forward", "in_proj_weight"): "in_proj_weight is None",
}
# Some constructors assert, as torch's do, that values fit each other.
ASSERTING = re.compile(
    "must be greater than min_val|divisible by num_heads|was expecting embedding dim"
    "|does not match num_embeddings|is set but bias_|is None|expected `key`"
)


@pytest.mark.parametrize("example", examples(), ids=lambda one: one.name)
def test_a_wrong_type_is_taken_or_refused_clearly(example: Example) -> None:
    faults = []
    for parameter in example.parameters:
        for kind, value in WRONG.items():
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    example.call(parameter, value)
            except Exception as error:  # noqa: BLE001  # any may come, and is judged
                if not clear(example, parameter, error):
                    faults.append((parameter, kind, error))
    assert not faults, "\n".join(f"{p} = {k}: {e!r}" for p, k, e in faults)


def clear(example: Example, parameter: str, error: Exception) -> bool:
    """Return whether an error tells the operation, or the argument, or is one of values."""
    text = str(error)
    if OTHERWISE.get((example.name, parameter), "none") in text:
        return True
    if isinstance(error, AssertionError):
        return ASSERTING.search(text) is not None
    if isinstance(error, TypeError):
        return example.operation.strip("_").lower() in text.lower() or parameter in text
    return isinstance(error, (ValueError, RuntimeError, IndexError))
