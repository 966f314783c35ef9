"""What is published: each wheel brings what it needs and nothing else, and works alone.

No package index is asked: the wheels are built with the hatchling that is here, and what is not
ours is a copy of what is here.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.metadata import Metadata
from tests.wheels import build
from trove_classifiers import classifiers

ROOT = Path(__file__).parents[1]
BELOW = ["minitorch-autograd", "minitorch-tensor", "numpy"]
BROUGHT = {
    "minitorch-tensor": ["minitorch-tensor", "numpy"],
    "minitorch-autograd": BELOW,
    "minitorch-nn": ["minitorch-nn", *BELOW],
    "minitorch-optim": ["minitorch-optim", *BELOW],
    "minitorch-data": ["minitorch-data", *BELOW],
    "minitorch-all": [
        "minitorch-all",
        "minitorch-data",
        "minitorch-nn",
        "minitorch-optim",
        "safetensors",
        *BELOW,
    ],
}
ALL = [*BROUGHT, "minitorch-swap"]


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheels of all packages."""
    folder = tmp_path_factory.mktemp("wheels") / "dist"
    build(folder)
    return folder


def test_every_package_is_built(wheels: Path) -> None:
    built = {wheel.name.partition("-")[0].replace("_", "-") for wheel in wheels.iterdir()}
    assert built == set(ALL)


def uv(*arguments: str) -> str:
    command = [sys.executable, "-m", "uv", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def environment_with(folder: Path, names: list[str]) -> Path:
    """Make an environment with these distributions alone, and return its interpreter."""
    uv("venv", "--quiet", "--no-project", "--python", sys.executable, str(folder))
    (python,) = [*folder.glob("bin/python"), *folder.glob("Scripts/python.exe")]
    ask = "import sysconfig; print(sysconfig.get_path('purelib'))"
    run = subprocess.run([python, "-c", ask], capture_output=True, text=True, check=True)
    for found in map(distribution, names):
        for file in found.files or ():
            if ".." not in file.parts and "__pycache__" not in file.parts:
                target = Path(run.stdout.strip(), file)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(str(found.locate_file(file)), target)
    return python


@pytest.mark.parametrize("name", ALL)
def test_a_wheel_has_its_types_and_its_licence(wheels: Path, name: str) -> None:
    (path,) = wheels.glob(f"{name.replace('-', '_')}-*.whl")
    with zipfile.ZipFile(path) as wheel:
        files = {file.rpartition("/")[2]: file for file in wheel.namelist()}
        assert "py.typed" in files
        assert wheel.read(files["LICENSE"]) == (ROOT / "LICENSE").read_bytes()
        assert not [file for file in files if file.endswith(".pyc")]


@pytest.mark.parametrize("name", ALL)
def test_a_wheel_says_of_itself_what_an_index_takes(wheels: Path, name: str) -> None:
    (path,) = wheels.glob(f"{name.replace('-', '_')}-*.whl")
    with zipfile.ZipFile(path) as wheel:
        (file,) = [file for file in wheel.namelist() if file.endswith(".dist-info/METADATA")]
        told = Metadata.from_email(wheel.read(file), validate=True)
    assert set(told.classifiers or ()) <= classifiers
    assert set(told.project_urls or ()) == {"Repository", "Documentation", "Changelog", "Issues"}
    assert told.keywords and told.description and told.summary and told.license_expression


@pytest.mark.parametrize("name", BROUGHT)
def test_installing_brings_what_is_needed_and_nothing_else(
    wheels: Path, tmp_path: Path, name: str
) -> None:
    not_ours = [need for need in BROUGHT[name] if not need.startswith("minitorch-")]
    python = environment_with(tmp_path / "environment", not_ours)
    target = ("--python", str(python))
    uv("pip", "install", *target, "--no-index", "--find-links", str(wheels), name)
    installed = json.loads(uv("pip", "list", *target, "--format=json"))
    assert sorted(found["name"] for found in installed) == sorted(BROUGHT[name])
    readme = (ROOT / "packages" / name / "README.md").read_text()
    snippet = readme.partition("```python\n")[2].partition("```")[0]
    subprocess.run([python, "-I", "-W", "error", "-c", snippet], check=True)
