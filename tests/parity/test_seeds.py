"""The same seed gives the same numbers as torch: every draw, in every layout, and the state."""

from __future__ import annotations

import math
import pickle
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import pytest
import torch
from tests.cases.case import Torch
from tests.parity.draws import compare_calls, compare_draws
from tests.parity.report import Report

import minitorch

FLOATS = ["float16", "float32", "float64"]
INTEGERS = ["bool", "uint8", "int8", "int16", "int32", "int64"]
# Normal numbers are drawn otherwise from 16 on.
SHAPES = [(2, 3), (4, 4), (3, 5), (4, 5), (16, 3), (40, 30)]
VIEWS: dict[str, Callable[[Any], Any]] = {
    "whole": lambda x: x,
    "transposed": lambda x: x.t(),
    "every second column": lambda x: x[:, ::2],
    "permuted": lambda x: x.reshape(x.shape[0], -1, 1).permute(2, 1, 0),
    "every second column, transposed": lambda x: x.t()[::2],
    "broadcast": lambda x: x[:1].expand(x.shape),
}
SIZES = [*range(40), 47, 48, 49, 1000, 70_000]


class Draw(NamedTuple):
    """A draw, of the module, numbers from 0 to 1, and a generator."""

    text: str
    call: Callable[[Torch, Any, Any], Any]
    exact: bool = False  # made of words by arithmetic alone
    broadcasts: bool = True  # into a view, that is, it writes none


def in_place(text: str, call: Callable[[Any, Any], Any], exact: bool = False) -> Draw:
    return Draw(text, lambda t, x, g: call(x, g), exact, broadcasts=False)


WRITES = [
    in_place("uniform_()", lambda x, g: x.uniform_(generator=g), exact=True),
    in_place("uniform_(-0.3, 1.6)", lambda x, g: x.uniform_(-0.3, 1.6, generator=g)),
    in_place("normal_()", lambda x, g: x.normal_(generator=g)),
    in_place("normal_(1.5, 0.3)", lambda x, g: x.normal_(1.5, 0.3, generator=g)),
    in_place("exponential_(2.5)", lambda x, g: x.exponential_(2.5, generator=g)),
    in_place("geometric_(0.3)", lambda x, g: x.geometric_(0.3, generator=g)),
    in_place("cauchy_(1, 2)", lambda x, g: x.cauchy_(1, 2, generator=g)),
    in_place("log_normal_(0.5, 0.2)", lambda x, g: x.log_normal_(0.5, 0.2, generator=g)),
    in_place("random_()", lambda x, g: x.random_(generator=g), exact=True),
    in_place("random_(7)", lambda x, g: x.random_(7, generator=g), exact=True),
    in_place("random_(-3, 1000)", lambda x, g: x.random_(-3, 1000, generator=g), exact=True),
    in_place("random_(5, None)", lambda x, g: x.random_(5, None, generator=g), exact=True),
    in_place("random_(0, 2**11)", lambda x, g: x.random_(0, 2**11, generator=g), exact=True),
    in_place("bernoulli_()", lambda x, g: x.bernoulli_(generator=g), exact=True),
    in_place("bernoulli_(0.3)", lambda x, g: x.bernoulli_(0.3, generator=g), exact=True),
    in_place("bernoulli_(x)", lambda x, g: x.bernoulli_(x.clone(), generator=g), exact=True),
]
# Bounds that float16 can't hold.
WIDE_WRITES = [
    in_place("random_(0, 2**30)", lambda x, g: x.random_(0, 2**30, generator=g), exact=True),
    in_place(
        "random_(-2**30, 2**40)", lambda x, g: x.random_(-(2**30), 2**40, generator=g), exact=True
    ),
]
OF_NUMBERS = [
    Draw("rand_like", lambda t, x, g: t.rand_like(x, generator=g), exact=True),
    Draw("randn_like", lambda t, x, g: t.randn_like(x, generator=g)),
    Draw("randint_like", lambda t, x, g: t.randint_like(x, 5), exact=True),
    Draw("randint_like(-2, 9)", lambda t, x, g: t.randint_like(x, -2, 9), exact=True),
    Draw("bernoulli", lambda t, x, g: t.bernoulli(x, generator=g), exact=True),
    Draw("Tensor.bernoulli(0.3)", lambda t, x, g: x.bernoulli(0.3, generator=g), exact=True),
    Draw("normal(x, x)", lambda t, x, g: t.normal(x, x + 0.1, generator=g)),
    Draw("normal(x, 0.4)", lambda t, x, g: t.normal(x, 0.4, generator=g)),
    Draw("normal(0.4, x)", lambda t, x, g: t.normal(0.4, x, generator=g)),
    Draw("poisson(7 x)", lambda t, x, g: t.poisson(x * 7, generator=g)),
    Draw("poisson(40 x)", lambda t, x, g: t.poisson(x * 40, generator=g)),
    Draw("multinomial(1)", lambda t, x, g: rows(t, x, 1, False, g), exact=True),
    Draw("multinomial(2)", lambda t, x, g: rows(t, x, 2, False, g), exact=True),
    Draw("multinomial(30, True)", lambda t, x, g: rows(t, x, 30, True, g), exact=True),
]

OF_INTEGERS = [
    in_place("random_()", lambda x, g: x.random_(generator=g), exact=True),
    in_place("random_(1)", lambda x, g: x.random_(1, generator=g), exact=True),
    in_place("random_(0, 2)", lambda x, g: x.random_(0, 2, generator=g), exact=True),
    in_place("random_(1, None)", lambda x, g: x.random_(1, None, generator=g), exact=True),
    in_place("bernoulli_(0.4)", lambda x, g: x.bernoulli_(0.4, generator=g), exact=True),
    in_place("geometric_(0.3)", lambda x, g: x.geometric_(0.3, generator=g)),
    Draw("randint_like(2)", lambda t, x, g: t.randint_like(x, 2), exact=True),
]


def rows(t: Torch, x: Any, count: int, replacement: bool, g: Any) -> Any:
    """Draw from a matrix, for which a view of more dimensions is taken apart."""
    x = x if x.dim() == 2 else x[0]
    count = count if replacement else min(count, x.shape[1])
    return t.multinomial(x, count, replacement, generator=g)


def numbers(t: Torch, shape: tuple[int, int], dtype: str) -> Any:
    """Return numbers from 0 to 1 that follow no order."""
    x = (t.arange(math.prod(shape), dtype=t.float64) * 0.37 + 0.01) % 1.0
    return x.reshape(shape).to(getattr(t, dtype))


def sweep(report: Report, draw: Draw, dtype: str) -> None:
    """Compare a draw over all shapes and views."""
    report.begin("autograd", f"{draw.text} of {dtype}")
    for shape in SHAPES:
        for name, view in VIEWS.items():
            if name != "broadcast" or draw.broadcasts:
                what = f"{draw.text} of {dtype} {shape}, {name}"
                call = partial(drawn, draw=draw, shape=shape, view=view, dtype=dtype)
                compare_calls(report, what, call, exact=draw.exact)


def drawn(
    t: Torch,
    g: Any,
    *,
    draw: Draw,
    shape: tuple[int, int],
    view: Callable[[Any], Any],
    dtype: str,
) -> Any:
    return draw.call(t, view(numbers(t, shape, dtype)), g)


def each(draws: list[Draw]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("draw", draws, ids=lambda draw: draw.text)


@pytest.mark.parametrize("dtype", FLOATS)
@each([*WRITES, *OF_NUMBERS])
def test_floats(draw: Draw, dtype: str, report: Report) -> None:
    sweep(report, draw, dtype)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@each(WIDE_WRITES)
@pytest.mark.filterwarnings("ignore:.*out of bounds:UserWarning")
def test_wide_bounds(draw: Draw, dtype: str, report: Report) -> None:
    sweep(report, draw, dtype)


@pytest.mark.parametrize(
    ("draw", "dtype"),
    [
        pytest.param(draw, dtype, id=f"{draw.text}-{dtype}")
        for draw in OF_INTEGERS
        for dtype in INTEGERS
        if (draw.text, dtype) != ("geometric_(0.3)", "bool")  # which both refuse
    ],
)
def test_integers(draw: Draw, dtype: str, report: Report) -> None:
    sweep(report, draw, dtype)


SIZED: dict[str, tuple[Callable[..., Any], list[str]]] = {
    "rand": (lambda t, size, **options: t.rand(size, **options), FLOATS),
    "randn": (lambda t, size, **options: t.randn(size, **options), FLOATS),
    "normal": (lambda t, size, **options: t.normal(2.0, 0.5, (size,), **options), FLOATS),
    "randint": (
        lambda t, size, **options: t.randint(-3, 100, (size,), **options),
        [*FLOATS, "int8", "int32", "int64"],
    ),
    "randperm": (lambda t, size, **options: t.randperm(size, **options), ["float64", "int64"]),
}


@pytest.mark.parametrize(
    ("name", "dtype"), [(name, dtype) for name, (_, types) in SIZED.items() for dtype in types]
)
def test_sizes(name: str, dtype: str, report: Report) -> None:
    report.begin("autograd", f"{name} of {dtype}")
    draw, _ = SIZED[name]

    def call(t: Torch, g: Any, size: int) -> Any:
        return draw(t, size, dtype=getattr(t, dtype), generator=g)

    exact = name in ("rand", "randint", "randperm")
    for size in SIZES:
        what = f"{name}({size}) of {dtype}"
        compare_calls(report, what, partial(call, size=size), exact=exact)


@pytest.mark.parametrize(
    ("low", "high"),
    [
        (0, 10),
        (-5, 5),
        (0, 2**28 - 1),
        (0, 2**28),
        (0, 2**32),
        (-(2**62), 2**62),
        (-(2**63), 2**63 - 1),
    ],
)
def test_bounds(low: int, high: int, report: Report) -> None:
    report.begin("autograd", f"randint({low}, {high})")
    compare_calls(
        report, "randint", lambda t, g: t.randint(low, high, (3, 7), generator=g), exact=True
    )


@pytest.mark.parametrize("dtype", ["float16", "float32"])
@pytest.mark.parametrize("bound", [0.0721, 0.125, 7.3])
@pytest.mark.skipif(
    torch.backends.cpu.get_cpu_capability() == "DEFAULT",
    reason="torch rounds twice where the processor can't multiply and add in one go",
)
def test_uniform_numbers_are_rounded_once(bound: float, dtype: str, report: Report) -> None:
    """The weights of most modules begin so; to the last bit."""
    report.begin("autograd", f"uniform_({-bound}, {bound}) of {dtype}")

    def call(t: Torch, g: Any) -> Any:
        return t.empty(5000, dtype=getattr(t, dtype)).uniform_(-bound, bound, generator=g)

    compare_calls(report, "uniform_", call, exact=True)


# --- The stream


@pytest.mark.parametrize(
    "seed",
    [0, 1, 42, 1337, 2**31, 2**32 - 1, 2**32, 2**32 + 1, 2**63, 2**64 - 1, -1, -1337, -(2**63)],
)
def test_seeds(seed: int, report: Report) -> None:
    report.begin("tensor", f"manual_seed({seed})")
    compare_calls(report, "rand", lambda t, g: t.rand(700, generator=g), seed, exact=True)
    compare_calls(report, "rand", lambda t, g: t.rand(5), seed, exact=True)
    compare_calls(report, "seed", lambda t, g: t.tensor(g.initial_seed() % 2**62), seed, exact=True)


def test_a_stream_that_nobody_seeded(report: Report) -> None:
    report.begin("tensor", "Generator()")
    ours, theirs = (t.rand(9, generator=t.Generator()) for t in (minitorch, torch))
    compare_draws(report, "rand", ours, theirs, exact=True)
    assert minitorch.Generator().initial_seed() == torch.Generator().initial_seed()


def mixed(t: Torch, g: Any) -> Any:
    """Draw one after the other what takes one word, or two, or leaves half a pair of normals."""
    draws = [
        t.randn(3, generator=g),
        t.randn(1, generator=g),
        t.randn(2, 2, generator=g).flatten(),
        t.rand(3, generator=g),
        t.randn(5, generator=g),
        t.randn(20, generator=g),
        t.rand(3, dtype=t.float64, generator=g).float(),
        t.randint(9, (3,), generator=g).float(),
        t.randn(2, generator=g),
        t.randperm(5, generator=g).float(),
        t.empty(4).exponential_(generator=g),
        t.randn(2, generator=g),
    ]
    return t.cat(draws)


def test_one_after_the_other(report: Report) -> None:
    report.begin("autograd", "a mixture of draws")
    compare_calls(report, "a mixture", mixed)

    def by_default(t: Torch, _: Any) -> Any:
        return mixed(t, None)

    compare_calls(report, "a mixture of the default stream", by_default)


# Where the state turns after 624 words, and with and without half a pair of normal numbers.
USED = [(words, normals) for words in (0, 1, 3, 622, 623, 624, 625, 1248) for normals in (0, 1)]


def advanced(t: Torch, words: int, normals: int) -> Any:
    """Return a generator that has drawn so much."""
    g = t.Generator().manual_seed(5)
    t.rand(words, generator=g)
    t.randn(normals, generator=g)
    return g


@pytest.mark.parametrize(("words", "normals"), USED)
def test_the_state_is_torchs(words: int, normals: int) -> None:
    ours, theirs = (advanced(t, words, normals).get_state() for t in (minitorch, torch))
    assert ours.tolist() == theirs.tolist()
    assert len(ours) == 5056


@pytest.mark.parametrize(("words", "normals"), USED)
@pytest.mark.parametrize("here", [minitorch, torch], ids=["torch's set here", "ours set in torch"])
def test_a_state_of_the_other_side(here: Torch, words: int, normals: int, report: Report) -> None:
    report.begin("tensor", f"set_state after {words} words and {normals} normals")
    there = torch if here is minitorch else minitorch
    begun = advanced(there, words, normals)
    taken = here.Generator()
    taken.set_state(here.tensor(begun.get_state().tolist(), dtype=here.uint8))
    assert taken.initial_seed() == begun.initial_seed() == 5
    of_side = {here: taken, there: begun}
    compare_draws(report, "a mixture", *(mixed(t, of_side[t]) for t in (minitorch, torch)))


def test_the_default_stream_takes_a_state_of_the_other_side(report: Report) -> None:
    report.begin("tensor", "set_rng_state")
    for here, there in ((minitorch, torch), (torch, minitorch)):
        there.manual_seed(11)
        there.randn(3)
        here.set_rng_state(here.tensor(there.get_rng_state().tolist(), dtype=here.uint8))
        assert here.initial_seed() == 11
        compare_draws(report, "a mixture", *(mixed(t, None) for t in (minitorch, torch)))


def test_a_fork_changes_nothing_outside(report: Report) -> None:
    report.begin("tensor", "fork_rng")

    def lines(t: Torch, _: Any) -> Any:
        before = t.rand(2)
        with t.random.fork_rng():
            inside = t.rand(2)
            t.manual_seed(8)
            seeded = t.rand(2)
        return t.stack([before, inside, seeded, t.rand(2)])

    compare_calls(report, "fork_rng", lines, exact=True)
    inside, outside = lines(minitorch, None)[1::2]
    assert inside.tolist() == outside.tolist()


def test_generators_are_copied_alike(report: Report) -> None:
    report.begin("tensor", "clone_state and pickle")

    def lines(t: Torch, g: Any) -> Any:
        t.randn(3, generator=g)
        loaded = pickle.loads(pickle.dumps(g))
        return t.stack([t.randn(3, generator=one) for one in (loaded, g.clone_state(), g)])

    compare_calls(report, "a generator and its copies", lines)
