"""One error for arguments of a wrong type, which the annotations of public functions tell.

Theory of operation. Arguments are looked at once something went wrong, so that a right call does
not pay for it. What a package shows is `explained`: a `try` around each call, and if it fails the
arguments are held against the annotations. Within the packages the functions are called as they
are. A method, like an operator, is left as it is, and found on the stack by what it calls.

An annotation is looked at as far as its names are known, as those of numbers, tensors, sequences
and of what is in the function's module. What is not known (a type variable, a protocol) fits.
"""

from __future__ import annotations

import functools
import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from types import CodeType, FunctionType
from typing import Final, ParamSpec, TypeVar

from .annotations import expectations

__all__ = ["check_calls", "refuse_misfits"]

P = ParamSpec("P")
R = TypeVar("R")

# Flags that torch, too, reads by their truth; and what a function brings into form by itself.
_UNCHECKED: Final = frozenset(("args", "full", "include_last_offset", "inplace", "return_indices"))
_as_they_are: Final[dict[CodeType, FunctionType]] = {}  # the methods that are found on the stack


# --- The tables of public functions


def check_calls(namespace: dict[str, object], names: Iterable[str]) -> None:
    """Let public functions, and the constructors of classes, tell arguments of a wrong type.

    Args:
        namespace: the module's, `globals()`.
        names: the functions and classes; what is neither is left as it is.
    """
    for name in names:
        found = namespace[name]
        if isinstance(found, FunctionType):
            call = explained(found, name)
            call.__module__ = str(namespace["__name__"])  # where a pickle looks for it
            namespace[name] = call
        elif isinstance(found, type) and isinstance(vars(found).get("__init__"), FunctionType):
            found.__init__ = explained(found.__init__, name)  # type: ignore[misc]  # the same one


def check_methods(owner: type, names: frozenset[str]) -> None:
    """Let the methods of a class do so: those of `names` as functions do, the others as they are.

    Args:
        owner: the class.
        names: methods that meet a wrong type by themselves, not in what looks for it on the stack.
    """
    for name, found in list(vars(owner).items()):
        if isinstance(found, FunctionType):
            if name in names:
                setattr(owner, name, explained(found, name))
            elif not name.startswith("_"):
                _as_they_are[found.__code__] = found


def explained(function: Callable[P, R], name: str) -> Callable[P, R]:
    """Return `function` as one that, if it fails, says which argument is of a wrong type.

    An error that names the function or the argument is left as it is, and so is one of values.
    """

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except Exception as error:
            refuse_misfits(function, name, args, kwargs, error)
            raise

    call.__name__ = call.__qualname__ = name
    return call


# --- Looking at arguments


def refuse_misfits(
    function: Callable[..., object],
    name: str,
    args: tuple[object, ...],
    kwargs: dict[str, object],
    error: Exception | None = None,
) -> None:
    """Raise TypeError if an argument is not what the annotations of `function` say.

    Args:
        function: what was called.
        name: the name by which a user knows it.
        args: its arguments.
        kwargs: its arguments by name.
        error: what it raised, which may say it better.
    """
    of_values = isinstance(error, (ValueError, RuntimeError, IndexError, AssertionError))
    said = str(error) if isinstance(error, TypeError) else ""
    for argument, value in _named(function, args, kwargs):
        # An array goes far in the place of a tensor, and what it meets is not the fault.
        told = of_values and not _is_array(value)
        if not (told or _tells(said, name, argument)):
            _refuse_misfit(function, name, argument, value)


def _tells(said: str, name: str, argument: str) -> bool:
    """Return whether a message names the function or the argument; A is not the article."""
    words = name if len(argument) == 1 else f"{name}|{argument}"
    return re.search(rf"\b((?i:{words})|{argument})\b", said) is not None


def refuse_misfits_of_callers() -> None:
    """Raise TypeError if a method that is being called has an argument of a wrong type."""
    frame = sys._getframe(1)
    running = []
    while frame is not None and str(frame.f_globals.get("__package__")).startswith("minitorch"):
        function = _as_they_are.get(frame.f_code)
        if function is not None:
            running.append((function, frame.f_locals))
        frame = frame.f_back  # type: ignore[assignment]  # which ends at None
    for function, values in reversed(running):  # the one that a user called comes first
        code = function.__code__
        count = code.co_argcount + code.co_kwonlyargcount
        args = [values[name] for name in code.co_varnames[: code.co_argcount]]
        if code.co_flags & inspect.CO_VARARGS:
            args += values[code.co_varnames[count]]
        kwargs = {name: values[name] for name in code.co_varnames[code.co_argcount : count]}
        refuse_misfits(function, function.__name__, tuple(args), kwargs)


def _named(
    function: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]
) -> Iterator[tuple[str, object]]:
    """Yield the name in the signature, and the value, of each argument."""
    code = inspect.unwrap(function).__code__
    rest = code.co_argcount + code.co_kwonlyargcount  # where the name of `*args` is
    for i, value in enumerate(args):
        if i < code.co_argcount:
            yield code.co_varnames[i], value
        elif code.co_flags & inspect.CO_VARARGS:
            yield code.co_varnames[rest], value
    yield from kwargs.items()


def _refuse_misfit(
    function: Callable[..., object], name: str, argument: str, value: object
) -> None:
    expected = None if argument in _UNCHECKED else expectations(function).get(argument)
    if expected is None or any(one.fits(value) for one in expected):
        return
    wanted = " or ".join(dict.fromkeys(one.text for one in expected if one.text != "None"))
    got = type(value).__name__
    if isinstance(value, (list, tuple)) and value:
        got += " of " + " and ".join(sorted({type(one).__name__ for one in value}))
    hint = ""
    if _is_array(value) and "Tensor" in wanted:
        hint = "; make a tensor of it by torch.from_numpy(...)"
    text = f"{name}(): argument '{argument}' must be {wanted}, not {got}{hint}"
    raise TypeError(text) from None


def _is_array(value: object) -> bool:
    return hasattr(type(value), "__array_interface__")
