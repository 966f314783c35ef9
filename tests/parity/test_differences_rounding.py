"""What is rounded otherwise than in PyTorch. See `docs/differences.md`."""

from __future__ import annotations

from math import inf
from typing import Any

from tests.parity.differences import SECTIONS, both

section = SECTIONS["Rounding"]
row = section.row

MILLION = 10**6


def off(found: Any, expected: float) -> float:
    """Return by which share a number is off."""
    return float(abs(found.item() / expected - 1))


@row(
    "norms and distances near 1e20 and 1e-30, as of `norm`, `pairwise_distance`, `normalize`, "
    "`clip_grad_norm_`"
)
def test_norms_at_the_ends_of_the_range() -> None:
    def lines(scale: float) -> Any:
        def norms(t: Any) -> object:
            x = t.tensor([3.0, 4.0]) * scale
            parameter = t.zeros(2, requires_grad=True)
            parameter.grad = x.clone()
            found = [
                x.norm(),
                t.nn.functional.pairwise_distance(x, 0 * x, eps=0.0),
                t.nn.utils.clip_grad_norm_(parameter, 1.0),
            ]
            unit = t.nn.functional.normalize(x, dim=0, eps=0.0)[0]
            return [round(one.item(), 3) for one in (*[one / scale for one in found], unit)]

        return norms

    assert both(lines(1e20)) == ([5.0, 5.0, 5.0, 0.6], [inf, inf, inf, 0.0])
    assert both(lines(1e-30)) == ([5.0, 5.0, 5.0, 0.6], [0.0, 0.0, 0.0, inf])


@row("`index_add` and the gradient of `embedding`, many values to one place")
def test_many_to_one_place() -> None:
    def added(t: Any) -> object:
        places = t.zeros(MILLION, dtype=t.int64)
        total = t.zeros(1).index_add(0, places, t.full((MILLION,), 0.1))
        weight = t.zeros(1, 1, requires_grad=True)
        y = t.nn.functional.embedding(places, weight)
        y.backward(t.full((MILLION, 1), 0.1))
        return [off(one, 1e5) < 1e-5 for one in (total, weight.grad)]

    assert both(added) == ([True, True], [False, False])

    def halves(t: Any) -> object:
        places = t.zeros(5000, dtype=t.int64)
        return t.zeros(1).half().index_add(0, places, t.ones(5000).half()).item()

    assert both(halves) == (5000.0, 2048.0)


@row(
    "products of a long vector with a few columns, as in the gradient of the weight of "
    "`Linear(1, 3)`"
)
def test_long_products() -> None:
    def lines(t: Any) -> object:
        layer = t.nn.Linear(1, 3)
        layer(t.ones(MILLION, 1)).backward(t.full((MILLION, 3), 0.1))
        return off(layer.weight.grad[0, 0], 1e5) < 1e-4

    assert both(lines) == (True, False)


@row("`prod` of float16")
def test_products_of_halves() -> None:
    def lines(t: Any) -> object:
        return t.tensor([300.0, 300.0, 0.001]).half().prod().item()

    assert both(lines) == (90.0625, inf)


@row("`logsumexp`, `cross_entropy` over more than 65,504 elements of float16")
def test_many_classes_of_halves() -> None:
    def lines(t: Any) -> object:
        x = t.zeros(90_000).half()
        loss = t.nn.functional.cross_entropy(x.unsqueeze(0), t.tensor([3]))
        return x.logsumexp(0).item(), loss.item()

    assert both(lines) == ((11.40625, 11.40625), (inf, inf))


@row("`cosine_similarity` with a vector of zeros in float16")
def test_the_angle_to_nothing() -> None:
    def lines(t: Any) -> object:
        x, y = t.zeros(1, 2).half(), t.ones(1, 2).half()
        found = t.nn.functional.cosine_similarity(x, y).item()
        return "NaN" if found != found else found

    assert both(lines) == (0.0, "NaN")


def test_every_row_is_checked() -> None:
    assert section.checked == section.rows
