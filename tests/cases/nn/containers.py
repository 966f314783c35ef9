"""Modules that hold modules."""

from __future__ import annotations

from tests.cases.case import Case, ErrorCase
from tests.cases.nn.module import module

CASES: list[Case] = []

MODULES = [
    module("Sequential", lambda nn: nn.Sequential(), (2, 3)),
    module(
        "Sequential",
        lambda nn: nn.Sequential(
            nn.Linear(3, 5), nn.Tanh(), nn.Sequential(nn.Linear(5, 4, bias=False), nn.ReLU())
        ),
        (2, 3),
    ),
    module(
        "Sequential",
        lambda nn: nn.Sequential(nn.Linear(3, 5), nn.Dropout(0.5), nn.LeakyReLU(), nn.Sigmoid()),
        (4, 3),
    ),
    module("Identity", lambda nn: nn.Identity(54, unused=3), (2, 3)),
]

ERRORS: list[ErrorCase] = []
