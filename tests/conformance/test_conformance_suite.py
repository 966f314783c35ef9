"""The checkers checked: the suites, run over layers that are known to be wrong."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[2]
PACKAGES: Final = ROOT / "packages"


@dataclass(frozen=True)
class Run:
    """What came of a run: the names of the tests by their outcome, and the text."""

    passed: set[str]
    failed: dict[str, str]  # with what was said
    other: set[str]  # skipped, or an error outside the test
    text: str


def run(folder: Path, suite: str, *arguments: str) -> Run:
    """Run a suite, with the modules in `folder` in front of ours."""
    report = folder / "report.xml"
    environment = {key: value for key, value in os.environ.items() if key != "MINITORCH_SWAP"}
    environment["PYTHONPATH"] = os.pathsep.join(map(str, [folder, *PACKAGES.glob("*/src")]))
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    plugins = ("-p", "minitorch_swap._pytest_plugin", "-p", "no:cacheprovider")
    options = ("--tb=no", "-r", "N", f"--junitxml={report}", *plugins)
    text = subprocess.run(
        [sys.executable, "-m", "pytest", f"tests/conformance/{suite}", *options, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    result = Run(set(), {}, set(), text)
    for case in ET.parse(report).iter("testcase"):
        name = f"{case.get('classname', '').split('.')[-1]}::{case.get('name')}"
        if (failure := case.find("failure")) is not None:
            result.failed[name] = failure.get("message", "")
        elif len(case):
            result.other.add(name)
        else:
            result.passed.add(name)
    return result


def copy(layer: str, folder: Path, change: str) -> Path:
    """Copy one of our layers into `folder`, with a change at the end; return its file."""
    name = f"minitorch_{layer}"
    source = PACKAGES / f"minitorch-{layer}" / "src" / name
    shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    file = folder / name / "__init__.py"
    file.write_text(f"{file.read_text()}\n{change}")
    return file


EMPTY: Final = ""
BROKEN: Final = "import a_module_that_is_not_there"


@pytest.mark.parametrize(
    ("layer", "text"),
    [
        ("tensor", EMPTY),
        ("autograd", EMPTY),
        ("nn", EMPTY),
        ("optim", EMPTY),
        ("optim", BROKEN),
    ],
    ids=["empty tensor", "empty autograd", "empty nn", "empty optim", "broken optim"],
)
def test_a_layer_that_has_nothing_fails_everything(tmp_path: Path, layer: str, text: str) -> None:
    (tmp_path / f"minitorch_{layer}.py").write_text(text)
    result = run(tmp_path, layer)
    assert len(result.failed) > 50, result.text
    assert not result.passed
    assert not result.other
    if text == BROKEN:
        reason = "minitorch_optim can't be imported: ModuleNotFoundError"
        assert all(reason in said for said in result.failed.values())


def test_a_missing_name_fails_only_its_own_tests(tmp_path: Path) -> None:
    file = copy("tensor", tmp_path, "del exp")
    result = run(tmp_path, "tensor", "--swap", f"tensor={file.parent}", "--swap-unfinished")
    assert f"tensor: {file}" in result.text  # the header names the file under test
    own = {name for name in result.passed | set(result.failed) if re.search(r"\bexp\b", name)}
    assert set(result.failed) == own
    assert len(own) > 10
    assert len(result.passed) > 1000
    assert "test_names::test_name[exp]" in own


def test_the_header_names_the_files(tmp_path: Path) -> None:
    file = copy("tensor", tmp_path, "")
    result = run(tmp_path, "tensor/test_names.py")
    assert f"minitorch_tensor: {file}" in result.text
    assert not result.failed


# What is wrong, and the test meant for it.
PLANTED: Final = {
    "the last of the largest": (
        "tensor",
        "first = Tensor.argmax\n"
        "def last(self, dim, keepdim=False):\n"
        "    n = self.shape[dim]\n"
        "    reverse = arange(n - 1, -1, -1, int64)\n"
        "    index = (*[slice(None)] * dim, reverse)\n"
        "    return n - 1 - first(self[index], dim, keepdim)\n"
        "Tensor.argmax = last\n",
        "test_reductions::test_where_special_extremes_are[argmax-[1.0, 3.0, 3.0]-1]",
        "tensor([1.0, 3.0, 3.0]).argmax(0) = 1, got 2",
    ),
    "a derivative with a wrong sign": (
        "autograd",
        "right = Tensor.exp\n"
        "def exp(self):\n"
        "    with no_grad():\n"
        "        value = right(self)\n"
        "    return record('ExpBackward0', value, (self, lambda g: -g * right(self)))\n"
        "Tensor.exp = exp\n",
        "test_gradients::test_gradient[x.exp()]",
        "the gradient of input 0 = ",
    ),
}


@pytest.mark.parametrize("bug", PLANTED)
def test_a_planted_bug_is_found(tmp_path: Path, bug: str) -> None:
    layer, change, test, message = PLANTED[bug]
    copy(layer, tmp_path, change)
    result = run(tmp_path, f"{layer}/{test.partition('::')[0]}.py")
    assert message in result.failed[test]
    assert len(result.failed) < len(result.passed) / 10
