"""Parsing the equation of `einsum`: a label for each dimension of each operand, and of the result.

A label is a number: A to Z are 0 to 25, a to z are 26 to 51, as in the sublist format. The
dimensions under an ellipsis have the labels `COVERED`, `COVERED - 1`, ..., counted from the right,
since they broadcast.
"""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_lowercase, ascii_uppercase
from types import EllipsisType
from typing import TypeAlias

from ...engine.value import Tensor

Sublist: TypeAlias = "Sequence[int | EllipsisType]"
Labels: TypeAlias = tuple[int, ...]

LETTERS = ascii_uppercase + ascii_lowercase
COVERED = 1000  # the label of the last dimension under an ellipsis; the one before has 999, ...
MISUSE = (
    "einsum(): must specify the equation string and at least one operand, or at least one operand "
    "and its subscripts list"
)


def letter(label: int) -> str:
    """Return the letter of a label, for messages."""
    return LETTERS[label] if label < len(LETTERS) else "..."


def arguments(
    equation: str | Tensor, operands: tuple[Tensor | Sequence[Tensor] | Sublist, ...]
) -> tuple[list[Tensor], list[Sublist], Sublist | None]:
    """Return the operands, the sublist of each, and that of the result: None if not given."""
    if isinstance(equation, str):
        inputs, output = _parsed(equation)
        if len(operands) == 1 and isinstance(operands[0], Sequence):
            given: Sequence[object] = operands[0]
        else:
            given = operands
        tensors = [_checked(one, i) for i, one in enumerate(given)]
    else:
        words: list[object] = [equation, *operands]
        result = words.pop() if len(words) % 2 else None
        tensors = [_checked(one, i) for i, one in enumerate(words[::2])]
        inputs, output = [_sublist(one) for one in words[1::2]], None
        if result is not None:
            output = _sublist(result)
    if not tensors:
        raise ValueError(MISUSE)
    if len(tensors) != len(inputs):
        which = "more" if len(tensors) > len(inputs) else "fewer"
        raise RuntimeError(
            f"einsum(): {which} operands were provided than specified in the equation: "
            f"{len(tensors)} for {len(inputs)}"
        )
    return tensors, inputs, output


def _checked(one: object, position: int) -> Tensor:
    """Return an operand, which must be a tensor."""
    if not isinstance(one, Tensor):
        raise TypeError(
            f"einsum: expected Tensor as element {position} of the operands, "
            f"but got {type(one).__name__}: {one!r:.60}"
        )
    return one


def _sublist(one: object) -> Sublist:
    """Return a sublist, which must be a sequence of labels."""
    if not isinstance(one, Sequence):
        raise ValueError(MISUSE)
    for label in one:
        if label is not Ellipsis and not 0 <= label < len(LETTERS):
            raise ValueError(
                "einsum(): subscript in subscript list is not within the valid range [0, 52): "
                f"{label}"
            )
    return one


def _parsed(equation: str) -> tuple[list[Sublist], Sublist | None]:
    """Return the sublists of the operands, and of the result: None without "->"."""
    left, arrow, right = equation.partition("->")
    inputs: list[Sublist] = []
    start = 0
    for i, term in enumerate(left.split(",")):
        inputs.append(_term(term, start, f"operand {i}"))
        start += len(term) + 1
    return inputs, _term(right, len(left) + 2, "output") if arrow else None


def _term(term: str, start: int, where: str) -> Sublist:
    """Return the labels of one operand, or of the result, which begins at `start`."""
    labels: list[int | EllipsisType] = []
    i = 0
    while i < len(term):
        if term[i] == ".":
            if Ellipsis in labels:
                raise RuntimeError(
                    f"einsum(): found '.' for {where} for which an ellipsis was already found"
                )
            if term[i : i + 3] != "...":
                raise RuntimeError(
                    f"einsum(): found '.' for {where} that is not part of any ellipsis"
                )
            labels.append(...)
            i += 3
            continue
        if term[i] in LETTERS:
            labels.append(LETTERS.index(term[i]))
        elif term[i] != " ":
            raise RuntimeError(
                f"einsum(): invalid subscript given at index {start + i} in the equation string, "
                f"subscripts must be in [a-zA-Z], got {term[i]!r}"
            )
        i += 1
    return labels


def labelled(sublist: Sublist, ndim: int, position: int) -> Labels:
    """Return a label for each of the `ndim` dimensions of the operand at `position`."""
    given = sum(one is not Ellipsis for one in sublist)
    if given > ndim or (given < ndim and Ellipsis not in sublist):
        raise RuntimeError(
            f"einsum(): the number of subscripts in the equation ({given}) does not match the "
            f"number of dimensions ({ndim}) for operand {position}"
            + ("" if Ellipsis in sublist else " and no ellipsis was given")
        )
    labels: list[int] = []
    for one in sublist:
        labels += covered(ndim - given) if isinstance(one, EllipsisType) else [one]
    return tuple(labels)


def covered(count: int) -> range:
    """Return the labels of `count` dimensions under an ellipsis."""
    return range(COVERED - count + 1, COVERED + 1)


def result_labels(output: Sublist | None, inputs: Sequence[Labels]) -> Labels:
    """Return the labels of the result: by default those that appear once, in order."""
    every = [one for labels in inputs for one in labels]
    under_ellipsis = sorted({one for one in every if one >= len(LETTERS)})
    if output is None:
        once = [one for one in every if one < len(LETTERS) and every.count(one) == 1]
        return (*under_ellipsis, *sorted(once))
    labels: list[int] = []
    for one in output:
        if isinstance(one, EllipsisType):
            labels += under_ellipsis
            continue
        if one in labels:
            raise RuntimeError(
                f"einsum(): output subscript {letter(one)} appears more than once in the output"
            )
        if one not in every:
            raise RuntimeError(
                f"einsum(): output subscript {letter(one)} does not appear in the equation for any "
                "input operand"
            )
        labels.append(one)
    return tuple(labels)
