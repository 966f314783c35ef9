"""The start-up hook and the pytest plugin get to where they work, installed or editable."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from tests.swap.sandbox import PROJECT, Sandbox


@pytest.mark.parametrize("build", ["build_wheel", "build_editable"])
def test_an_installation_has_the_hook_and_the_plugin(tmp_path: Path, build: str) -> None:
    project, site_packages = tmp_path / "project", tmp_path / "site-packages"
    shutil.copytree(PROJECT, project)
    command = f"from hatchling.build import {build}; {build}('.')"
    subprocess.run([sys.executable, "-c", command], cwd=project, check=True)
    (wheel,) = project.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(site_packages)
    assert (site_packages / "minitorch_swap.pth").is_file()
    (entry_points,) = site_packages.glob("*.dist-info/entry_points.txt")
    assert "[pytest11]\nminitorch_swap = minitorch_swap._pytest_plugin" in entry_points.read_text()

    # As Python does when it starts, and with none of the source tree's own paths.
    box = Sandbox(tmp_path / "box")
    box.write(
        {"installed/sitecustomize.py": f"import site; site.addsitedir({str(site_packages)!r})"}
    )
    run = box.run("script.py", PYTHONPATH=box.file("installed"), MINITORCH_SWAP="tensor=my_tensor")
    assert run.stdout == f"{box.file('my_tensor.py')}\nTrue []\n", run.stderr
