"""Plants small random mistakes in the packages, and prints those that no test notices.

    hatch run mutants                         100 mistakes anywhere
    hatch run mutants --sample 300 --seed 7   more, and others
    hatch run mutants FILE ...                in these files or folders only

Each mistake is tried against the tests that run its line, the quick ones first, until one fails.
Which tests those are is recorded in `.mutants/`: all once (some minutes), later those whose files
have changed; `--record` begins anew, which is due when much has changed.
"""

from __future__ import annotations

import argparse
import importlib
import os
import pickle
import random
import sys
import warnings
from collections.abc import Iterator, Sequence
from multiprocessing import get_context
from pathlib import Path
from time import monotonic
from typing import Final

from rich.console import Console
from rich.table import Table
from tests.mutants.choosing import choose
from tests.mutants.equivalent import is_equivalent
from tests.mutants.planting import Mutant, mutants_of
from tests.mutants.recording import Recorded, merged, record, test_files
from tests.mutants.running import Outcome
from tests.mutants.swapping import new_codes
from tests.mutants.trying import Trial, paths, try_at_once, try_in_copy

ROOT: Final = Path(__file__).parents[2]
# One thread for each process: they share the cores.
THREADS: Final = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
# What all forks share, imported once.
WARM: Final = ("numpy", "pytest", "hypothesis", "coverage", "rich.table", "torch", "onnx")


def recording(root: Path, jobs: int, again: bool) -> Recorded:
    """Return which tests run which lines; test files that are new or changed are recorded now."""
    kept = root / ".mutants" / "recorded.pickle"
    kept.parent.mkdir(exist_ok=True)
    recorded = Recorded()
    if kept.exists() and not again:
        recorded = pickle.loads(kept.read_bytes())
    current = test_files(root)
    due = [file for file, digest in current.items() if recorded.files.get(file) != digest]
    if due:
        print(f"recording what {len(due)} files of tests run", flush=True)
        parts = [kept.with_name(f"part-{part}.pickle") for part in range(jobs)]
        processes = [
            get_context("fork").Process(target=record, args=(root, due[i::jobs], part))
            for i, part in enumerate(parts)
            if due[i::jobs]
        ]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        added = merged(root, [part for part in parts if part.exists()])
        added.files = {file: current[file] for file in due}
        recorded.add(added)
        kept.write_bytes(pickle.dumps(recorded))
        for part in parts:
            part.unlink(missing_ok=True)
    return recorded


def sources(root: Path, chosen: Sequence[str]) -> dict[str, bytes]:
    """Return the files of the packages, or of those chosen, but for the contracts."""
    found = {}
    for path in sorted(root.glob("packages/*/src/**/*.py")):
        within = not chosen or any(path.is_relative_to(Path(one).resolve()) for one in chosen)
        if within and path.name != "requires.py":
            found[str(path.relative_to(root))] = path.read_bytes()
    return found


def sample(files: dict[str, bytes], count: int, seed: int) -> list[Mutant]:
    """Return so many mutants, drawn at random among all; none that is known as equivalent."""
    every = [mutant for file, source in files.items() for mutant in mutants_of(file, source)]
    random.Random(seed).shuffle(every)
    drawn: list[Mutant] = []
    for mutant in every:
        source = files[mutant.file]
        if len(drawn) == count:
            break
        if not is_equivalent(mutant, source) and _is_python(mutant, source):
            drawn.append(mutant)
    return drawn


def _is_python(mutant: Mutant, source: bytes) -> bool:
    try:
        compile(mutant.source(source), mutant.file, "exec", dont_inherit=True)
    except SyntaxError:
        return False
    return True


def outcomes(
    root: Path, recorded: Recorded, trials: list[Trial], jobs: int
) -> Iterator[tuple[Trial, Outcome]]:
    """Try each, the quick way where it is open."""
    at_once: list[Trial] = []
    in_copy: list[Trial] = []
    for trial in trials:
        file, source = trial.mutant.file, trial.source
        quick = (
            trial.choice.direct
            and trial.mutant.line not in recorded.imported.get(file, ())
            and new_codes(file, source, trial.mutant.source(source)) is not None
        )
        (at_once if quick else in_copy).append(trial)
    yield from try_at_once(root, at_once, jobs)
    yield from try_in_copy(root, in_copy, jobs)


def main(arguments: Sequence[str] | None = None) -> None:
    """Plant, try, and print."""
    parser = argparse.ArgumentParser(
        "mutants", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="*", help="files or folders; without any, all packages")
    parser.add_argument("--sample", type=int, default=100, help="how many mistakes (100)")
    parser.add_argument("--seed", type=int, default=0, help="which ones are drawn (0)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes at a time")
    parser.add_argument(
        "--seconds", type=float, default=20.0, help="how long the tests of one may take (20)"
    )
    parser.add_argument("--record", action="store_true", help="record again what tests run")
    parser.add_argument("--root", type=Path, default=ROOT, help="the repository, if not this one")
    options = parser.parse_args(arguments)

    root = options.root.resolve()
    files = sources(root, options.files)
    os.chdir(root)
    sys.path[:0] = paths(root)
    os.environ |= dict.fromkeys(THREADS, "1")  # read when NumPy is imported
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name in WARM:
            try:
                importlib.import_module(name)
            except ImportError:
                pass
    console = Console(highlight=False)
    recorded = recording(root, options.jobs, options.record)
    began = monotonic()
    trials = [
        Trial(m, files[m.file], choose(recorded, m, files[m.file].decode(), options.seconds))
        for m in sample(files, options.sample, options.seed)
    ]
    done: list[tuple[Trial, Outcome]] = []
    for trial, outcome in outcomes(root, recorded, trials, options.jobs):
        done.append((trial, outcome))
        if outcome is Outcome.SURVIVED:
            before, after = trial.mutant.shown(trial.source)
            tests = len(trial.choice.tests)
            of_line = "" if trial.choice.direct else ", none of its line"
            console.print(
                f"{trial.mutant.file}:{trial.mutant.line} survived {tests} tests{of_line}\n"
                f"    {before}\n -> {after}",
                markup=False,
                soft_wrap=True,
            )
    table = Table(title=f"Mutants, seed {options.seed}: {monotonic() - began:.0f} s")
    for heading in ("package", "planted", "killed", "of them by time", "rate"):
        table.add_column(heading, justify="left" if heading == "package" else "right")
    packages = sorted({trial.mutant.file.split("/")[1] for trial, _ in done})
    for package in [*packages, "all"]:
        mine = [o for t, o in done if package in ("all", t.mutant.file.split("/")[1])]
        killed = sum(outcome is not Outcome.SURVIVED for outcome in mine)
        hung = sum(outcome is Outcome.HUNG for outcome in mine)
        rate = f"{killed / len(mine):.1%}" if mine else ""
        table.add_row(package, str(len(mine)), str(killed), str(hung), rate)
    console.print(table)


if __name__ == "__main__":
    main()
