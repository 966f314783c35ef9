"""Getting at the layers under test, and at the names that their contracts ask for.

Nothing is imported until a test asks for it, and a layer that can't be imported becomes a failure
of every test that does: never an error at collection, where no test would have run at all.
"""

from __future__ import annotations

import importlib
import importlib.util
from functools import cache
from types import ModuleType
from typing import Any, Final

import pytest

from minitorch_swap import Need, needs

LAYERS: Final = ("minitorch_tensor", "minitorch_autograd", "minitorch_nn", "minitorch_optim")


class Broken(ModuleType):
    """Stands for a layer that can't be imported: whatever is asked of it fails with the reason."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)

    def __getattr__(self, name: str) -> object:
        # pytest looks for markers and fixtures in whatever it sees.
        if name.startswith("__"):
            raise AttributeError(name)
        pytest.fail(str(self.__doc__), pytrace=False)


@cache
def load(name: str) -> Any:
    """Import a layer; whatever goes wrong there is told by the first test that uses it."""
    try:
        return importlib.import_module(name)
    except (Exception, SystemExit) as error:  # noqa: BLE001  (told by every test)
        return Broken(name, f"{name} can't be imported: {type(error).__name__}: {error}")


def origin(name: str) -> str:
    """Name the file of a layer, without importing it."""
    try:
        spec = importlib.util.find_spec(name)
    except Exception as error:  # noqa: BLE001  (told in the header)
        return f"not found: {error}"
    return "not found" if spec is None else spec.origin or "a folder without an __init__.py"


def contract_names(layer: str) -> list[Any]:
    """Return a test parameter for each name in the contract of `layer`: all who need it.

    Where nothing is installed that needs the layer, there is one of nobody: its test fails.
    """
    names: dict[str, list[Need]] = {}
    for need in needs(layer):
        if not need.extension:
            names.setdefault(str(need), []).append(need)
    return [pytest.param(users, id=name) for name, users in names.items()] or [[]]


def lacks(layer: str, extension: str) -> bool:
    """Whether a layer, if it can be imported at all, has no name of an extension."""
    module = load(layer)
    names = [need.name for need in needs(layer) if need.extension == extension]
    return not isinstance(module, Broken) and not any(hasattr(module, name) for name in names)


def assert_fits(users: list[Need], module: ModuleType) -> None:
    """Assert that `module` has what `users` need, under one name, with the same parameters."""
    __tracebackhide__ = True
    assert users, f"nothing is installed above {module.__name__}: no requires.py says what it needs"
    for need in users:
        problem = need.problem(module)
        assert problem is None, f"{problem} (needed by {need.consumer})"
