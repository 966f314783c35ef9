"""Comparisons: bool, without derivatives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._graph import raw_of, wrap

if TYPE_CHECKING:
    from ._tensor import Tensor


def eq(input: Tensor, other: Tensor | float) -> Tensor:
    """Tell where elements are equal: bool; no gradient.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.eq.html
    """
    return wrap(input._raw == raw_of(other))


def ne(input: Tensor, other: Tensor | float) -> Tensor:
    """Tell where elements differ: bool; no gradient.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.ne.html
    """
    return wrap(input._raw != raw_of(other))


def lt(input: Tensor, other: Tensor | float) -> Tensor:
    """Tell where elements are less: bool; no gradient.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.lt.html
    """
    return wrap(input._raw < raw_of(other))


def le(input: Tensor, other: Tensor | float) -> Tensor:
    """Tell where elements are less or equal: bool; no gradient.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.le.html
    """
    return wrap(input._raw <= raw_of(other))


def gt(input: Tensor, other: Tensor | float) -> Tensor:
    """Tell where elements are greater: bool; no gradient.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.gt.html
    """
    return wrap(input._raw > raw_of(other))


def ge(input: Tensor, other: Tensor | float) -> Tensor:
    """Tell where elements are greater or equal: bool; no gradient.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.ge.html
    """
    return wrap(input._raw >= raw_of(other))
