"""Layers of no features: sizes of 0 in what a layer is made with."""

from __future__ import annotations

from tests.cases.case import Case, ErrorCase, quietly, whole
from tests.cases.nn.module import ModuleCase, module

LAYERS: list[tuple[str, tuple[object, ...], list[tuple[int, ...]]]] = [
    ("Linear", (3, 0), [(3,), (2, 3), (2, 2, 3), (0, 3)]),
    ("Linear", (0, 3), [(0,), (2, 0), (2, 2, 0)]),
    ("Linear", (0, 0), [(0,), (2, 0)]),
    ("LayerNorm", (0,), [(2, 0)]),
    ("RMSNorm", (0,), [(2, 0)]),
    ("PReLU", (0,), [(2, 0)]),
]

CASES: list[Case] = []
MODULES: list[ModuleCase] = [
    *[
        # Both warn that there is nothing to initialise.
        module(name, quietly(lambda nn, name=name, sizes=sizes: getattr(nn, name)(*sizes)), shape)
        for name, sizes, shapes in LAYERS
        for shape in shapes
    ],
    module("Bilinear", quietly(lambda nn: nn.Bilinear(3, 2, 0)), (2, 3), (2, 2)),
    module("Embedding", lambda nn: nn.Embedding(3, 0), whole([2, 0])),
    module("Embedding", lambda nn: nn.Embedding(0, 3), whole([])),
    module("EmbeddingBag", lambda nn: nn.EmbeddingBag(3, 0), whole([[2, 0]])),
]
ERRORS: list[ErrorCase] = []
