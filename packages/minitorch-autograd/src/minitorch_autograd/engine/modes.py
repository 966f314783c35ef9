"""Whether operations are recorded: a switch of each thread.

A mode is a `with` block, or a decorator of functions and generators; `set_grad_enabled` switches at
once, too. In inference mode nothing is recorded and nothing that is made can be part of a graph
later. What few programs switch on is told by `rare_modes`, so that the others pay one test.

*Interrupts.* Python looks for Ctrl-C where a function begins, at the end of a loop's round, and
after a call of what is written in C; between an assignment and a `try` that follows it never does.
So a function that switches restores in `finally` what it found, by assignments alone:

    before, switch.recording = switch.recording, False
    try: ...
    finally: switch.recording = before

A `with` block can't, since its `__exit__` is a function, at whose beginning an interrupt leaves the
mode on. So a mode that was entered is of a class with a finaliser until it is left, and is left at
the latest when it is finalised, with the traceback of the interrupt: where a program goes on after
``except KeyboardInterrupt``, recording is what it was before the block. (Where the traceback is
kept, as at a prompt, the mode stays on as long.)
"""

from __future__ import annotations

import functools
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager
from inspect import isgeneratorfunction
from typing import ParamSpec, TypeVar, cast, overload

__all__ = [
    "enable_grad",
    "inference_mode",
    "is_grad_enabled",
    "is_inference_mode_enabled",
    "no_grad",
    "set_grad_enabled",
]

P = ParamSpec("P")
R = TypeVar("R")


class _Switch(threading.local):
    recording = True
    inference = False


switch = _Switch()


# Why operations have to look twice now, in any thread: inference mode, what is left of it, anomaly
# detection. It is empty in most programs, and at most times, so that they pay one test.
rare_modes: set[object] = set()


def is_grad_enabled() -> bool:
    """Return whether operations are recorded in this thread."""
    return switch.recording


def is_inference_mode_enabled() -> bool:
    """Return whether this thread is in inference mode."""
    return switch.inference


class Mode(ABC):
    """A mode for a `with` block, or for the calls of the function that it decorates."""

    __slots__ = ()

    @abstractmethod
    def __enter__(self) -> None: ...

    @abstractmethod
    def __exit__(self, *exception: object) -> None: ...

    @abstractmethod
    def again(self) -> Mode:
        """Return a fresh mode like this one: each call of a decorated function has its own."""

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        """Return `function` with the mode around each call; of a generator, around each step."""
        if isgeneratorfunction(function):
            steps = cast("Callable[P, Generator[object, object, object]]", function)
            # A generator's type is that of what makes it.
            return cast("Callable[P, R]", _around_steps(steps, self.again))

        @functools.wraps(function)
        def switched(*args: P.args, **kwargs: P.kwargs) -> R:
            before = switch.recording, switch.inference
            try:
                with self.again():
                    return function(*args, **kwargs)
            finally:
                switch.recording, switch.inference = before

        return switched


def _around_steps(
    function: Callable[P, Generator[object, object, object]],
    mode: Callable[[], AbstractContextManager[None]],
) -> Callable[P, Generator[object, object, object]]:
    """Return the generator function with the mode on while it runs, and off while it waits."""

    @functools.wraps(function)
    def switched(*args: P.args, **kwargs: P.kwargs) -> Generator[object, object, object]:
        with mode():
            steps = function(*args, **kwargs)
        step: Callable[[], object] = functools.partial(next, steps)
        while True:
            before = switch.recording, switch.inference
            try:
                with mode():
                    value = step()
            except StopIteration as end:
                return end.value
            finally:
                switch.recording, switch.inference = before
            try:
                sent = yield value
            except BaseException as error:  # noqa: BLE001  (also of `close`: it goes on to `steps`)
                step = functools.partial(steps.throw, error)
            else:
                step = functools.partial(steps.send, sent)

    return switched


class set_grad_enabled(Mode):  # noqa: N801  (torch's name)
    """Switch recording on or off: at once, for a `with` block, or as a decorator for a call.

    Args:
        mode: whether operations on tensors that require gradients are recorded.

    Raises:
        TypeError: if `mode` is no bool.
    """

    __slots__ = ("before", "mode")

    def __init__(self, mode: bool) -> None:
        if not isinstance(mode, bool):
            raise TypeError(
                "set_grad_enabled(): argument 'enabled' (position 1) must be bool, not "
                f"{type(mode).__name__}"
            )
        self.mode = mode
        self.before = switch.recording
        switch.recording = mode

    def __enter__(self) -> None:
        switch.recording = self.mode
        self.__class__ = _InsideSetGradEnabled

    def __exit__(self, *exception: object) -> None:
        switch.recording = self.before
        self.__class__ = set_grad_enabled

    def again(self) -> set_grad_enabled:
        return set_grad_enabled(self.mode)

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        # Made for a function to come: what the constructor switched is switched back.
        switch.recording = self.before
        return super().__call__(function)


class _InsideSetGradEnabled(set_grad_enabled):
    __slots__ = ()

    def __del__(self) -> None:
        # A block around this one may have switched back since.
        switch.recording = switch.recording or self.before


class _NoGrad(Mode):
    __slots__ = ("before",)

    def __enter__(self) -> None:
        self.before = switch.recording
        switch.recording = False
        self.__class__ = _InsideNoGrad

    def __exit__(self, *exception: object) -> None:
        switch.recording = self.before
        self.__class__ = _NoGrad

    def again(self) -> _NoGrad:
        return _NoGrad()


class _InsideNoGrad(_NoGrad):
    __slots__ = ()

    def __del__(self) -> None:
        switch.recording = switch.recording or self.before


class _EnableGrad(Mode):
    __slots__ = ("before",)

    def __enter__(self) -> None:
        self.before = switch.recording
        switch.recording = not switch.inference  # where there is no way back
        self.__class__ = _InsideEnableGrad

    def __exit__(self, *exception: object) -> None:
        switch.recording = self.before
        self.__class__ = _EnableGrad

    def again(self) -> _EnableGrad:
        return _EnableGrad()


class _InsideEnableGrad(_EnableGrad):
    __slots__ = ()

    def __del__(self) -> None:
        switch.recording = switch.recording or self.before


class _Inference(Mode):
    __slots__ = ("before", "mode", "sign")

    def __init__(self, mode: bool) -> None:
        self.mode = mode
        self.sign = object()  # in `rare_modes`, which keeps no mode from being finalised

    def __enter__(self) -> None:
        self.before = switch.recording, switch.inference
        if self.mode:
            rare_modes.add(self.sign)
        switch.recording, switch.inference = not self.mode, self.mode
        self.__class__ = _InsideInference

    def __exit__(self, *exception: object) -> None:
        switch.recording, switch.inference = self.before
        rare_modes.discard(self.sign)
        self.__class__ = _Inference

    def again(self) -> _Inference:
        return _Inference(self.mode)


class _InsideInference(_Inference):
    __slots__ = ()

    def __del__(self) -> None:
        if switch.inference and not self.before[1]:
            switch.recording, switch.inference = self.before
        rare_modes.discard(self.sign)


@overload
def no_grad() -> Mode: ...
@overload
def no_grad(function: Callable[P, R], /) -> Callable[P, R]: ...
def no_grad(function: Callable[P, R] | None = None, /) -> Mode | Callable[P, R]:
    """Record nothing in a `with` block, or as a decorator: `@no_grad()` or `@no_grad`.

    >>> x = tensor([1.0], requires_grad=True)
    >>> with no_grad():
    ...     (x * 2).requires_grad
    False
    """
    return _NoGrad() if function is None else _NoGrad()(function)


@overload
def enable_grad() -> Mode: ...
@overload
def enable_grad(function: Callable[P, R], /) -> Callable[P, R]: ...
def enable_grad(function: Callable[P, R] | None = None, /) -> Mode | Callable[P, R]:
    """Record in a `with` block inside `no_grad`, or as a decorator: `@enable_grad()`."""
    return _EnableGrad() if function is None else _EnableGrad()(function)


@overload
def inference_mode(mode: bool = True) -> Mode: ...
@overload
def inference_mode(mode: Callable[P, R]) -> Callable[P, R]: ...
def inference_mode(mode: bool | Callable[P, R] = True) -> Mode | Callable[P, R]:
    """Record nothing, and keep what is made out of all graphs; a `with` block, or a decorator.

    A tensor that is made in this mode can later be neither written in place nor mentioned by the
    rule of a recorded operation: a forgotten `clone()` is an error, not a missing gradient.

    Args:
        mode: whether the mode is on; off, it records, even inside a block that has it on.
    """
    return _Inference(mode) if isinstance(mode, bool) else _Inference(True)(mode)
