"""Optimizers: one step over many tensors, beside each of torch's three ways to make it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.bench.cases import Call, Case, Torch

SIZES = {"100 tensors of 10,000": (100, 10_000), "1,000 tensors of 100": (1_000, 100)}
# Torch's ways, and the ratio to reach: one tensor after the other, all at once, and in one kernel.
WAYS: dict[str, tuple[dict[str, bool], float | None]] = {
    "loop": ({"foreach": False}, 0.4),
    "foreach": ({"foreach": True}, 1.2),
    "fused": ({"fused": True}, None),
}
OPTIMIZERS: dict[str, dict[str, float]] = {"SGD": {"momentum": 0.9}, "Adam": {}, "AdamW": {}}


@dataclass(frozen=True)
class Step:
    """A step of an optimizer; `way` is torch's, ours has one only."""

    name: str
    count: int
    size: int
    way: str

    def __call__(self, torch: Torch) -> Call:
        params = [torch.rand(self.size, requires_grad=True) for _ in range(self.count)]
        for p in params:
            p.grad = torch.rand(self.size)
        options = WAYS[self.way][0] if torch.__name__ == "torch" else {}
        make: Callable[..., Torch] = getattr(torch.optim, self.name)
        step: Call = make(params, lr=1e-3, **OPTIMIZERS[self.name], **options).step
        return step


OPTIMIZER_CASES = [
    Case(f"optimizer: {name}, {sizes}, {way}", Step(name, *SIZES[sizes], way), reach=WAYS[way][1])
    for name in OPTIMIZERS
    for sizes in SIZES
    for way in WAYS
]
