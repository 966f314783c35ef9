"""On both sides of every size at which the way of computing changes, the results are the same."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.front.size_programs import THRESHOLDS, Threshold, drawn, normalised_images

import minitorch as torch
from minitorch import Tensor

PACKAGES = Path(__file__).parents[2] / "packages"
# Numbers that are no sizes of tensors at which a way changes.
OTHER = {
    "minitorch_autograd": (
        *(
            "arguments.indices.NARROW",
            "ops.products.einsum_equation.COVERED",
        ),  # element types, a label
        *(
            "tools.picture.svg.LONGEST",
            "tools.picture.layout.SWEEPS",
            "tools.picture.reading.SMALL",
        ),
        "tools.picture.folding.LONG",
        *(
            "arguments.shapes.LARGEST",
            "ops.shapes.splitting.MOST_PARTS",
        ),  # beyond which sizes are refused
        *("ops.elementwise.special.MOST", "engine.views.UNSHARED"),  # an argument, references
    ),
    "minitorch_tensor": (
        "elementwise.gamma_function.FAR_ENOUGH",  # an argument
        "core.allocator.LARGEST",  # the allocator
        *("creation.LARGEST", "creation.SMALL"),  # beyond which sizes are refused
        *("generator.FIRST_SEED", "generator.WORDS", "random.PAIRS", "random.GROUP"),  # the stream
        "random.MANY",  # more places than a test can shuffle
    ),
}

each_threshold = pytest.mark.parametrize("at", THRESHOLDS, ids=lambda t: ".".join(t.place))


@pytest.fixture(autouse=True)
def several_threads() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(3)
    yield
    torch.set_num_threads(before)


def results(at: Threshold, size: int, value: int | None = None) -> list[Tensor]:
    """Return what the programs of a threshold give for a size, with the constant set to a value."""
    module, name = at.place
    with pytest.MonkeyPatch.context() as patch:
        if value is not None:
            patch.setattr(importlib.import_module(module), name, value)
            for other, constant, small in at.beside if value != at.never else ():
                patch.setattr(importlib.import_module(other), constant, small)
        return [one.detach() for program in at.programs for one in program(size)]


def assert_same(ones: list[Tensor], others: list[Tensor]) -> None:
    for one, other in zip(ones, others, strict=True):
        assert (one.shape, one.dtype) == (other.shape, other.dtype)
        loose = {torch.float64: 1e-9, torch.float16: 1e-3}.get(one.dtype, 2e-5)
        np.testing.assert_allclose(one.numpy(), other.numpy(), rtol=loose, atol=loose)


@each_threshold
def test_small_constants_change_nothing(at: Threshold) -> None:
    whole = results(at, 60, at.never)
    for value in (at.least, 2, 7, 60, 61, 300, 1500, 5000):
        assert_same(results(at, 60, value), whole)


@pytest.mark.parametrize(
    ("at", "more"),
    [(at, more) for at in THRESHOLDS for more in at.sizes],
    ids=lambda x: ".".join(x.place) if isinstance(x, Threshold) else str(x),
)
def test_around_the_size(at: Threshold, more: int) -> None:
    size = getattr(importlib.import_module(at.place[0]), at.place[1]) + more
    assert_same(results(at, size), results(at, size, at.never))


@pytest.mark.parametrize("pixels", [31, 32, 33])
def test_images_of_some_32_pixels(pixels: int) -> None:
    """From 32 pixels on, sums of products are made without the products."""
    found = list(normalised_images(pixels))
    # Of images that are all twice as wide nothing changes but the number of pixels.
    x = drawn(3, 4, pixels, dtype=torch.float64)
    twice = torch.cat([x, x], 2)
    y = torch.nn.functional.batch_norm(twice, None, None, training=True)
    w, b = drawn(4, dtype=torch.float64), drawn(4, dtype=torch.float64)
    assert_same(found[:1], [(y[:, :, :pixels] * w[:, None] + b[:, None]).detach()])


def constants() -> set[str]:
    """Return all whole numbers above 1 that a module of the layers has a name for."""
    found = set()
    for layer in ("tensor", "autograd", "nn", "optim"):
        package = f"minitorch_{layer}"
        source = PACKAGES / f"minitorch-{layer}" / "src"
        for path in sorted((source / package).rglob("*.py")):
            inside = path.relative_to(source).with_suffix("")
            # A package by its own name: by that of its file it would be run again.
            module = ".".join(inside.parts).removesuffix(".__init__")
            for node in ast.parse(path.read_text()).body:
                target = node.targets[0] if isinstance(node, ast.Assign) else None
                target = node.target if isinstance(node, ast.AnnAssign) else target
                if isinstance(target, ast.Name) and target.id.isupper():
                    value = getattr(importlib.import_module(module), target.id, None)
                    if type(value) is int and value > 1:
                        found.add(f"{module}.{target.id}")
    return found


def test_every_threshold_is_in_the_table() -> None:
    known = {".".join(at.place) for at in THRESHOLDS}
    other = {f"{package}.{name}" for package, names in OTHER.items() for name in names}
    missing = constants() - known - other
    assert not missing, f"sizes without a program in tests/front/size_programs.py: {missing}"
    assert known - constants() <= {
        "minitorch_tensor.matrices.convolution.WORTH_A_THREAD",
        "minitorch_optim.engine.group_loop.LARGE",
    }, "named where it is used, not where it is defined"
