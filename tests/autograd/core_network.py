"""Train the network of four samples with the core of autograd alone, and say how long the core is.

Run by `test_core.py` in a process of its own. The core is `engine`, `arguments` and `ops/core`; the
package's `__init__`, which imports everything, is not run. What stands on top is written here: a
class with the few methods that the operations and this network use.
"""

from __future__ import annotations

import importlib
import sys
import types
from itertools import pairwise
from math import prod
from pathlib import Path

import minitorch_tensor as below

PACKAGE = "minitorch_autograd"
CORE = ("engine", "arguments", "ops/core")

folder = Path(sys.argv[1]).resolve()
bare = types.ModuleType(PACKAGE)
bare.__path__ = [str(folder)]
sys.modules[PACKAGE] = bare
for path in sorted(path for one in CORE for path in (folder / one).glob("*.py")):
    name = ".".join(path.relative_to(folder).with_suffix("").parts)
    importlib.import_module(f"{PACKAGE}.{name.removesuffix('.__init__')}")

# ruff: noqa: E402
# mypy: disable-error-code="arg-type, assignment, misc"
# The class here is not the one that the operations say they take.
from minitorch_autograd.engine.backward import backward_of_one
from minitorch_autograd.engine.modes import no_grad
from minitorch_autograd.engine.node import AccumulateGrad
from minitorch_autograd.engine.value import Tensor, Value, set_result_classes
from minitorch_autograd.ops.core import (
    arithmetic,
    casts,
    creation,
    elementwise,
    from_data,
    indexing,
    inplace,
    matmul,
    movement,
    reductions,
)


class Small(Value):
    """A tensor that can do what this network and the rules of its operations need."""

    __slots__ = ()

    __add__ = arithmetic.add
    __sub__ = arithmetic.sub
    __rsub__ = arithmetic.rsub
    __mul__ = __rmul__ = arithmetic.mul
    __truediv__ = arithmetic.div
    __neg__ = arithmetic.neg
    __matmul__ = matmul.matmul
    __getitem__ = indexing.get
    backward = backward_of_one
    expand = movement.expand
    mean = reductions.mean
    permute = movement.permute
    reshape = movement.reshape
    sub_ = inplace.sub_
    sum = reductions.sum
    t = movement.t
    tanh = elementwise.tanh
    to = casts.to
    transpose = movement.transpose

    @property
    def shape(self) -> tuple[int, ...]:
        return self._raw.shape

    @property
    def ndim(self) -> int:
        return len(self._raw.shape)

    @property
    def dtype(self) -> below.dtype:
        return self._raw.dtype

    def numel(self) -> int:
        return prod(self._raw.shape)


class OutdatedView(Small):
    """A view that was written; there is none here."""

    __slots__ = ()


set_result_classes(Small, OutdatedView)


def parameter(*shape: int) -> Tensor:
    made = creation.zeros(*shape)
    made._raw[()] = below.normal(shape, 0.0, 0.7, below.float32, generator)
    made._node = AccumulateGrad(made)
    return made


generator = below.Generator()
generator.manual_seed(0)
x = from_data.tensor([[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]])
y = from_data.tensor([[1.0], [-1.0], [-1.0], [1.0]])
sizes = (3, 3, 6, 1)
layers = [(parameter(n, m), parameter(m)) for n, m in pairwise(sizes)]
for _ in range(200):
    h = x
    for weight, bias in layers:
        h = (h @ weight + bias).tanh()
    difference = h - y
    loss = (difference * difference).mean()
    loss.backward()
    with no_grad():
        for one in (one for layer in layers for one in layer):
            assert one._grad is not None
            one.sub_(one._grad * 0.2)
            one._grad = None

loaded = [name for name in sys.modules if name.startswith(f"{PACKAGE}.")]
files = [Path(str(sys.modules[name].__file__)) for name in loaded]
beyond = [
    name
    for name, file in zip(loaded, files, strict=True)
    if not any(file.is_relative_to(folder / one) for one in CORE) and file.parent != folder / "ops"
]
assert beyond == [], f"the core imports what is not in it: {beyond}"
lines = sum(len(file.read_text().splitlines()) for file in files)
print(f"loss {loss._raw.item():.5f} with {lines} lines in {len(files)} files")
