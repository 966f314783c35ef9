"""Modules are built as torch's are, with each option and type, and reset to how they began."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from tests.cases.case import case as make_case
from tests.cases.case import flat, make_inputs
from tests.cases.nn.table import MODULES
from tests.parity.compare import difference
from tests.parity.signatures import arguments
from tests.parity.test_modules import copied
from tests.parity.test_operations import backward

import minitorch

PLAIN = (bool, int, float, str, tuple, type(None))
# What torch notes for itself alone.
ITS_OWN = {"training", "call_super_init", "dump_patches", "T_destination"}


class Spy:
    """Stands in for `torch.nn`, and notes which classes are called with what."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, tuple[Any, ...], dict[str, Any]]] = []

    def __getattr__(self, name: str) -> Any:
        found = getattr(torch.nn, name)
        if not inspect.isclass(found) or not issubclass(found, torch.nn.Module):
            return found

        def made(*args: Any, **kwargs: Any) -> Any:
            if all(isinstance(one, PLAIN) for one in (*args, *kwargs.values())):
                self.calls.append((name, args, kwargs))
            return found(*args, **kwargs)

        return made


def calls() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield how the modules of the table are made, and each with each option turned."""
    seen = set()
    for case in MODULES:
        spy = Spy()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            case.make(spy)
        for name, args, kwargs in spy.calls:
            defaults = arguments(getattr(torch.nn, name))
            given = dict(zip(defaults, args, strict=False)) | kwargs
            turned: list[dict[str, Any]] = [
                {option: not given.get(option, default)}
                for option, default in defaults.items()
                if isinstance(default, bool) and option != "sparse"  # not here: differences.md
            ]
            typed: list[dict[str, Any]] = [{"dtype": "float64"}] if "dtype" in defaults else []
            for change in [{}, *turned, *typed]:
                call = (name, given | change)
                if len(args) <= len(defaults) and repr(call) not in seen:
                    seen.add(repr(call))
                    yield call


CALLS = list(calls())
RESET = [call for call in CALLS if hasattr(getattr(torch.nn, call[0]), "reset_parameters")]


def shown(value: object) -> str:
    """Return a name for a call's keywords."""
    named = value.items() if isinstance(value, dict) else ()
    return ", ".join(f"{k}={v}" for k, v in named) if named else str(value)


def built(module: Any, name: str, kwargs: dict[str, Any]) -> Any:
    """Return the module, or the type of the error."""
    kwargs = {k: getattr(module, v) if k == "dtype" else v for k, v in kwargs.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return getattr(module.nn, name)(**kwargs)
        except (ValueError, TypeError, RuntimeError, AssertionError, NotImplementedError) as error:
            return type(error)


def described(made: Any) -> object:
    """Return what can be seen of a module, without the numbers in its tensors."""
    if inspect.isclass(made):
        return made
    tensors = [
        (name, tuple(x.shape), str(x.dtype).rpartition(".")[2], x.requires_grad)
        for name, x in [*made.named_parameters(), *made.named_buffers()]
    ]
    return tensors, list(made.state_dict()), repr(made)


def noted(made: Any) -> dict[str, object]:
    """Return the plain attributes of a module and of those in it."""
    return {
        f"{path}.{name}": value
        for path, one in made.named_modules()
        for name, value in vars(one).items()
        if not name.startswith("_") and name not in ITS_OWN and isinstance(value, PLAIN)
    }


@pytest.mark.parametrize(("name", "kwargs"), CALLS, ids=shown)
def test_built_as_in_torch(name: str, kwargs: dict[str, Any]) -> None:
    ours, theirs = built(minitorch, name, kwargs), built(torch, name, kwargs)
    assert described(ours) == described(theirs)
    if not inspect.isclass(ours):
        mine, its = noted(ours), noted(theirs)
        common = mine.keys() & its.keys()
        assert {key: mine[key] for key in common} == {key: its[key] for key in common}


@pytest.mark.parametrize(("name", "kwargs"), RESET, ids=shown)
def test_reset_to_how_it_began(name: str, kwargs: dict[str, Any]) -> None:
    minitorch.manual_seed(0)
    made = built(minitorch, name, kwargs)
    if inspect.isclass(made):
        return  # refused, as above
    first = {key: x.clone() for key, x in made.state_dict().items()}
    with minitorch.no_grad():
        for x in [*made.parameters(), *made.buffers()]:
            x.fill_(3)
    minitorch.manual_seed(0)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Initializing zero-element tensors is a no-op")
        made.reset_parameters()
    for key, x in made.state_dict().items():
        assert minitorch.equal(x, first[key]), key


# --- What the options do


# Options that do what torch's do not, or not as they say.
ELSEWHERE = {
    *(("Embedding", "sparse"), ("EmbeddingBag", "sparse")),  # docs/differences.md
    ("EmbeddingBag", "scale_grad_by_freq"),
    ("PoissonNLLLoss", "full"),  # whose gradient by the target is NaN in torch
    # In torch of three dimensions, the windows may not fill the input.
    *(("FractionalMaxPool3d", "kernel_size"), ("FractionalMaxPool3d", "output_size")),
    ("MaxUnpool3d", "padding"),  # whose backward is refused in torch
    ("Dropout3d", "inplace"),  # of a leaf, where nothing is dropped
    *(("AlphaDropout", "inplace"), ("FeatureAlphaDropout", "inplace")),  # which torch's do not heed
}


def others(option: str, value: object) -> list[object]:
    """Return what may stand in place of an option's value."""
    if option == "reduction":
        return [one for one in ("none", "sum", "mean") if one != value]
    if option == "stride" and value is None:
        return [1]
    if isinstance(value, bool):
        return [not value]
    return [value + 1] if isinstance(value, int) else []


def turned_cases() -> Iterator[tuple[Any, str, dict[str, Any]]]:
    """Yield the rows whose module is made by one call, and that call with each option turned."""
    seen = set()
    for case in MODULES:
        spy = Spy()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = case.make(spy)
        if len(spy.calls) != 1 or type(made).__name__ != spy.calls[0][0]:
            continue
        name, args, kwargs = spy.calls[0]
        defaults = arguments(getattr(torch.nn, name))
        given = dict(zip(defaults, args, strict=False)) | kwargs
        for option, default in defaults.items():
            for other in others(option, given.get(option, default)):
                changed = given | {option: other}
                if (name, option) in ELSEWHERE:
                    continue
                if (row := f"{name} {changed} {case.inputs}") not in seen:
                    seen.add(row)
                    yield case, name, changed


TURNED = list(turned_cases())


def results(module: Any, case: Any, made: Any) -> object:
    """Return what a module gives and the gradients of all that it was given; or the refusal."""
    row = make_case(case.name, lambda t: None, *case.inputs, domain=case.domain)
    inputs = make_inputs(module, row, "float64", True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            module.manual_seed(0)
            found = flat(case.call(made, *inputs))
        except (ValueError, TypeError, RuntimeError, IndexError, AssertionError):
            return "refused"
    backward(module, found)
    tracked = [x for x in inputs if getattr(x, "requires_grad", False)]
    parameters = [p for _, p in sorted(made.named_parameters())]
    return [*found, *(x.grad for x in (*tracked, *parameters))]


@pytest.mark.parametrize(
    ("case", "name", "kwargs"), TURNED, ids=[f"{n}({shown(k)})" for _, n, k in TURNED]
)
def test_options_do_what_they_do_in_torch(case: Any, name: str, kwargs: dict[str, Any]) -> None:
    torch.manual_seed(0)
    ours, theirs = built(minitorch, name, kwargs), built(torch, name, kwargs)
    if inspect.isclass(theirs):
        return  # refused, as above
    for module, made in ((minitorch, ours), (torch, theirs)):
        made.to(module.float64).train()
    ours.load_state_dict(copied(theirs.state_dict(), minitorch))
    mine, its = results(minitorch, case, ours), results(torch, case, theirs)
    if not isinstance(mine, list) or not isinstance(its, list):
        assert mine == its == "refused"
        return
    for one, other in zip(mine, its, strict=True):
        assert (one is None) == (other is None)
        if one is not None:
            assert difference("a result", one, other, order=2).text == ""


# --- Lazy modules

SIZED = {"Linear": (2, 5), "1d": (2, 3, 9), "2d": (2, 3, 9, 9), "3d": (2, 3, 9, 9, 9)}
LAZY = [name for name in sorted(dir(torch.nn)) if name.startswith("Lazy")]


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("name", LAZY)
def test_lazy(name: str, bias: bool) -> None:
    shape = next(size for end, size in SIZED.items() if name.endswith(end))
    arguments = () if "Norm" in name else (4, 2) if "Conv" in name else (4,)
    options = {} if "Norm" in name else {"bias": bias}
    found = []
    for module in (minitorch, torch):
        made = getattr(module.nn, name)(*arguments, **options, dtype=module.float64)
        kinds = [str(p.dtype).rpartition(".")[2] for p in made.parameters()]
        module.manual_seed(0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made(module.ones(shape, dtype=module.float64))
        first = [p.tolist() for p in made.parameters()]
        module.manual_seed(0)
        made.reset_parameters()
        assert first == [p.tolist() for p in made.parameters()]
        found.append((kinds, described(made)))
    assert found[0] == found[1]
