"""What a learner is told whose `minitorch_tensor` is wrong: by mypy, and by the check at run time.

Each mistake is a small edit of our own layer. mypy's words are those about the contract, in
autograd's `requires.py`; it may have more to say about the places that the mistake breaks.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import minitorch_swap

PACKAGES = Path(__file__).parents[2] / "packages"
OURS = PACKAGES / "minitorch-tensor" / "src" / "minitorch_tensor"
AUTOGRAD = PACKAGES / "minitorch-autograd" / "src"


@dataclass(frozen=True)
class Mistake:
    """An edit that makes a layer wrong, and the whole of what is said about it."""

    name: str
    file: str
    edits: tuple[tuple[str, str], ...]
    mypy: str  # without the place; empty where mypy sees nothing wrong
    run_time: str  # empty where the run time sees nothing wrong


NOT_THE_MODULE = """\
error: Incompatible types in assignment \
(expression has type Module, variable has type "TensorLayer[Tensor, dtype, Generator]")  \
[assignment]
"""
NOT_AN_INSTANCE = """\
error: Incompatible return value type \
(got "Tensor", expected "TensorOps[Tensor, dtype]")  [return-value]
"""

MISTAKES = [
    Mistake(
        "missing function",
        "elementwise/trigonometry.py",
        (('    "tanh",\n', ""),),  # of what is public there
        mypy=NOT_THE_MODULE
        + """\
note: "ModuleType" is missing following "TensorLayer" protocol member:
note:     tanh
""",
        run_time="tanh(x, /) is missing (needed by minitorch_autograd)",
    ),
    Mistake(
        "wrong signature",
        "creation.py",
        (("def full(shape: tuple[int, ...], value", "def full(shape: int, value"),),
        mypy=NOT_THE_MODULE
        + """\
note: Following member(s) of Module "minitorch_tensor" have conflicts:
note:     Expected:
note:         def full(shape: tuple[int, ...], value: float, dtype: dtype) -> Tensor
note:     Got:
note:         def full(shape: int, value: float, dtype: dtype) -> Tensor
""",
        run_time="",
    ),
    Mistake(
        "renamed parameter",
        "reductions/extremes.py",
        (
            ("def amax(x: Tensor, dims:", "def amax(x: Tensor, axes:"),
            ('"amax", x, dims', '"amax", x, axes'),
            ("np.maximum, x, dims", "np.maximum, x, axes"),
        ),
        mypy="",  # which is why there is a check at run time
        run_time="Tensor.amax(axes, keepdim=False) should be amax(dims, keepdim=False): "
        "it has 'axes' in the place of 'dims' (needed by minitorch_autograd)",
    ),
    Mistake(
        "property written as a method",
        "tensor_class.py",
        (("    @property\n    def shape", "    def shape"),),
        mypy=NOT_AN_INSTANCE
        + """\
note: Following member(s) of "Tensor" have conflicts:
note:     shape: expected "tuple[int, ...]", got "Callable[[], tuple[int, ...]]"
""",
        run_time="Tensor.shape() is a method, and should be a property: shape, without () "
        "(needed by minitorch_autograd)",
    ),
    Mistake(
        "operator that forgets scalars",
        "tensor_class.py",
        (
            (
                "    __add__ = arithmetic.add\n",
                "    def __add__(self, other: Tensor, /) -> Tensor:\n"
                "        return arithmetic.add(self, other)\n\n",
            ),
        ),
        mypy=NOT_AN_INSTANCE
        + """\
note: Following member(s) of "Tensor" have conflicts:
note:     Expected:
note:         def __add__(self, Tensor | float, /) -> Tensor
note:     Got:
note:         def __add__(self, Tensor, /) -> Tensor
""",
        run_time="",
    ),
    Mistake(
        "missing overload",
        "elementwise/comparisons.py",
        (
            (
                "def minimum(x: Tensor, other: Tensor | float, /)",
                "@typing.overload\n"
                "def minimum(x: Tensor, other: Tensor, /) -> Tensor: ...\n"
                "@typing.overload\n"
                "def minimum(x: Tensor, other: int, /) -> Tensor: ...\n"
                "def minimum(x: Tensor, other: Tensor | int, /)",
            ),
            ("import numpy as np\n", "import typing\nimport numpy as np\n"),
        ),
        mypy=NOT_THE_MODULE
        + """\
note: Following member(s) of Module "minitorch_tensor" have conflicts:
note:     Expected:
note:         def minimum(Tensor, Tensor | float, /) -> Tensor
note:     Got:
note:         @overload
note:         def minimum(Tensor, Tensor, /) -> Tensor
note:         @overload
note:         def minimum(Tensor, int, /) -> Tensor
""",
        run_time="",
    ),
    Mistake(
        "wrong return type",
        "reductions/extremes.py",
        (
            (
                "def argmax(x: Tensor, dim: int, keepdim: bool = False) -> Tensor:",
                "def argmax(x: Tensor, dim: int, keepdim: bool = False) -> int:",
            ),
        ),
        mypy=NOT_AN_INSTANCE
        + """\
note: Following member(s) of "Tensor" have conflicts:
note:     Expected:
note:         def argmax(self, dim: int, keepdim: bool = ...) -> Tensor
note:     Got:
note:         def argmax(x, dim: int, keepdim: bool = ...) -> int
""",
        run_time="",
    ),
]
each_mistake = pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.name)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for the learner's layer, and for what mypy remembers of NumPy."""
    folder = tmp_path_factory.mktemp("workshop")
    mypy = check_types(folder, folder / "cache", "-c", "import numpy, numpy.typing")
    assert mypy.returncode == 0, mypy.stdout + mypy.stderr
    return folder


def make(workshop: Path, mistake: Mistake) -> Path:
    """Write the learner's layer: a copy of ours with one mistake in it."""
    package = workshop / "minitorch_tensor"
    shutil.rmtree(package, ignore_errors=True)
    shutil.copytree(OURS, package, ignore=shutil.ignore_patterns("__pycache__"))
    file = package / mistake.file
    text = file.read_text()
    for old, new in mistake.edits:
        assert text.count(old) == 1, f"the edit for {mistake.name!r} fits {mistake.file} no more"
        text = text.replace(old, new)
    file.write_text(text)
    return package


def check_types(workshop: Path, cache: Path, *what: str) -> subprocess.CompletedProcess[str]:
    """Check types as a user would."""
    return run(workshop, "mypy", "--strict", "--config-file=", f"--cache-dir={cache}", *what)


def run(workshop: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module in the workshop, over no other swap."""
    swap = Path(minitorch_swap.__file__).parents[1]
    environment = {key: value for key, value in os.environ.items() if key != "MINITORCH_SWAP"}
    environment["MYPYPATH"] = os.pathsep.join([str(workshop), str(AUTOGRAD)])
    environment["PYTHONPATH"] = os.pathsep.join([str(AUTOGRAD), str(swap)])
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=workshop,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@each_mistake
def test_mypy(workshop: Path, mistake: Mistake, tmp_path: Path) -> None:
    make(workshop, mistake)
    # A copy, without our packages: mypy does not check a contract again that it finds unchanged,
    # even where the layer that should meet it has changed.
    shutil.copytree(workshop / "cache", tmp_path / "cache")
    mypy = check_types(workshop, tmp_path / "cache", "-p", "minitorch_autograd")
    about_the_contract = [
        line.split(": ", maxsplit=1)[1] + "\n"
        for line in mypy.stdout.splitlines()
        if line.partition(":")[0].endswith("requires.py")
    ]
    assert "".join(about_the_contract) == mistake.mypy, mypy.stdout + mypy.stderr
    assert (mypy.returncode != 0) == bool(mistake.mypy)


@each_mistake
def test_run_time(workshop: Path, mistake: Mistake) -> None:
    package = make(workshop, mistake)
    check = run(workshop, "minitorch_swap", f"tensor={package}")
    found = [line for line in check.stderr.splitlines() if check.returncode]
    assert found == [f"minitorch_swap: {mistake.run_time}"] * bool(mistake.run_time)
