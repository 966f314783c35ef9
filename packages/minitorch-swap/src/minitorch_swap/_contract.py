"""What the layers above need of a layer, and what of it a module lacks.

Each consumer's `requires.py` ends in a table `CONTRACTS`: layer, class name ("" for the module),
Protocol. The file is run without importing its package, which would import the checked layer.

A type checker compares the types. Here we check what it does not see, the names of parameters, and
what a program needs to run at all: that each name exists, that a property is a property and a
method a method, and that every call which the contract allows can be made.
"""

from __future__ import annotations

import dis
import importlib.util
import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import FunctionType, MemberDescriptorType, ModuleType
from typing import Any, Final

from ._signatures import call_problem, plain

CONSUMERS: Final = (
    "minitorch_autograd",
    "minitorch_nn",
    "minitorch_optim",
    "minitorch_data",
    "minitorch",
)

MISSING: Final = object()
DECLARED: Final = object()  # an attribute that only instances have


@dataclass(frozen=True)
class Need:
    """One name that a consumer needs of a layer."""

    consumer: str
    owner: str  # the class that has it, or "" for the module
    name: str
    expected: FunctionType | property | None  # as the Protocol declares it; None: an annotation
    extension: str = ""  # the extension that it belongs to, or "" for the core

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}" if self.owner else self.name

    def problem(self, module: ModuleType) -> str | None:
        """Return a sentence that says what `module` lacks, or None if it lacks nothing."""
        owner = getattr(module, self.owner, MISSING) if self.owner else module
        if owner is MISSING:
            return f"{self.owner} is missing"
        if isinstance(owner, FunctionType):  # it makes the instances: a function, not a class
            owner = owner.__globals__.get(str(owner.__annotations__.get("return")))
            if not isinstance(owner, type):
                return None  # a class that only a type checker knows
        found = _find(owner, self.name)
        if isinstance(self.expected, FunctionType):
            return self._function_problem(owner, found, self.expected)
        return self._value_problem(owner, found)

    def _function_problem(self, owner: object, found: object, expected: FunctionType) -> str | None:
        wanted = plain(inspect.signature(expected), bound=True)
        if found is MISSING:
            return f"{self}{wanted} is missing"
        if isinstance(found, property | cached_property):
            return f"{self} is a property, and should be a method: {self.name}{wanted}"
        if found is DECLARED:
            return None
        if not callable(getattr(owner, self.name)):
            return f"{self} can't be called, and should be a function: {self.name}{wanted}"
        signature = _signature(owner, self.name)
        reason = call_problem(wanted, signature) if signature else None
        return reason and f"{self}{signature} should be {self.name}{wanted}: it {reason}"

    def _value_problem(self, owner: object, found: object) -> str | None:
        getter = self.expected.fget if isinstance(self.expected, property) else None
        returns = str(getter.__annotations__.get("return")) if getter else ""
        settable = getter is None or (isinstance(self.expected, property) and self.expected.fset)
        if found is MISSING:
            return f"{self} is missing"
        if returns.startswith("type["):
            return None if isinstance(found, type) else f"{self} is not a class, and should be one"
        if isinstance(found, FunctionType | staticmethod | classmethod):
            if isinstance(owner, type):
                return f"{self}() is a method, and should be a property: {self.name}, without ()"
            return f"{self}() is a function, and should be a value: {self.name}, without ()"
        if settable and isinstance(found, property) and found.fset is None:
            return f"{self} is a property without a setter, and should be settable"
        return None


def _find(owner: object, name: str) -> object:
    """Return the attribute `name` as in the class body of `owner`; or MISSING or DECLARED."""
    if not isinstance(owner, type):
        return getattr(owner, name, MISSING)
    bases = owner.__mro__[:-1]  # without `object`, whose == and < are not meant
    for base in bases:
        if name in vars(base):
            found: object = vars(base)[name]
            return DECLARED if isinstance(found, MemberDescriptorType) else found  # a slot
    declared = any(name in inspect.get_annotations(base) or _sets(base, name) for base in bases)
    return DECLARED if declared or hasattr(owner, "__getattr__") else MISSING


def _sets(cls: type, name: str) -> bool:
    """Return whether a method of `cls`, such as `__init__`, assigns to an attribute `name`."""
    return any(
        instruction.opname == "STORE_ATTR" and instruction.argval == name
        for method in vars(cls).values()
        if isinstance(method, FunctionType)
        for instruction in dis.get_instructions(method)
    )


def _signature(owner: object, name: str) -> inspect.Signature | None:
    """Return the signature of `owner.name`, without self if `owner` is a class; None if unknown."""
    written = inspect.getattr_static(owner, name)
    bound = (
        isinstance(owner, type)
        and inspect.isroutine(written)
        and not isinstance(written, staticmethod | classmethod)
    )
    try:
        return plain(inspect.signature(getattr(owner, name)), bound=bound)
    except ValueError:  # written in C
        return None


def needs(layer: str) -> list[Need]:
    """Return all that the installed consumers need of `layer`, such as "minitorch_tensor"."""
    found = []
    for consumer in CONSUMERS:
        requires = _requires(consumer)
        for owner, protocol in requires.get("CONTRACTS", {}).get(layer, {}).items():
            found += [Need(consumer, owner, *member) for member in _members(protocol)]
        for extension, protocol in requires.get("EXTENSIONS", {}).get(layer, {}).items():
            found += [Need(consumer, "", *member, extension) for member in _members(protocol)]
    return found


def _requires(consumer: str) -> dict[str, Any]:
    """Return the names in the `requires.py` of `consumer`; none where it has no such file."""
    package = importlib.util.find_spec(consumer)
    file = Path(package.origin).with_name("requires.py") if package and package.origin else None
    if file is None or not file.is_file():
        return {}
    spec = importlib.util.spec_from_file_location(f"{consumer}.requires", file)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return vars(module)


def _members(protocol: type) -> Iterator[tuple[str, FunctionType | property | None]]:
    """Yield the names that `protocol` and the Protocols it extends declare."""
    for base in reversed(protocol.__mro__):
        if not getattr(base, "_is_protocol", False) or base.__module__ == "typing":
            continue
        for name in inspect.get_annotations(base):
            yield name, None
        for name, value in vars(base).items():
            # `typing` adds functions of its own to a Protocol: `__init__`, for one.
            if isinstance(value, property) or (
                isinstance(value, FunctionType) and value.__module__ == base.__module__
            ):
                yield name, value


def problems(layer: str, module: ModuleType) -> list[str]:
    """Return a sentence for each thing that the consumers of `layer` need and `module` lacks."""
    found: dict[str, list[str]] = {}
    for need in needs(layer):
        if need.extension or (need.owner and not hasattr(module, need.owner)):
            continue  # a class that is missing is reported once, by the Protocol of the module
        if text := need.problem(module):
            found.setdefault(text, []).append(need.consumer)
    return [f"{text} (needed by {', '.join(by)})" for text, by in found.items()]


def missing_extensions(layer: str, module: ModuleType) -> list[str]:
    """Return the names of the extensions that `module` does not have: information, no error."""
    absent = [need.extension for need in needs(layer) if need.extension and need.problem(module)]
    return list(dict.fromkeys(absent))
