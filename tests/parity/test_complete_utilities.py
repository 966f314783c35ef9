"""Every public name of torch's `nn.utils`, `nn.init` and global hooks is here, or told why not."""

from __future__ import annotations

import inspect
from importlib import import_module
from types import ModuleType

import pytest

# What is left out, by why.
ABSENT = {
    "orders of dimensions in memory, of which there is one here": {
        "convert_conv2d_weight_memory_format",
        "convert_conv3d_weight_memory_format",
    },
    "hooks of gradients that torch has replaced by full ones, whose results are right": {
        "register_module_backward_hook",
    },
}
MODULES = [
    "nn.init",
    "nn.modules.module",
    "nn.utils",
    "nn.utils.clip_grad",
    "nn.utils.convert_parameters",
    "nn.utils.fusion",
    "nn.utils.parametrizations",
    "nn.utils.parametrize",
    "nn.utils.rnn",
    "nn.utils.stateless",
]


def public(module: ModuleType) -> set[str]:
    """Return the names that a module says are public; else the functions and classes it defines."""
    told = getattr(module, "__all__", None)
    return (
        set(told)
        if told is not None
        else {
            name
            for name, value in vars(module).items()
            if not name.startswith("_")
            and (inspect.isfunction(value) or inspect.isclass(value))
            and value.__module__ == module.__name__
        }
    )


@pytest.mark.parametrize("path", MODULES)
def test_every_name_is_here(path: str) -> None:
    theirs, ours = import_module(f"torch.{path}"), import_module(f"minitorch.{path}")
    absent = {name for names in ABSENT.values() for name in names}
    assert {name for name in public(theirs) if not hasattr(ours, name)} - absent == set()


@pytest.mark.parametrize("name", sorted(name for names in ABSENT.values() for name in names))
def test_what_is_absent_is_torchs(name: str) -> None:
    holders = [path for path in MODULES if name in public(import_module(f"torch.{path}"))]
    assert holders
    assert not any(hasattr(import_module(f"minitorch.{path}"), name) for path in holders)


@pytest.mark.parametrize("path", MODULES)
def test_arguments_are_torchs(path: str) -> None:
    """What can be called takes torch's arguments, in its order, with its defaults."""
    theirs, ours = import_module(f"torch.{path}"), import_module(f"minitorch.{path}")
    differ = {}
    for name in sorted(public(theirs)):
        one, other = getattr(theirs, name), getattr(ours, name, None)
        if inspect.isfunction(one) and inspect.isfunction(other):
            mine, its = arguments(other), arguments(one)
            if mine != its:
                differ[name] = f"{mine} != {its}"
    assert differ == {}


def arguments(function: object) -> list[tuple[str, object, object]]:
    assert callable(function)
    return [(p.name, p.kind, p.default) for p in inspect.signature(function).parameters.values()]
