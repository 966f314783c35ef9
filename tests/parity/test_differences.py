"""Each row of `docs/differences.md`, held against both sides, so that the table stays true."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

import pytest
import torch

import minitorch
import minitorch.nn.functional
import minitorch.nn.init
import minitorch.optim.lr_scheduler
import minitorch.utils.data

TABLE = (Path(__file__).parents[2] / "docs" / "differences.md").read_text()
ROWS, NAMES = [
    [line.split(" | ")[0].removeprefix("| ") for line in part.splitlines() if line.startswith("| ")]
    for part in TABLE.split("These names are here")
]

checked: list[str] = []
Test: TypeAlias = Callable[[], None]
Lines: TypeAlias = Callable[[Any], object]  # the same in each, which is their argument


def row(title: str) -> Callable[[Test], Test]:
    """Mark a test as that of the row with a title."""
    checked.append(title)
    return lambda test: test


def both(lines: Lines) -> tuple[object, object]:
    """Return what the lines give here and in PyTorch: a value, or the type of the exception."""
    results = []
    for module in (minitorch, torch):
        try:
            results.append(lines(module))
        except Exception as error:  # noqa: BLE001  (which one, is the result)
            results.append(type(error))
    return results[0], results[1]


def said(module: ModuleType, lines: Lines) -> list[type[Warning]]:
    """Return the warnings that the lines give."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        lines(module)
    return [one.category for one in caught]


@row("a second `backward` through one graph")
def test_a_second_backward() -> None:
    def lines(t: Any) -> object:
        x = t.tensor([1.0, 2.0], requires_grad=True)
        y = (x + x).sum()
        y.backward()
        y.backward()
        return x.grad.tolist()

    assert both(lines) == (RuntimeError, [4.0, 4.0])


@row("recorded writes into memory with two names")
def test_recorded_writes_into_shared_memory() -> None:
    def lines(t: Any) -> object:
        x = t.tensor([1.0, 2.0], requires_grad=True)
        y = x * 2
        y[0:1].mul_(3)
        y.sum().backward()
        return x.grad.tolist()

    assert both(lines) == (RuntimeError, [6.0, 2.0])


@row("`inplace=True`")
def test_inplace() -> None:
    def lines(t: Any) -> object:
        inputs = [t.tensor([-1.0, 2.0]) for _ in range(3)]
        t.nn.ReLU(inplace=True)(inputs[0])
        t.nn.LeakyReLU(0.5, inplace=True)(inputs[1])
        t.nn.Dropout(1.0, inplace=True)(inputs[2])
        return [x.tolist() for x in inputs]

    assert both(lines) == ([[-1.0, 2.0]] * 3, [[0.0, 2.0], [-0.5, 2.0], [0.0, 0.0]])


@row("`mse_loss` of two shapes")
def test_mse_loss_of_two_shapes() -> None:
    def lines(t: Any) -> object:
        return t.nn.functional.mse_loss(t.zeros(3, 1), t.zeros(3))

    with pytest.raises(ValueError, match="expected a target of the input's shape"):
        lines(minitorch)
    assert said(torch, lines) == [UserWarning]


@row("`load_state_dict` that does not fit")
def test_load_state_dict_that_does_not_fit() -> None:
    def lines(t: Any) -> object:
        model = t.nn.Linear(1, 1)
        with t.no_grad():
            model.weight.fill_(0.0)
        with pytest.raises(RuntimeError, match="size mismatch"):
            model.load_state_dict({"weight": t.ones(1, 1), "bias": t.ones(2)})
        return model.weight.tolist()

    assert both(lines) == ([[0.0]], [[1.0]])


@row("`save` and `load`")
def test_save() -> None:
    with pytest.raises(TypeError):
        minitorch.save({"epoch": 3}, "never-written")  # type: ignore[dict-item]  # on purpose


@row("random numbers")
def test_random_numbers() -> None:
    ours, theirs = both(lambda t: t.manual_seed(0) and t.rand(3).tolist())
    assert ours != theirs


@row("a `Generator` without a seed")
def test_generators_without_a_seed() -> None:
    def lines(t: Any) -> object:
        first, second = [t.rand(3, generator=t.Generator()).tolist() for _ in range(2)]
        return bool(first == second)

    assert both(lines) == (False, True)


@row("`empty`, `empty_like`, `Tensor(2, 3)`")
def test_empty() -> None:
    for made in (
        minitorch.empty(2, 3),
        minitorch.empty_like(minitorch.ones(2, 3)),
        minitorch.Tensor(2, 3),
    ):
        assert made.tolist() == [[0.0] * 3] * 2


@row("`shape` and `size()`")
def test_shapes() -> None:
    assert both(lambda t: repr(t.zeros(2, 3).shape)) == ("(2, 3)", "torch.Size([2, 3])")
    assert both(lambda t: repr(t.zeros(2, 3).size())) == ("(2, 3)", "torch.Size([2, 3])")
    assert both(lambda t: t.zeros(2, 3).shape == (2, 3)) == (True, True)


@row("`max(dim)` and `min(dim)`")
def test_extremes_along_a_dimension() -> None:
    def lines(t: Any) -> list[Any]:
        x = t.tensor([[1.0, 2.0]])
        return [x.max(1), x.min(dim=1)]

    ours, theirs = lines(minitorch), lines(torch)
    assert [type(one).__name__ for one in ours] == ["Extreme", "Extreme"]
    assert [type(one).__name__ for one in theirs] == ["max", "min"]
    for mine, other in zip(ours, theirs, strict=True):
        assert mine.values.tolist() == other.values.tolist()
        assert mine.indices.tolist() == other.indices.tolist()


@row("the index of equal extremes")
def test_equal_extremes() -> None:
    x = minitorch.tensor([0.0, 1.0, 1.0, 0.0])
    assert (x.argmax().item(), x.argmin().item()) == (1, 0)


@row("`grad_fn` of what is composed here")
def test_grad_fn_of_a_composition() -> None:
    found = both(lambda t: t.ones(2, requires_grad=True).var().grad_fn.name())
    assert found == ("DivBackward0", "VarBackward0")


@row("warnings")
def test_warnings_of_ours() -> None:
    for lines in (
        lambda t: t.tensor(t.ones(1)),
        lambda t: (t.ones(1, requires_grad=True) * 2).grad,
    ):
        assert (said(minitorch, lines), said(torch, lines)) == ([], [UserWarning])


@row('`warnings.simplefilter("always")`')
def test_warnings_of_numpy() -> None:
    def lines(t: Any) -> object:
        return t.ones(1) / 0

    assert (said(minitorch, lines), said(torch, lines)) == ([RuntimeWarning], [])


@row("element types")
def test_element_types() -> None:
    types = {
        repr(value) for value in vars(minitorch).values() if isinstance(value, minitorch.dtype)
    }
    assert types == {"torch.float32", "torch.float64", "torch.int64", "torch.bool"}


@row("`state_dict`")
def test_state_dict() -> None:
    assert both(lambda t: hasattr(t.nn.Linear(1, 1).state_dict(), "_metadata")) == (False, True)


@row("options for speed")
def test_options_for_speed() -> None:
    ours, theirs = [set(t.optim.Adam([t.ones(1)]).param_groups[0]) for t in (minitorch, torch)]
    assert theirs - ours == {"foreach", "fused", "capturable", "differentiable"}


@row("deprecated arguments")
def test_deprecated_arguments() -> None:
    def lines(t: Any) -> object:
        return t.nn.functional.mse_loss(t.zeros(2), t.ones(2), None, None, "sum").item()

    assert both(lines) == (TypeError, 2.0)


@row("error messages")
def test_error_messages() -> None:
    def message(t: Any) -> str:
        with pytest.raises(RuntimeError) as caught:
            t.ones(2, 3) @ t.ones(4, 5)
        return str(caught.value)

    theirs = message(torch)
    assert message(minitorch) == f"matmul: {theirs}: 3 != 4"


def test_every_row_is_checked() -> None:
    assert checked == ROWS[1:]


def test_the_names_that_pytorch_does_not_have() -> None:
    found: set[str] = set()
    for ours, theirs, prefix in (
        (minitorch, torch, ""),
        (minitorch.nn, torch.nn, "nn."),
        (minitorch.nn.functional, torch.nn.functional, "nn.functional."),
        (minitorch.nn.init, torch.nn.init, "nn.init."),
        (minitorch.optim, torch.optim, "optim."),
        (minitorch.optim.lr_scheduler, torch.optim.lr_scheduler, "optim.lr_scheduler."),
        (minitorch.utils.data, torch.utils.data, "utils.data."),
        (minitorch.Tensor, torch.Tensor, "Tensor."),
        (minitorch.nn.Module, torch.nn.Module, "nn.Module."),
        (minitorch.optim.Optimizer, torch.optim.Optimizer, "optim.Optimizer."),
    ):
        for name in dir(ours):
            at_the_top = theirs is torch and hasattr(torch.autograd, name)
            if not name.startswith("_") and not hasattr(theirs, name) and not at_the_top:
                found.add(prefix + name)
    assert found == set(re.findall(r"`([\w.]+)`", " ".join(NAMES[1:])))
