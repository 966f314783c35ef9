"""The registry of translations: from the code of a function to what writes its nodes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from types import CodeType
from typing import Final, NamedTuple, TypeAlias, TypeVar

from minitorch_autograd import Tensor

from ._functions import PUBLIC, unchecked
from ._graph import Graph

# The names of the results, in their order.
Names: TypeAlias = str | Sequence[str]
T = TypeVar("T", bound=Callable[..., Names])


class Translation(NamedTuple):
    """How a call becomes nodes."""

    function: str  # the name of what is translated
    write: Callable[..., Names]
    takes: frozenset[str]  # the arguments that it uses
    numbers: frozenset[str]  # those of them that are not to be tensors
    defaults: Mapping[str, object]  # the other arguments: each must have its default

    def __call__(self, graph: Graph, arguments: Mapping[str, object], result: object) -> Names:
        """Add the nodes of a call, and return the names of its results.

        Raises:
            NotImplementedError: if an argument that the translation does not use was given.
        """
        for name, default in self.defaults.items():
            given = arguments.get(name, default)
            if given is not default and (isinstance(given, Tensor) or given != default):
                raise NotImplementedError(
                    f"export: {self.function} with {name}={given!r:.40} has no ONNX translation"
                )
        known = {**arguments, "result": result, "function": self.function}
        return self.write(graph, **{name: known[name] for name in self.takes})


TRANSLATIONS: Final[dict[CodeType, Translation]] = {}


def translates(*functions: Callable[..., object]) -> Callable[[T], T]:
    """Register the decorated function as the translation of `functions`.

    Its first parameter is the graph. The others have the names of parameters of `functions`
    (`input` for a method's `self`), or are `result`, what the call returned, or `function`, the
    name of what was called. A parameter of `functions` that it leaves out must have its default in
    every call, so that none is overlooked; only `inplace` and `out` may have any value, since the
    tensor that is written gets the name of the result. An argument whose annotation is no tensor
    must not depend on an input.
    """

    def enter(write: T) -> T:
        taken = dict(list(inspect.signature(write).parameters.items())[1:])
        takes = frozenset(taken)
        # By the annotations, which are strings.
        numbers = frozenset(
            name
            for name, one in taken.items()
            if "Tensor" not in one.annotation and "object" not in one.annotation
        )
        for function in functions:
            parameters = inspect.signature(function).parameters
            names = {
                "input" if n == "self" and "input" not in parameters else n for n in parameters
            }
            names |= {"self", "function", "result"}
            assert takes <= names, f"{function.__qualname__}: {takes - names}"
            defaults = {
                name: () if one.kind is one.VAR_POSITIONAL else one.default
                for name, one in parameters.items()
                if name not in takes and name not in ("self", "inplace", "out")
            }
            plain = unchecked(function)
            assert plain is not None, f"{function} is no function"
            code = plain.__code__
            TRANSLATIONS[code] = Translation(
                PUBLIC.get(code, plain.__name__), write, takes, numbers, defaults
            )
        return write

    return enter
