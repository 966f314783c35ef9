"""Each alternative layer, alone and all together: it has the contract's names, trains, conforms."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAYERS = ROOT / "examples" / "layers"
ALTERNATIVES = {
    "tensor": LAYERS / "pure-tensor",
    "autograd": LAYERS / "tape-autograd",
    "nn": LAYERS / "plain-nn",
    "optim": LAYERS / "pure-optim",
}
SWAPS = {name: [f"{name}={path}"] for name, path in ALTERNATIVES.items()}
SWAPS["all four"] = [swap for swaps in list(SWAPS.values()) for swap in swaps]

each_swap = pytest.mark.parametrize("swaps", SWAPS.values(), ids=SWAPS)


def run(
    *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run Python in the repository, and show all that it printed if it fails."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    return done


@each_swap
def test_trains(swaps: list[str]) -> None:
    slow = any(swap.startswith("tensor=") for swap in swaps)
    count, epochs = ("200", "30") if slow else ("800", "20")
    done = run("-m", "minitorch_swap", *swaps, "tests/layers/train.py", count, epochs)
    loss, accuracy = map(float, done.stdout.split()[-2:])
    assert loss < 0.05
    assert accuracy >= 0.8
    for swap in swaps:
        assert swap.partition("=")[2] in done.stderr  # the report says which file each came from


@pytest.mark.parametrize("name", ["tensor", "autograd", "all four"])
def test_the_same_seed_gives_the_same_orders(name: str) -> None:
    ours = run("tests/layers/orders.py").stdout
    assert ours.count("[") > 20
    assert run("-m", "minitorch_swap", *SWAPS[name], "tests/layers/orders.py").stdout == ours


# What a layer changes: itself, and what stands on it.
CONCERNED = {
    "tensor": ["tensor", "autograd", "nn", "optim"],
    "autograd": ["autograd", "nn", "optim"],
    "nn": ["nn"],
    "optim": ["optim"],
}


@each_swap
def test_conforms(swaps: list[str]) -> None:
    options = [word for swap in swaps for word in ("--swap", swap)]
    layers = CONCERNED[swaps[0].partition("=")[0]]
    suites = [f"tests/conformance/{layer}" for layer in layers]
    done = run("-m", "pytest", "-q", "-p", "no:cacheprovider", *options, *suites)
    assert " passed" in done.stdout
    assert "skipped" not in done.stdout


def front() -> list[str]:
    """Return the modules of the front, but those of `onnx`: they translate what our nn has."""
    source = ROOT / "packages" / "minitorch-all" / "src"
    paths = [path.relative_to(source).with_suffix("") for path in source.glob("**/*.py")]
    modules = {".".join(path.parts).removesuffix(".__init__") for path in paths}
    return sorted(name for name in modules if not name.startswith("minitorch.onnx"))


# What stands on a replaced layer is checked against it: the layer has the names of the contract and
# no others (see the tests of each), so what stands on it uses no others.
@pytest.mark.parametrize(
    ("replaced", "checked"),
    [
        (["tensor"], ["minitorch_autograd"]),
        (["autograd"], ["minitorch_nn", "minitorch_optim", "minitorch_data"]),
        (["nn", "optim"], ["minitorch"]),
        (list(ALTERNATIVES), ["minitorch", "minitorch_data"]),
    ],
    ids=lambda names: "+".join(names),
)
def test_what_stands_on_it_type_checks(
    replaced: list[str], checked: list[str], tmp_path: Path
) -> None:
    folders = [
        (ALTERNATIVES[name] if name in replaced else ROOT / "packages" / f"minitorch-{name}")
        / "src"
        for name in ("tensor", "autograd", "nn", "optim", "data", "all")
    ]
    packages = [word for name in checked if name != "minitorch" for word in ("-p", name)]
    if "minitorch" in checked:
        packages += [word for module in front() for word in ("-m", module)]
    options = ["--strict", "--config-file=", f"--cache-dir={tmp_path}"]
    environment = {**os.environ, "MYPYPATH": os.pathsep.join(map(str, folders))}
    run("-m", "mypy", *options, *packages, environment=environment)
