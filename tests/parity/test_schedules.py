"""Schedules beside torch's: rates, momenta, states and saved runs."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import torch
from tests.parity.schedules import (
    CASES,
    COMPOSED,
    LIBRARIES,
    OPTIONS,
    SINGLE,
    STEPS,
    Case,
    Growing,
    Pair,
    new_optimizer,
    quiet,
)

import minitorch
import minitorch.optim.lr_scheduler


@quiet
@pytest.mark.parametrize("tensor_rates", [False, True], ids=["numbers", "tensors"])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_rates(case: Case, tensor_rates: bool) -> None:
    pair = Pair(case, "SGD", tensor_rates)
    for step in range(STEPS):
        pair.assert_same_rates()
        if step % 40 == 0:
            pair.assert_same_states()
        pair.step()
    pair.assert_same_rates()
    pair.assert_same_states()


TURNING = [case for case in SINGLE if case.name in ("CyclicLR", "OneCycleLR")]


@pytest.mark.parametrize("optimizer", ["Adam", "NAdam"])
@pytest.mark.parametrize("case", TURNING, ids=str)
def test_momentum_of_adam(case: Case, optimizer: str) -> None:
    pair = Pair(case, optimizer)
    for _ in range(STEPS):
        pair.assert_same_rates()
        pair.step()
    pair.assert_same_states()


@quiet
@pytest.mark.parametrize("case", CASES, ids=str)
def test_what_else_changes_the_rates_stays_in_force(case: Case) -> None:
    pair = Pair(case)
    for step in range(100):
        pair.step()
        if step % 20 == 10:
            for optimizer in pair.optimizers:
                optimizer.param_groups[0]["lr"] *= 0.7
                optimizer.param_groups[1]["lr"] += 0.1
        pair.assert_same_rates()


@quiet
@pytest.mark.parametrize("case", SINGLE, ids=str)
def test_jumps(case: Case) -> None:
    draw = random.Random(1)
    pair = Pair(case)
    for _ in range(60):
        pair.step(draw.randrange(200))
        pair.assert_same_rates()
        for _ in range(draw.randrange(4)):
            pair.step()
            pair.assert_same_rates()
    pair.assert_same_states()


def test_jumps_to_fractions() -> None:
    draw = random.Random(2)
    for case in SINGLE:
        if case.name == "CosineAnnealingWarmRestarts":
            pair = Pair(case)
            for _ in range(STEPS):
                pair.step(draw.random() * 200)
                pair.assert_same_rates()
            pair.assert_same_states()


@pytest.mark.parametrize("case", SINGLE, ids=str)
def test_beginning_at_an_epoch(case: Case) -> None:
    pair = Pair(case, "Adam" if case in TURNING else "SGD")
    for _ in range(17):
        pair.step()
    pair.begin(last_epoch=17)
    for _ in range(100):
        pair.assert_same_rates()
        pair.step()
    pair.assert_same_states()


# --- Saved runs


def other_settings(case: Case) -> Case:
    """Return the same schedule with settings that loading has to replace."""
    if case.make is not None:
        return case
    keep = {
        # functions stay those that are here, and groups say how many values there are
        key: value
        for key, value in case.options.items()
        if key in ("lr_lambda", "scale_fn", "cycle_momentum")
    }
    return Case(case.name, {**{k: v[0] for k, v in OPTIONS[case.name].items()}, **keep})


@quiet
@pytest.mark.parametrize("tensor_rates", [False, True], ids=["numbers", "tensors"])
@pytest.mark.parametrize("case", SINGLE[::2] + COMPOSED, ids=str)
@pytest.mark.parametrize("source", [0, 1], ids=["from torch", "to torch"])
def test_a_saved_run_goes_on_in_the_other_library(
    case: Case, source: int, tensor_rates: bool
) -> None:
    pair, target = Pair(case, "SGD", tensor_rates), 1 - source
    for _ in range(STEPS // 2):
        pair.step()
    library = LIBRARIES[target]
    optimizer = new_optimizer(library, "SGD", tensor_rates)
    schedule = other_settings(case).build(library, optimizer)
    optimizer.load_state_dict(converted(pair.optimizers[source].state_dict(), library))
    schedule.load_state_dict(converted(pair.schedules[source].state_dict(), library))
    pair.optimizers[target], pair.schedules[target] = optimizer, schedule
    for _ in range(STEPS - STEPS // 2):
        pair.assert_same_rates()
        pair.step()
    pair.assert_same_states()


def converted(value: Any, library: Any) -> Any:
    """Return a saved value with the library's tensors."""
    if isinstance(value, (torch.Tensor, minitorch.Tensor)):
        dtype = getattr(library, str(value.dtype).removeprefix("torch."))
        return library.tensor(value.tolist(), dtype=dtype)
    if isinstance(value, dict):
        return type(value)({key: converted(one, library) for key, one in value.items()})
    if isinstance(value, list):
        return [converted(one, library) for one in value]
    return value


FILED = {case.name: case for case in reversed(CASES)}


@quiet
@pytest.mark.parametrize("case", FILED.values(), ids=FILED)
@pytest.mark.parametrize("source", [0, 1], ids=["from torch", "to torch"])
def test_a_state_in_a_file(case: Case, source: int, tmp_path: Path) -> None:
    saved = Pair(case).schedules[source].state_dict()
    LIBRARIES[source].save(saved, tmp_path / "state.pt")
    loaded = LIBRARIES[1 - source].load(tmp_path / "state.pt")
    assert loaded == saved
    # one that knows what is not in it, in both
    assert type(loaded.get("milestones")) is type(saved.get("milestones"))


def test_functions_that_are_objects_are_saved() -> None:
    for name, option in (("LambdaLR", "lr_lambda"), ("CyclicLR", "scale_fn")):
        needed = {"base_lr": 0.1, "max_lr": 0.5} if name == "CyclicLR" else {}
        saved = Pair(Case(name, {**needed, option: Growing(0.25)}))
        function = Growing(9.0)
        ours = Case(name, {**needed, option: function}).build(minitorch, saved.optimizers[1])
        ours.load_state_dict(saved.schedules[0].state_dict())
        assert function.slope == 0.25
        theirs = Growing(9.0)
        schedule = Case(name, {**needed, option: theirs}).build(torch, saved.optimizers[0])
        schedule.load_state_dict(saved.schedules[1].state_dict())
        assert theirs.slope == 0.25


# --- On a plateau

PLATEAU: dict[str, Sequence[object]] = {
    "mode": ["min", "max"],
    "factor": [0.1, 0.7],
    "patience": [0, 3, 10],
    "threshold": [1e-4, 0.05],
    "threshold_mode": ["rel", "abs"],
    "cooldown": [0, 4],
    "min_lr": [0, 0.01, [0.1, 0.001]],
    "eps": [1e-8, 0.05],
}
PLATEAU_CASES = [
    Case("ReduceLROnPlateau", {key: draw.choice(values) for key, values in PLATEAU.items()})
    for draw in [random.Random(3)]
    for _ in range(40)
]


def metrics(seed: int) -> Iterator[float]:
    """Yield metrics that improve more and more slowly, with noise."""
    noise = random.Random(seed)
    for step in range(STEPS):
        yield 1 / (1 + 0.05 * step) + noise.gauss(0, 0.05)


@pytest.mark.parametrize("tensor_rates", [False, True], ids=["numbers", "tensors"])
@pytest.mark.parametrize("case", PLATEAU_CASES, ids=str)
def test_plateaus(case: Case, tensor_rates: bool) -> None:
    pair = Pair(case, "SGD", tensor_rates)
    pair.assert_same_states()
    for metric in metrics(4):
        pair.step(metric)
        pair.assert_same_rates()
        pair.assert_same_states()


@pytest.mark.parametrize("case", PLATEAU_CASES[::3], ids=str)
@pytest.mark.parametrize("source", [0, 1], ids=["from torch", "to torch"])
def test_a_plateau_goes_on_in_the_other_library(case: Case, source: int) -> None:
    pair, target = Pair(case), 1 - source
    for step, metric in enumerate(metrics(5)):
        if step == 30:
            optimizer = new_optimizer(LIBRARIES[target], "SGD")
            schedule = Case("ReduceLROnPlateau").build(LIBRARIES[target], optimizer)
            optimizer.load_state_dict(pair.optimizers[source].state_dict())
            schedule.load_state_dict(pair.schedules[source].state_dict())
            pair.optimizers[target], pair.schedules[target] = optimizer, schedule
        pair.step(metric)
        pair.assert_same_rates()
    pair.assert_same_states()


@pytest.mark.filterwarnings("ignore:The epoch parameter:UserWarning")
def test_a_plateau_at_an_epoch_and_with_a_tensor() -> None:
    pair = Pair(Case("ReduceLROnPlateau", {"patience": 0}))
    pair.step(1.0, 7)
    for schedule, library in zip(pair.schedules, LIBRARIES, strict=True):
        schedule.step(library.tensor(1.0))
    pair.assert_same_rates()
    pair.assert_same_states()


def test_a_plateau_with_a_group_more() -> None:
    pair = Pair(Case("ReduceLROnPlateau", {"patience": 0, "min_lr": 0.1}))
    for optimizer, library in zip(pair.optimizers, LIBRARIES, strict=True):
        optimizer.add_param_group({"params": [library.zeros(1, requires_grad=True)], "lr": 3.0})
    for _ in range(3):
        pair.step(1.0)
        pair.assert_same_rates()
    pair.assert_same_states()


def test_every_public_name_is_here() -> None:
    ours = minitorch.optim.lr_scheduler
    assert {name for name in torch.optim.lr_scheduler.__all__ if not hasattr(ours, name)} == set()
