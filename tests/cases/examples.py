"""One right call of each public function, method and module, found by running the tables of cases.

While the cases run, the first call of each function is noted with its arguments. So whatever has a
case is here, too, and laws can be tried over all of it: `tests/front/test_wrong_types.py`.
"""

from __future__ import annotations

import contextlib
import functools
import inspect
import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType, FrameType, FunctionType
from typing import Any

from tests.cases.case import case as make_case
from tests.cases.case import make_inputs, results
from tests.cases.nn.table import MODULES
from tests.cases.table import CASES

import minitorch
import minitorch_autograd
import minitorch_nn

# Whose functions, and what their names begin with in both `minitorch` and torch.
PLACES = {
    "": minitorch_autograd,
    "linalg.": minitorch_autograd.linalg,
    "nn.functional.": minitorch_nn.functional,
    "nn.init.": minitorch_nn.init,
}
# What torch has not: the way to define operations, and what the packages share.
OWN = {
    "add_windows", "by_blocks", "check_calls", "foreach_copy_", "matmul_windows", "outer_windows",
    "record", "record_several", "record_with_output", "refuse_misfits", "sliding_windows",
    "spread_windows",
}  # fmt: skip


@dataclass(frozen=True)
class Example:
    """A call that is right: its arguments by name, the ones by position in order."""

    name: str
    function: Callable[..., Any]
    positional: dict[str, Any]
    rest: tuple[Any, ...]  # of `*rest`
    named: dict[str, Any]

    @property
    def parameters(self) -> list[str]:
        """The arguments that may be given otherwise."""
        return [one for one in (*self.positional, *self.named) if one != "self"]

    @property
    def operation(self) -> str:
        """The name of the function or the module, without where it is."""
        parts = [one for one in self.name.split(".") if one not in ("__init__", "forward")]
        return parts[-1]

    def call(self, parameter: str | None = None, value: object = None) -> object:
        """Call it, with `value` for `parameter`; tensors are copies."""

        def given(name: str, right: Any) -> Any:
            return value if name == parameter else _copied(right)

        args = [given(name, right) for name, right in self.positional.items()]
        args += [_copied(one) for one in self.rest]
        named = {name: given(name, right) for name, right in self.named.items()}
        return self.function(*args, **named)


def _copied(value: Any) -> Any:
    return value.clone() if type(value) is minitorch.Tensor else value


@functools.cache
def examples() -> list[Example]:
    """Run the cases, and return an example of whatever was called."""
    public = {_inner(function).__code__: (name, function) for name, function in _public()}
    found: dict[CodeType, Example] = {}

    def note(frame: FrameType, event: str, _: object) -> None:
        code = frame.f_code
        if event == "call" and code in public and code not in found:
            name, function = public[code]
            owner = type(frame.f_locals.get("self")).__name__
            # A constructor is an example where it is that of the class which is made.
            if not name.endswith("__init__") or name == f"nn.{owner}.__init__":
                found[code] = _example(name, function, code, dict(frame.f_locals))

    for case in CASES:
        with _noting(note):
            results(minitorch, case, make_inputs(minitorch, case, "float64", track=False))
    for case in MODULES:
        row = make_case(case.name, lambda t: None, *case.inputs, domain=case.domain)
        with _noting(note):
            module = case.make(minitorch.nn).to(minitorch.float64)
            case.call(module, *make_inputs(minitorch, row, "float64", track=False))
    return sorted(found.values(), key=lambda one: one.name)


@contextlib.contextmanager
def _noting(note: Callable[[FrameType, str, object], None]) -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        before = sys.getprofile()
        sys.setprofile(note)
        try:
            yield
        finally:
            sys.setprofile(before)


def _public() -> Iterator[tuple[str, FunctionType]]:
    """Yield all functions, methods, and `__init__` and `forward` of modules with their names."""
    for name in vars(minitorch_nn)["__all__"]:
        kind = getattr(minitorch_nn, name)
        if isinstance(kind, type) and issubclass(kind, minitorch_nn.Module):
            for method in ("__init__", "forward"):
                if isinstance(vars(kind).get(method), FunctionType):
                    yield f"nn.{name}.{method}", vars(kind)[method]
    for kind in minitorch.Tensor.__mro__:
        for name, method in vars(kind).items():
            if isinstance(method, FunctionType) and not name.startswith("_"):
                yield f"Tensor.{name}", method
    for prefix, place in PLACES.items():
        for name in place.__all__:
            function = getattr(place, name)
            if isinstance(function, FunctionType) and name not in OWN:
                yield prefix + name, function


def _inner(function: FunctionType) -> Any:
    return inspect.unwrap(function)


def _example(name: str, function: Any, code: CodeType, values: dict[str, Any]) -> Example:
    names = code.co_varnames
    count = code.co_argcount + code.co_kwonlyargcount
    rest = values[names[count]] if code.co_flags & inspect.CO_VARARGS else ()
    positional = {one: values[one] for one in names[: code.co_argcount]}
    named = {one: values[one] for one in names[code.co_argcount : count]}
    owner = positional.get("self")
    if name.endswith(".__init__"):
        del positional["self"]
        function = type(owner)
    elif name.endswith(".forward"):
        del positional["self"]
        function = owner  # called as a module is
    return Example(name, function, positional, tuple(rest), named)
