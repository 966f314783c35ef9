"""Every way to make a swap, and what each run prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.swap.sandbox import Sandbox

SWAPPED = "(swapped, without the extension numpy)"


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    return Sandbox(tmp_path)


def test_python(sandbox: Sandbox) -> None:
    run = sandbox.run(
        "-c",
        "import minitorch_swap, runpy\n"
        "minitorch_swap.swap(tensor='./my_tensor.py')\n"
        "runpy.run_path('script.py')",
    )
    assert run.stdout == f"{sandbox.file('my_tensor.py')}\nTrue []\n"
    assert run.stderr == sandbox.report(tensor=f"{sandbox.file('my_tensor.py')} {SWAPPED}")


def test_command_line(sandbox: Sandbox) -> None:
    run = sandbox.run("-m", "minitorch_swap", "tensor=./my_tensor.py", "script.py", "-m", "x=1")
    assert run.stdout == f"{sandbox.file('my_tensor.py')}\nTrue ['-m', 'x=1']\n"
    assert run.stderr == sandbox.report(tensor=f"{sandbox.file('my_tensor.py')} {SWAPPED}")


def test_command_line_with_a_module(sandbox: Sandbox) -> None:
    run = sandbox.run("-m", "minitorch_swap", "tensor=./my_tensor.py", "-m", "script", "--fast")
    assert run.stdout == f"{sandbox.file('my_tensor.py')}\nTrue ['--fast']\n"


def test_command_line_without_a_script_checks(sandbox: Sandbox) -> None:
    run = sandbox.run("-m", "minitorch_swap", "tensor=./my_tensor.py")
    assert (run.returncode, run.stdout) == (0, "all that the installed layers need is there\n")
    assert run.stderr == sandbox.report(tensor=f"{sandbox.file('my_tensor.py')} {SWAPPED}")


def test_a_script_finds_its_neighbours_and_sets_the_exit_code(sandbox: Sandbox) -> None:
    sandbox.write(
        {
            "scripts/helper.py": "CODE = 7",
            "scripts/main.py": "import helper, sys; sys.exit(helper.CODE)",
        }
    )
    run = sandbox.run("-m", "minitorch_swap", "tensor=./my_tensor.py", "scripts/main.py")
    assert run.returncode == 7


def test_environment_variable(sandbox: Sandbox) -> None:
    run = sandbox.run("script.py", MINITORCH_SWAP="tensor=./my_tensor.py")
    assert run.stdout == f"{sandbox.file('my_tensor.py')}\nTrue []\n"
    assert run.stderr == sandbox.report(tensor=f"{sandbox.file('my_tensor.py')} {SWAPPED}")


@pytest.mark.parametrize(
    ("arguments", "variables"),
    [
        pytest.param(["outer.py"], {"MINITORCH_SWAP": "tensor=./my_tensor.py"}, id="environment"),
        pytest.param(["-m", "minitorch_swap", "tensor=./my_tensor.py", "outer.py"], {}, id="run"),
    ],
)
def test_subprocess_of_a_subprocess(
    sandbox: Sandbox, arguments: list[str], variables: dict[str, str]
) -> None:
    # Each starts in another folder, so a relative path must have been made whole.
    start = "import subprocess, sys\nsubprocess.run([sys.executable, {!r}], cwd={!r}, check=True)\n"
    sandbox.write(
        {
            "outer.py": start.format(sandbox.file("deep/inner.py"), sandbox.file("installed")),
            "deep/inner.py": start.format(sandbox.file("script.py"), sandbox.file("deep")),
        }
    )
    run = sandbox.run(*arguments, **variables)
    assert run.stdout == f"{sandbox.file('my_tensor.py')}\nTrue []\n"


def test_the_start_up_hook_imports_nothing_without_the_variable(sandbox: Sandbox) -> None:
    run = sandbox.run("-c", "import sys; print('minitorch_swap' in sys.modules)")
    assert run.stdout == "False\n"


@pytest.mark.parametrize("way", ["option", "environment"])
@pytest.mark.parametrize("quiet", [False, True])
def test_pytest(sandbox: Sandbox, way: str, quiet: bool) -> None:
    # The conftest imports the layer, so the swap must come before it.
    sandbox.write(
        {
            "conftest.py": "import minitorch_tensor\n",
            "test_it.py": (
                "import minitorch_tensor, minitorch_autograd\n"
                "def test_it():\n"
                "    assert minitorch_tensor.__file__.endswith('my_tensor.py')\n"
                "    assert minitorch_autograd.Tensor is minitorch_tensor.Tensor\n"
            ),
        }
    )
    arguments = ["-q"] if quiet else []
    if way == "option":
        run = sandbox.pytest(*arguments, "--swap", "tensor=./my_tensor.py")
    else:
        run = sandbox.pytest(*arguments, MINITORCH_SWAP="tensor=./my_tensor.py")
    assert run.returncode == 0, run.stdout + run.stderr
    report = sandbox.report(tensor=f"{sandbox.file('my_tensor.py')} {SWAPPED}")
    assert report in (run.stderr if quiet else run.stdout)


def test_pytest_without_a_swap_says_nothing(sandbox: Sandbox) -> None:
    sandbox.write({"test_it.py": "def test_it(): pass\n"})
    run = sandbox.pytest()
    assert run.returncode == 0
    assert "minitorch_swap:" not in run.stdout + run.stderr


def test_pytest_over_an_unfinished_layer(sandbox: Sandbox) -> None:
    sandbox.write(
        {
            "started.py": "class Tensor: pass\n",
            "test_it.py": "def test_it():\n    from minitorch_tensor import Tensor\n",
        }
    )
    run = sandbox.pytest("--swap", "tensor=./started.py", "--swap-unfinished")
    assert run.returncode == 0
    line = f"{sandbox.file('started.py')} (swapped, not checked: unfinished)"
    assert sandbox.report(tensor=line) in run.stdout
