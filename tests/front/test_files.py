"""Files that are written: whole for whoever looks, and otherwise what they were before."""

from __future__ import annotations

import errno
import io
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
import tty
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

import minitorch as torch
from minitorch import onnx

Writer: TypeAlias = Callable[[Path], None]


def export(path: Path) -> None:
    onnx.export(torch.nn.ReLU(), torch.ones(2), path)


def save(path: Path) -> None:
    torch.save({"x": torch.ones(2)}, path)


# What writes files, by a name that it takes.
WRITERS: dict[str, Writer] = {"a.pt": save, "a.safetensors": save, "a.onnx": export}
OLD = b"old"


@pytest.fixture(params=WRITERS)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return tmp_path / str(request.param)


@pytest.fixture
def write(path: Path) -> Writer:
    return WRITERS[path.name]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder of somebody who is not the superuser, as whom the test goes on."""
    made = Path(tempfile.mkdtemp())
    superuser = os.geteuid() == 0
    if superuser:
        os.chown(made, 65534, 65534)
        os.seteuid(65534)
    try:
        yield made
    finally:
        if superuser:
            os.seteuid(0)
        made.chmod(0o755)
        shutil.rmtree(made)


def is_new(path: Path) -> bool:
    content = path.read_bytes()
    return content != OLD and len(content) > 20


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


# --- At once


def hammer(path: Path, value: float, rounds: int, faults: list[object]) -> None:
    """Save and load by turns: what is loaded has been saved by somebody, whole."""
    for _ in range(rounds):
        try:
            torch.save({"x": torch.full((3000,), value)}, path)
            read = torch.load(path)["x"]
            if read.shape != (3000,) or (read != read[0]).any().item():
                faults.append("a torn file")
        except Exception as error:  # noqa: BLE001  (each is a fault)
            faults.append(error)


@pytest.mark.parametrize("name", ["a.pt", "a.safetensors"])
def test_threads_save_to_one_path(tmp_path: Path, name: str) -> None:
    faults: list[object] = []
    threads = [
        threading.Thread(target=hammer, args=(tmp_path / name, i, 15, faults)) for i in range(4)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert faults == []
    assert names(tmp_path) == [name]


PROCESS = """
import os, sys
from pathlib import Path
from tests.front.test_files import hammer
os.getpid = lambda: 7  # as in two containers with a folder in common
faults = []
hammer(Path(sys.argv[1]), float(sys.argv[2]), 15, faults)
assert faults == [], faults
"""


@pytest.mark.parametrize("name", ["a.pt", "a.safetensors"])
def test_processes_save_to_one_path(tmp_path: Path, name: str) -> None:
    root = Path(__file__).parents[2]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", PROCESS, str(tmp_path / name), str(i)],
            cwd=root,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([*sys.path, str(root)])},
        )
        for i in range(2)
    ]
    assert [one.wait() for one in processes] == [0, 0]
    assert names(tmp_path) == [name]


# --- As it was


def test_a_new_file_has_the_mode_of_the_process(path: Path, write: Writer) -> None:
    before = os.umask(0o027)
    try:
        write(path)
    finally:
        os.umask(before)
    assert mode(path) == 0o640
    assert names(path.parent) == [path.name]


@pytest.mark.parametrize("own", [0o600, 0o644, 0o666, 0o755])
def test_the_mode_stays(path: Path, write: Writer, own: int) -> None:
    path.write_bytes(OLD)
    path.chmod(own)
    write(path)
    assert is_new(path)
    assert mode(path) == own


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser writes files of another's")
def test_the_owner_stays(path: Path, write: Writer) -> None:
    path.write_bytes(OLD)
    os.chown(path, 1234, 5678)
    write(path)
    assert is_new(path)
    assert (path.stat().st_uid, path.stat().st_gid) == (1234, 5678)


@pytest.mark.parametrize("absolute", [True, False])
@pytest.mark.parametrize("exists", [True, False])
def test_a_link_stays_one_and_its_target_is_written(
    path: Path, write: Writer, absolute: bool, exists: bool
) -> None:
    elsewhere = path.parent / "elsewhere"
    elsewhere.mkdir()
    target = elsewhere / "target"
    if exists:
        target.write_bytes(OLD)
        target.chmod(0o600)
    path.symlink_to(target if absolute else Path("elsewhere") / "target")
    write(path)
    assert path.is_symlink()
    assert is_new(target)
    assert not target.is_symlink()
    if exists:
        assert mode(target) == 0o600
    assert names(elsewhere) == ["target"]
    assert names(path.parent) == sorted([path.name, "elsewhere"])


def test_a_chain_of_links(path: Path, write: Writer) -> None:
    target, between = path.with_name("target"), path.with_name("between")
    between.symlink_to(target)
    path.symlink_to(between)
    write(path)
    assert path.is_symlink()
    assert between.is_symlink()
    assert is_new(target)


def test_a_ring_of_links_is_refused(path: Path, write: Writer) -> None:
    other = path.with_name("other")
    path.symlink_to(other)
    other.symlink_to(path)
    with pytest.raises(OSError, match="symbolic links"):
        write(path)
    assert path.is_symlink()


def test_a_read_only_file_is_refused(path: Path, write: Writer) -> None:
    path.write_bytes(OLD)
    path.chmod(0o444)
    message = f"[Errno 13] save: the file is read-only: '{path}'"
    with pytest.raises(PermissionError, match=f"^{re.escape(message)}$"):
        write(path)
    assert path.read_bytes() == OLD
    assert names(path.parent) == [path.name]


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser makes files of another's")
@pytest.mark.parametrize("name", WRITERS)
def test_a_file_that_others_may_write_is_refused(folder: Path, name: str) -> None:
    os.seteuid(0)
    (folder / name).write_bytes(OLD)
    (folder / name).chmod(0o644)
    os.seteuid(65534)
    with pytest.raises(PermissionError, match="Permission denied"):
        WRITERS[name](folder / name)
    assert (folder / name).read_bytes() == OLD


# --- What can't be replaced


def test_a_pipe_is_written_to(path: Path, write: Writer) -> None:
    os.mkfifo(path)
    content: list[bytes] = []
    reader = threading.Thread(target=lambda: content.append(path.read_bytes()), daemon=True)
    reader.start()
    write(path)
    reader.join(10)
    assert len(content[0]) > 20
    assert stat.S_ISFIFO(path.stat().st_mode)
    assert names(path.parent) == [path.name]


@pytest.mark.parametrize("name", WRITERS)
def test_a_device_is_written_to(name: str) -> None:
    """Such as a terminal, which nothing could be put in the place of."""
    screen, terminal = os.openpty()
    tty.setraw(terminal)
    device = Path(os.ttyname(terminal))
    WRITERS[name](device)
    assert len(os.read(screen, 9999)) > 20
    assert stat.S_ISCHR(device.stat().st_mode)
    for one in (screen, terminal):
        os.close(one)


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="names open files by numbers")
@pytest.mark.parametrize("kind", ["pipe", "file", "removed file"])
def test_an_open_file_by_its_number(tmp_path: Path, kind: str) -> None:
    if kind == "pipe":
        reading, writing = os.pipe()
    else:
        reading = writing = os.open(tmp_path / "a", os.O_RDWR | os.O_CREAT)
        if kind == "removed file":
            (tmp_path / "a").unlink()
    save(Path(f"/dev/fd/{writing}"))
    content = (tmp_path / "a").read_bytes() if kind == "file" else os.read(reading, 9999)
    assert torch.load(io.BytesIO(content))["x"].tolist() == [1.0, 1.0]
    for one in {reading, writing}:
        os.close(one)


def test_a_folder_is_refused(path: Path, write: Writer) -> None:
    path.mkdir()
    with pytest.raises(IsADirectoryError):
        write(path)


def test_a_folder_that_is_not_there(path: Path, write: Writer) -> None:
    with pytest.raises(FileNotFoundError, match=re.escape(f": '{path.parent / 'no' / path.name}'")):
        write(path.parent / "no" / path.name)


@pytest.mark.parametrize("name", WRITERS)
def test_a_folder_that_takes_no_second_file(folder: Path, name: str) -> None:
    path = folder / name
    path.write_bytes(OLD)
    path.chmod(0o600)
    folder.chmod(0o555)
    message = (
        f"save: {path} is written in place, since it can't be replaced (Permission denied): "
        "a process that is killed on the way leaves half of it"
    )
    with pytest.warns(UserWarning, match=f"^{re.escape(message)}$") as caught:
        WRITERS[name](path)
    assert caught[0].filename == __file__
    assert is_new(path)
    assert mode(path) == 0o600
    with pytest.raises(PermissionError, match=re.escape(f"'{folder / ('new' + name)}'")):
        WRITERS[name](folder / f"new{name}")


def test_who_wants_no_writing_in_place_makes_the_warning_an_error(folder: Path) -> None:
    path = folder / "a.pt"
    path.write_bytes(OLD)
    folder.chmod(0o555)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with pytest.raises(UserWarning, match="is written in place"):
            save(path)
    assert path.read_bytes() == OLD


@pytest.mark.parametrize("number", [errno.EBUSY, errno.EPERM, errno.EACCES])
def test_a_file_that_can_not_get_another_name(
    path: Path, write: Writer, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As one that is mounted, or another's in a folder like /tmp."""

    def replace(self: Path, target: Path) -> Path:
        raise OSError(number, os.strerror(number), self, None, target)

    path.write_bytes(OLD)
    monkeypatch.setattr(Path, "replace", replace)
    with pytest.warns(UserWarning, match=re.escape(f"({os.strerror(number)})")):
        write(path)
    assert is_new(path)
    assert names(path.parent) == [path.name]


def test_a_long_name(path: Path, write: Writer) -> None:
    longest = path.with_name("é" * 120 + path.name)
    write(longest)
    assert names(path.parent) == [longest.name]


# --- What killed processes left

TOKEN = "0123456789abcdef"


def test_old_partial_files_are_cleared(path: Path, write: Writer) -> None:
    old, new = time.time() - 2 * 3600, time.time() - 60
    beside = {
        f".{path.name}.{TOKEN}.partial": old,
        f".{path.name}.4711.partial": old,
        f".{path.name}.{TOKEN[::-1]}.partial": new,  # of a save that is on its way
        f".{path.name}.{TOKEN}.partial.txt": old,
        f".{path.name}.notes.partial": old,
        f".b{path.name}.{TOKEN}.partial": old,
        f"{path.name}.{TOKEN}.partial": old,
        f".{path.name.replace('.', '-')}.{TOKEN}.partial": old,
    }
    for name, written in beside.items():
        (path.parent / name).write_bytes(OLD)
        os.utime(path.parent / name, (written, written))
    (path.parent / f".{path.name}.{'f' * 16}.partial").mkdir()  # which can't be removed as a file
    os.utime(path.parent / f".{path.name}.{'f' * 16}.partial", (old, old))
    write(path)
    assert names(path.parent) == sorted(
        [path.name, f".{path.name}.{'f' * 16}.partial", *list(beside)[2:]]
    )


def test_what_a_killed_process_leaves_is_recognised(
    path: Path, write: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", lambda self, missing_ok=False: None)
        patch.setattr(Path, "replace", lambda self, target: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            write(path)
    (left,) = path.parent.iterdir()
    write(path)
    assert len(names(path.parent)) == 2
    os.utime(left, (0, 0))
    write(path)
    assert names(path.parent) == [path.name]


# --- Other kinds of files


def test_neither_a_path_nor_a_file() -> None:
    with pytest.raises(TypeError, match=r"^save: expected a path or a binary file, got int$"):
        torch.save({}, 3)  # type: ignore[arg-type]  # what is wrong
    with pytest.raises(TypeError, match=r"^load: expected a path or a binary file, got NoneType$"):
        torch.load(None)  # type: ignore[arg-type]  # what is wrong
    with pytest.raises(TypeError, match=r"^load: the file gives str; open it as binary: 'rb'$"):
        torch.load(io.StringIO("PK"))  # type: ignore[arg-type]  # what is wrong
