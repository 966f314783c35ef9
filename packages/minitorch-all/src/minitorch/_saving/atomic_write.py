"""Replacing a file atomically, with its links, mode and owner kept.

The content goes to a partial file beside the target, which is then renamed to the target. So at any
time a reader finds the old file or the new one, whole. What `open(path, "wb")` would keep is kept:
symbolic links, the mode, the owner, and the protection of read-only files. What can't be replaced,
such as a pipe, is written to.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
import warnings
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

File: TypeAlias = "str | os.PathLike[str] | BinaryIO"

# A partial file that is older, in seconds, was left by a process that was killed.
OLD: Final = 3600.0
# No new file allowed in the folder, another user's file in a folder like /tmp, a mounted file.
REFUSED: Final = {errno.EACCES, errno.EPERM, errno.EBUSY}
# How many characters of the target's name, from its end, are in that of the partial file.
KEPT: Final = 40


def write(f: File, content: bytes) -> None:
    """Write `content` to a binary file as it is, or to a path, whole or not at all.

    Raises:
        OSError: if the file is read-only, or can't be written.
    """
    if not isinstance(f, str | os.PathLike):
        f.write(content)
        return
    path = Path(f)
    target = _target(path)
    if target is None:
        path.write_bytes(content)
        return
    try:
        _replace(target, content)
    except OSError as error:
        if error.errno not in REFUSED:
            raise
        if target.exists():
            warnings.warn(
                f"save: {path} is written in place, since it can't be replaced ({error.strerror}): "
                "a process that is killed on the way leaves half of it",
                stacklevel=3,
            )
        path.write_bytes(content)


def _target(path: Path) -> Path | None:
    """Return the regular file that `path` is or will be, behind links, or None if it is none.

    Raises:
        OSError: if it can't be written.
    """
    target = Path(os.path.realpath(path))
    try:
        found = path.stat()
    except FileNotFoundError:
        return target if target.parent.is_dir() else None
    if not stat.S_ISREG(found.st_mode) or not target.exists():
        return None
    if not found.st_mode & 0o222:  # the superuser, too, has to say that it may be written
        raise PermissionError(errno.EACCES, "save: the file is read-only", str(path))
    path.open("r+b").close()  # raises if writing is forbidden for another reason
    return target


def _replace(target: Path, content: bytes) -> None:
    """Write `content` to a partial file, and rename it to the target."""
    name = target.name[-KEPT:]
    # Unique without the process's number, which two machines on a shared folder may have in common.
    partial = target.with_name(f".{name}.{secrets.token_hex(8)}.partial")
    try:
        with partial.open("xb") as file:
            _copy_rights(target, partial)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            written = os.fstat(file.fileno()).st_mtime  # by the clock that other files have, too
        partial.replace(target)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    _clear(target.parent, name, written - OLD)


def _copy_rights(target: Path, partial: Path) -> None:
    """Give the partial file the owner and the mode of the target, if there is one."""
    try:
        found = target.stat()
    except FileNotFoundError:
        return
    own = partial.stat()
    if (own.st_uid, own.st_gid) != (found.st_uid, found.st_gid):
        os.chown(partial, found.st_uid, found.st_gid)
    partial.chmod(stat.S_IMODE(found.st_mode))


def _clear(folder: Path, name: str, before: float) -> None:
    """Remove partial files of this name that were left before a time."""
    left = re.compile(rf"\.{re.escape(name)}\.[0-9a-f]+\.partial")
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if left.fullmatch(entry.name):
                with suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_mtime < before:
                        Path(entry.path).unlink()
