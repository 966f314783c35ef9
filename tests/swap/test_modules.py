"""Every form that a module can have, and that there is one copy of it under all its names."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.swap.sandbox import PROJECT, TENSOR_CLASS, ZEROS, Sandbox


@pytest.fixture
def sandbox(tmp_path: Path) -> Sandbox:
    return Sandbox(tmp_path)


# A package whose parts import each other, as a copy of ours does.
PACKAGE = {
    "__init__.py": "from ._class import Tensor\nfrom .deep import zeros\n",
    "_class.py": TENSOR_CLASS,
    "deep/__init__.py": f"from .._class import Tensor\n{ZEROS}",
}
MODULE = {"": TENSOR_CLASS + ZEROS}


@dataclass(frozen=True)
class Form:
    """What stands on the right of `tensor=`, and what it means."""

    given: str
    path: str  # the file, or the folder of a package
    files: dict[str, str]
    other_name: str  # by which the module can be imported, too


FORMS = [
    Form("./mine.py", "mine.py", MODULE, "mine"),
    Form("mine", "mine.py", MODULE, "mine"),
    Form("./mine", "mine/", PACKAGE, "mine"),
    Form("mine", "mine/", PACKAGE, "mine"),
    Form("./work/mine.py", "work/mine.py", MODULE, "work.mine"),
    Form("work.mine", "work/mine.py", MODULE, "work.mine"),
    Form("work/mine", "work/mine/", PACKAGE, "work.mine"),
    Form("work.mine", "work/mine/", PACKAGE, "work.mine"),
    Form("./my-tensor", "my-tensor/src/minitorch_tensor/", PACKAGE, "minitorch_tensor"),
    Form(
        "names/random.py", "names/random.py", MODULE, "minitorch_tensor"
    ),  # a name of Python's own
    Form("./a,b/mine.py", "a,b/mine.py", MODULE, "minitorch_tensor"),
]
SAME = """
import sys
from importlib import import_module

import minitorch_swap

other_name, given, order, *parts = sys.argv[1:]
if order == "other name, swap, layer":
    import_module(other_name)
if order != "environment, other name, layer":
    minitorch_swap.swap(tensor=given)
for part in parts:
    assert import_module(other_name + part) is import_module("minitorch_tensor" + part), part

import minitorch_autograd, minitorch_tensor, random
assert isinstance(minitorch_tensor.zeros((2,)), minitorch_autograd.Tensor)
assert minitorch_tensor.__spec__.origin == minitorch_tensor.__file__
random.random()
print(minitorch_tensor.__file__)
"""
ORDERS = ["swap, other name, layer", "other name, swap, layer", "environment, other name, layer"]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.given} for {form.path}")
@pytest.mark.parametrize("order", ORDERS)
def test_one_module_under_both_names(sandbox: Sandbox, form: Form, order: str) -> None:
    if order == "other name, swap, layer" and form.other_name == "minitorch_tensor":
        return  # which is the layer's name: too late, see test_misuse.py
    sandbox.write({form.path + name: text for name, text in form.files.items()})
    sandbox.write({"same.py": SAME})
    parts = ["", "._class", ".deep"] if form.files is PACKAGE else [""]
    environment = {"MINITORCH_SWAP": f"tensor={form.given}"} if "environment" in order else {}
    run = sandbox.run("same.py", form.other_name, form.given, order, *parts, **environment)
    assert run.stdout == sandbox.file(form.path + next(iter(form.files))) + "\n", run.stderr


def test_all_four_layers(sandbox: Sandbox) -> None:
    sandbox.write(
        {
            "mine/__init__.py": "",
            "mine/grad.py": "from minitorch_tensor import Tensor\n",
            "mine/nn.py": "import minitorch_autograd\n",
            "mine/optim.py": "from . import grad\n",  # out of the layer: it needs its own name
            "optim.py": "import minitorch_nn\nfrom minitorch_optim import grad\n",
        }
    )
    swaps = ["tensor=my_tensor", "autograd=mine.grad", "nn=./mine/nn.py", "optim=mine.optim"]
    run = sandbox.run("-m", "minitorch_swap", *swaps, "optim.py")
    assert run.returncode == 0
    unchecked = "(swapped, not checked: nothing installed needs it)"
    assert run.stderr == sandbox.report(
        # The swapped autograd has no requires.py: the contract goes with the consumer.
        tensor=f"{sandbox.file('my_tensor.py')} {unchecked}",
        autograd=f"{sandbox.file('mine/grad.py')} {unchecked}",
        nn=f"{sandbox.file('mine/nn.py')} {unchecked}",
        optim=f"{sandbox.file('mine/optim.py')} {unchecked}",
    )


def test_a_module_that_imports_the_layer_it_makes_is_checked_when_whole(sandbox: Sandbox) -> None:
    own = "import minitorch_tensor\nfrom minitorch_tensor._class import Tensor\n"
    sandbox.write({"mine/__init__.py": own + ZEROS, "mine/_class.py": TENSOR_CLASS})
    run = sandbox.run("-m", "minitorch_swap", "tensor=mine", "script.py")
    assert run.stdout == f"{sandbox.file('mine/__init__.py')}\nTrue []\n"


def test_a_swap_made_twice_is_made_once(sandbox: Sandbox) -> None:
    sandbox.write(
        {
            "twice.py": (
                "from minitorch_swap import swap\n"
                "swap(tensor='./my_tensor.py')\n"
                "import minitorch_tensor as first, my_tensor\n"
                "swap(tensor='./my_tensor.py')\n"
                "import minitorch_tensor as second\n"
                "print(first is second)\n"
            )
        }
    )
    run = sandbox.run("twice.py")
    assert run.stdout == "True\n"


def test_a_module_that_was_wrong_can_be_mended_in_the_same_session(sandbox: Sandbox) -> None:
    sandbox.write({"mine/__init__.py": "from ._class import *\n", "mine/_class.py": ""})
    run = sandbox.run(
        "-c",
        "import minitorch_swap, pathlib\n"
        "try: minitorch_swap.swap(tensor='./mine')\n"
        "except minitorch_swap.SwapError: print('refused')\n"
        f"pathlib.Path('mine/_class.py').write_text({TENSOR_CLASS + ZEROS!r})\n"
        "minitorch_swap.swap(tensor='./mine')\n"
        "print('accepted')\n",
    )
    assert run.stdout == "refused\naccepted\n"


def test_a_layer_can_be_reloaded(sandbox: Sandbox) -> None:
    sandbox.write(
        {
            "reload.py": (
                "import importlib, minitorch_swap\n"
                "minitorch_swap.swap(tensor='./my-tensor')\n"
                "import minitorch_tensor\n"
                "importlib.reload(minitorch_tensor)\n"
                "print(minitorch_tensor.__file__)\n"
            )
        }
    )
    path = "my-tensor/src/minitorch_tensor/"
    sandbox.write({path + name: text for name, text in PACKAGE.items()})
    assert sandbox.run("reload.py").stdout == sandbox.file(f"{path}__init__.py") + "\n"


def test_our_own_layers(sandbox: Sandbox) -> None:
    """The real stack runs over a copy of our tensor layer, under another name and in a package."""
    packages = PROJECT.parent
    ours = packages / "minitorch-tensor" / "src" / "minitorch_tensor"
    shutil.copytree(ours, sandbox.folder / "mine" / "tensor")
    sandbox.write(
        {
            "mine/__init__.py": "",
            "square.py": (
                "import minitorch_autograd\n"
                "x = minitorch_autograd.tensor([3.0], requires_grad=True)\n"
                "(x * x).sum().backward()\n"
                "print(x.grad.tolist())\n"
            ),
        }
    )
    run = sandbox.run(
        *("-m", "minitorch_swap", "tensor=mine.tensor", "square.py"),
        PYTHONPATH=os.pathsep.join(str(source) for source in sorted(packages.glob("*/src"))),
    )
    assert run.stdout == "[6.0]\n", run.stderr
    tensor = sandbox.file("mine/tensor/__init__.py")
    assert f"minitorch_swap: tensor: {tensor} (swapped)\n" in run.stderr
