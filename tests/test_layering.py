"""Who may import whom: a layer knows the one below it, by its public names, and nothing else.

The rules are held by reading the source, so that an import in a function or for type checking
counts like any other.
"""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGES = Path(__file__).parents[1] / "packages"

# The drawing of the architecture as a table: what each distribution declares.
DECLARED = {
    "minitorch-tensor": ["numpy>=2.0"],
    "minitorch-autograd": ["minitorch-tensor==0.1.*"],
    "minitorch-nn": ["minitorch-autograd==0.1.*"],
    "minitorch-optim": ["minitorch-autograd==0.1.*"],
    "minitorch-data": ["minitorch-autograd==0.1.*"],
    "minitorch-all": [
        "minitorch-autograd==0.1.*",
        "minitorch-data==0.1.*",
        "minitorch-nn==0.1.*",
        "minitorch-optim==0.1.*",
        "safetensors>=0.8",
    ],
    "minitorch-swap": [],
}
# What it declares for those who ask for more.
EXTRAS = {"minitorch-all": {"onnx": ["onnx>=1.17"]}}
# What a package imports that is not ours.
OTHERS = {
    "minitorch-tensor": {"numpy"},  # here alone: the layers above reach numbers through this one
    "minitorch-optim": {"typing_extensions"},  # for type checkers, who bring it
    "minitorch-all": {"safetensors", "onnx"},  # the second by an extra, in `minitorch.onnx` alone
    "minitorch-swap": {"pytest"},  # in the plugin, which pytest imports
}
# Shows all that is public in the layers below, under torch's names: it may import everything (a
# star takes no private names) and the submodules that are public as torch's are.
FRONT = "minitorch"
PUBLIC_MODULES = {
    "minitorch_autograd": {"checkpoint", "func", "functional", "linalg", "random"},
    "minitorch_nn": {"func", "functional", "init", "modules", "utils"},
    "minitorch_optim": {"lr_scheduler", "optimizer", "rules", "swa_utils"},
}


def import_name(distribution: str) -> str:
    return FRONT if distribution == "minitorch-all" else distribution.replace("-", "_")


def source(distribution: str) -> Path:
    return PACKAGES / distribution / "src" / import_name(distribution)


def public_names(distribution: str) -> set[str]:
    """Return the `__all__` of a distribution's package."""
    return set(importlib.import_module(import_name(distribution)).__all__)


# --- The checker: from a file's text to what is wrong with its imports


def imports(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    """Give line, module and name of each absolute import, of `import x` also each name used."""
    aliases = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                yield node.lineno, str(node.module), alias.name
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, ""
                aliases[alias.asname or alias.name] = alias.name
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node.value) in aliases:
            yield node.lineno, aliases[ast.unparse(node.value)], node.attr


def violations(text: str, package: str, below: dict[str, set[str]]) -> list[str]:
    """Say which imports break a rule.

    Args:
        text: of a file of `package`
        below: the packages that it declares, each with its public names, or with none if it is
            not ours and so not for us to say
    """
    found = []
    for line, module, name in imports(ast.parse(text)):
        top, _, inner = module.partition(".")
        public = below.get(top)
        if top in sys.stdlib_module_names:
            continue
        if top == package:
            found.append(f"{line}: imports itself by its name: {module}")
        elif public is None:
            found.append(f"{line}: imports what it does not declare: {module}")
        elif not public:
            continue
        elif inner:
            shown = PUBLIC_MODULES.get(top, set()) if package == FRONT else set()
            if inner.partition(".")[0] not in shown:
                found.append(f"{line}: reaches into a layer: {module}")
        elif (name == "*" and package == FRONT) or name.startswith("__"):
            continue
        elif name and name not in public:
            found.append(f"{line}: takes a name that is not public: {module}.{name}")
    return found


BELOW = {"minitorch_tensor": {"Tensor", "exp"}, "numpy": set[str]()}


@pytest.mark.parametrize(
    "text",
    [
        "import math, collections.abc",
        "from ._tensor import Tensor",
        "import numpy.typing",
        "from minitorch_tensor import Tensor, exp",
        "import minitorch_tensor as below\nbelow.exp(below.Tensor._private)",
        "import minitorch_tensor\nminitorch_tensor.exp, minitorch_tensor.__file__",
    ],
)
def test_the_checker_lets_the_right_imports_pass(text: str) -> None:
    assert violations(text, "minitorch_autograd", BELOW) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import scipy.linalg", "1: imports what it does not declare: scipy.linalg"),
        ("import minitorch_nn", "1: imports what it does not declare: minitorch_nn"),
        ("def f():\n    import torch", "2: imports what it does not declare: torch"),
        ("if 0:\n    from torch import nn", "2: imports what it does not declare: torch"),
        ("import minitorch_autograd", "1: imports itself by its name: minitorch_autograd"),
        (
            "from minitorch_autograd.engine.graph import Node",
            "1: imports itself by its name: minitorch_autograd.engine.graph",
        ),
        (
            "from minitorch_tensor._tensor import Tensor",
            "1: reaches into a layer: minitorch_tensor._tensor",
        ),
        ("import minitorch_tensor.random", "1: reaches into a layer: minitorch_tensor.random"),
        (
            "from minitorch_tensor import _tensor",
            "1: takes a name that is not public: minitorch_tensor._tensor",
        ),
        (
            "from minitorch_tensor import *",
            "1: takes a name that is not public: minitorch_tensor.*",
        ),
        (
            "import minitorch_tensor as below\nbelow.log(1)",
            "2: takes a name that is not public: minitorch_tensor.log",
        ),
        (
            "import minitorch_tensor\nminitorch_tensor._tensor.Tensor",
            "2: takes a name that is not public: minitorch_tensor._tensor",
        ),
    ],
)
def test_the_checker_finds_the_wrong_ones(text: str, expected: str) -> None:
    assert violations(text, "minitorch_autograd", BELOW) == [expected]


def test_the_front_alone_may_import_everything_and_public_submodules() -> None:
    below = {"minitorch_nn": {"Linear"}}
    right = "from minitorch_nn import *\nfrom minitorch_nn.functional import relu"
    assert violations(right, FRONT, below) == []
    inside = "from minitorch_nn.linear import *"
    assert violations(inside, FRONT, below) == ["1: reaches into a layer: minitorch_nn.linear"]


# --- The packages


def test_every_package_is_in_the_table() -> None:
    assert {path.parent.name for path in PACKAGES.glob("*/pyproject.toml")} == set(DECLARED)


@pytest.mark.parametrize("distribution", DECLARED)
def test_what_a_package_declares_is_the_table(distribution: str) -> None:
    project = tomllib.loads((PACKAGES / distribution / "pyproject.toml").read_text())["project"]
    assert project["name"] == distribution
    assert project["dependencies"] == DECLARED[distribution]
    assert project.get("optional-dependencies", {}) == EXTRAS.get(distribution, {})


@pytest.mark.parametrize("distribution", DECLARED)
def test_a_package_imports_what_it_declares_by_public_names(distribution: str) -> None:
    below = {name: set[str]() for name in OTHERS.get(distribution, ())}
    for declared in DECLARED[distribution]:
        if declared.startswith("minitorch-"):
            name = declared.partition("=")[0]
            below[import_name(name)] = public_names(name)
    files = sorted(source(distribution).rglob("*.py"))
    assert files
    found = [
        f"{path.relative_to(PACKAGES)}:{problem}"
        for path in files
        for problem in violations(path.read_text(), import_name(distribution), below)
    ]
    assert found == []


CONTRACTS = sorted(PACKAGES.glob("*/src/*/requires.py"))


@pytest.mark.parametrize("path", CONTRACTS, ids=lambda path: path.parent.name)
def test_a_contract_can_be_read_with_nothing_installed(path: Path) -> None:
    load = "import runpy, sys; print(*runpy.run_path(sys.argv[1])['CONTRACTS'])"
    command = [sys.executable, "-I", "-S", "-c", load, str(path)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.split()


# --- What an import does

WATCH = """
import sys, threading
STARTS = ("os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "socket.", "subprocess.")
seen = []
def hook(event, arguments):
    if event.startswith(STARTS):
        seen.append(event)
sys.addaudithook(hook)
# Python 3.11 has no event for threads.
start = threading.Thread.start
threading.Thread.start = lambda thread: (seen.append("threading.Thread"), start(thread))
exec(sys.argv[1])
print(*seen)
"""


def started_by(statement: str) -> list[str]:
    """Return which threads, processes and connections a statement starts in a fresh process."""
    command = [sys.executable, "-c", WATCH, statement]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()


@pytest.mark.parametrize("distribution", DECLARED)
def test_importing_a_package_starts_nothing(distribution: str) -> None:
    assert started_by(f"import {import_name(distribution)}") == []


@pytest.mark.parametrize(
    ("statement", "event"),
    [
        ("import threading; threading.Thread(target=int).start()", "threading.Thread"),
        ("import subprocess, sys; subprocess.run([sys.executable, '-V'])", "subprocess.Popen"),
        ("import socket; socket.socket().close()", "socket."),
        ("import os; os.system('')", "os.system"),
    ],
)
def test_the_watch_sees_what_is_started(statement: str, event: str) -> None:
    assert any(seen.startswith(event) for seen in started_by(statement))
