"""What is particular to an autograd on a tape: its order, its length, and what it keeps alive.

The layer is loaded from its folder under a name of its own, so that it can be tested beside ours.
"""

from __future__ import annotations

import gc
import inspect
import random
import runpy
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Final, TypeAlias

import pytest
from tests.layers.loading import loaded

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "examples/layers/tape-autograd/src/minitorch_autograd"

Leaf: TypeAlias = Callable[..., Any]  # from numbers to a tensor of them that wants a gradient


@pytest.fixture(scope="module")
def mt() -> Iterator[ModuleType]:
    with loaded("tape_autograd", FOLDER) as module:
        yield module


@pytest.fixture
def no_collector() -> Iterator[None]:
    """Only reference counting frees what a test leaves behind."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def leaf(mt: ModuleType) -> Leaf:
    return lambda *values: mt.tensor(list(values), requires_grad=True)


# --- The names: those of the contracts, and no others


def declared(protocol: type) -> set[str]:
    """Return the names in the body of a Protocol, without what `typing` adds to it."""
    return set(inspect.get_annotations(protocol)) | {
        name
        for name, value in vars(protocol).items()
        if isinstance(value, property)
        or (isinstance(value, FunctionType) and value.__module__ == protocol.__module__)
    }


def test_names_are_those_of_the_contracts(mt: ModuleType) -> None:
    contract: dict[str, set[str]] = {"": set(), "Tensor": set(), "dtype": set(), "Generator": set()}
    for file in sorted(ROOT.glob("packages/*/src/*/requires.py")):
        contracts = runpy.run_path(str(file))["CONTRACTS"]
        for owner, protocol in contracts.get("minitorch_autograd", {}).items():
            contract[owner] |= declared(protocol)

    module = {name for name in vars(mt) if not name.startswith("_")}
    assert module - {"requires"} == set(mt.__all__) == contract[""]

    class AnyClass:
        annotated: int

    # Without `__bool__` Python would find every tensor true.
    of_any_class = {*vars(AnyClass), "__bool__", "__hash__", "__init__", "__repr__"}
    names = {name for name in vars(mt.Tensor) if name.startswith("__") or name[0] != "_"}
    assert names - of_any_class == contract["Tensor"]


# --- The order


def test_a_tape_lists_operations_in_order(leaf: Leaf) -> None:
    loss = (leaf(1.0, 2.0) * leaf(3.0, 4.0)).tanh().sum()
    names = [entry.name for entry in loss._entry.tape.entries()]
    assert names == ["MulBackward0", "TanhBackward0", "SumBackward0"]


def test_the_shorter_tape_is_spliced_on_the_end_of_the_longer(leaf: Leaf) -> None:
    a, b, c = leaf(2.0), leaf(3.0), leaf(5.0)
    short, long = c.log(), (a * b).exp()
    total = short + long
    assert total._entry.tape is long._entry.tape is short._entry.tape
    names = [entry.name for entry in total._entry.tape.entries()]
    assert names == ["MulBackward0", "ExpBackward0", "LogBackward0", "AddBackward0"]
    total.backward()
    assert c.grad.tolist() == pytest.approx([0.2])
    assert a.grad.tolist() == pytest.approx([3 * long.item()])


@pytest.mark.parametrize("seed", range(5))
def test_inputs_come_before_outputs_however_tapes_meet(leaf: Leaf, seed: int) -> None:
    choose = random.Random(seed)
    made = [leaf(1.0) for _ in range(8)]
    for _ in range(200):
        x, y = choose.choices(made, k=2)
        made.append(x * 0.5 + y)
        made.pop(choose.randrange(len(made)))
    tapes = {one._entry.tape for one in made if one._entry}
    assert tapes
    for tape in tapes:
        place = {entry: i for i, entry in enumerate(tape.entries())}
        for entry, i in place.items():
            assert entry.tape is tape
            earlier = [one for one, _ in entry.inputs if isinstance(one, type(entry))]
            assert all(place[one] < i for one in earlier)


def test_what_came_later_on_the_tape_is_left_alone(leaf: Leaf) -> None:
    x = leaf(3.0)
    h = x * 2
    first, later = h * h, h * 5
    first.backward(retain_graph=True)
    assert x.grad.tolist() == [24.0]
    later.backward()
    assert x.grad.tolist() == [34.0]


def test_computations_that_share_leaves_only_share_no_tape(leaf: Leaf) -> None:
    w = leaf(2.0)
    assert (w * 3)._entry.tape is not (w * 3)._entry.tape


def test_threads_that_share_leaves_only_do_not_meet(leaf: Leaf) -> None:
    w = leaf(2.0)
    lengths: list[int] = []

    def compute() -> None:
        y = w
        for _ in range(300):
            y = y * 1.01
        lengths.append(len(y._entry.tape))

    threads = [threading.Thread(target=compute) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lengths == [300] * 4


# --- The length, and what is kept alive


@pytest.mark.usefixtures("no_collector")
def test_a_tape_goes_with_the_last_tensor_on_it(leaf: Leaf) -> None:
    x = leaf(1.0, 2.0, 3.0)
    loss = ((x * x).exp() / x).log().sigmoid().relu().amax(0)
    tape, entry = weakref.ref(loss._entry.tape), weakref.ref(loss._entry)
    assert len(loss._entry.tape) == 7
    del loss
    assert entry() is None
    assert tape() is None


@pytest.mark.usefixtures("no_collector")
def test_a_tape_forgets_what_nobody_can_ask_for(leaf: Leaf) -> None:
    h = leaf(2.0) * 3
    tape = h._entry.tape
    for _ in range(1000):
        (h * h).exp()
    assert len(tape) == 1
    assert sys.getsizeof(tape._entries.data) < 2000  # and has no room for a thousand
    h.backward()


@pytest.mark.usefixtures("no_collector")
def test_training_for_10_000_steps_does_not_grow(mt: ModuleType, leaf: Leaf) -> None:
    w, b, x, y = leaf(0.0), leaf(0.0), mt.tensor([1.0, 2.0]), mt.tensor([5.0, 8.0])

    def step() -> float:
        difference = x * w + b - y
        loss = (difference * difference).mean()
        w.grad = b.grad = None
        loss.backward()
        with mt.no_grad():
            for p in (w, b):
                p.add_(p.grad * -0.1)
        return float(loss.item())

    for _ in range(100):
        step()
    before = len(gc.get_objects())
    for _ in range(10_000):
        loss = step()
    assert len(gc.get_objects()) == before
    assert loss < 1e-9
    assert (w.item(), b.item()) == pytest.approx((3.0, 2.0), abs=1e-4)


@pytest.mark.usefixtures("no_collector")
def test_steps_without_backward_do_not_grow_either(leaf: Leaf) -> None:
    w = leaf(2.0)
    (w * w).tanh()
    before = len(gc.get_objects())
    for _ in range(1000):
        (w * w).tanh()
    assert len(gc.get_objects()) == before


def test_a_tape_of_100_000_entries_is_played_and_freed(leaf: Leaf) -> None:
    x = leaf(1.0)
    played = unplayed = x
    for _ in range(100_000):
        played, unplayed = played + 1, unplayed * 1
    played.backward()
    assert x.grad.tolist() == [1.0]
    tape = unplayed._entry.tape
    assert len(tape) == 100_000
    del unplayed
    assert len(tape) == 0


# --- Playing


def test_playing_erases(leaf: Leaf) -> None:
    x = leaf(3.0)
    loss = x * x
    loss.backward()
    with pytest.raises(RuntimeError) as error:
        loss.backward()
    assert str(error.value) == (
        "Trying to backward through the graph a second time (or directly access saved tensors "
        "after they have already been freed): MulBackward0 was erased from its tape when it was "
        "played. Specify retain_graph=True the first time"
    )
    assert x.grad.tolist() == [6.0]


def test_playing_can_be_recorded(leaf: Leaf) -> None:
    x = leaf(3.0)
    y = x * x * x
    for expected in (27.0, 18.0, 6.0):
        x.grad = None
        y.backward(create_graph=True)
        y = x.grad
        assert y.tolist() == [expected]


def test_gradients_share_no_memory(leaf: Leaf) -> None:
    x, y = leaf(1.0), leaf(2.0)
    (x + y).backward()
    x.grad.zero_()
    assert y.grad.tolist() == [1.0]


def test_writing_is_not_recorded(mt: ModuleType, leaf: Leaf) -> None:
    x = leaf(1.0)
    with pytest.raises(RuntimeError) as error:
        x.mul_(2)
    assert str(error.value) == (
        "mul_: a leaf Variable that requires grad is being used in an in-place operation. "
        "Write to it under no_grad()"
    )
    with pytest.raises(RuntimeError) as error:
        mt.zeros((1,)).add_(x)
    assert str(error.value) == (
        "add_: a tape has no entries for in-place operations: write under no_grad(), or make a "
        "new tensor"
    )
