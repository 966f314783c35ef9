"""The examples in docstrings. They have at hand what their package shows, and the layers."""

import doctest
import importlib
from pathlib import Path

import pytest

PACKAGES = Path(__file__).parents[1] / "packages"
LAYERS = ("minitorch_tensor", "minitorch_autograd", "minitorch_nn", "minitorch_optim")
MODULES = [
    ".".join(path.relative_to(source).with_suffix("").parts).removesuffix(".__init__")
    for source in sorted(PACKAGES.glob("*/src"))
    for path in sorted(source.rglob("*.py"))
    if ">>> " in path.read_text()
]


@pytest.mark.parametrize("name", MODULES)
def test_examples_print_what_they_say(name: str) -> None:
    at_hand = {layer: importlib.import_module(layer) for layer in LAYERS}
    at_hand |= vars(importlib.import_module(name.partition(".")[0]))
    failed, attempted = doctest.testmod(importlib.import_module(name), extraglobs=at_hand)
    assert attempted
    assert not failed
