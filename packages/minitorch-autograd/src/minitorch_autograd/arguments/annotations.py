"""What the annotations of a function say of its arguments, as far as their names are known."""

from __future__ import annotations

import ast
import functools
import inspect
import sys
import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from numbers import Real
from operator import index
from typing import NamedTuple

import minitorch_tensor as below

from ..engine.value import Tensor


class Expected(NamedTuple):
    """Some classes, or a sequence whose elements are each of one of `elements`."""

    text: str
    classes: tuple[type, ...] = ()
    elements: tuple[Expected, ...] | None = None

    def fits(self, value: object) -> bool:
        """Return whether `value` is of the type."""
        if self.elements is None:
            return isinstance(value, self.classes)
        if not isinstance(value, Sequence) or isinstance(value, (str, bytes)):
            return False
        return all(any(one.fits(element) for one in self.elements) for element in value)


@functools.cache
def expectations(function: Callable[..., object]) -> dict[str, tuple[Expected, ...]]:
    """Return what each argument of `function` may be, where its annotation is known."""
    function = inspect.unwrap(function)
    namespace = vars(sys.modules[function.__module__])
    read = {name: _read(said, namespace) for name, said in function.__annotations__.items()}
    return {name: expected for name, expected in read.items() if expected is not None}


def _read(said: object, namespace: dict[str, object]) -> tuple[Expected, ...] | None:
    text = said.__name__ if isinstance(said, type) else str(said)
    return _parse(ast.parse(text, mode="eval").body, namespace)


def _parse(node: ast.expr, namespace: dict[str, object]) -> tuple[Expected, ...] | None:
    """Return what may be given, by alternatives; None if that is not known."""
    if isinstance(node, ast.BinOp):  # int | None
        left, right = _parse(node.left, namespace), _parse(node.right, namespace)
        return None if left is None or right is None else left + right
    if isinstance(node, ast.Constant):
        return _read(node.value, namespace) if node.value is not None else (_known()["None"],)
    if isinstance(node, ast.Subscript):
        return _parse_subscript(node, namespace)
    name = _last(node)
    if name in _known():
        return (_known()[name],)
    meant = namespace.get(name)
    if meant is typing.Any or getattr(meant, "_is_protocol", False):
        return None
    if isinstance(meant, type):
        return (Expected(name, (meant,)),)
    if isinstance(meant, str) or typing.get_origin(meant) is not None:  # an alias
        return _read(meant, namespace)
    return None


def _parse_subscript(
    node: ast.Subscript, namespace: dict[str, object]
) -> tuple[Expected, ...] | None:
    kind = _last(node.value)
    inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if kind == "Literal":
        return tuple({_known()[type(ast.literal_eval(one)).__name__]: 0 for one in inner})
    if kind in ("Callable", "Iterable", "Mapping"):
        return (_known()[kind],)
    if kind not in ("Sequence", "tuple", "list"):
        return None
    elements: tuple[Expected, ...] = ()
    for one in inner:
        if ast.unparse(one) != "...":
            parsed = _parse(one, namespace)
            if parsed is None:
                return None
            elements += parsed
    text = " or ".join(dict.fromkeys(f"{one.text}s" for one in elements))
    return (Expected(f"tuple of {text}", elements=elements),)


def _last(node: ast.expr) -> str:
    """Return the last part of a name such as `builtins.bool`."""
    return ast.unparse(node).rpartition(".")[2]


class _OfTruth(type):
    def __instancecheck__(cls, value: object) -> bool:
        return type(value).__name__ in ("bool", "bool_")  # Python's, and NumPy's


class _Bool(metaclass=_OfTruth):
    """Truth values."""


class _OfIndex(type):
    def __instancecheck__(cls, value: object) -> bool:
        try:
            index(value)  # type: ignore[arg-type]  # which it says
        except (TypeError, ValueError, RuntimeError):
            return False
        return True


class _Whole(metaclass=_OfIndex):
    """What Python takes for a whole number, also of NumPy."""


@functools.cache
def _known() -> dict[str, Expected]:
    tensor = Tensor
    return {
        # A number may be given as a tensor of one element, as in torch.
        "int": Expected("int", (int, _Whole, tensor)),
        "float": Expected("number", (int, float, Real, _Bool, tensor)),
        "bool": Expected("bool", (_Bool,)),
        "str": Expected("str", (str,)),
        "None": Expected("None", (type(None),)),
        "Callable": Expected("function", (Callable,)),  # type: ignore[arg-type]  # isinstance takes it
        "Function": Expected("function", (Callable,)),  # type: ignore[arg-type]  # here, too
        "Iterable": Expected("iterable", (Iterable,)),
        "Mapping": Expected("mapping", (Mapping,)),
        "Tensor": Expected("Tensor", (tensor,)),
        "dtype": Expected("torch.dtype", (below.dtype,)),
        "DType": Expected("torch.dtype", (below.dtype,)),
    }
