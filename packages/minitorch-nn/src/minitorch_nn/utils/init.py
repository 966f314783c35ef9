"""Modules without initial values.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.utils.skip_init.html
"""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import ParamSpec, TypeVar

from ..core.module import Module
from ..initialization.constants import skipped

__all__ = ["skip_init"]

P = ParamSpec("P")
M = TypeVar("M", bound=Module)


def skip_init(module_cls: Callable[P, M], *args: P.args, **kwargs: P.kwargs) -> M:
    """Make a module without drawing its parameters: for one that is loaded or filled next.

    Args:
        module_cls: the class; its parameters must be filled by functions of `init`.
        *args: what it takes.
        **kwargs: what it takes by name.

    Raises:
        RuntimeError: if it is no module, or takes no `device`, by torch's rule.
    """
    given: object = module_cls  # which may be anything
    if not (isinstance(given, type) and issubclass(given, Module)):
        raise RuntimeError(f"Expected a Module; got {module_cls}")
    if "device" not in signature(module_cls).parameters:
        raise RuntimeError("Module must support a 'device' arg to skip initialization")
    with skipped():
        return module_cls(*args, **kwargs)
