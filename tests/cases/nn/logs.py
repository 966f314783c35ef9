"""What programs log: values and errors as text, the same of `torch` and `minitorch`."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable
from typing import Any

Log = list[str]


def tried(call: Callable[..., Any]) -> str:
    """Return what a call returns, or its error, as text; shapes are written as tuples."""
    try:
        return repr(call())
    except Exception as error:  # noqa: BLE001  (any error is compared)
        text = f"{type(error).__name__}: {error}"
    return re.sub(r"torch\.Size\((\[.*?\])\)", lambda m: str(tuple(json.loads(m[1]))), text)


def first_line(call: Callable[..., Any]) -> str:
    """Return the first line of what `tried` tells."""
    return tried(call).split("\\n")[0]


def numbers(tensor: Any) -> str:
    """Return the elements of a tensor as text, to four places."""
    return str([round(x, 4) + 0.0 for x in tensor.detach().reshape(-1).tolist()])


def warned(call: Callable[..., Any]) -> str:
    """Return the warnings of a call as text."""
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        call()
    return str([(one.category.__name__, str(one.message)) for one in seen])
