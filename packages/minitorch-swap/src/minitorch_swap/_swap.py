"""Making a swap: reading what was asked for, checking it, and the report."""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Final, TypeAlias

from ._contract import missing_extensions, needs, problems
from ._finder import IMPORT_NAMES, LAYERS, SwapError, SwapFinder, forget

VARIABLE: Final = "MINITORCH_SWAP"
SHOWN: Final = 3  # problems that an error names

Given: TypeAlias = "str | os.PathLike[str]"


def swap(**layers: Given) -> None:
    """Load layers from other modules from now on, also in subprocesses, and print from which.

    Args:
        layers: `tensor`, `autograd`, `nn` or `optim`, each a `.py` file, the folder of a package
            or of its project, or the dotted name of a module that can be imported.

    Raises:
        SwapError: if a layer or its module does not exist, if the layer has been imported
            already, or if the module does not meet the layer's contract.
    """
    FINDER.announced = True  # here, when all are loaded
    install(layers)
    print_report()


def install(layers: Mapping[str, Given], *, unfinished: bool = False) -> None:
    """Make the swaps of `layers`, in addition to earlier ones; import and check them all.

    With `unfinished`, layers are not checked, and imported only when they are used: for tests of
    the part of a layer that exists already.
    """
    if FINDER.error:
        raise SwapError(FINDER.error)
    if layers:
        _register(layers)
    FINDER.unfinished = unfinished
    for name in IMPORT_NAMES:
        if name in FINDER.sources and not unfinished:
            importlib.import_module(name)


def start_up() -> None:
    """Make the swaps of the environment variable; called by the start-up hook.

    Nothing is imported and no error raised before the first import of a layer: the program may
    not use MiniTorch at all.
    """
    try:
        _register(parse(os.environ[VARIABLE]))
    except SwapError as error:
        FINDER.error = f"{VARIABLE}: {error}"
        _activate()


def parse(text: str) -> dict[str, str]:
    """Return the swaps of a text such as `tensor=./my_tensor.py,nn=mine.nn`."""
    layers = {}
    for entry in re.split(r",(?=\w+=)", text):
        layer, _, source = entry.strip().partition("=")
        if not source:
            raise SwapError(f"{entry!r} is no swap; write layer=path, as in tensor=./my_tensor.py")
        layers[layer] = source
    return layers


def report() -> list[str]:
    """Return a line for each layer: the file that it comes from."""
    lines = []
    for layer, name in zip(LAYERS, IMPORT_NAMES, strict=True):
        spec = importlib.util.find_spec(name)
        line = f"{layer}: {spec.origin if spec else 'not installed'}"
        if name in FINDER.sources:
            notes = ["swapped"]
            if FINDER.unfinished:
                notes.append("not checked: unfinished")
            elif not needs(name):
                notes.append("not checked: nothing installed needs it")
            absent = missing_extensions(name, sys.modules[name]) if name in sys.modules else []
            if absent:
                notes.append(f"without the extension{'s' * (len(absent) > 1)} {', '.join(absent)}")
            line += f" ({', '.join(notes)})"
        lines.append(line)
    return lines


def print_report() -> None:
    """Print the report to standard error."""
    for line in report():
        print(f"minitorch_swap: {line}", file=sys.stderr)


def _register(layers: Mapping[str, Given]) -> None:
    """Register the swaps of `layers`, also for subprocesses, if all of them can be made."""
    sources = dict(_source(layer, given) for layer, given in layers.items())
    for name, source in sources.items():
        if name in sys.modules and FINDER.sources.get(name) != source:
            raise SwapError(
                f"{name.removeprefix('minitorch_')}={source}: too late, {name} has been imported "
                f"from {sys.modules[name].__file__}; swap before anything imports a layer"
            )
    FINDER.sources.update(sources)
    _activate()
    os.environ[VARIABLE] = ",".join(
        f"{name.removeprefix('minitorch_')}={source}" for name, source in FINDER.sources.items()
    )


def _activate() -> None:
    if FINDER not in sys.meta_path:
        sys.meta_path.insert(0, FINDER)


def _source(layer: str, given: Given) -> tuple[str, Path | str]:
    """Return the import name of `layer`, and the file or the module name that `given` means."""
    if layer not in LAYERS:
        raise SwapError(f"there is no layer {layer!r}; the layers are {', '.join(LAYERS)}")
    name = f"minitorch_{layer}"
    if given == name:
        raise SwapError(f"{layer}={given}: that is the layer itself; give the path of another")
    text = os.fspath(given)
    dotted = all(part.isidentifier() for part in text.split(".")) and not text.endswith(".py")
    if dotted and isinstance(given, str):
        return name, text
    path = Path(text).expanduser().resolve()
    for file in (path, path / "__init__.py", path / "src" / name / "__init__.py"):
        if file.suffix == ".py" and file.is_file():
            return name, file
    raise SwapError(
        f"{layer}={text}: {path} is neither a .py file nor a folder with __init__.py or "
        f"src/{name}/__init__.py; check the path"
    )


def _check(name: str, module: ModuleType) -> None:
    """Raise SwapError if `module` does not meet the contract of the layer `name`."""
    found = [] if FINDER.unfinished else problems(name, module)
    if found:
        forget(name)
        forget(module.__name__)
        layer = name.removeprefix("minitorch_")
        more = (
            f"; and {len(found) - SHOWN} more, shown by "
            f"`python -m minitorch_swap {layer}={FINDER.sources[name]}`"
        )
        raise SwapError(
            f"{layer}={module.__file__} does not meet the contract of {name}: "
            + "; ".join(found[:SHOWN])
            + (more if len(found) > SHOWN else ""),
            found,
        )
    if not FINDER.announced:
        FINDER.announced = True
        print_report()


FINDER: Final = SwapFinder(_check)
