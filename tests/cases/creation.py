"""Functions that make tensors: of values, by a law, at random."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf, nan
from typing import Any

import numpy as np
from tests.cases.case import Torch, case, truth, whole

VALUES = [
    case("tensor", lambda t: t.tensor([[1, 2], [3, 4]])),
    case("tensor", lambda t: t.tensor([1, 2.5])),
    case("tensor", lambda t: t.tensor([True, False])),
    case("tensor", lambda t: t.tensor([True, 2])),
    case("tensor", lambda t: t.tensor(3.5)),
    case("tensor", lambda t: t.tensor([])),
    case("tensor", lambda t: t.tensor([[], []])),
    case("tensor", lambda t: t.tensor([1, 2], dtype=t.float64)),
    case("tensor", lambda t: t.tensor([0.5, 0.0], dtype=t.bool)),
    case("tensor", lambda t: t.tensor([1.9, -1.9], dtype=t.int64)),
    case("tensor", lambda t: t.tensor([1e300, nan, -inf])),
    case("tensor", lambda t: t.tensor([-1, 255], dtype=t.uint8)),
    case("tensor", lambda t: t.tensor(((1, 2), [3, 4]), dtype=t.int16)),
    case("tensor", lambda t: t.tensor([range(3), (4, 5, 6)])),
    case("tensor", lambda t: t.tensor([t.tensor(1.5, dtype=t.float64), 2])),
    case("tensor", lambda t: t.tensor([[t.tensor(1), 2], [3, t.tensor([4])]])),
    case("tensor", lambda t: t.tensor([t.tensor(1, dtype=t.int8), t.tensor(True)])),
    case("tensor", lambda t: t.tensor([np.float64(1.5), 2])),
    case("tensor", lambda t: t.tensor([np.int16(1), np.uint8(2)])),
    case("tensor", lambda t: t.tensor(np.float32(2.5))),
    case("tensor", lambda t: t.tensor(np.array([[1, 2]], np.int8))),
    case("tensor", lambda t: t.tensor(np.arange(6)[::2], dtype=t.float16)),
    case("tensor", lambda t: t.tensor([1.0], device="cpu", requires_grad=True).requires_grad),
    case("as_tensor", lambda t: t.as_tensor([1, 2.5])),
    case("as_tensor", lambda t: t.as_tensor(np.array([1, 2]), dtype=t.float32)),
    case("as_tensor", lambda t, x: t.as_tensor(x) is x, (2,)),
    case("as_tensor", lambda t, x: t.as_tensor(x, dtype=t.float64), (2,)),
    case("asarray", lambda t: t.asarray([1, 2.5])),
    case("asarray", lambda t, x: (t.asarray(x) is x, t.asarray(x, copy=True) is x), whole([1])),
    case("asarray", lambda t: t.asarray(3, dtype=t.float32)),
    case("scalar_tensor", lambda t: t.scalar_tensor(3)),
    case("scalar_tensor", lambda t: t.scalar_tensor(True)),
    case("scalar_tensor", lambda t: t.scalar_tensor(3, dtype=t.int8)),
    case("Tensor", lambda t: t.Tensor([[1, 2], [3, 4]])),
    case("Tensor", lambda t: t.Tensor(np.array([1.5, 2.0]))),
    case("zeros", lambda t: t.zeros(2, 3)),
    case("zeros", lambda t: t.zeros((2,), dtype=t.int64)),
    case("zeros", lambda t: t.zeros(())),
    case("zeros", lambda t: t.zeros(size=(1, 2), dtype=t.float16)),
    case("zeros", lambda t: t.zeros(t.tensor(2), 0)),
    case("ones", lambda t: t.ones(2, 3)),
    case("ones", lambda t: t.ones([2], dtype=t.bool)),
    case("ones", lambda t: t.ones(size=[2], device="cpu", requires_grad=True).requires_grad),
    case("full", lambda t: t.full((2, 3), 1.5)),
    case("full", lambda t: t.full((2,), 3)),
    case("full", lambda t: t.full((), True)),
    case("full", lambda t: t.full((2,), 3, dtype=t.float64)),
    case("full", lambda t: t.full(size=(2,), fill_value=-1, dtype=t.uint8)),
    case("full", lambda t: t.full((2,), nan, dtype=t.float16)),
    case("full", lambda t: t.full((2,), 1.5, dtype=t.int32)),
    case("full", lambda t: t.full((2,), t.tensor(2.5))),
    case("empty", lambda t: t.empty(2, 3).shape == (2, 3)),
    case("zeros_like", lambda t, x: t.zeros_like(x), (2, 3)),
    case("zeros_like", lambda t, x: t.zeros_like(x, requires_grad=True).requires_grad, (2,)),
    case("ones_like", lambda t, x: t.ones_like(x, dtype=t.int64), (2, 3)),
    case("ones_like", lambda t, x: t.ones_like(x), truth([True, False])),
    case("full_like", lambda t, x: t.full_like(x, 2.5), (2, 3)),
    case("full_like", lambda t, x: t.full_like(x, 2.5), whole([1])),
    case("empty_like", lambda t, x: tuple(t.empty_like(x).shape), (2, 3)),
    case("Tensor.new_tensor", lambda t, x: x.new_tensor([1, 2]), (2,)),
    case("Tensor.new_tensor", lambda t, x: x.new_tensor(3, dtype=t.int8), (2,)),
    case("Tensor.new_full", lambda t, x: x.new_full((2,), 3), (1,)),
    case("Tensor.new_full", lambda t, x: x.new_full((2,), 2.5), whole(1)),
    case("Tensor.new_zeros", lambda t, x: x.new_zeros(2, 1), (1,)),
    case("Tensor.new_zeros", lambda t, x: x.new_zeros((2,), dtype=t.bool), (1,)),
    case("Tensor.new_ones", lambda t, x: x.new_ones(size=(2,)), whole(1)),
    case("Tensor.new_empty", lambda t, x: tuple(x.new_empty(0, 3).shape), (1,)),
]

LAWS = [
    case("arange", lambda t: t.arange(5)),
    case("arange", lambda t: t.arange(1, 7, 2)),
    case("arange", lambda t: t.arange(5.0)),
    case("arange", lambda t: t.arange(0, 1, 0.25)),
    case("arange", lambda t: t.arange(5, 0, -2)),
    case("arange", lambda t: t.arange(3, dtype=t.float64)),
    case("arange", lambda t: t.arange(0)),
    case("arange", lambda t: t.arange(end=3)),
    case("arange", lambda t: t.arange(1, end=3)),
    case("arange", lambda t: t.arange(start=1, end=2, step=0.5)),
    case("arange", lambda t: t.arange(t.tensor(1), t.tensor(4))),
    case("arange", lambda t: t.arange(1.5, 4, dtype=t.int64)),
    case("arange", lambda t: t.arange(3, dtype=t.uint8)),
    case("arange", lambda t: t.arange(0.1, 1.2, 0.1)),
    case("arange", lambda t: t.arange(0.5, 4, 1.5, dtype=t.int64)),
    case("arange", lambda t: t.arange(1, 10, 2.7, dtype=t.int32)),
    case("linspace", lambda t: t.linspace(0, 1, 5)),
    case("linspace", lambda t: t.linspace(1.9, 7.9, 4, dtype=t.int64)),
    case("linspace", lambda t: t.linspace(-1.5, 2, 4, dtype=t.float64)),
    case("linspace", lambda t: t.linspace(3, 1, 2)),
    case("linspace", lambda t: t.linspace(0.1, 1, 1)),
    case("linspace", lambda t: t.linspace(0, 1, 0)),
    case("linspace", lambda t: t.linspace(0, 10, 5, dtype=t.int64)),
    case("linspace", lambda t: t.linspace(t.tensor(0.5), end=2, steps=3)),
    case("logspace", lambda t: t.logspace(0, 2, 3)),
    case("logspace", lambda t: t.logspace(-1, 1, 4, base=2, dtype=t.float64)),
    case("logspace", lambda t: t.logspace(0, 2, 3, dtype=t.int64)),
    case("logspace", lambda t: t.logspace(0, 1, 0)),
    case("eye", lambda t: t.eye(2)),
    case("eye", lambda t: t.eye(2, 3, dtype=t.int64)),
    case("eye", lambda t: t.eye(n=3, m=1, dtype=t.bool)),
    case("eye", lambda t: t.eye(0, 2)),
    case("tril_indices", lambda t: t.tril_indices(2, 3)),
    case("tril_indices", lambda t: t.tril_indices(3, 3, -2)),
    case("tril_indices", lambda t: t.tril_indices(2, 3, offset=1, dtype=t.int32)),
    case("tril_indices", lambda t: t.tril_indices(0, 2)),
    case("triu_indices", lambda t: t.triu_indices(2, 3)),
    case("triu_indices", lambda t: t.triu_indices(3, 2, -1)),
    case("triu_indices", lambda t: t.triu_indices(2, 2, 5)),
    case("meshgrid", lambda t, x, y: t.meshgrid(x, y, indexing="ij"), (2,), (3,)),
    case("meshgrid", lambda t, x, y: t.meshgrid([x, y], indexing="xy"), (2,), (3,)),
    case("meshgrid", lambda t, x, y, z: t.meshgrid(x, y, z, indexing="xy"), (2,), (), (3,)),
    case("meshgrid", lambda t, x: t.meshgrid(x, indexing="xy"), (2,)),
]


def seeded(t: Torch) -> Any:
    """Return a stream, from a seed that both modules are given."""
    return t.Generator().manual_seed(0)


def by_default(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Return a call that seeds the default stream, and then draws from it."""

    def call(t: Torch, *inputs: Any) -> Any:
        t.manual_seed(0)
        return draw(t, *inputs)

    return call


def leaf(drawn: Any) -> tuple[Any, bool]:
    """Return numbers, and apart from them whether they track gradients."""
    return drawn.detach(), drawn.requires_grad


def every_second(t: Torch, x: Any) -> Any:
    """Return a view of new numbers of the type of `x`, whose rows do not lie side by side."""
    return t.zeros(5, 8, dtype=x.dtype)[:, ::2].t()


RANDOM = [
    case("rand", by_default(lambda t: t.rand(2, 3))),
    case("rand", by_default(lambda t: t.rand(17, dtype=t.float64))),
    case("rand", by_default(lambda t: t.rand(40, dtype=t.float16))),
    case("rand", lambda t: leaf(t.rand(size=(2,), generator=seeded(t), requires_grad=True))),
    case("rand", lambda t: t.rand([0, 2], dtype=t.float16, device="cpu")),
    case("randn", by_default(lambda t: t.randn((2, 3)))),
    case("randn", by_default(lambda t: t.randn(1, dtype=t.float64))),
    *[
        case("randn", lambda t, n=n: t.randn(n, dtype=t.float64, generator=seeded(t)))
        for n in (15, 16, 17, 31, 32, 40)
    ],
    case("randn", lambda t: leaf(t.randn(5, 5, generator=seeded(t), requires_grad=True))),
    case("randn", lambda t: t.randn(20, dtype=t.float16, generator=seeded(t))),
    case("rand_like", by_default(lambda t, x: t.rand_like(x)), (2,), first=False),
    case("rand_like", by_default(lambda t, x: t.rand_like(x.t())), (4, 5), first=False),
    case("rand_like", by_default(lambda t, x: t.rand_like(x, dtype=t.float64)), whole([1])),
    case("rand_like", lambda t, x: t.rand_like(x, generator=seeded(t)), (3, 2), first=False),
    case("randn_like", by_default(lambda t, x: t.randn_like(x)), (2,), first=False),
    case("randn_like", by_default(lambda t, x: t.randn_like(x.t())), (4, 5), first=False),
    case("randn_like", lambda t, x: t.randn_like(x, generator=seeded(t)), (4, 5), first=False),
    case("randint", by_default(lambda t: t.randint(3, (2, 3)))),
    case("randint", by_default(lambda t: t.randint(-9, 1000, (17,)))),
    case("randint", by_default(lambda t: t.randint(2**40, (7,)))),
    case("randint", lambda t: t.randint(-(2**63), 2**63 - 1, (7,), generator=seeded(t))),
    case("randint", lambda t: t.randint(1, (2, 3))),
    case("randint", lambda t: t.randint(-7, -6, (2,), dtype=t.float32)),
    case("randint", lambda t: t.randint(-7, 100, (9,), dtype=t.float16, generator=seeded(t))),
    case("randint", lambda t: t.randint(low=5, high=9, size=(2,), generator=seeded(t))),
    case("randint", lambda t: t.randint(2**62, 2**62 + 1, (2,))),
    case("randint", by_default(lambda t: t.randint(0, 2, (9,), dtype=t.bool))),
    case("randint_like", lambda t, x: t.randint_like(x, 1), (2,)),
    case("randint_like", by_default(lambda t, x: t.randint_like(x.t(), 9)), (4, 5)),
    case("randint_like", by_default(lambda t, x: t.randint_like(x, 4, 50, dtype=t.int8)), (2,)),
    case("randperm", by_default(lambda t: t.randperm(6))),
    case("randperm", lambda t: t.randperm(40, generator=seeded(t), dtype=t.int32)),
    case("randperm", lambda t: t.randperm(0, dtype=t.float32)),
    case("randperm", lambda t: t.randperm(9, generator=seeded(t), dtype=t.uint8)),
    case("normal", by_default(lambda t: t.normal(2.0, 3.0, (2,)))),
    case("normal", by_default(lambda t: t.normal(0, 1, size=(20,), dtype=t.float64))),
    case("normal", lambda t, x: t.normal(x, 0.0), (2, 3)),
    case("normal", lambda t, x: t.normal(x, 2.0, generator=seeded(t)), (4, 5)),
    case("normal", lambda t, x: t.normal(2.0, x * 0.0), (2,)),
    case("normal", by_default(lambda t, x: t.normal(2.0, x)), (2, 3), domain=(0.1, 2.0)),
    case("normal", lambda t, x, y: t.normal(x, y * 0.0), (2, 1), (3,)),
    case("normal", by_default(lambda t, x, y: t.normal(x, y)), (4, 1), (5,), domain=(0.1, 2.0)),
    case("bernoulli", lambda t, x: t.bernoulli(x * 0.0), (2, 3)),
    case("bernoulli", by_default(lambda t, x: t.bernoulli(x)), (4, 5), domain=(0.1, 0.9)),
    case("bernoulli", lambda t, x: t.bernoulli(x, 1.0), (2,), first=False),
    case("bernoulli", lambda t, x: t.bernoulli(x, 0.3, generator=seeded(t)), (9,), first=False),
    case("bernoulli", lambda t, x: t.bernoulli(x, p=0.0), whole([1, 2])),
    case("poisson", lambda t, x: t.poisson(x * 0.0), (2, 3)),
    case("poisson", lambda t, x: t.poisson(x, generator=seeded(t)), [0.5, 40.0], first=False),
    case("poisson", by_default(lambda t, x: t.poisson(x)), (4, 5), domain=(0.1, 30.0), first=False),
    case("multinomial", lambda t, x: t.multinomial(x, 1), [0.0, 2.0, 0.0], first=False),
    case(
        "multinomial", lambda t, x: t.multinomial(x, 3, replacement=True), [[0.0, 2.0], [3.0, 0.0]]
    ),
    case("multinomial", lambda t, x: t.multinomial(x, 3, True), [0.0, 0.5]),
    case(
        "multinomial",
        lambda t, x: t.multinomial(x, 20, True, generator=seeded(t)),
        (3, 5),
        domain=(0.1, 2.0),
    ),
    case("multinomial", by_default(lambda t, x: t.multinomial(x, 2)), [[1.0, 0.0, 2.0]]),
    case("multinomial", by_default(lambda t, x: t.multinomial(x, 4)), (3, 9), domain=(0.1, 2.0)),
    case("multinomial", lambda t, x: t.multinomial(x, 1), (0, 2)),
    case("Tensor.uniform_", by_default(lambda t, x: x.detach().uniform_(2, 3)), (2, 3)),
    case("Tensor.uniform_", lambda t, x: x.clone().uniform_(2, 2), (2,)),
    case("Tensor.normal_", by_default(lambda t, x: x.detach().normal_(2, 3)), (2, 3)),
    case("Tensor.normal_", by_default(lambda t, x: x.detach().normal_(2, 3)), (17,)),
    case("Tensor.normal_", lambda t, x: x.clone().normal_(2.5, 0), (2,)),
    case("Tensor.log_normal_", by_default(lambda t, x: x.detach().log_normal_(0, 1)), (2,)),
    case("Tensor.exponential_", by_default(lambda t, x: x.detach().exponential_(2.0)), (2,)),
    case("Tensor.geometric_", by_default(lambda t, x: x.detach().geometric_(0.5)), (2,)),
    case("Tensor.geometric_", by_default(lambda t, x: x.geometric_(p=0.5)), whole([1, 2])),
    case("Tensor.cauchy_", by_default(lambda t, x: x.detach().cauchy_(1.0, 2.0)), (2,)),
    case("Tensor.bernoulli_", lambda t, x: x.clone().bernoulli_(1.0), (2,)),
    case("Tensor.bernoulli_", lambda t, x: x.bernoulli_(1), truth([False, False])),
    case("Tensor.bernoulli_", by_default(lambda t, x: x.bernoulli_(0.4)), truth([False] * 9)),
    case(
        "Tensor.bernoulli_", lambda t, x: t.zeros(3, 2).bernoulli_(x * 0.0 + 1.0), (2,), first=False
    ),
    case(
        "Tensor.bernoulli_",
        by_default(lambda t, x: t.zeros(3, 4).bernoulli_(x)),
        (4,),
        domain=(0.1, 0.9),
        first=False,
    ),
    case("Tensor.random_", lambda t, x: x.clone().random_(1), (2,)),
    case("Tensor.random_", by_default(lambda t, x: x.clone().random_()), (9,)),
    case("Tensor.random_", by_default(lambda t, x: x.random_(4, 50)), whole([1, 2])),
    case("Tensor.random_", by_default(lambda t, x: x.random_(4, to=50)), whole([1, 2])),
    case("Tensor.random_", by_default(lambda t, x: x.random_()), whole([1, 2])),
    case("Tensor.random_", by_default(lambda t, x: x.random_()), truth([False] * 9)),
    *[
        case(
            f"Tensor.{name}",
            lambda t, x, name=name, bounds=bounds: getattr(every_second(t, x), name)(
                *bounds, generator=seeded(t)
            ),
            1.0,
            first=False,
        )
        for name, bounds in {
            "uniform_": (-0.5, 1.0),
            "normal_": (1.0, 2.0),
            "log_normal_": (0.5, 0.2),
            "exponential_": (2.0,),
            "geometric_": (0.3,),
            "cauchy_": (1.0, 2.0),
            "bernoulli_": (0.4,),
            "random_": (-3, 1000),
        }.items()
    ],
]

STREAMS = [
    case("Generator", lambda t: seeded(t).initial_seed()),
    case("Generator", lambda t: t.Generator().manual_seed(-1).initial_seed()),
    case("Generator", lambda t: repr(t.Generator(device="cpu").device)),
    case("Generator", lambda t: seeded(t).get_state().dtype is t.uint8),
    case("manual_seed", lambda t: t.manual_seed(3).initial_seed()),
    case("initial_seed", lambda t: (t.manual_seed(4), t.initial_seed())[1]),
    case("seed", lambda t: t.seed() == t.initial_seed()),
    case("default_generator", lambda t: t.rand(3, generator=t.manual_seed(0))),
    case("default_generator", by_default(lambda t: t.rand(3, generator=t.default_generator))),
    case("Generator", lambda t: t.rand(3, generator=t.Generator())),
    case("Generator", lambda t: t.rand(3, generator=seeded(t).clone_state())),
    case("Generator", lambda t: (g := seeded(t)).set_state(g.get_state()) is g),
    case("Generator", lambda t: seeded(t).get_state()),
    case("get_rng_state", by_default(lambda t: t.get_rng_state())),
    case("get_rng_state", by_default(lambda t: (t.randn(3), t.rand(700), t.get_rng_state()))),
    case("set_rng_state", lambda t: t.set_rng_state(t.get_rng_state())),
    case("set_rng_state", lambda t: (t.set_rng_state(seeded(t).get_state()), t.rand(3))[1]),
    case("random", lambda t: t.random.manual_seed(5) is t.manual_seed(5)),
]

# What is drawn anew has no differences to take.
CASES = [*VALUES, *LAWS, *[replace(one, smooth=False) for one in RANDOM], *STREAMS]
