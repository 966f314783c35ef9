"""Reading the code in a Markdown file, and running it as a reader would.

| block     | what is done with it                                                               |
|-----------|------------------------------------------------------------------------------------|
| `python`  | run; or, if it begins with a comment like `# my_optim.py`, written to that file    |
| `toml`    | written to the file that its first line names                                      |
| `pycon`   | run as a doctest                                                                   |
| `console` | each line after `$` is run; if output is shown, it is compared (`...` is anything) |
| none      | nothing: it is a drawing, or an output                                             |

A comment before a block says what else there is to know: `<!-- fails -->` that its commands do,
`<!-- not run: why -->` that they can't be run in a test.
"""

from __future__ import annotations

import doctest
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LANGUAGES = ("python", "toml", "pycon", "console", "")

COMMENT = re.compile(r"<!-- (.*) -->")
FILE_NAME = re.compile(r"# ([\w./-]+\.\w+)(, continued)?")


@dataclass(frozen=True)
class Snippet:
    """A block of code, where it stands, and the comment before it."""

    file: Path
    line: int
    language: str
    text: str
    comment: str

    def __str__(self) -> str:
        return f"{self.file.parent.name}/{self.file.name}:{self.line}"


def snippets(file: Path) -> list[Snippet]:
    """Return the blocks of code in a Markdown file, in their order."""
    found = []
    lines = file.read_text().splitlines()
    comment, start, language = "", 0, ""
    for number, line in enumerate(lines, 1):
        if start and line == "```":
            text = "\n".join(lines[start : number - 1]) + "\n"
            found.append(Snippet(file, start, language, text, comment))
            comment, start = "", 0
        elif not start and line.startswith("```"):
            start, language = number, line.removeprefix("```")
        elif not start and line:
            match = COMMENT.fullmatch(line)
            comment = match[1] if match else ""
    return found


class Reader:
    """Someone who follows a document in a copy of the repository.

    What the environment is not asked to do again is done by stand-ins: `pip` does nothing, and
    `hatch` runs the scripts of `hatch.toml` in the environment that is there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "checkout"
        ignored = shutil.ignore_patterns(".*", "__pycache__", "dist")
        shutil.copytree(ROOT, self.folder, ignore=ignored)
        commands = folder / "bin"
        commands.mkdir()
        stand_in = Path(__file__).with_name("hatch_stand_in.py")
        for name, text in (
            ("pip", ":"),
            ("python", f'exec "{sys.executable}" "$@"'),
            ("hatch", f'exec "{sys.executable}" "{stand_in}" "$@"'),
        ):
            (commands / name).write_text(f"#!/bin/sh\n{text}\n")
            (commands / name).chmod(0o755)
        sources = [str(path) for path in sorted(self.folder.glob("packages/*/src"))]
        inherited = {key: value for key, value in os.environ.items() if key != "MINITORCH_SWAP"}
        self.environment = inherited | {
            "PATH": os.pathsep.join(
                [str(commands), str(Path(sys.executable).parent), os.environ["PATH"]]
            ),
            "PYTHONPATH": os.pathsep.join(sources),
            "PYTHONUNBUFFERED": "1",  # what a program prints and what it complains of, in order
            "OPENBLAS_NUM_THREADS": "1",  # threads only wait for each other on a busy machine
        }

    def follow(self, snippet: Snippet) -> None:
        """Do what the snippet asks for, and assert that it goes as the document says."""
        assert snippet.language in LANGUAGES, f"{snippet}: {snippet.language} would not be run"
        if snippet.comment.startswith("not run: "):
            return
        name = FILE_NAME.match(snippet.text)
        if name and snippet.language in ("python", "toml"):
            self._write(name[1], snippet.text, append=bool(name[2]))
        elif snippet.language == "python":
            result = self._run([sys.executable, "-c", snippet.text])
            assert result.returncode == 0, f"{snippet}\n{result.stdout}"
        elif snippet.language == "pycon":
            self._doctest(snippet)
        elif snippet.language == "console":
            for command, expected in commands(snippet.text):
                result = self._run(["sh", "-c", command])
                told = f"{snippet}: {command}\n{result.stdout}"
                assert (result.returncode != 0) == (snippet.comment == "fails"), told
                assert not expected or matches(expected, result.stdout), told

    def _write(self, name: str, text: str, append: bool) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        before = path.read_text() if append else ""
        path.write_text(before + text.partition("\n")[2])

    def _run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )

    def _doctest(self, snippet: Snippet) -> None:
        example = doctest.DocTestParser().get_doctest(snippet.text, {}, str(snippet), None, 0)
        told: list[str] = []
        assert example.examples
        assert not doctest.DocTestRunner().run(example, out=told.append).failed, "".join(told)


def commands(text: str) -> list[tuple[str, str]]:
    """Return the commands in a console block, each with the output that is shown below it.

    A line that ends in a backslash goes on in the next one, as in a shell.
    """
    parts = re.split(r"^\$ ", text, flags=re.MULTILINE)
    assert not parts[0], f"output without a command: {parts[0]}"
    found = []
    for part in parts[1:]:
        command, _, output = part.partition("\n")
        while command.endswith("\\"):
            line, _, output = output.partition("\n")
            command += "\n" + line
        found.append((command, output))
    return found


def matches(expected: str, output: str) -> bool:
    """Return whether an output is the expected one, where `...` is anything."""
    return doctest.OutputChecker().check_output(expected, output, doctest.ELLIPSIS)
