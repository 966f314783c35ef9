"""What the run-time check sees, and what it lets pass."""

from __future__ import annotations

import importlib
import textwrap
from types import FunctionType, ModuleType

import pytest

from minitorch_swap import LAYERS, Need, missing_extensions, needs, problems

IMPORTS = """
from __future__ import annotations
import functools
from dataclasses import dataclass
from types import SimpleNamespace
"""


def problem_of(declared: str, written: str, owner: str) -> str | None:
    """Compare the one name in `declared`, the body of a Protocol, with the module `written`."""
    contract: dict[str, object] = {"__name__": __name__}
    exec(f"{IMPORTS}class Protocol:\n{textwrap.indent(declared, '    ')}", contract)
    body = vars(contract["Protocol"])
    expected = {k: v for k, v in body.items() if isinstance(v, FunctionType | property)}
    ((name, value),) = (expected or dict.fromkeys(body["__annotations__"])).items()
    module = ModuleType(__name__)  # a name that `dataclass` finds
    exec(IMPORTS + written, vars(module))
    return Need("consumer", owner, name, value).problem(module)


def class_of(body: str) -> str:
    return f"class Tensor:\n    pass\n{textwrap.indent(body, '    ')}"


SUM = "def sum(self, dims, keepdim=False): ..."
CALLS = [
    # by name and by position
    ("sum(self, dims, keepdim=False)", None),
    ("sum(x, dims, keepdim=True)", None),
    ("sum(self, axes, keepdim=False)", "has 'axes' in the place of 'dims'"),
    ("sum(self, keepdim=False, dims=())", "has 'keepdim' in the place of 'dims'"),
    ("sum(self, dims, /, keepdim=False)", "can't be called with (dims=...)"),
    ("sum(self, dims, *, keepdim=False)", "can't be called with (dims, keepdim)"),
    # defaults
    ("sum(self, dims, keepdim)", "can't be called with (dims)"),
    ("sum(self, dims=(), keepdim=False)", None),
    # more and fewer
    ("sum(self, dims)", "can't be called with (dims, keepdim)"),
    ("sum(self, dims, keepdim=False, dtype=None)", None),
    ("sum(self, dims, keepdim=False, *, dtype)", "can't be called with (dims)"),
    ("sum(self, dims, dtype=None, keepdim=False)", "has 'dtype' in the place of 'keepdim'"),
    ("sum(self, *args, **kwargs)", None),
    ("sum(*args, **kwargs)", None),
    ("sum(self, *dims, keepdim=False)", "can't be called with (dims=...)"),
]


@pytest.mark.parametrize(("written", "reason"), CALLS)
def test_every_call_that_the_contract_allows(written: str, reason: str | None) -> None:
    problem = problem_of(SUM, class_of(f"def {written}: ..."), "Tensor")
    if reason is None:
        assert problem is None
    else:
        found = written.replace("(self, ", "(")
        assert problem == f"Tensor.{found} should be sum(dims, keepdim=False): it {reason}"


@pytest.mark.parametrize(
    ("declared", "written", "fits"),
    [
        ("exp(x, /)", "exp(input)", True),
        ("exp(x, /)", "exp(input, *, base)", False),
        ("sqrt(x, /, out=None)", "sqrt(a, /, out=None)", True),
        ("sqrt(x, /, out=None)", "sqrt(a, /, into=None)", False),
        ("sqrt(x, *, out=None)", "sqrt(x, out=None)", True),
        ("sqrt(x, *, out=None)", "sqrt(x)", False),
        ("Sequential(*layers)", "Sequential(*modules)", True),
        ("Sequential(*layers)", "Sequential(layers)", False),
        ("record(name, value, /, *edges)", "record(text, result, *edges)", True),
    ],
)
def test_kinds_of_parameters(declared: str, written: str, fits: bool) -> None:
    declared = f"def {declared.replace('(', '(self, ')}: ..."
    assert (problem_of(declared, f"def {written}: ...", "") is None) == fits


LESS = "def __lt__(self, other, /): ..."
GET = "def __getitem__(self, index, /): ..."


@pytest.mark.parametrize(
    ("declared", "written", "problem"),
    [
        (SUM, "", "Tensor.sum(dims, keepdim=False) is missing"),
        (LESS, "", "Tensor.__lt__(other, /) is missing"),  # `object` has one
        (
            SUM,
            "@property\ndef sum(self): ...",
            "Tensor.sum is a property, and should be a method: sum(dims, keepdim=False)",
        ),
        (
            SUM,
            "@functools.cached_property\ndef sum(self): ...",
            "Tensor.sum is a property, and should be a method: sum(dims, keepdim=False)",
        ),
        (
            SUM,
            "sum = 3",
            "Tensor.sum can't be called, and should be a function: sum(dims, keepdim=False)",
        ),
        # All the ways to write a method.
        (SUM, "@staticmethod\ndef sum(dims, keepdim=False): ...", None),
        (SUM, "@classmethod\ndef sum(cls, dims, keepdim=False): ...", None),
        (SUM, "sum = lambda x, dims, keepdim=False: x", None),
        (SUM, "sum = functools.partialmethod(lambda x, k, dims, keepdim=False: x, 1)", None),
        (SUM, "sum: Callable[..., Tensor]", None),
        (SUM, "def __init__(self): self.sum = make_sum(self)", None),
        (SUM, "def __getattr__(self, name): ...", None),
        (GET, "__getitem__ = list.__getitem__", None),
        (SUM, "__slots__ = ('sum',)", None),
    ],
)
def test_methods(declared: str, written: str, problem: str | None) -> None:
    assert problem_of(declared, class_of(written), "Tensor") == problem


SHAPE = "@property\ndef shape(self): ..."
GRAD = f"{SHAPE}\n@shape.setter\ndef shape(self, value): ..."
FIELD = "shape: tuple[int, ...]"


@pytest.mark.parametrize("declared", [SHAPE, GRAD, FIELD])
@pytest.mark.parametrize(
    "written",
    [
        GRAD,
        FIELD,
        "shape = (1,)",
        "__slots__ = ('shape',)",
        "def __init__(self): self.shape = (1,)",
        "@functools.cached_property\ndef shape(self): ...",
        "def __getattr__(self, name): ...",
    ],
)
def test_all_the_ways_to_write_an_attribute(declared: str, written: str) -> None:
    assert problem_of(declared, class_of(written), "Tensor") is None


def test_a_dataclass_has_its_fields() -> None:
    assert (
        problem_of(FIELD, "@dataclass\nclass Tensor:\n    shape: tuple[int, ...]", "Tensor") is None
    )


@pytest.mark.parametrize(
    ("declared", "written", "problem"),
    [
        (SHAPE, SHAPE, None),
        (SHAPE, "", "Tensor.shape is missing"),
        (SHAPE, "def size(self): return self.shape", "Tensor.shape is missing"),
        (
            SHAPE,
            "def shape(self): ...",
            "Tensor.shape() is a method, and should be a property: shape, without ()",
        ),
        (GRAD, SHAPE, "Tensor.shape is a property without a setter, and should be settable"),
        (FIELD, SHAPE, "Tensor.shape is a property without a setter, and should be settable"),
    ],
)
def test_attributes(declared: str, written: str, problem: str | None) -> None:
    assert problem_of(declared, class_of(written), "Tensor") == problem


LINEAR = "def Linear(self, in_features, out_features, bias=True): ..."
ENTRY = "@property\ndef Tensor(self) -> type[T]: ..."


@pytest.mark.parametrize(
    ("declared", "written", "problem"),
    [
        # A class where the Protocol has a function is compared by its constructor.
        (LINEAR, "def Linear(in_features, out_features, bias=True): ...", None),
        (
            LINEAR,
            "class Linear:\n    def __init__(self, in_features, out_features, bias=True): ...",
            None,
        ),
        (
            LINEAR,
            "@dataclass\nclass Linear:\n    in_features: int\n    out_features: int",
            "Linear(in_features, out_features) should be "
            "Linear(in_features, out_features, bias=True): "
            "it can't be called with (in_features, out_features, bias)",
        ),
        (LINEAR, "", "Linear(in_features, out_features, bias=True) is missing"),
        # A class is needed for `isinstance` and annotations: a function does not do.
        (ENTRY, "class Tensor: ...", None),
        (ENTRY, "def Tensor(): ...", "Tensor is not a class, and should be one"),
        (ENTRY, "", "Tensor is missing"),
        (SHAPE, "shape = ()", None),
        (
            SHAPE,
            "def shape(): ...",
            "shape() is a function, and should be a value: shape, without ()",
        ),
    ],
)
def test_modules(declared: str, written: str, problem: str | None) -> None:
    assert problem_of(declared, written, "") == problem


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("class Linear:\n    def train(self, mode=True): ...", None),
        ("class Base:\n    def train(self, mode=True): ...\nclass Linear(Base): ...", None),
        ("class Linear: ...", "Linear.train(mode=True) is missing"),
        # A function that makes the instances: they are of the class that it returns.
        (
            "class Module: ...\ndef Linear(n, m) -> Module: ...",
            "Linear.train(mode=True) is missing",
        ),
        ("def Linear(n, m): ...", None),
        # An object with functions, as a submodule is.
        ("Linear = SimpleNamespace(train=lambda mode=True: mode)", None),
        ("Linear = SimpleNamespace()", "Linear.train(mode=True) is missing"),
        ("", "Linear is missing"),
    ],
)
def test_owners(written: str, problem: str | None) -> None:
    assert problem_of("def train(self, mode=True): ...", written, "Linear") == problem


@pytest.mark.parametrize("layer", [f"minitorch_{layer}" for layer in LAYERS])
def test_the_layers_here_meet_their_contracts(layer: str) -> None:
    assert needs(layer), "no consumer of the layer is installed"
    module = importlib.import_module(layer)
    assert problems(layer, module) == []
    assert set(missing_extensions(layer, module)) <= {need.extension for need in needs(layer)}


@pytest.mark.parametrize("layer", [f"minitorch_{layer}" for layer in LAYERS])
def test_each_class_of_a_contract_is_asked_for_by_its_module(layer: str) -> None:
    """So a class that is missing is reported, by one sentence and not by one for each method."""
    required = needs(layer)
    names = {(need.consumer, need.name) for need in required if not need.owner}
    assert {(need.consumer, need.owner) for need in required if need.owner} <= names
