"""The names, order and defaults of arguments, there and here."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import torch

import minitorch

MODULES = (
    *("", "autograd", "autograd.functional", "autograd.forward_ad", "autograd.graph", "func"),
    *("nn", "nn.functional", "nn.init", "nn.utils", "nn.utils.rnn", "nn.utils.parametrize"),
    *("nn.utils.parametrizations", "optim", "optim.lr_scheduler", "optim.swa_utils"),
    *("utils.data", "utils.checkpoint", "linalg", "special", "Tensor"),
)
MISSING = object()


def member(module: ModuleType, path: str) -> Any:
    """Return what a dotted path names in a module, or None."""
    found: Any = module
    for name in filter(None, path.split(".")):
        found = getattr(found, name, None)
    return found


def pairs() -> Iterator[tuple[str, Any, Any]]:
    """Return all that can be called in both, by name."""
    for path in MODULES:
        ours, theirs = member(minitorch, path), member(torch, path)
        if ours is None or theirs is None:
            continue
        for name in sorted(set(dir(ours)) & set(dir(theirs))):
            one, other = getattr(ours, name), getattr(theirs, name)
            if not name.startswith("_") and callable(one) and callable(other):
                yield f"{path}.{name}".lstrip("."), one, other


def defaults(function: Any) -> dict[str, object] | None:
    """Return the default of each argument that has one, by its signature or its documentation."""
    try:
        signature = inspect.signature(function)
    except (ValueError, TypeError):
        return _documented(function)
    found = {
        name: one.default
        for name, one in signature.parameters.items()
        if one.kind not in (one.VAR_POSITIONAL, one.VAR_KEYWORD)
    }
    if len(found) < len(signature.parameters):
        return {**(_documented(function) or {}), **found}
    return found


def _documented(function: Any) -> dict[str, object] | None:
    text = inspect.getdoc(function) or ""
    line = re.match(r"\s*([\w.]+\(.*?\))\s*->", text.replace("\\*", "*"), re.S)
    if line is None:
        return None
    try:
        call = ast.parse(f"def {line[1].rpartition('.')[2]}: pass" if "." in line[1].partition("(")[0] else f"def {line[1]}: pass").body[0]
    except SyntaxError:
        return None
    assert isinstance(call, ast.FunctionDef)
    arguments = [*call.args.posonlyargs, *call.args.args]
    found: dict[str, object] = {}
    given = [None] * (len(arguments) - len(call.args.defaults)) + list(call.args.defaults)
    for one, default in [*zip(arguments, given), *zip(call.args.kwonlyargs, call.args.kw_defaults)]:
        try:
            found[one.arg] = inspect.Parameter.empty if default is None else ast.literal_eval(default)
        except ValueError:
            found[one.arg] = MISSING
    return found
