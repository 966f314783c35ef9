"""What modules have in common.

A module is a dataclass, and its fields say what it is made of: settings (numbers), parameters,
other modules, tuples of modules. Nothing is registered. Whoever wants the parameters walks the
fields; the names on the way are the paths, and a tuple's members are named by their places:

    Sequential                       layers is a tuple
        0: Linear                    "0.weight", "0.bias"
        1: Tanh
        2: Linear                    "2.weight", "2.bias"
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TypeVar

from minitorch_autograd import Tensor, no_grad

from ._parameter import Parameter

M = TypeVar("M", bound="Module")


@dataclass(eq=False, repr=False)
class Module:
    """The base of all modules. A subclass is a dataclass, too, and is called by `__call__`."""

    training: bool = field(default=True, init=False)

    def parameters(self) -> Iterator[Parameter]:
        """Yield the parameters, each once."""
        return (parameter for _, parameter in self.named_parameters())

    def named_parameters(self) -> Iterator[tuple[str, Parameter]]:
        """Yield the parameters with their paths, each once."""
        seen: set[Parameter] = set()
        for path, parameter in named(self):
            if parameter not in seen:
                seen.add(parameter)
                yield path, parameter

    def state_dict(self) -> dict[str, Tensor]:
        """Return all parameters by their paths, in the same memory."""
        return {path: parameter.detach() for path, parameter in named(self)}

    def load_state_dict(self, state_dict: Mapping[str, Tensor], strict: bool = True) -> None:
        """Copy the tensors of `state_dict` into the parameters of their paths.

        Raises:
            RuntimeError: listing the shapes, and if `strict` the paths, that do not match.
        """
        own = dict(named(self))
        problems = [
            f"size mismatch for {path}: {state_dict[path].shape} is saved, {own[path].shape} here"
            for path in own
            if path in state_dict and state_dict[path].shape != own[path].shape
        ]
        if strict:
            problems += [f"Missing key in state_dict: {p}" for p in own if p not in state_dict]
            problems += [f"Unexpected key in state_dict: {p}" for p in state_dict if p not in own]
        if problems:
            name = type(self).__name__
            raise RuntimeError(
                "\n\t".join([f"Error(s) in loading state_dict for {name}:", *problems])
            )
        with no_grad():
            for path, parameter in own.items():
                if path in state_dict:
                    parameter.copy_(state_dict[path])

    def zero_grad(self) -> None:
        """Forget the gradients."""
        for parameter in self.parameters():
            parameter.grad = None

    def train(self: M, mode: bool = True) -> M:
        """Put this module and all in it into training mode, or out of it; return this one."""
        self.training = mode
        for _, part in parts(self):
            if isinstance(part, Module):
                part.train(mode)
        return self

    def eval(self: M) -> M:
        """Put this module and all in it out of training mode; return this one."""
        return self.train(False)

    def __repr__(self) -> str:
        inner = [(name, part) for name, part in parts(self) if not isinstance(part, Parameter)]
        settings = ", ".join(f"{name}={part!r}" for name, part in inner if not callable(part))
        modules = "".join(
            f"\n  ({name}): " + repr(part).replace("\n", "\n  ")
            for name, part in inner
            if callable(part)
        )
        return f"{type(self).__name__}({settings}{modules}" + ("\n)" if modules else ")")


def parts(module: Module) -> Iterator[tuple[str, object]]:
    """Yield what is in the fields of `module`, by name; a tuple's members by their places."""
    for one in fields(module):
        value = getattr(module, one.name)
        if isinstance(value, tuple):
            yield from ((str(i), member) for i, member in enumerate(value))
        elif one.name != "training":
            yield one.name, value


def named(module: Module, prefix: str = "") -> Iterator[tuple[str, Parameter]]:
    """Yield every parameter in `module`, as often as it is there, with its path."""
    for name, part in parts(module):
        if isinstance(part, Parameter):
            yield prefix + name, part
        elif isinstance(part, Module):
            yield from named(part, f"{prefix}{name}.")
