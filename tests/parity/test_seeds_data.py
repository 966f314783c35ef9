"""Orders of data: from the same seed those of torch, and the streams stand where torch's do."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import torch
import torch.utils.data
from tests.parity.draws import count

import minitorch
import minitorch.utils.data

SEEDS = [0, 1337, -5, 2**63 + 11]

# From a library, its `utils.data`, and a generator or None: numbers, which are compared.
Program = Callable[[Any, Any, Any], object]


def run(library: ModuleType, program: Program, seed: int, own: bool) -> dict[str, object]:
    """Return what a program gives from a seed, and where it leaves the two streams."""
    library.manual_seed(seed)
    generator = library.Generator().manual_seed(seed + 1)
    drawn = program(library, library.utils.data, generator if own else None)
    return {
        "drawn": drawn,
        "default stream": library.get_rng_state().tolist(),
        "own stream": generator.get_state().tolist(),
        "next": library.rand(3).tolist(),
    }


def assert_same(program: Program, seed: int, own: bool) -> None:
    __tracebackhide__ = True
    ours, theirs = (run(library, program, seed, own) for library in (minitorch, torch))
    for what, expected in theirs.items():
        assert ours[what] == expected, f"{what} differs"
    count(ours["drawn"], theirs["drawn"])


def epochs(make: Make) -> Program:
    """Go three times through what is made, and draw from the default stream in between."""

    def program(library: Any, data: Any, generator: Any) -> object:
        indices = make(data, generator)
        return [(plain(indices), library.randint(9, (2,)).tolist()) for _ in range(3)]

    return program


def plain(batches: Any) -> list[object]:
    """Return batches as numbers: of tensors, of tensors in lists, of indices."""
    return [
        plain(one)
        if isinstance(one, list | tuple)
        else one
        if isinstance(one, int)
        else one.tolist()
        for one in batches
    ]


WEIGHTS = [0.1, 0.9, 0.4, 0.7, 3.0, 0.6, 0.0]

Make = Callable[[Any, Any], Any]  # of `utils.data`, and a generator or None


def random(count: int | None, size: int, replacement: bool = False) -> Make:
    return lambda data, g: data.RandomSampler(range(size), replacement, count, g)


def weights(count: int, replacement: bool) -> Make:
    return lambda data, g: data.WeightedRandomSampler(WEIGHTS, count, replacement, g)


def batches(size: int, drop_last: bool) -> Make:
    return lambda data, g: data.BatchSampler(random(None, 12)(data, g), size, drop_last)


def loader(size: int, shuffle: bool, drop_last: bool) -> Make:
    return lambda data, g: data.DataLoader(
        range(12), size, shuffle, drop_last=drop_last, generator=g
    )


SIZES = [1, 4, 5, 12, 13]  # of batches
BOTH = [False, True]
SAMPLERS: dict[str, Make] = {
    "sequential": lambda data, g: data.SequentialSampler(range(5)),
    "subset": lambda data, g: data.SubsetRandomSampler([9, 4, 4, 7, 1], g),
    "subset of none": lambda data, g: data.SubsetRandomSampler([], g),
    "replaced, as many": random(None, 9, True),
    **{
        f"random, {count} of {size}": random(count, size)
        for size in (1, 2, 7, 50, 700)
        for count in (None, 1, 7, 50, 123)
    },
    **{
        f"replaced, {count} of {size}": random(count, size, True)
        for size in (1, 3, 10**6, 2**40)
        for count in (1, 31, 32, 33, 64, 100)
    },
    **{f"weights, {count}": weights(count, True) for count in (1, 2, 5, 40)},
    **{f"weights, {count} once each": weights(count, False) for count in (1, 2, 6)},
    **{
        f"batches of {size}, drop_last={drop_last}": batches(size, drop_last)
        for size in SIZES
        for drop_last in BOTH
    },
}
LOADERS: dict[str, Make] = {
    **{
        f"batches of {size}, shuffle={shuffle}, drop_last={drop_last}": loader(
            size, shuffle, drop_last
        )
        for size in SIZES
        for shuffle in BOTH
        for drop_last in BOTH
    },
    "a large one": lambda data, g: data.DataLoader(range(3000), 64, True, generator=g),
    "a sampler": lambda data, g: data.DataLoader(
        range(9), 2, sampler=data.RandomSampler(range(9), True, 20), generator=g
    ),
    "a sampler with the generator": lambda data, g: data.DataLoader(
        range(9), 2, sampler=data.SubsetRandomSampler([8, 2, 5], g), generator=g
    ),
    "weights": lambda data, g: data.DataLoader(
        range(7), 3, sampler=data.WeightedRandomSampler(WEIGHTS, 10, generator=g)
    ),
    "a list": lambda data, g: data.DataLoader(range(9), 2, sampler=[5, 5, 1], generator=g),
    "a batch sampler": lambda data, g: data.DataLoader(
        range(9),
        batch_sampler=data.BatchSampler(data.RandomSampler(range(9)), 4, False),
        generator=g,
    ),
    "lists": lambda data, g: data.DataLoader(range(9), batch_sampler=[[3, 1], [8]], generator=g),
}

each_seed = pytest.mark.parametrize("seed", SEEDS)
each_stream = pytest.mark.parametrize("own", [False, True], ids=["default", "own"])


@each_stream
@each_seed
@pytest.mark.parametrize("name", SAMPLERS)
def test_sampler(name: str, seed: int, own: bool) -> None:
    assert_same(epochs(SAMPLERS[name]), seed, own)


@each_stream
@each_seed
@pytest.mark.parametrize("name", LOADERS)
def test_loader(name: str, seed: int, own: bool) -> None:
    assert_same(epochs(LOADERS[name]), seed, own)


@each_stream
@each_seed
@pytest.mark.parametrize("drop_last", [False, True])
def test_rows_of_tensors(drop_last: bool, seed: int, own: bool) -> None:
    def make(library: Any, data: Any, generator: Any) -> object:
        rows = data.TensorDataset(library.rand(20, 3), library.randperm(20))
        part = data.Subset(rows, range(3, 17))
        loader = data.DataLoader(part, 4, True, drop_last=drop_last, generator=generator)
        return [plain(loader) for _ in range(2)]

    assert_same(make, seed, own)


@each_stream
@each_seed
@pytest.mark.parametrize(
    "lengths",
    [[3, 7, 0], [10], [0.3, 0.3, 0.4], [0.5, 0.5], [0.85, 0.15], [1 / 3, 1 / 3, 1 / 3]],
    ids=str,
)
def test_random_split(lengths: list[int] | list[float], seed: int, own: bool) -> None:
    def split(library: Any, data: Any, generator: Any) -> object:
        parts = [data.random_split(range(10), lengths, generator) for _ in range(2)]
        return [[list(part.indices) for part in several] for several in parts]

    assert_same(split, seed, own)


# --- When is drawn


def interleaved(library: Any, data: Any, generator: Any) -> object:
    """Draw from both streams between the steps of one iteration."""
    loader = data.DataLoader(range(10), 4, True, generator=generator)
    streams = [None, generator]
    batches = iter(loader)
    seen: list[object] = []
    for _ in range(3):
        seen += [library.rand(2, generator=one).tolist() for one in streams]
        seen.append(next(batches).tolist())
    seen.append(next(batches, None))
    return seen


def two_at_once(library: Any, data: Any, generator: Any) -> object:
    loader = data.DataLoader(range(5), 2, True, generator=generator)
    first, second = iter(loader), iter(loader)
    seen = [next(second).tolist(), next(first).tolist(), next(first).tolist()]
    return seen + plain(second) + plain(loader) + plain(first)


def nested(library: Any, data: Any, generator: Any) -> object:
    loader = data.DataLoader(range(5), 2, True, generator=generator)
    return [(outer.tolist(), inner.tolist()) for outer in loader for inner in loader]


def broken_off(library: Any, data: Any, generator: Any) -> object:
    loader = data.DataLoader(range(12), 4, True, generator=generator)
    seen: list[object] = []
    for steps in (1, 2, 3):
        for step, batch in enumerate(loader, 1):
            seen.append(batch.tolist())
            if step == steps:
                break
    return seen + plain(loader)


def never_begun(library: Any, data: Any, generator: Any) -> object:
    loader = data.DataLoader(range(6), 4, True, generator=generator)
    for _ in range(3):
        iter(loader)
    return plain(loader)


def replaced_in_between(library: Any, data: Any, generator: Any) -> object:
    """Blocks of 32 are drawn together; what is drawn from the stream after 20 comes later."""
    sampler = iter(data.RandomSampler(range(50), True, 90, generator))
    seen: list[object] = [next(sampler) for _ in range(20)]
    return [*seen, library.rand(3, generator=generator).tolist(), *sampler]


def eager(library: Any, data: Any, generator: Any) -> object:
    """A sampler of one's own that draws as soon as it is asked for an iterator."""

    class Own(data.Sampler):  # type: ignore[misc]
        def __iter__(self) -> Iterator[Any]:
            return iter(library.randperm(6, generator=generator).reshape(3, 2).tolist())

    loaders = [
        data.DataLoader(range(6), batch_sampler=Own(), generator=generator),
        data.DataLoader(range(6), 4, sampler=data.SubsetRandomSampler(range(6))),
    ]
    return [plain(loader) for loader in loaders for _ in range(2)]


def samples_that_draw(library: Any, data: Any, generator: Any) -> object:
    """As transforms do, which distort images at random."""

    class Noisy(data.Dataset):  # type: ignore[misc]
        def __len__(self) -> int:
            return 7

        def __getitem__(self, index: int) -> object:
            return index + library.rand((), dtype=library.float64)

    return [plain(data.DataLoader(Noisy(), 3, True, generator=generator)) for _ in range(2)]


PROGRAMS = [
    *(interleaved, two_at_once, nested, broken_off, never_begun, replaced_in_between, eager),
    samples_that_draw,
]


@each_stream
@each_seed
@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.__name__)
def test_when_is_drawn(program: Program, seed: int, own: bool) -> None:
    assert_same(program, seed, own)


@pytest.mark.parametrize("seed", range(20))
def test_weights_of_all_kinds(seed: int) -> None:
    draw = np.random.default_rng(seed)
    weights = np.abs(draw.normal(size=int(draw.integers(2, 60)))).tolist()
    replacement = bool(seed % 2)

    def program(library: Any, data: Any, generator: Any) -> object:
        kinds = [weights, library.tensor(weights), library.tensor(weights, dtype=library.float64)]
        samplers = [
            data.WeightedRandomSampler(one, len(weights) // 2 + 1, replacement, generator)
            for one in kinds
        ]
        return [list(sampler) for sampler in samplers for _ in range(2)]

    assert_same(program, seed, own=True)
    assert_same(program, seed, own=False)


# --- What is refused, and with which phrase

REFUSED: dict[str, Callable[[Any], object]] = {
    "batch_size": lambda data: data.BatchSampler(range(3), 0, False),
    "batch_size of a loader": lambda data: data.DataLoader(range(3), -1),
    "drop_last": lambda data: data.BatchSampler(range(3), 1, 1),
    "replacement": lambda data: data.RandomSampler(range(3), replacement=0),
    "num_samples": lambda data: data.RandomSampler(range(3), num_samples=-1),
    "nothing": lambda data: data.RandomSampler([]),
    "nothing in a loader": lambda data: data.DataLoader([], shuffle=True),
    "num_samples of weights": lambda data: data.WeightedRandomSampler([1.0], 1.0),
    "replacement of weights": lambda data: data.WeightedRandomSampler([1.0], 1, 1),
    "one weight": lambda data: data.WeightedRandomSampler(1.0, 1),
    "rows of weights": lambda data: data.WeightedRandomSampler([[1.0]], 1),
    "too few": lambda data: list(data.WeightedRandomSampler([1.0], 2, False)),
    "no weight": lambda data: list(data.WeightedRandomSampler([0.0], 2)),
    "a negative weight": lambda data: list(data.WeightedRandomSampler([2.0, -1.0], 2, False)),
    "a sampler and shuffle": lambda data: data.DataLoader(range(3), 1, True, range(3)),
    "batches and a size": lambda data: data.DataLoader(range(3), 2, batch_sampler=[[0]]),
    "batches and a sampler": lambda data: data.DataLoader(
        range(3), sampler=range(3), batch_sampler=[[0]]
    ),
    "batches and drop_last": lambda data: data.DataLoader(
        range(3), drop_last=True, batch_sampler=[[0]]
    ),
    "a length that is not known": lambda data: len(data.DataLoader(range(3), sampler=iter("a"))),
    "none of all": lambda data: list(data.RandomSampler([], num_samples=2)),
    "none of all, replaced": lambda data: list(data.RandomSampler([], True, 2)),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    with pytest.raises(Exception) as theirs:  # noqa: PT011  (whatever it is, ours is the same)
        REFUSED[name](torch.utils.data)
    with pytest.raises(theirs.type) as ours:
        REFUSED[name](minitorch.utils.data)
    assert ours.type is theirs.type
    phrase = str(theirs.value).split(", got")[0].split(" (")[0]
    assert phrase in str(ours.value)
