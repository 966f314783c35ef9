"""An interrupt at the beginning of any function leaves modes, hooks and the next step as they were.

Python raises KeyboardInterrupt where a function begins, among other places; here it is raised at
the first, the second, the third, ... function of ours that a step calls.
"""

from __future__ import annotations

import gc
import sys
import warnings
from collections.abc import Callable, Iterator
from inspect import CO_GENERATOR
from types import FrameType

import pytest

import minitorch as t
from minitorch import nn
from minitorch.nn import functional as F
from minitorch.utils.checkpoint import checkpoint
from minitorch_autograd.engine.modes import rare_modes
from minitorch_nn.func import functional_call
from minitorch_tensor.threads.blas import blas

STEP = 29  # a step calls thousands of functions: after the first hundred, one of so many


def model() -> nn.Sequential:
    t.manual_seed(0)
    return nn.Sequential(
        nn.Linear(3, 4), nn.BatchNorm1d(4), nn.ReLU(), nn.Dropout(0.5), nn.Linear(4, 2)
    )


def training(network: nn.Sequential) -> None:
    """Take a step of gradient descent, and look at the outcome in inference mode."""
    optimizer = t.optim.SGD(network.parameters(), lr=0.1, momentum=0.9)
    x, classes = t.arange(12.0).reshape(4, 3) / 12, t.tensor([0, 1, 1, 0])
    loss = F.cross_entropy(network(x), classes)
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    with t.inference_mode():
        network.eval()(x)


def transforming(network: nn.Sequential) -> None:
    """Differentiate by functions: checkpoints, transforms, and calls with other parameters."""
    x = t.ones(2, 3, requires_grad=True)
    checkpoint(network, x, use_reentrant=False).sum().backward()
    parameters: dict[str, t.Tensor] = dict(network.named_parameters())

    def total(parameters: dict[str, t.Tensor]) -> t.Tensor:
        y: t.Tensor = functional_call(network, parameters, (x.detach(),))
        return y.sum()

    t.func.grad(total)(parameters)
    with warnings.catch_warnings(action="ignore"), t.autograd.detect_anomaly():
        total(parameters).backward()
    with t.no_grad():
        t.autograd.functional.jacobian(lambda x: x * x, t.ones(2))


def gradients() -> list[object]:
    """Return the gradients of a step of a new network."""
    network = model()
    y = network(t.arange(12.0).reshape(4, 3))
    (y * y).sum().backward()
    return [p.grad.tolist() for p in network.parameters() if p.grad is not None]


class Interrupting:
    """Raises KeyboardInterrupt where the function of a number begins, counted from 0."""

    def __init__(self, number: int) -> None:
        self.left = number

    def __call__(self, frame: FrameType, event: str, argument: object) -> None:
        name = frame.f_globals.get("__name__", "")
        # What is raised in `__del__`, or as a generator is closed, Python prints and drops.
        dropped = frame.f_code.co_name == "__del__" or frame.f_code.co_flags & CO_GENERATOR
        if not name.startswith("minitorch") or dropped:
            return
        self.left -= 1
        if self.left < 0:
            sys.settrace(None)
            raise KeyboardInterrupt


def is_interrupted(work: Callable[[nn.Sequential], None], number: int) -> bool:
    """Return whether `work` came as far as the function of this number, and was interrupted."""
    network, before = model(), sys.gettrace()
    sys.settrace(Interrupting(number))
    try:
        work(network)
    except KeyboardInterrupt:
        return True
    finally:
        sys.settrace(before)
    return False


@pytest.fixture(autouse=True)
def more_threads_than_one() -> Iterator[None]:
    before = blas.get_num_threads()
    blas.set_num_threads(3)
    yield
    blas.set_num_threads(before)


@pytest.mark.parametrize("work", [training, transforming])
def test_an_interrupt_leaves_all_as_it_was(work: Callable[[nn.Sequential], None]) -> None:
    expected, number, threads = gradients(), 0, blas.get_num_threads()
    while is_interrupted(work, number):
        if number % 50 == 0:
            gc.collect()
        where = f"after an interrupt in function {number}"
        assert t.is_grad_enabled(), where
        assert not t.is_inference_mode_enabled(), where
        assert not t.is_anomaly_enabled(), where
        assert not rare_modes, where
        assert blas.get_num_threads() == threads, where
        assert gradients() == expected, where
        number += STEP if number > 100 else 1
    assert number > 200
