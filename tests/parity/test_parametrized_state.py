"""State dicts of parametrized modules travel between torch and here, both ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from tests.cases.case import quietly

import minitorch

Make = Callable[[Any], Any]


def orthogonal(name: str, *sizes: int) -> Make:
    return lambda t: t.nn.utils.parametrizations.orthogonal(
        t.nn.Linear(*sizes, dtype=t.float64), "weight", name
    )


MAKERS: dict[str, Make] = {
    **{
        f"{name} {sizes}": orthogonal(name, *sizes)
        for name in ("matrix_exp", "cayley", "householder")
        for sizes in ((3, 3), (2, 4), (4, 2))
    },
    "weight_norm": lambda t: t.nn.utils.parametrizations.weight_norm(t.nn.Conv1d(2, 3, 2)),
    "weight_norm of all": lambda t: t.nn.utils.parametrizations.weight_norm(
        t.nn.Linear(2, 3), dim=None
    ),
    "spectral_norm": lambda t: t.nn.utils.parametrizations.spectral_norm(t.nn.Conv1d(2, 3, 2)),
    "older weight_norm": quietly(lambda t: t.nn.utils.weight_norm(t.nn.Linear(2, 3))),
    "older spectral_norm": lambda t: t.nn.utils.spectral_norm(t.nn.ConvTranspose1d(2, 3, 2)),
}


def moved(state: Any) -> dict[str, Any]:
    """Return a state dict after a step of training, which leaves the signs of reflections."""
    return {
        name: x + (x * 0 + 0.5).tril(-1) if name.endswith("original") and x.ndim == 2 else x
        for name, x in state.items()
    }


@pytest.mark.parametrize("name", MAKERS)
@pytest.mark.parametrize("there_first", [True, False])
def test_state_travels(name: str, there_first: bool) -> None:
    source, target = (torch, minitorch) if there_first else (minitorch, torch)
    one, other = MAKERS[name](source).eval(), MAKERS[name](target).eval()
    state = one.state_dict()
    assert [*state] == [*other.state_dict()]
    further = moved(state)
    one.load_state_dict(further)
    other.load_state_dict(
        {
            k: target.tensor(x.tolist(), dtype=other.state_dict()[k].dtype)
            for k, x in further.items()
        }
    )
    size = one.in_features if hasattr(one, "in_features") else 2
    shape = (1, size) if hasattr(one, "in_features") else (1, size, 3)
    ours, theirs = (
        model(t.ones(*shape, dtype=model.bias.dtype)).reshape(-1).tolist()
        for model, t in ((one, source), (other, target))
    )
    assert ours == pytest.approx(theirs, rel=1e-5, abs=1e-6)
