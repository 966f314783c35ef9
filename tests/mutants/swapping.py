"""A changed source in a process that has imported the right one: its functions get new code.

That takes no time, while a fresh process imports and collects for seconds. It does not work for
what runs at import: class bodies, default arguments, tables.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from inspect import CO_OPTIMIZED
from types import CodeType, FunctionType


def functions_by_file() -> dict[str, list[FunctionType]]:
    """Return all functions that live, by the file that they come from."""
    found: dict[str, list[FunctionType]] = defaultdict(list)
    for one in gc.get_objects():
        if type(one) is FunctionType:  # `isinstance` would ask what warns of being asked
            found[one.__code__.co_filename].append(one)
    return found


def new_codes(file: str, right: bytes, wrong: bytes) -> dict[CodeType, CodeType] | None:
    """Return the code to put in place of which; None if what runs at import differs, too."""
    pairs: dict[CodeType, CodeType] = {}
    right_module = compile(right, file, "exec", dont_inherit=True)
    wrong_module = compile(wrong, file, "exec", dont_inherit=True)
    return pairs if _compared(right_module, wrong_module, pairs) else None


def swap(functions: list[FunctionType], pairs: dict[CodeType, CodeType]) -> None:
    """Give functions their new code."""
    for function in functions:
        new = pairs.get(function.__code__)
        if new is not None and len(new.co_freevars) == len(function.__code__.co_freevars):
            function.__code__ = new


def _inner(code: CodeType) -> list[CodeType]:
    return [constant for constant in code.co_consts if isinstance(constant, CodeType)]


def _own(code: CodeType) -> tuple[object, ...]:
    constants = [repr(c) for c in code.co_consts if not isinstance(c, CodeType)]
    names = code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars
    return code.co_code, constants, names, code.co_flags, len(_inner(code))


def _same(a: CodeType, b: CodeType) -> bool:
    return _own(a) == _own(b) and all(map(_same, _inner(a), _inner(b)))


def _compared(a: CodeType, b: CodeType, pairs: dict[CodeType, CodeType]) -> bool:
    """Pair the functions that differ; return whether all that differs is in functions."""
    if _own(a) != _own(b):
        return False
    for one, other in zip(_inner(a), _inner(b), strict=True):
        if one.co_flags & CO_OPTIMIZED:
            if not _same(one, other):
                _pair(one, other, pairs)
        elif not _compared(one, other, pairs):
            return False
    return True


def _pair(a: CodeType, b: CodeType, pairs: dict[CodeType, CodeType]) -> None:
    """Pair two functions, and the functions in them as long as they can be told."""
    pairs[a] = b
    if len(_inner(a)) == len(_inner(b)):
        for one, other in zip(_inner(a), _inner(b), strict=True):
            _pair(one, other, pairs)
