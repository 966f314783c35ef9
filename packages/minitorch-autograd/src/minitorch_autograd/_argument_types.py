"""One error for arguments of a wrong type, which the annotations of public functions tell.

Theory of operation. What a package shows is put behind `checked`: a call whose arguments are of
classes that were seen to fit goes on at once; others are held against the annotations. Within the
packages the functions are called as they are. What is small, and called often, is not to pay for
it: such a function is `explained`, its arguments looked at once something went wrong; and such a
method, like an operator, is left as it is, and found on the stack by what it calls.

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
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from ._annotations import expectations

if TYPE_CHECKING:
    from typing import TypeAlias

    Place: TypeAlias = int | str  # of an argument: its position or its name

P = ParamSpec("P")
R = TypeVar("R")

_MANY: Final = 100  # classes that a program makes as it runs are not remembered for ever
# Flags that torch, too, reads by their truth; and what a function brings into form by itself.
_UNCHECKED: Final = frozenset(("args", "full", "include_last_offset", "inplace", "return_indices"))
_as_they_are: Final[dict[CodeType, FunctionType]] = {}  # the methods that are found on the stack


# --- The tables of public functions


def check_calls(
    namespace: dict[str, object], names: Iterable[str], small: frozenset[str] = frozenset()
) -> None:
    """Let public functions refuse arguments of a wrong type.

    Args:
        namespace: the module's, `globals()`.
        names: the functions, and classes, whose constructors are as `small` ones; what is
            neither is left as it is.
        small: those whose arguments are looked at only once something went wrong.
    """
    for name in names:
        found = namespace[name]
        if isinstance(found, FunctionType):
            call = (explained if name in small else checked)(found, name)
            call.__module__ = str(namespace["__name__"])  # where a pickle looks for it
            namespace[name] = call
        elif isinstance(found, type) and isinstance(vars(found).get("__init__"), FunctionType):
            found.__init__ = explained(found.__init__, name)  # type: ignore[misc]  # the same one


def check_methods(owner: type, small: frozenset[str]) -> None:
    """Let the methods of a class do so; `small` ones stay as they are, and so do operators."""
    for name, found in list(vars(owner).items()):
        if isinstance(found, FunctionType):
            if name in small:
                _as_they_are[found.__code__] = found
            elif not name.startswith("_"):
                setattr(owner, name, checked(found, name))


def checked(function: Callable[P, R], name: str) -> Callable[P, R]:
    """Return `function` as one that refuses arguments of a wrong type.

    Raises:
        TypeError: that says the function, the argument, what is expected and what was given.
    """
    # By the classes of all arguments: the places of sequences, whose elements have classes, too.
    seen: dict[tuple[object, ...], tuple[Place, ...]] = {}

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        kinds: tuple[object, ...] = tuple(map(type, args))
        if kwargs:
            kinds += (*kwargs, *map(type, kwargs.values()))
        places = seen.get(kinds)
        if places:
            for place in places:
                value = args[place] if isinstance(place, int) else kwargs[place]
                kinds += (tuple(map(type, value)),)  # type: ignore[call-overload]  # a sequence
            places = seen.get(kinds)
        if places is None:
            refuse_misfits(function, name, args, kwargs)
            if len(seen) > _MANY:
                seen.clear()
            kinds = kinds[: len(args) + 2 * len(kwargs)]
            sequences = _sequences(function, args, kwargs)
            seen[kinds] = tuple(sequences)
            # What is in sequences within sequences is looked at each time.
            if not any(issubclass(k, (tuple, list)) for each in sequences.values() for k in each):
                seen[(*kinds, *sequences.values())] = ()
        return function(*args, **kwargs)

    call.__name__ = call.__qualname__ = name
    return call


def _sequences(
    function: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]
) -> dict[Place, tuple[type, ...]]:
    """Return the places of sequences whose elements matter, with the classes of the elements."""
    expected = expectations(function)
    return {
        place: tuple(map(type, value))
        for place, argument, value in _named(function, args, kwargs)
        if isinstance(value, (tuple, list))
        and any(one.elements is not None for one in expected.get(argument, ()))
    }


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

    call.__name__ = name
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
    for _, argument, value in _named(function, args, kwargs):
        # An array goes far in the place of a tensor, and what it meets is not the fault.
        told = of_values and not _is_array(value)
        if not (told or re.search(rf"\b({name}|{argument})\b", said, re.IGNORECASE)):
            _refuse_misfit(function, name, argument, value)


def refuse_misfits_of_callers() -> None:
    """Raise TypeError if a small method that is being called has an argument of a wrong type."""
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
) -> Iterator[tuple[Place, str, object]]:
    """Yield the place, the name in the signature, and the value of each argument."""
    code = inspect.unwrap(function).__code__
    rest = code.co_argcount + code.co_kwonlyargcount  # where the name of `*args` is
    for i, value in enumerate(args):
        if i < code.co_argcount:
            yield i, code.co_varnames[i], value
        elif code.co_flags & inspect.CO_VARARGS:
            yield i, code.co_varnames[rest], value
    for key, value in kwargs.items():
        yield key, key, value


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
