"""Nests of tuples, lists and dictionaries, with tensors or anything else as their leaves.

The transforms of `func` take and return them. JAX and torch call such a nest a *pytree*: `leaves`
takes it apart, and `refill` makes another one of the same form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias

# What is in a nest is known only to the user who made it.
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
    """Return the nest with `function` applied to each leaf."""
    return refill(tree, map(function, leaves(tree)))


def form(tree: Tree) -> str:
    """Return a text that nests of the same form share: types and keys, and a star for each leaf."""
    if isinstance(tree, tuple | list):
        inner = ", ".join(map(form, tree))
        return f"{type(tree).__name__}({inner})"
    if isinstance(tree, dict):
        inner = ", ".join(f"{key!r}: {form(branch)}" for key, branch in tree.items())
        return f"dict({inner})"
    return "*"


def spread(prefix: Tree, tree: Tree) -> list[Tree] | None:
    """Return for each leaf of `tree` the leaf of `prefix` in its place; None if they don't match.

    A leaf of `prefix` stands for all leaves of the nest in its place.

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
