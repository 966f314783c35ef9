"""Averages of weights beside torch's: values, statistics, saved runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch

import minitorch
import minitorch.optim.swa_utils

LIBRARIES = (torch, minitorch)


def new_model(library: Any) -> Any:
    nn = library.nn
    return nn.Sequential(
        nn.Conv2d(2, 3, 3), nn.BatchNorm2d(3), nn.ReLU(), nn.Flatten(), nn.Linear(12, 2)
    )


def fill(models: tuple[Any, Any], seed: int) -> None:
    """Set all floats of both models to the same random values."""
    noise = torch.Generator().manual_seed(seed)
    states = [model.state_dict() for model in models]
    for name, theirs in states[0].items():
        if theirs.dtype == torch.float32:
            values = torch.rand(theirs.shape, generator=noise)
            theirs.copy_(values)
            with minitorch.no_grad():
                states[1][name].copy_(minitorch.tensor(values.tolist()))


def assert_same(ours: Any, theirs: Any) -> None:
    """Compare two state dicts: the same names, values that agree to float32."""
    assert list(ours) == list(theirs)
    for name, value in theirs.items():
        assert ours[name].shape == tuple(value.shape)
        assert ours[name].flatten().tolist() == pytest.approx(
            value.flatten().tolist(), rel=1e-5, abs=1e-6
        ), name


OPTIONS: list[Callable[[Any], dict[str, object]]] = [
    lambda swa: {},
    lambda swa: {"avg_fn": swa.get_swa_avg_fn()},
    lambda swa: {"multi_avg_fn": swa.get_swa_multi_avg_fn()},
    lambda swa: {"avg_fn": swa.get_ema_avg_fn(0.9)},
    lambda swa: {"multi_avg_fn": swa.get_ema_multi_avg_fn()},
    lambda swa: {"multi_avg_fn": swa.get_ema_multi_avg_fn(1.0)},
    lambda swa: {"avg_fn": lambda average, value, count: (average + value) / (count + 2)},
]


AVERAGES = [
    (options, use_buffers)
    for options in OPTIONS
    for use_buffers in (False, True)
    # torch's divides no integers, such as the number of batches
    if not (options is OPTIONS[2] and use_buffers)
]


@pytest.mark.parametrize(("options", "use_buffers"), AVERAGES)
def test_averages(options: Callable[[Any], dict[str, object]], use_buffers: bool) -> None:
    models = new_model(torch), new_model(minitorch)
    fill(models, 0)
    theirs, ours = (
        library.optim.swa_utils.AveragedModel(
            model, use_buffers=use_buffers, **options(library.optim.swa_utils)
        )
        for library, model in zip(LIBRARIES, models, strict=True)
    )
    for seed in range(1, 20):
        fill(models, seed)
        if seed % 3 == 0:  # counts batches
            for library, model in zip(LIBRARIES, models, strict=True):
                model(library.ones(2, 2, 4, 4))
        theirs.update_parameters(models[0])
        ours.update_parameters(models[1])
        assert_same(ours.state_dict(), theirs.state_dict())


@pytest.mark.parametrize("source", [0, 1], ids=["from torch", "to torch"])
def test_a_saved_average_goes_on_in_the_other_library(source: int) -> None:
    models = new_model(torch), new_model(minitorch)
    averaged = [
        library.optim.swa_utils.AveragedModel(model)
        for library, model in zip(LIBRARIES, models, strict=True)
    ]
    for seed in range(10):
        fill(models, seed)
        if seed == 5:
            target, library = 1 - source, LIBRARIES[1 - source]
            saved = averaged[source].state_dict()
            averaged[target] = library.optim.swa_utils.AveragedModel(new_model(library))
            averaged[target].load_state_dict(
                {
                    name: library.tensor(
                        value.tolist(), dtype=getattr(library, str(value.dtype).split(".")[-1])
                    )
                    for name, value in saved.items()
                }
            )
        for model, average in zip(models, averaged, strict=True):
            average.update_parameters(model)
    assert_same(averaged[1].state_dict(), averaged[0].state_dict())


@pytest.mark.parametrize("pack", [lambda x: x, lambda x: [x, 0], lambda x: (x, 0)])
@pytest.mark.parametrize("training", [False, True])
def test_statistics_of_batches(pack: Callable[[Any], Any], training: bool) -> None:
    models = new_model(torch), new_model(minitorch)
    fill(models, 0)
    noise = torch.Generator().manual_seed(1)
    batches = [torch.randn(size, 2, 4, 4, generator=noise) for size in (5, 3, 8)]
    for library, model in zip(LIBRARIES, models, strict=True):
        model.train(training)
        loader = [pack(library.tensor(batch.tolist())) for batch in batches]
        library.optim.swa_utils.update_bn(loader, model, device="cpu")
        assert model.training is training
        assert model[1].momentum == 0.1
    assert_same(models[1].state_dict(), models[0].state_dict())


def test_an_average_prints_as_in_torch() -> None:
    theirs, ours = (
        repr(library.optim.swa_utils.AveragedModel(library.nn.Linear(2, 1)))
        for library in LIBRARIES
    )
    assert ours == theirs


@pytest.mark.parametrize(
    "program",
    [
        lambda swa, model: swa.get_ema_avg_fn(-0.1),
        lambda swa, model: swa.get_ema_multi_avg_fn(1.1),
        lambda swa, model: swa.AveragedModel(model, avg_fn=max, multi_avg_fn=max),
    ],
)
def test_errors(program: Callable[[Any, Any], object]) -> None:
    errors = []
    for library in LIBRARIES:
        with pytest.raises((AssertionError, ValueError)) as error:
            program(library.optim.swa_utils, new_model(library))
        errors.append(error.value)
    assert type(errors[1]) is type(errors[0])
    assert str(errors[1]).startswith(str(errors[0]))


def test_every_public_name_is_here() -> None:
    ours = minitorch.optim.swa_utils
    assert {name for name in torch.optim.swa_utils.__all__ if not hasattr(ours, name)} == set()
