"""Whoever follows the documents gets what they say."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest
from tests.docs.hatch_stand_in import all_scripts
from tests.docs.snippets import ROOT, Reader, commands, matches, snippets

DOCUMENTS = [
    *sorted(ROOT.glob("*.md")),
    *sorted(ROOT.glob("docs/*.md")),
    *sorted(ROOT.glob("packages/*/README.md")),
]
# What `hatch run` also starts, by the name of a program.
PROGRAMS = ("pip", "pre-commit", "python", "ruff")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_document(document: Path, tmp_path: Path) -> None:
    found = snippets(document)
    if found:
        reader = Reader(tmp_path)
        for snippet in found:
            reader.follow(snippet)


def test_the_documents_that_are_read_are_there() -> None:
    names = {str(path.relative_to(ROOT)) for path in DOCUMENTS}
    assert {"README.md", "docs/architecture.md", "docs/replace-a-layer.md"} < names
    assert len([name for name in names if name.startswith("packages/")]) == 7


def test_every_script_that_is_named_exists() -> None:
    environments = tomllib.loads((ROOT / "hatch.toml").read_text())["envs"]
    for document in DOCUMENTS:
        for name in re.findall(r"hatch run ([\w:+=.-]+)", document.read_text()):
            environment, _, script = name.rpartition(":")
            scripts = all_scripts(environments, environment or "default")
            assert script in {*scripts, *PROGRAMS}, f"{document}: hatch run {name}"


def test_every_link_leads_somewhere() -> None:
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)]+)\)", document.read_text()):
            if "://" not in target:
                name, _, heading = target.partition("#")
                path = document.parent / name if name else document
                assert path.exists(), f"{document}: {target}"
                assert not heading or heading in anchors(path), f"{document}: {target}"


def anchors(document: Path) -> set[str]:
    """Return what a link can name after `#`: the headings, as they are written in addresses."""
    headings = re.findall(r"^#+ (.+)$", document.read_text(), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


# --- The reader itself


MARKDOWN = """\
Some text.

<!-- fails -->
```console
$ python -c "print(1); raise SystemExit(3)"
1
$ false
```

```python
# made/by_hand.py
x = 1
```

```python
# made/by_hand.py, continued
y = x + 1
```

<!-- not run: it can't be -->
```console
$ false
```
"""


def test_reading_and_following(tmp_path: Path) -> None:
    file = tmp_path / "document.md"
    file.write_text(MARKDOWN)
    found = snippets(file)
    assert [(one.line, one.language, one.comment) for one in found] == [
        (4, "console", "fails"),
        (10, "python", ""),
        (15, "python", ""),
        (21, "console", "not run: it can't be"),
    ]
    assert commands(found[0].text) == [
        ('python -c "print(1); raise SystemExit(3)"', "1\n"),
        ("false", ""),
    ]
    reader = Reader(tmp_path)
    for one in found:
        reader.follow(one)
    assert (reader.folder / "made/by_hand.py").read_text() == "x = 1\ny = x + 1\n"


@pytest.mark.parametrize(
    "block",
    [
        "```console\n$ false\n```",
        "<!-- fails -->\n```console\n$ true\n```",
        "```console\n$ echo 2\n1\n```",
        "```python\nassert False\n```",
        "```pycon\n>>> 1 + 1\n3\n```",
        "```bash\ntrue\n```",
    ],
    ids=["a failure", "a success", "another output", "an exception", "a result", "a language"],
)
def test_what_is_not_as_told_is_noticed(block: str, tmp_path: Path) -> None:
    file = tmp_path / "document.md"
    file.write_text(block)
    (snippet,) = snippets(file)
    with pytest.raises(AssertionError):
        Reader(tmp_path).follow(snippet)


def test_dots_stand_for_anything() -> None:
    assert matches("saved ... in all\n", "saved 3 files in all\n")
    assert not matches("saved ... in all\n", "lost 3 files in all\n")


def test_a_command_goes_on_after_a_backslash(tmp_path: Path) -> None:
    file = tmp_path / "document.md"
    file.write_text("```console\n$ echo one \\\n    two\none two\n$ true\n```\n")
    (snippet,) = snippets(file)
    assert commands(snippet.text) == [("echo one \\\n    two", "one two\n"), ("true", "")]
    Reader(tmp_path).follow(snippet)


def test_commands_with_quotes_arrive_whole(tmp_path: Path) -> None:
    file = tmp_path / "document.md"
    line = shlex.join(["hatch", "run", "python", "-c", "print('a  b')"])
    file.write_text(f"```console\n$ {line}\na  b\n```\n")
    Reader(tmp_path).follow(snippets(file)[0])
