"""Every misuse, with its whole text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.swap.sandbox import TENSOR_CLASS, ZEROS, Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    box = Sandbox(tmp_path)
    box.write(
        {
            "bare/module.py": "",
            "bad.py": "def Tensor(shape): return shape\ndef zeros(size): return size\n",
            "worse.py": "zeros = property\n",
            "renamed.py": TENSOR_CLASS.replace("dims", "axes") + ZEROS,
        }
    )
    return box


@dataclass(frozen=True)
class Misuse:
    """What was asked for, and the answer, in which `{}` is the sandbox's folder."""

    swap: str
    message: str


NEITHER = "is neither a .py file nor a folder with __init__.py or src/minitorch_tensor/__init__.py"
MISUSES = [
    Misuse(
        "tensr=./my_tensor.py",
        "there is no layer 'tensr'; the layers are tensor, autograd, nn, optim",
    ),
    Misuse("tensor=", "'tensor=' is no swap; write layer=path, as in tensor=./my_tensor.py"),
    Misuse(
        "tensor=minitorch_tensor",
        "tensor=minitorch_tensor: that is the layer itself; give the path of another",
    ),
    Misuse("tensor=./tensor.py", f"tensor=./tensor.py: {{}}/tensor.py {NEITHER}; check the path"),
    Misuse("tensor=./bare", f"tensor=./bare: {{}}/bare {NEITHER}; check the path"),
    Misuse(
        "tensor=my_tensr",
        "tensor=my_tensr: there is no module 'my_tensr'; check its name, or give a path, "
        "such as ./my_tensr.py",
    ),
    Misuse(
        "tensor=nowhere.my_tensor",
        "tensor=nowhere.my_tensor: there is no module 'nowhere.my_tensor'; check its name, or "
        "give a path, such as ./nowhere/my_tensor.py",
    ),
    Misuse(
        "tensor=bare",  # a folder of no package
        "tensor=bare: there is no module 'bare'; check its name, or give a path, such as ./bare.py",
    ),
    Misuse(
        "tensor=./renamed.py",
        "tensor={}/renamed.py does not meet the contract of minitorch_tensor: "
        "Tensor.sum(axes, keepdim=False) should be sum(dims, keepdim=False): "
        "it has 'axes' in the place of 'dims' (needed by minitorch_autograd)",
    ),
    Misuse(
        "tensor=bad",
        "tensor={}/bad.py does not meet the contract of minitorch_tensor: "
        "Tensor is not a class, and should be one (needed by minitorch_autograd); "
        "zeros(size) should be zeros(shape): it has 'size' in the place of 'shape' "
        "(needed by minitorch_autograd)",
    ),
]
each_misuse = pytest.mark.parametrize("misuse", MISUSES, ids=lambda misuse: misuse.swap)


@each_misuse
def test_command_line(sandbox: Sandbox, misuse: Misuse) -> None:
    run = sandbox.run("-m", "minitorch_swap", misuse.swap, "script.py")
    message = misuse.message.format(sandbox.folder)
    assert (run.returncode, run.stdout, run.stderr) == (2, "", f"minitorch_swap: {message}\n")


@each_misuse
def test_python(sandbox: Sandbox, misuse: Misuse) -> None:
    layer, _, given = misuse.swap.partition("=")
    swap = f"swap({layer}={given!r})" if given else f"swap(**parse({misuse.swap!r}))"
    run = sandbox.run("-c", f"from minitorch_swap import parse, swap; {swap}")
    message = misuse.message.format(sandbox.folder)
    assert run.stderr.splitlines()[-1] == f"minitorch_swap.SwapError: {message}"


# Each takes half a second; the first is refused before anything is imported, the last after it.
@pytest.mark.parametrize("misuse", [MISUSES[0], MISUSES[-1]], ids=lambda misuse: misuse.swap)
def test_pytest(sandbox: Sandbox, misuse: Misuse) -> None:
    run = sandbox.pytest("--swap", misuse.swap)
    message = misuse.message.format(sandbox.folder)
    assert (run.returncode, run.stdout, run.stderr) == (4, "", f"ERROR: {message}\n\n")


@each_misuse
def test_environment(sandbox: Sandbox, misuse: Misuse) -> None:
    """A program that imports a layer fails; one that does not is left alone."""
    run = sandbox.run("script.py", MINITORCH_SWAP=misuse.swap)
    message = misuse.message.format(sandbox.folder)
    assert run.returncode == 1
    assert run.stderr.splitlines()[-1].removeprefix("minitorch_swap.SwapError: ") in (
        message,
        f"MINITORCH_SWAP: {message}",
    )
    run = sandbox.run("-c", "print('nothing of MiniTorch')", MINITORCH_SWAP=misuse.swap)
    assert (run.stdout, run.stderr) == ("nothing of MiniTorch\n", "")


def test_too_late(sandbox: Sandbox) -> None:
    run = sandbox.run(
        "-c",
        "import minitorch_autograd, minitorch_swap\nminitorch_swap.swap(tensor='./my_tensor.py')",
    )
    assert run.stderr.splitlines()[-1] == (
        f"minitorch_swap.SwapError: tensor={sandbox.file('my_tensor.py')}: too late, "
        "minitorch_tensor has been imported from "
        f"{sandbox.file('installed/minitorch_tensor/__init__.py')}; "
        "swap before anything imports a layer"
    )


def test_a_check_shows_every_problem(sandbox: Sandbox) -> None:
    run = sandbox.run("-m", "minitorch_swap", "tensor=./bad.py")
    assert (run.returncode, run.stdout, run.stderr) == (
        2,
        "",
        "minitorch_swap: Tensor is not a class, and should be one (needed by minitorch_autograd)\n"
        "minitorch_swap: zeros(size) should be zeros(shape): it has 'size' in the place of "
        "'shape' (needed by minitorch_autograd)\n",
    )


def test_many_problems_are_counted(sandbox: Sandbox) -> None:
    sandbox.write({"bad.py": "class Tensor: pass\n"})
    names = "abcde"
    functions = "".join(f"    def {name}(self) -> None: ...\n" for name in names)
    sandbox.write(
        {
            "installed/minitorch_autograd/requires.py": (
                f"from typing import Protocol\nclass Layer(Protocol):\n{functions}"
                "CONTRACTS = {'minitorch_tensor': {'': Layer}}\n"
            )
        }
    )
    run = sandbox.run("-m", "minitorch_swap", "tensor=./bad.py", "script.py")
    bad = sandbox.file("bad.py")
    assert run.stderr == (
        f"minitorch_swap: tensor={bad} does not meet the contract of minitorch_tensor: "
        "a() is missing (needed by minitorch_autograd); b() is missing (needed by "
        "minitorch_autograd); c() is missing (needed by minitorch_autograd); "
        f"and 2 more, shown by `python -m minitorch_swap tensor={bad}`\n"
    )


def test_no_such_script(sandbox: Sandbox) -> None:
    run = sandbox.run("-m", "minitorch_swap", "tensor=./my_tensor.py", "scrpt.py")
    assert run.returncode == 2
    assert run.stderr.splitlines()[-1] == (
        "minitorch_swap: there is no script scrpt.py; for a module write -m before it"
    )


@pytest.mark.parametrize("arguments", [[], ["script.py"], ["tensor=./my_tensor.py", "-m"]])
def test_usage(sandbox: Sandbox, arguments: list[str]) -> None:
    run = sandbox.run("-m", "minitorch_swap", *arguments)
    assert run.returncode == 2
    assert run.stderr.startswith("usage: python -m minitorch_swap LAYER=PATH ...")


def test_an_error_in_the_module_is_shown_where_it_is(sandbox: Sandbox) -> None:
    sandbox.write({"bad.py": "import nonsense\n"})
    run = sandbox.run("-m", "minitorch_swap", "tensor=./bad.py", "script.py")
    assert f'File "{sandbox.file("bad.py")}", line 1' in run.stderr
    assert run.stderr.endswith("ModuleNotFoundError: No module named 'nonsense'\n")
