"""A toy stack to swap in: small, so that a run takes no time and a message has no surprises.

Swaps are made once for a whole process, so every test starts its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import minitorch_swap

PROJECT = Path(__file__).parents[2] / "packages" / "minitorch-swap"

TENSOR_CLASS = """
class Tensor:
    def __init__(self, shape): self.shape = shape
    def sum(self, dims, keepdim=False): return self
"""
ZEROS = """
def zeros(shape): return Tensor(shape)
"""
TENSOR = f"""
from ._class import Tensor
{ZEROS}
def to_numpy(x): return x
"""
REQUIRES = """
from __future__ import annotations
from typing import Protocol

class TensorOps(Protocol):
    @property
    def shape(self) -> tuple[int, ...]: ...
    def sum(self, dims: tuple[int, ...], keepdim: bool = False) -> object: ...

class TensorLayer(Protocol):
    @property
    def Tensor(self) -> type[T]: ...
    def zeros(self, shape: tuple[int, ...]) -> T: ...

class Numpy(Protocol):
    def to_numpy(self, x: T, /) -> object: ...

CONTRACTS = {"minitorch_tensor": {"": TensorLayer, "Tensor": TensorOps}}
EXTENSIONS = {"minitorch_tensor": {"numpy": Numpy}}
"""
SCRIPT = """
import minitorch_autograd, minitorch_tensor, sys
print(minitorch_tensor.__file__)
print(isinstance(minitorch_tensor.zeros((2,)), minitorch_autograd.Tensor), sys.argv[1:])
"""


@dataclass
class Sandbox:
    """A folder with the toy stack in `installed`, a learner's `my_tensor.py` and `script.py`."""

    folder: Path

    def __post_init__(self) -> None:
        """Lay out the toy stack, with the start-up hook as an installation has it."""
        self.folder = self.folder.resolve()
        self.write(
            {
                "installed/minitorch_tensor/__init__.py": TENSOR,
                "installed/minitorch_tensor/_class.py": TENSOR_CLASS,
                "installed/minitorch_autograd/__init__.py": "from minitorch_tensor import Tensor\n",
                "installed/minitorch_autograd/requires.py": REQUIRES,
                "installed/sitecustomize.py": f"import site\nsite.addsitedir({str(PROJECT)!r})\n",
                "my_tensor.py": TENSOR_CLASS + ZEROS,
                "script.py": SCRIPT,
            }
        )
        for name in ("minitorch_nn", "minitorch_optim", "minitorch_data", "minitorch"):
            self.write({f"installed/{name}/__init__.py": ""})

    def write(self, files: dict[str, str]) -> None:
        """Write `files`, paths in the folder with their text."""
        for name, text in files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def file(self, name: str) -> str:
        """Return the whole path of a file in the folder."""
        return str(self.folder / name)

    def report(self, **swapped: str) -> str:
        """Return what a run prints of its layers if `swapped` are the files of the swapped ones."""
        ours = {
            layer: self.file(f"installed/minitorch_{layer}/__init__.py")
            for layer in minitorch_swap.LAYERS
        }
        lines = (ours | swapped).items()
        return "".join(f"minitorch_swap: {layer}: {file}\n" for layer, file in lines)

    def pytest(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run pytest in the folder with the plugin, named for where it is not installed."""
        plugin = ("-p", "minitorch_swap._pytest_plugin", "-p", "no:cacheprovider")
        variables["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        return self.run("-m", "pytest", *plugin, *arguments, **variables)

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the folder, with the toy stack in front of any other."""
        swap_itself = Path(minitorch_swap.__file__).parents[1]
        environment = {key: value for key, value in os.environ.items() if key != "MINITORCH_SWAP"}
        environment["PYTHONPATH"] = f"{self.file('installed')}{os.pathsep}{swap_itself}"
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=environment | variables,
            capture_output=True,
            text=True,
            check=False,
        )
