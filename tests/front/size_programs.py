"""Where the way of computing changes with a size, and programs that go both ways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import inf, isqrt, nan
from typing import Any, Final

from tests.optim.optimizers import ELEMENTWISE

import minitorch as torch
from minitorch import Tensor
from minitorch.nn import functional as F

# What a program gives: values and gradients, for the size at which the way changes.
Program = Callable[[int], list[Tensor]]


@dataclass(frozen=True)
class Threshold:
    """A constant that chooses the way, and what goes through it.

    Attributes:
        place: the module and the name in it.
        programs: each takes a size, below which or above which it goes another way.
        sizes: which to try with the constant as it is, as differences to it; none where a program
            of that size takes long.
        never: a value that no size reaches.
        least: the smallest value that makes sense.
        beside: other constants that must be small, too, if the way is to be taken: modules, names
            and values.
    """

    place: tuple[str, str]
    programs: tuple[Program, ...]
    sizes: tuple[int, ...] = ()
    never: int = 2**40
    least: int = 1
    beside: tuple[tuple[str, str, int], ...] = ()


def drawn(*shape: int, seed: int = 0, dtype: torch.dtype = torch.float32) -> Tensor:
    """Return normal numbers that track gradients."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=dtype).requires_grad_()


def traced(value: Tensor, *leaves: Tensor) -> list[Tensor]:
    """Return a value, its gradients of uneven weights, and gradients of those."""
    weights = torch.linspace(-1, 2, value.numel(), dtype=value.dtype).reshape(value.shape)
    first = torch.autograd.grad((value * weights).sum(), leaves, create_graph=True)
    total = sum(((g * g).sum() for g in first), torch.zeros((), dtype=value.dtype))
    second: list[Tensor] = []
    if total.requires_grad:
        found = torch.autograd.grad(total, leaves, allow_unused=True)
        second = [g for g in found if g is not None]
    return [one.detach() for one in (value, *first, *second)]


# --- Elements


def beside_a_number(n: int) -> Iterator[Tensor]:
    special = drawn(n, seed=1).detach()
    special[: min(n, 3)] = torch.tensor([nan, inf, -inf])[: min(n, 3)]
    for dtype in (torch.float16, torch.float32, torch.float64):
        x = special.to(dtype)
        yield from (torch.relu(x), x.clamp(min=-0.5), x.clamp(max=1), x[::2].clamp(min=0.25))
    yield torch.arange(n).clamp(3, 5)
    x = drawn(n)
    yield from traced(x.clamp(-0.5, 0.75) * x, x)
    yield from traced(torch.relu(x) * x, x)


def chosen(n: int) -> Iterator[Tensor]:
    for dtype in (torch.float16, torch.float32, torch.float64):
        x, y = (drawn(n, seed=seed).detach().to(dtype) for seed in (1, 2))
        x[: min(n, 2)] = torch.tensor([nan, -0.0], dtype=dtype)[: min(n, 2)]
        condition = drawn(n, seed=3) > 0
        pairs: list[tuple[Tensor | float, Tensor | float]] = [(x, y), (x, 0.0), (0.0, y), (x, -0.0)]
        for a, b in [*pairs, (1.5, y), (x[:1], y), (x, y[-1])]:
            value = torch.where(condition, a, b)
            yield from (value, torch.signbit(value))
    for integers in (torch.int8, torch.int32, torch.int64):
        z = torch.arange(n).to(integers)
        yield torch.where(condition, z, 0)
        yield torch.where(condition, -1, z)
    x, y = drawn(n, seed=1), drawn(n, seed=2)
    yield from traced(torch.where(condition, x * x, y), x, y)
    yield from traced(x.masked_fill(condition, 2.0) * x, x)
    column = drawn(3, 1, seed=4)
    yield from traced(torch.where(condition, column, x), column, x)
    yield from traced(torch.where(column > 0, x, x * x), x)


def scattered(n: int) -> Iterator[Tensor]:
    places = torch.arange(n) * 7 % 5
    x, values = drawn(5), drawn(n, seed=1)
    yield from traced(x.index_put((places,), values, accumulate=True) ** 2, x, values)
    yield from traced(x[places] ** 2, x)
    yield from traced(x[places - 5] * values, x, values)
    for how in ("sum", "mean", "prod", "amax", "amin"):
        yield from traced(x.scatter_reduce(0, places, values / 2 + 1, how), x, values)[:3]
    rows = drawn(6, 4, 2, seed=2)
    few = n // 2
    first, second = torch.arange(few) % 4, torch.arange(few) * 3 % 2
    yield from traced(rows[:, first, second] ** 2, rows)
    yield from traced(rows[1:5:2, first] ** 2, rows)
    yield from traced(rows.permute(1, 2, 0)[first, :, 1] ** 2, rows)
    yield from traced(rows[first, 1:3, second] ** 2, rows)
    yield from traced(F.embedding(places.reshape(1, -1), rows[:, 0]), rows)


def error_function(n: int) -> Iterator[Tensor]:
    x = drawn(n)
    yield from traced(torch.erf(x * 2), x)
    yield from traced(F.gelu(x), x)
    yield torch.erf(x.reshape(1, -1).expand(2, n).t())


def products(n: int) -> Iterator[Tensor]:
    a, b = drawn(3, 2, n, 2, dtype=torch.float64), drawn(3, 2, 2, 3, seed=1, dtype=torch.float64)
    yield from traced(a @ b, a, b)
    yield from traced(torch.bmm(a[0], b[1]), a, b)
    yield from traced(a.transpose(-1, -2) @ a, a)


def multiplied(n: int) -> Iterator[Tensor]:
    """Products of about n multiplications: of matrices, a batch, a vector and two vectors."""
    rows = max(n // 8, 1)
    for dtype in (torch.float32, torch.float64):
        a, b = drawn(rows, 4, dtype=dtype), drawn(4, 2, seed=1, dtype=dtype)
        yield from traced(a @ b, a, b)
        yield from traced(a.reshape(1, rows, 4) @ torch.stack([b, -b]), a, b)
        yield from traced(a @ b[:, 0], a, b)
    v, w = (drawn(n, seed=seed, dtype=torch.float64) for seed in (2, 3))
    yield from traced(v @ w / n, v, w)


def decomposed(n: int) -> Iterator[Tensor]:
    """Linear algebra on matrices of about n elements."""
    side = max(isqrt(n), 2)
    a = drawn(side, side, dtype=torch.float64).detach() / side
    x = (a @ a.t() + torch.eye(side, dtype=torch.float64)).requires_grad_()
    linalg = torch.linalg
    yield from traced(linalg.cholesky(x), x)
    yield from traced(linalg.inv(x), x)
    yield from traced(linalg.solve(x, x.detach()[:, :2]), x)
    yield from (linalg.eigvalsh(x), linalg.svdvals(x), linalg.det(x), *linalg.slogdet(x))
    yield torch.stack(list(linalg.qr(x))).prod(0)


def long_products(n: int) -> Iterator[Tensor]:
    """Products whose terms are many for their sums, some more than fill whole parts."""
    a, b, c = (drawn(n, m, seed=m, dtype=torch.float64) for m in (2, 3, 1))
    yield from traced(a.t() @ b, a, b)
    yield from traced(a.t() @ c[:, 0], a, c)
    yield from traced(c[:, 0] @ c[:, 0], c)


def summed(n: int) -> Iterator[Tensor]:
    """Sums along any dimension, of tensors that lie in memory in any order."""
    for dtype in (torch.float32, torch.float64):
        for shape in ((n, 3), (3, n), (2, n, 4), (n, 70), (n,)):
            x = drawn(*shape, dtype=dtype)
            for d in range(len(shape)):
                yield from traced((x.sum(d) / n) ** 2, x)
            yield from (x.t().sum(0), x[::2].sum(0), x.mean(), x.var(0)) if x.ndim == 2 else ()
    x = drawn(n, 2, 3, seed=1)
    yield from (x.permute(2, 0, 1).sum((0, 1)), x[:, :1].expand(n, 4, 3).sum((0, 1)))


def accumulated(n: int) -> Iterator[Tensor]:
    for dtype in (torch.float16, torch.float32, torch.float64):
        for shape, d in (((n,), 0), ((n, 3), 0), ((3, n), 1), ((2, n, 2), 1)):
            x = drawn(*shape, dtype=dtype)
            yield x.cumsum(d)
            yield (1 + x / 100).cumprod(d)
            yield x.logcumsumexp(d)
    x = drawn(n, dtype=torch.float64)
    yield from traced(x.cumsum(0) ** 2, x)


# --- Rows


def distances(n: int) -> Iterator[Tensor]:
    x, y = drawn(n, 3, dtype=torch.float64), drawn(4, 3, seed=1, dtype=torch.float64)
    yield from traced(torch.cdist(x, y), x, y)
    yield from traced(torch.cdist(y, x), x, y)


def normalised_rows(n: int) -> Iterator[Tensor]:
    x, w, b = (drawn(*s, dtype=torch.float64) for s in [(n, 5), (5,), (5,)])
    for used in [(w, b), (w, None), (None, None)]:
        leaves = [x, *(one for one in used if one is not None)]
        y = F.layer_norm(x, (5,), *used)
        yield from traced(y, *leaves)
        yield from torch.autograd.grad((F.layer_norm(x, (5,), *used) ** 3).sum(), leaves)
    yield from traced(F.cross_entropy(x, torch.arange(n) % 5, reduction="none"), x)
    yield from traced(F.softmax(x, 1), x)


def normalised_images(n: int) -> Iterator[Tensor]:
    x, w, b = (drawn(*s, dtype=torch.float64) for s in [(3, 4, n), (4,), (4,)])
    for each in range(3):
        for power in (1, 3):
            y = [
                F.batch_norm(x, None, None, w, b, True),
                F.group_norm(x, 2, w, b),
                F.instance_norm(x, None, None, w, b),
            ][each]
            yield from traced(y**power, x, w, b)


def attention(n: int) -> Iterator[Tensor]:
    q, k, v = (drawn(3, 2, n % 50 + 2, 4, seed=s, dtype=torch.float64) for s in range(3))
    y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
    yield from traced(y, q, k, v)
    yield from torch.autograd.grad((F.scaled_dot_product_attention(q, k, v) ** 2).sum(), (q, k, v))


def images(n: int) -> Iterator[Tensor]:
    x = drawn(5, 4, 3, n % 50 + 3, dtype=torch.float64)
    for shape, options in [
        ((6, 4, 2, 3), {"padding": 1}),
        ((4, 2, 3, 2), {"groups": 2, "stride": (1, 2)}),
        ((4, 1, 2, 2), {"groups": 4, "dilation": (2, 1)}),
    ]:
        w = drawn(*shape, seed=1, dtype=torch.float64)
        yield from traced(F.conv2d(x, w, None, **options), x, w)  # type: ignore[arg-type]
    w = drawn(4, 2, 3, 3, seed=2, dtype=torch.float64)
    yield from traced(F.conv_transpose2d(x, w, stride=2), x, w)
    yield from traced(F.unfold(x, (2, 3)), x)
    yield from traced(F.max_pool2d(x, 2, 1), x)


def random_numbers(n: int) -> Iterator[Tensor]:
    generator = torch.Generator().manual_seed(n)
    for dtype in (torch.float32, torch.float64):
        yield torch.rand(n, generator=generator, dtype=dtype)
        yield torch.randn(n, generator=generator, dtype=dtype)
        yield torch.empty(n, dtype=dtype).random_(generator=generator)


# --- Steps of optimizers


def steps(n: int) -> Iterator[Tensor]:
    optim = torch.optim
    makers: list[tuple[Any, dict[str, Any]]] = [
        (optim.SGD, {"momentum": 0.9}),
        *((getattr(optim, name), {}) for name in ELEMENTWISE),
        (optim.Adam, {"amsgrad": True, "weight_decay": 0.1}),
    ]
    for make, options in makers:
        params = [drawn(n, seed=1), drawn(3, 2, seed=2), drawn(n // 2, seed=3), drawn(1, seed=4)]
        optimizer = make(params, lr=0.1, **options)
        for step in range(3):
            for p in params:
                p.grad = (p.detach() + step).sin()
            optimizer.step()
        yield from (p.detach() for p in params)


def listed(program: Callable[[int], Iterator[Tensor]]) -> Program:
    return lambda n: list(program(n))


BY_BLOCKS: Final = tuple(map(listed, (normalised_rows, normalised_images, attention, steps)))
SMALL_BLOCKS: Final = tuple(
    ("minitorch_tensor.threads.blocks", name, 7) for name in ("BLOCK", "LEAST", "WORTH_A_THREAD")
)
LENGTHS: Final = ("LONG", "MOST", "PART")
FEW_ROWS: Final = (("minitorch_tensor.reductions.sums", "ROWS", 8),)
FEW_SCANNED: Final = (("minitorch_tensor.reductions.scans", "ROWS", 8),)
NEAR: Final = (-1, 0, 1)

THRESHOLDS: Final = (
    Threshold(
        ("minitorch_tensor.elementwise.comparisons", "LONG"),
        (listed(beside_a_number),),
        (*NEAR, 1025, 3500),
    ),
    Threshold(("minitorch_tensor.elementwise.comparisons", "ROWS"), (listed(beside_a_number),)),
    Threshold(("minitorch_tensor.generator", "FEW"), (listed(random_numbers),), NEAR),
    Threshold(("minitorch_tensor.random", "BLOCK"), (listed(random_numbers),), NEAR),
    Threshold(("minitorch_tensor.threads.blocks", "BLOCK"), BY_BLOCKS),
    Threshold(("minitorch_tensor.threads.blocks", "LEAST"), BY_BLOCKS),
    Threshold(("minitorch_tensor.threads.blocks", "FEW"), BY_BLOCKS),
    Threshold(("minitorch_tensor.threads.blocks", "WORTH_A_THREAD"), BY_BLOCKS),
    Threshold(("minitorch_tensor.threads.blocks", "BUFFER"), BY_BLOCKS),
    Threshold(("minitorch_tensor.matrices.convolution", "COLUMNS"), (listed(images),)),
    Threshold(("minitorch_tensor.matrices.convolution", "SUMS"), (listed(images),), never=64),
    Threshold(("minitorch_tensor.matrices.convolution", "WORTH_A_THREAD"), (listed(images),)),
    Threshold(
        ("minitorch_tensor.matrices.matmul", "WORTH_A_THREAD"),
        (listed(products), listed(multiplied)),
        beside=tuple(
            ("minitorch_tensor.matrices.matmul", name, 8) for name in ("WAKES", "WAKES_FOR_VECTORS")
        ),
    ),
    Threshold(("minitorch_tensor.matrices.matmul", "WAKES"), (listed(multiplied),), NEAR),
    Threshold(
        ("minitorch_tensor.matrices.matmul", "WAKES_FOR_VECTORS"), (listed(multiplied),), NEAR
    ),
    Threshold(("minitorch_tensor.matrices.linalg", "WAKES"), (listed(decomposed),), (*NEAR, 64)),
    Threshold(
        ("minitorch_tensor.matrices.linalg", "WORTH_A_THREAD"),
        (listed(decomposed),),
        beside=(("minitorch_tensor.matrices.linalg", "WAKES", 2),),
    ),
    *(
        Threshold(
            ("minitorch_tensor.matrices.matmul", name),
            (listed(long_products),),
            beside=tuple(
                ("minitorch_tensor.matrices.matmul", other, 8) for other in LENGTHS if other != name
            ),
        )
        for name in (*LENGTHS, "FEW")
    ),
    Threshold(("minitorch_tensor.reductions.sums", "ROWS"), (listed(summed),), NEAR, least=2),
    Threshold(("minitorch_tensor.reductions.sums", "WIDE"), (listed(summed),), beside=FEW_ROWS),
    Threshold(("minitorch_tensor.reductions.sums", "NARROW"), (listed(summed),), beside=FEW_ROWS),
    Threshold(("minitorch_tensor.reductions.sums", "FEW"), (listed(summed),), beside=FEW_ROWS),
    Threshold(
        ("minitorch_tensor.reductions.scans", "CHUNK"), (listed(accumulated),), beside=FEW_SCANNED
    ),
    Threshold(("minitorch_tensor.elementwise.conditional", "MANY"), (listed(chosen),), NEAR),
    Threshold(
        ("minitorch_tensor.movement.scatter", "FEW"), (listed(scattered),), (*NEAR, 1000, 1001)
    ),
    Threshold(
        ("minitorch_tensor.elementwise.error_function", "PART"),
        (listed(error_function),),
        (*NEAR, 40_000),
    ),
    Threshold(("minitorch_autograd.ops.matrices.distances", "MANY"), (listed(distances),), NEAR),
    Threshold(
        ("minitorch_nn.normalisation.layer", "ROWS"),
        (listed(normalised_rows),),
        (*NEAR, 512, 513, 700),
    ),
    Threshold(("minitorch_optim.engine.blockwise", "LARGE"), (listed(steps),), beside=SMALL_BLOCKS),
    Threshold(
        ("minitorch_optim.engine.group_loop", "LARGE"), (listed(steps),), beside=SMALL_BLOCKS
    ),
    Threshold(("minitorch_optim.engine.buckets", "LIMIT"), (listed(steps),)),
)
