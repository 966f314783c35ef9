"""What a file of the package defines is listed where users import it from."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import minitorch_optim
from minitorch_optim import Optimizer, lr_scheduler, rules, swa_utils


def modules(folder: str) -> Iterator[ModuleType]:
    package = importlib.import_module(f"minitorch_optim.{folder}")
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield importlib.import_module(found.name)


def public_subclasses(folder: str, base: type) -> set[str]:
    """Return the names of the classes on `base` that the files of a folder define."""
    return {
        name
        for module in modules(folder)
        for name, one in vars(module).items()
        if isinstance(one, type) and issubclass(one, base) and one.__module__ == module.__name__
        if not name.startswith("_")
    }


def test_every_optimizer_is_listed() -> None:
    defined = public_subclasses("optimizers", Optimizer)
    assert defined and defined <= set(minitorch_optim.__all__)


def test_every_rule_is_listed() -> None:
    listed = set(rules.__all__)
    for module in modules("optimizers"):
        assert set(getattr(module, "__all__", ())) <= listed, module.__name__
        found = {name for name, one in vars(module).items() if isinstance(one, rules.Rule)}
        assert found <= listed, module.__name__


def test_every_schedule_is_listed() -> None:
    defined = public_subclasses("schedules", lr_scheduler.LRScheduler)
    assert defined == {*lr_scheduler.__all__, *swa_utils.__all__}
