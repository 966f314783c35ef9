"""Whether operations are recorded: a switch of each thread.

A mode is a `with` block, or a decorator of functions and generators; `set_grad_enabled` switches at
once, too. In inference mode nothing is recorded, and no tensor that is made can be part of a graph
later. Modes that few programs use are in the set `rare_modes`, so that others pay for one test.

*Interrupts.* Python checks for Ctrl-C where a function begins, at the end of each turn of a loop,
and after a call of a C function; never between an assignment and a `try` that follows it. So a
function that switches restores in `finally` what it found, by assignments alone:

    before, switch.recording = switch.recording, False
    try: ...
    finally: switch.recording = before

A `with` block can't do so: its `__exit__` is a function, and an interrupt where it begins would
leave the mode on. So between `__enter__` and `__exit__` the object of a mode is of a subclass with
a finaliser, `__del__`, which leaves the mode at the latest when the traceback of the interrupt is
deleted: in a program that goes on after ``except KeyboardInterrupt``, recording is what it was
before the block. (Where the traceback is kept, as at a prompt, the mode stays on as long.) A mode
that was left has no finaliser, since an interrupt in one is printed and lost.
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


# Why operations have to check more than usual, in any thread: inference mode, tensors that are left
# of it, anomaly detection. It is empty in most programs, so that these pay for one test only.
rare_modes: set[object] = set()


def is_grad_enabled() -> bool:
    """Return whether operations are recorded in this thread."""
    return switch.recording


def is_inference_mode_enabled() -> bool:
    """Return whether this thread is in inference mode."""
    return switch.inference


class Mode(ABC):
    """A mode for a `with` block, or for each call of the function that it decorates."""

    __slots__ = ()

    @abstractmethod
    def __enter__(self) -> None: ...

    @abstractmethod
    def __exit__(self, *exception: object) -> None: ...

    @abstractmethod
    def again(self) -> Mode:
        """Return a new mode like this one: each call of a decorated function has its own."""

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


class _Recording(Mode):
    """A mode that records, or records nothing."""

    __slots__ = ("before", "mode")

    def __init__(self, mode: bool) -> None:
        self.mode = mode

    def __enter__(self) -> None:
        self.before = switch.recording
        switch.recording = self.mode and not switch.inference
        self.__class__ = _EnteredRecording

    def __exit__(self, *exception: object) -> None:
        switch.recording = self.before
        self.__class__ = _Recording

    def again(self) -> _Recording:
        return _Recording(self.mode)


class _EnteredRecording(_Recording):
    __slots__ = ()

    def __del__(self) -> None:
        # A block around this one may have switched back since.
        switch.recording = switch.recording or self.before


class set_grad_enabled(_Recording):  # noqa: N801  (torch's name)
    """Switch recording on or off: at once, for a `with` block, or as a decorator for a call.

    Args:
        mode: whether operations on tensors that require gradients are recorded.

    Raises:
        TypeError: if `mode` is no bool.
    """

    __slots__ = ()

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
        self.__class__ = _EnteredSetGradEnabled

    def __exit__(self, *exception: object) -> None:
        switch.recording = self.before
        self.__class__ = set_grad_enabled

    def again(self) -> set_grad_enabled:
        """Return a new one; it switches at once, too."""
        return set_grad_enabled(self.mode)

    def __call__(self, function: Callable[P, R]) -> Callable[P, R]:
        """Return `function` with the mode around each call; what the constructor did is undone."""
        switch.recording = self.before
        return super().__call__(function)


class _EnteredSetGradEnabled(set_grad_enabled):
    __slots__ = ()
    __del__ = _EnteredRecording.__del__


class _Inference(Mode):
    __slots__ = ("before", "mode", "sign")

    def __init__(self, mode: bool) -> None:
        self.mode = mode
        self.sign = object()  # in `rare_modes` in place of the mode, which has to be finalised

    def __enter__(self) -> None:
        self.before = switch.recording, switch.inference
        if self.mode:
            rare_modes.add(self.sign)
        switch.recording, switch.inference = not self.mode, self.mode
        self.__class__ = _EnteredInference

    def __exit__(self, *exception: object) -> None:
        switch.recording, switch.inference = self.before
        rare_modes.discard(self.sign)
        self.__class__ = _Inference

    def again(self) -> _Inference:
        return _Inference(self.mode)


class _EnteredInference(_Inference):
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
    return _Recording(False) if function is None else _Recording(False)(function)


@overload
def enable_grad() -> Mode: ...
@overload
def enable_grad(function: Callable[P, R], /) -> Callable[P, R]: ...
def enable_grad(function: Callable[P, R] | None = None, /) -> Mode | Callable[P, R]:
    """Record in a `with` block inside `no_grad`, or as a decorator: `@enable_grad()`."""
    return _Recording(True) if function is None else _Recording(True)(function)


@overload
def inference_mode(mode: bool = True) -> Mode: ...
@overload
def inference_mode(mode: Callable[P, R]) -> Callable[P, R]: ...
def inference_mode(mode: bool | Callable[P, R] = True) -> Mode | Callable[P, R]:
    """Record nothing, and keep new tensors out of all graphs; a `with` block, or a decorator.

    A tensor that is made in this mode can later be neither written in place nor mentioned by the
    rule of a recorded operation: a forgotten `clone()` is an error, not a missing gradient.

    Args:
        mode: whether the mode is on; off, it records, even inside a block that has it on.
    """
    return _Inference(mode) if isinstance(mode, bool) else _Inference(True)(mode)
