"""Work in forked processes, several at a time, each with a limit of time and memory."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterable, Iterator
from enum import Enum
from pathlib import Path
from time import monotonic, sleep
from typing import Final, Generic, NamedTuple, TypeVar

T = TypeVar("T")
MEMORY: Final = 6 * 2**30  # what a mutant may take beyond what is there


class Outcome(Enum):
    """How a mutant ended."""

    SURVIVED = 0
    KILLED = 1
    HUNG = 2


class _Running(NamedTuple, Generic[T]):
    task: T
    slot: int
    folder: str
    ends: float


def in_forks(
    tasks: Iterable[T],
    work: Callable[[T, int], Outcome],
    jobs: int,
    seconds: Callable[[T], float],
) -> Iterator[tuple[T, Outcome]]:
    """Do work in forks, and give what came of each as it ends.

    Args:
        tasks: what there is to do.
        work: does it, in a fork; the number is below `jobs`, and no other fork's at that time.
        jobs: how many forks run at a time.
        seconds: how long a task may keep a core busy; on the clock it is five times as long.
    """
    running: dict[int, _Running[T]] = {}
    free = list(range(jobs))
    waiting = iter(tasks)
    more = True
    while more or running:
        while more and free:
            try:
                task = next(waiting)
            except StopIteration:
                more = False
                break
            slot, folder = free.pop(), tempfile.mkdtemp(prefix="mutant-")
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # threads of libraries, none of which works now
                pid = os.fork()
            if pid == 0:
                _child(task, slot, folder, work, seconds(task))
            running[pid] = _Running(task, slot, folder, monotonic() + 5 * seconds(task))
        for pid, one in list(running.items()):
            ended, status = os.waitpid(pid, os.WNOHANG)
            if not ended and monotonic() < one.ends:
                continue
            _end_group(pid)
            if not ended:
                os.waitpid(pid, 0)
            shutil.rmtree(one.folder, ignore_errors=True)
            del running[pid]
            free.append(one.slot)
            exited = os.waitstatus_to_exitcode(status) if ended else -signal.SIGXCPU
            hung = exited in (-signal.SIGXCPU, -signal.SIGKILL)
            yield one.task, Outcome.HUNG if hung else Outcome.KILLED if exited else Outcome.SURVIVED
        sleep(0.005)


def _end_group(pid: int) -> None:
    """End what a fork may have started and left behind."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def _child(
    task: T, slot: int, folder: str, work: Callable[[T, int], Outcome], seconds: float
) -> None:
    os.setsid()
    os.environ["PYTEST_DEBUG_TEMPROOT"] = os.environ["TMPDIR"] = tempfile.tempdir = folder
    silence = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(silence, stream)
    limit = int(seconds) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    pages = Path("/proc/self/statm")
    if pages.exists():
        most = int(pages.read_text().split()[0]) * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    outcome = Outcome.KILLED
    try:
        outcome = work(task, slot)
    finally:
        os._exit(outcome.value)
