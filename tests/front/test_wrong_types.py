"""A wrong type, for each argument of each public function, method and module, is one clear error."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest
from tests.cases.examples import Example, examples

import minitorch as torch

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
# In words of torch's, that are about values.
ASSERTED = {("nn.Hardtanh.__init__", "min_val"), ("nn.functional.multi_head_attention_forward", "in_proj_weight")}


@pytest.mark.parametrize("example", examples(), ids=lambda one: one.name)
def test_a_wrong_type_is_taken_or_refused_clearly(example: Example) -> None:
    faults = []
    for parameter in example.parameters:
        for kind, value in WRONG.items():
            try:
                with warnings.catch_warnings():
                    warnings.simplefilter("ignore")
                    example.call(parameter, value)
            except TypeError as error:
                if not tells(example, parameter, str(error)):
                    faults.append((parameter, kind, error))
            except (ValueError, RuntimeError, IndexError):
                pass
            except Exception as error:
                if (example.name, parameter) not in ASSERTED:
                    faults.append((parameter, kind, error))
    assert not faults, "\n".join(f"{p} = {k}: {e!r}" for p, k, e in faults)


def tells(example: Example, parameter: str, text: str) -> bool:
    """Return whether an error tells the operation, or the argument, of a call."""
    return example.operation.strip("_").lower() in text.lower() or parameter in text
