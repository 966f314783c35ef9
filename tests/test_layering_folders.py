"""How a package is laid out: folders in an order, each knowing those before it, and no circles.

Read from the source, so that an import in a function or for type checking counts like any other.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from importlib import import_module
from pathlib import Path

import pytest
from tests.test_layering import DECLARED, FRONT, PUBLIC_MODULES, import_name, source

# The folders and files of a package, in the order in which they may import each other. A folder
# stands for all that is in it and is not named by itself; the package's `__init__` comes last.
ORDER = {
    "minitorch-tensor": """
        core conversion creation generator random threads elementwise reductions movement matrices
        formatting tensor_class
    """,
    "minitorch-autograd": """
        requires engine arguments function
        ops/core ops/elementwise ops/shapes ops/parts ops/random ops/products ops/matrices
        ops/statistics ops/fused
        transforms tools tensor_class
        checkpoint func functional linalg random
    """,
    "minitorch-nn": """
        requires common core func modules initialization init containers linear embedding activation
        padding convolution pooling normalisation dropout vision distance losses attention utils
        functional recurrent
    """,
    "minitorch-optim": """
        requires engine optimizers optimizers/lbfgs schedules optimizer rules lr_scheduler swa_utils
    """,
    "minitorch-data": """
        requires extensions draws idx data_files collate datasets samplers loader digits_data
        mnist_data names_data
    """,
    "minitorch-all": """
        requires autograd func linalg nn optim utils _saving
        onnx/_graph onnx/_functions onnx/_registry onnx/_values onnx/_tracer onnx/_model
        onnx/_dynamic_axes onnx/_generalize
        onnx/_translations/elementwise onnx/_translations/shapes onnx/_translations/reductions
        onnx/_translations/layers onnx/_translations onnx/_export onnx
    """,
}
# What only a type checker follows upwards: a tensor's slots are known at the bottom, its methods
# stand on top.
MARKED = {
    ("minitorch-tensor", "core/value", "tensor_class"),
    ("minitorch-autograd", "engine/value", "tensor_class/tensor"),
}
MOST_FILES = 16  # in one folder, beside its `__init__`


class Imports:
    """The imports between the modules of a package, each module as its path without the suffix."""

    def __init__(self, folder: Path) -> None:
        self.files = {
            str(path.relative_to(folder).with_suffix("")).removesuffix("/__init__"): path
            for path in sorted(folder.rglob("*.py"))
        }
        self.all: dict[str, set[str]] = {}
        self.running: dict[str, set[str]] = {}  # without those for type checkers
        for name, path in self.files.items():
            tree = ast.parse(path.read_text())
            self.all[name] = set(self._targets(name, tree))
            for node in ast.walk(tree):
                if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                    node.body = []
            self.running[name] = set(self._targets(name, tree)) - {name}

    def _targets(self, name: str, tree: ast.Module) -> Iterator[str]:
        is_folder = self.files[name].name == "__init__.py"
        here = [] if name == "__init__" else name.split("/")
        if not is_folder:
            here = here[:-1]
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                base = here[: len(here) - node.level + 1] + (node.module or "").split(".")
                base = [part for part in base if part]
                for alias in node.names:
                    deeper = "/".join([*base, alias.name])
                    yield deeper if deeper in self.files else "/".join(base) or "__init__"


def order(distribution: str) -> list[str]:
    return ORDER[distribution].split()


def place(name: str, places: list[str]) -> int:
    """Return where a module stands; the longest name counts."""
    if name == "__init__":
        return len(places)
    inside = [one for one in places if name == one or name.startswith(f"{one}/")]
    assert inside, f"{name} has no place in the order of folders: {' '.join(places)}"
    return places.index(max(inside, key=len))


laid_out = pytest.mark.parametrize("distribution", ORDER)


@laid_out
def test_a_folder_imports_those_before_it(distribution: str) -> None:
    places = order(distribution)
    imports = Imports(source(distribution))
    upwards = [
        f"{name} imports {target}"
        for name, targets in imports.all.items()
        for target in targets
        if place(target, places) > place(name, places)
        and (distribution, name, target) not in MARKED
    ]
    assert upwards == []


@laid_out
def test_every_place_exists(distribution: str) -> None:
    folder = source(distribution)
    for one in order(distribution):
        assert (folder / one).is_dir() or (folder / f"{one}.py").is_file(), one


@pytest.mark.parametrize("distribution", DECLARED)
def test_there_is_no_circle(distribution: str) -> None:
    imports = Imports(source(distribution))
    names = [name for name in imports.files if name != "__init__"]
    inside = {name: imports.running[name] - {"__init__"} for name in names}
    try:
        TopologicalSorter(inside).prepare()
    except CycleError as error:
        pytest.fail(f"a circle of imports: {' <- '.join(error.args[1])}")


def test_a_circle_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("from .b import x\n")
    (tmp_path / "b.py").write_text("def x():\n    from . import a\n")
    assert Imports(tmp_path).running == {"a": {"b"}, "b": {"a"}}


FIRST = """
import importlib, sys, types
package, folder, *names = sys.argv[1:]
for name in names:
    for known in [one for one in sys.modules if one.split(".")[0] == package]:
        del sys.modules[known]
    bare = types.ModuleType(package)  # whose `__init__` is not run
    bare.__path__ = [folder]
    sys.modules[package] = bare
    importlib.import_module(f"{package}.{name.replace('/', '.')}")
"""


@pytest.mark.parametrize("distribution", DECLARED)
def test_every_module_can_be_the_first(distribution: str) -> None:
    folder, package = source(distribution), import_name(distribution)
    names = [
        name
        for name in Imports(folder).files
        # These are of other libraries, which know the package by what its `__init__` shows.
        if not name.endswith(("__init__", "__main__", "_pytest_plugin"))
    ]
    command = [sys.executable, "-c", FIRST, package, str(folder), *names]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-2000:]


@pytest.mark.parametrize("distribution", DECLARED)
def test_no_folder_is_a_corridor(distribution: str) -> None:
    modules = [path for path in source(distribution).rglob("*.py") if path.stem != "__init__"]
    files = Counter(path.parent for path in modules)
    crowded = {
        str(path.relative_to(source(distribution))): count
        for path, count in files.items()
        if count > MOST_FILES
    }
    assert crowded == {}


@laid_out
def test_no_folder_hides_a_public_name(distribution: str) -> None:
    """What is called as a folder would be replaced by it, or hide it."""
    package = import_module(import_name(distribution))
    public = vars(package).get("__all__", ())  # the front shows all that it has
    hidden = {
        name
        for name in public
        if (source(distribution) / name).is_dir()
        and not hasattr(getattr(package, name), "__path__")
    }
    assert hidden == set()


@pytest.mark.parametrize("distribution", [one for one in ORDER if import_name(one) != FRONT])
def test_what_a_file_calls_public_is_shown(distribution: str) -> None:
    package = import_name(distribution)
    public = PUBLIC_MODULES.get(package, set())
    modules = {
        name: import_module(f"{package}.{name.replace('/', '.')}")
        for name in Imports(source(distribution)).files
        if name != "__init__"
    }
    shown = set(vars(import_module(package))["__all__"])
    for name, module in modules.items():
        if name.partition("/")[0] in public:
            shown |= set(dir(module))
    forgotten = {
        f"{name}: {one}"
        for name, module in modules.items()
        for one in getattr(module, "__all__", [])
        if one not in shown
    }
    assert forgotten == set(), f"to be imported by the `__init__` of {package}"
