"""Reading the annotations of a function: what each argument may be, as far as that is known."""

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
    """One alternative of an annotation: some classes, or a sequence of `elements`."""

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
    annotations = function.__annotations__
    read = {name: _read(annotation, namespace) for name, annotation in annotations.items()}
    return {name: expected for name, expected in read.items() if expected is not None}


def _read(annotation: object, namespace: dict[str, object]) -> tuple[Expected, ...] | None:
    """Return the alternatives of an annotation, or None if it is not understood."""
    text = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    return _parse(ast.parse(text, mode="eval").body, namespace)


def _parse(node: ast.expr, namespace: dict[str, object]) -> tuple[Expected, ...] | None:
    """Same as `_read`, but of the syntax tree of an annotation."""
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
    """Same as `_parse`, but of a type with arguments in brackets."""
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


class _BoolType(type):
    def __instancecheck__(cls, value: object) -> bool:
        return type(value).__name__ in ("bool", "bool_")  # Python's, and NumPy's


class _Bool(metaclass=_BoolType):
    """Booleans of Python and of NumPy, by `isinstance`."""


class _IntegerType(type):
    def __instancecheck__(cls, value: object) -> bool:
        try:
            index(value)  # type: ignore[arg-type]  # this is what is asked
        except (TypeError, ValueError, RuntimeError):
            return False
        return True


class _Integer(metaclass=_IntegerType):
    """Whatever Python accepts as an index, also of NumPy, by `isinstance`."""


@functools.cache
def _known() -> dict[str, Expected]:
    """Return the types that are known by their names."""
    return {
        # A number may be given as a tensor of one element, as in torch.
        "int": Expected("int", (int, _Integer, Tensor)),
        "float": Expected("number", (int, float, Real, _Bool, Tensor)),
        "bool": Expected("bool", (_Bool,)),
        "str": Expected("str", (str,)),
        "None": Expected("None", (type(None),)),
        "Callable": Expected("function", (Callable,)),  # type: ignore[arg-type]  # isinstance takes it
        "Function": Expected("function", (Callable,)),  # type: ignore[arg-type]  # here, too
        "Iterable": Expected("iterable", (Iterable,)),
        "Mapping": Expected("mapping", (Mapping,)),
        "Tensor": Expected("Tensor", (Tensor,)),
        "dtype": Expected("torch.dtype", (below.dtype,)),
        "DType": Expected("torch.dtype", (below.dtype,)),
    }
