"""The arguments of what can be called, there and here."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from typing import Any

import torch
import torch.utils.checkpoint

import minitorch
import minitorch.utils.checkpoint

MODULES = (
    *("", "Tensor", "linalg", "special", "func", "autograd", "autograd.functional"),
    *("nn", "nn.functional", "nn.init", "nn.utils", "nn.utils.rnn", "nn.utils.parametrize"),
    *("nn.utils.parametrizations", "optim", "optim.lr_scheduler", "optim.swa_utils"),
    *("utils.data", "utils.checkpoint"),
)
NONE = inspect.Parameter.empty


def pairs() -> Iterator[tuple[str, Any, Any]]:
    """Yield what can be called in both, by name."""
    for path in MODULES:
        ours, theirs = _at(minitorch, path), _at(torch, path)
        for name in sorted(set(dir(ours)) & set(dir(theirs))):
            one, other = getattr(ours, name), getattr(theirs, name)
            if not name.startswith("_") and callable(one) and callable(other):
                yield f"{path}.{name}".lstrip("."), one, other


def _at(module: Any, path: str) -> Any:
    for name in filter(None, path.split(".")):
        module = getattr(module, name, None)
    return module


def arguments(function: Any) -> dict[str, object]:
    """Return the arguments in their order with their defaults, `NONE` where there is none.

    What is written in another language has no signature, but its documentation begins with one.
    """
    try:
        parameters = inspect.signature(function).parameters.values()
    except (ValueError, TypeError):
        return _documented(inspect.getdoc(function) or "")
    named = {
        p.name: p.default for p in parameters if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)
    }
    if len(named) < len(parameters):
        return _documented(inspect.getdoc(function) or "") | named
    return named


def _documented(text: str) -> dict[str, object]:
    written = re.match(r"\s*([\w.]+\(.*?\))\s*->", text.replace("\\*", "*"), re.DOTALL)
    if written is None:
        return {}
    try:
        (call,) = ast.parse(f"def {written[1].rpartition('.')[2]}: pass").body
    except SyntaxError:  # as "add(input, other, *, alpha=1, out=None), or ..."
        return {}
    assert isinstance(call, ast.FunctionDef)
    at, only = [*call.args.posonlyargs, *call.args.args], call.args.kwonlyargs
    without = [None] * (len(at) - len(call.args.defaults))
    values = [*without, *call.args.defaults, *call.args.kw_defaults]
    return {one.arg: _value(value) for one, value in zip([*at, *only], values, strict=True)}


def _value(written: ast.expr | None) -> object:
    return NONE if written is None else ast.literal_eval(written)
