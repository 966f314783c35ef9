"""Whether operations are recorded: a switch of each thread."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class _Switch(threading.local):
    recording = True


switch = _Switch()


def is_grad_enabled() -> bool:
    """Tell whether operations are recorded in this thread."""
    return switch.recording


class set_grad_enabled:  # noqa: N801  (torch's name)
    """Switch recording on or off: at once, for a `with` block, or as a decorator for a call.

    Args:
        mode: whether operations on tensors that require gradients are recorded.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.autograd.grad_mode.set_grad_enabled.html
    """

    __slots__ = ("before", "mode")

    def __init__(self, mode: bool) -> None:
        self.mode = mode
        self.before = switch.recording
        switch.recording = mode

    def __enter__(self) -> None:
        switch.recording = self.mode

    def __exit__(self, *exception: object) -> None:
        switch.recording = self.before

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        # Made for a function to come: what the constructor switched is switched back.
        switch.recording = self.before
        mode = self.mode

        @functools.wraps(function)
        def switched(*args: P.args, **kwargs: P.kwargs) -> R:
            with set_grad_enabled(mode):
                return function(*args, **kwargs)

        return switched


class no_grad:  # noqa: N801  (torch's name)
    """Record nothing in a `with` block, or as a decorator: `@no_grad()`.

    >>> x = tensor([1.0], requires_grad=True)
    >>> with no_grad():
    ...     (x * 2).requires_grad
    False

    Source: https://docs.pytorch.org/docs/stable/generated/torch.no_grad.html
    """

    __slots__ = ("before",)
    mode = False

    def __enter__(self) -> None:
        self.before = switch.recording
        switch.recording = self.mode

    def __exit__(self, *exception: object) -> None:
        switch.recording = self.before

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        """Return `function` with the mode around each call."""
        kind = type(self)

        @functools.wraps(function)
        def switched(*args: P.args, **kwargs: P.kwargs) -> R:
            with kind():
                return function(*args, **kwargs)

        return switched


class enable_grad(no_grad):  # noqa: N801  (torch's name)
    """Record in a `with` block inside `no_grad`, or as a decorator: `@enable_grad()`.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.enable_grad.html
    """

    __slots__ = ()
    mode = True
