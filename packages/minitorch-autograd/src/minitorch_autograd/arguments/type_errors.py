"""One error for arguments of a wrong type, found by the annotations of public functions.

Theory of operation. Arguments are checked only after an error, so that correct calls cost nothing.
The public functions of a package are wrapped (`with_type_errors`): there is a `try` around each
call, and if the call fails, its arguments are compared with the annotations. A *misfit* is one that
is not of the type of its annotation. Inside the packages, functions are called without the wrapper.
Methods are not wrapped, for speed: what they call looks for their frames on the stack
(`refuse_misfits_of_callers`).

An annotation is understood as far as its names are known: numbers, tensors, sequences, and the
names of the function's module. What is not understood (a type variable, a protocol) fits anything.
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

# Flags that may be anything with a truth value, as in torch; and what functions check themselves.
_UNCHECKED: Final = frozenset(("args", "full", "include_last_offset", "inplace", "return_indices"))
_methods: Final[dict[CodeType, FunctionType]] = {}  # by their code, which is found on the stack


# --- The tables of public functions


def check_calls(namespace: dict[str, object], names: Iterable[str]) -> None:
    """Make public functions, and the constructors of classes, name arguments of a wrong type.

    Args:
        namespace: the module's, `globals()`.
        names: the functions and classes; other things are left as they are.
    """
    for name in names:
        found = namespace[name]
        if isinstance(found, FunctionType):
            call = with_type_errors(found, name)
            call.__module__ = str(namespace["__name__"])  # where a pickle looks for it
            namespace[name] = call
        elif isinstance(found, type) and isinstance(vars(found).get("__init__"), FunctionType):
            found.__init__ = with_type_errors(found.__init__, name)  # type: ignore[misc]  # the same one


def check_methods(owner: type, names: frozenset[str]) -> None:
    """Same as `check_calls`, but for the methods of a class.

    Args:
        owner: the class.
        names: methods to wrap, since nothing that they call looks for them on the stack.
    """
    for name, found in list(vars(owner).items()):
        if isinstance(found, FunctionType):
            if name in names:
                setattr(owner, name, with_type_errors(found, name))
            elif not name.startswith("_"):
                _methods[found.__code__] = found


def with_type_errors(function: Callable[P, R], name: str) -> Callable[P, R]:
    """Return `function` wrapped so that, if it fails, the error names the argument of a wrong type.

    An error that names the function or the argument already is raised as it is, and so is one about
    values.
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
        name: its public name.
        args: its arguments.
        kwargs: its arguments by name.
        error: what it raised; it is preferred if it names the function or the argument.
    """
    of_values = isinstance(error, (ValueError, RuntimeError, IndexError, AssertionError))
    message = str(error) if isinstance(error, TypeError) else ""
    for argument, value in _named(function, args, kwargs):
        # An array in place of a tensor may get far before an error, which is then about values.
        explained = (of_values and not _is_array(value)) or _names_it(message, name, argument)
        if not explained:
            _refuse_misfit(function, name, argument, value)


def _names_it(message: str, name: str, argument: str) -> bool:
    """Return whether a message names the function or the argument.

    Case is ignored, but not of an argument of one letter: `A` is not the article "a".
    """
    words = name if len(argument) == 1 else f"{name}|{argument}"
    return re.search(rf"\b((?i:{words})|{argument})\b", message) is not None


def refuse_misfits_of_callers() -> None:
    """Raise TypeError if a method that is being called has an argument of a wrong type."""
    frame = sys._getframe(1)
    running = []
    while frame is not None and str(frame.f_globals.get("__package__")).startswith("minitorch"):
        function = _methods.get(frame.f_code)
        if function is not None:
            running.append((function, frame.f_locals))
        frame = frame.f_back  # type: ignore[assignment]  # which ends at None
    for function, values in reversed(running):  # first the one that the user called
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
    """Raise TypeError if `value` does not fit the annotation of `argument`."""
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
