"""Values overwritten between forward and backward: what then comes of the gradients.

Every row of the tables of operations and of modules is called, one of the tensors that take part
(an input, a parameter, a buffer, an output) is written, and the outputs are differentiated, where
possible twice. What comes of it is one of

- "right": the gradients of an undisturbed call;
- "refused": the error that says so;
- "wrong": other gradients, without a word;
- "unwritable": the tensor can't be written at all, as one that shows one element in many places.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.cases.case import Case, Torch, case, flat, make_inputs, results
from tests.cases.nn.module import ModuleCase

REFUSALS = (
    "one of the variables needed for gradient computation has been modified by an inplace",
    # Of torch alone: parts of `unbind`, `split`, ...
    "is a view and its base or another view of its base has been modified inplace",
)


@dataclass(frozen=True)
class Called:
    """A call that was made, and what took part in it."""

    named: dict[str, Any]  # the tensors that can be written, by the names of their parts
    leaves: list[Any]  # those that get gradients
    outputs: list[Any]  # those that are differentiated


def called(torch: Torch, row: Case | ModuleCase, training: bool = True) -> Called:
    """Call a row of a table, always with the same numbers."""
    torch.manual_seed(0)
    own: dict[str, Any] = {}
    if isinstance(row, ModuleCase):
        module = row.make(torch.nn).to(torch.float64).train(training)
        own = {f"parameter {name}": one for name, one in module.named_parameters()}
        own |= {f"buffer {name}": one for name, one in module.named_buffers()}
        shape = case(row.name, lambda t: None, *row.inputs, domain=row.domain)
        inputs = make_inputs(torch, shape, "float64", track=True)
        outputs = flat(row.call(module, *inputs))
    else:
        inputs = make_inputs(torch, row, "float64", track=True)
        outputs = results(torch, row, inputs)
    named = own | {f"input {i}": one for i, one in enumerate(inputs)}
    named |= {f"output {i}": one for i, one in enumerate(outputs) if hasattr(one, "dtype")}
    tracked = [one for one in outputs if getattr(one, "requires_grad", False)]
    return Called(named, [one for one in named.values() if _is_tracked_leaf(one)], tracked)


def gradients(torch: Torch, call: Called, second: bool) -> list[list[float]]:
    """Return the derivatives of the weighted outputs, and those of the derivatives."""
    found: list[list[float]] = []
    outputs = call.outputs
    for order in range(1 + second):
        total = None
        for one in outputs:
            weights = torch.arange(one.numel()).reshape(tuple(one.shape)) * 0.5 + 1.0
            weighed = (one * weights.to(one.dtype)).sum()
            total = weighed if total is None else total + weighed
        if total is None:
            break
        made = torch.autograd.grad(
            total, call.leaves, create_graph=second and order == 0, allow_unused=True
        )
        # Clones, since some of torch's zeros have no memory to read.
        found += [[] if one is None else one.detach().clone().reshape(-1).tolist() for one in made]
        outputs = [one for one in made if one is not None and one.requires_grad]
    return found


def write(torch: Torch, tensor: Any) -> bool:
    """Overwrite every element of `tensor`; return whether that can be done."""
    try:
        with torch.no_grad():
            if tensor.dtype is torch.bool:
                tensor.logical_not_()
            elif tensor.dtype.is_floating_point:
                tensor.mul_(-2.0).add_(0.25)
            elif tensor.numel():
                tensor.copy_(tensor.max() - tensor)  # indices stay within bounds
    except (RuntimeError, ValueError):
        return False
    return True


def outcome(
    torch: Torch, call: Callable[[], Called], name: str, expected: list[list[float]], second: bool
) -> str:
    """Return what comes of a call if the tensor `name` is written before it is differentiated."""
    made = call()
    if not write(torch, made.named[name]):
        return "unwritable"
    try:
        found = gradients(torch, made, second)
    except RuntimeError as error:
        if not any(phrase in str(error) for phrase in REFUSALS):
            raise
        return "refused"
    return "right" if same(found, expected) else "wrong"


def outcomes(
    torch: Torch, row: Case | ModuleCase, training: bool = True, second: bool = True
) -> dict[str, str]:
    """Return what comes of a row for each tensor that takes part in it."""

    def call() -> Called:
        return called(torch, row, training)

    if isinstance(row, Case) and not row.first:
        return {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            made = call()
        except RuntimeError as error:
            if "a leaf Variable that requires grad" in str(error):
                return {}  # the call itself writes its input
            raise
        names = list(made.named)
        second = second and _has_second(row)
        expected = gradients(torch, made, second)
        if not any(expected):
            return {}
        return {name: outcome(torch, call, name, expected, second) for name in names}


def _has_second(row: Case | ModuleCase) -> bool:
    return row.name != "CTCLoss" if isinstance(row, ModuleCase) else row.second


def walked_twice(torch: Torch, row: Case | ModuleCase) -> bool:
    """Return whether a second walk finds what the first did, once that is overwritten."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            made = called(torch, row)
        except RuntimeError as error:
            if "a leaf Variable that requires grad" in str(error):
                return True
            raise
        if not made.outputs:
            return True
        walks: list[list[list[float]]] = []
        for _ in range(2):
            seeds = [torch.ones_like(one) * 1.5 for one in made.outputs]
            found = torch.autograd.grad(
                made.outputs, made.leaves, seeds, retain_graph=True, allow_unused=True
            )
            walks.append([[] if one is None else one.reshape(-1).tolist() for one in found])
            for one in [*seeds, *found]:
                if one is not None:
                    write(torch, one)
        return same(*walks)


def same(found: list[list[float]], expected: list[list[float]]) -> bool:
    """Return whether gradients are equal; NaN is equal to NaN."""
    return len(found) == len(expected) and all(
        len(some) == len(others) and all(map(_same, some, others))
        for some, others in zip(found, expected, strict=True)
    )


def _same(one: float, other: float) -> bool:
    return (
        one == other
        or (math.isnan(one) and math.isnan(other))
        or math.isclose(one, other, rel_tol=1e-9, abs_tol=1e-12)
    )


def _is_tracked_leaf(one: Any) -> bool:
    return bool(one.requires_grad and one.is_leaf)
