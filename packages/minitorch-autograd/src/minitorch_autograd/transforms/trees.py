"""Nests of tuples, lists and dictionaries, with tensors or anything else as their leaves.

The transforms of `func` take and return them. A nest is filled anew by `refill`, which takes
another nest of the same form as its pattern.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

# Only who made a nest knows what is in it.
Tree: TypeAlias = Any


def leaves(tree: Tree) -> list[Tree]:
    """Return the leaves, from left to right."""
    if isinstance(tree, tuple | list):
        return [leaf for branch in tree for leaf in leaves(branch)]
    if isinstance(tree, dict):
        return [leaf for branch in tree.values() for leaf in leaves(branch)]
    return [tree]


def refill(pattern: Tree, values: Iterable[object]) -> Tree:
    """Return a nest of the form of `pattern`, with `values` for its leaves."""
    return _refill(pattern, iter(values))


def _refill(pattern: Tree, values: Iterator[object]) -> Tree:
    if isinstance(pattern, tuple | list):
        branches = [_refill(branch, values) for branch in pattern]
        # A named tuple takes its fields one by one.
        return type(pattern)(*branches) if hasattr(pattern, "_fields") else type(pattern)(branches)
    if isinstance(pattern, dict):
        return {key: _refill(branch, values) for key, branch in pattern.items()}
    return next(values)


def each(function: Callable[[Tree], object], tree: Tree) -> Tree:
    """Return the nest of what `function` makes of the leaves."""
    return refill(tree, map(function, leaves(tree)))


def form(tree: Tree) -> str:
    """Describe the nest, with a star for each leaf: what two of the same form have in common."""
    if isinstance(tree, tuple | list):
        inner = ", ".join(map(form, tree))
        return f"{type(tree).__name__}({inner})"
    if isinstance(tree, dict):
        inner = ", ".join(f"{key!r}: {form(branch)}" for key, branch in tree.items())
        return f"dict({inner})"
    return "*"


def spread(prefix: Tree, tree: Tree) -> list[Tree] | None:
    """Return the leaf of `prefix` that each leaf of `tree` is under; None if it doesn't fit.

    >>> spread((0, None), ([1, 2], 3))
    [0, 0, None]
    """
    if not isinstance(prefix, tuple | list | dict):
        return [prefix] * len(leaves(tree))
    if type(prefix) is not type(tree) or len(prefix) != len(tree):
        return None
    keys: Iterable[Any] = tree if isinstance(tree, dict) else range(len(tree))
    if isinstance(prefix, dict) and set(prefix) != set(keys):
        return None
    found: list[Tree] = []
    for key in keys:
        inner = spread(prefix[key], tree[key])
        if inner is None:
            return None
        found += inner
    return found
