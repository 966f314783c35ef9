"""What `hatch run` does, in the environment that is there: no other is made, nothing installed.

    hatch run [ENVIRONMENT:]SCRIPT [ARGUMENT ...]

The script is looked up in `hatch.toml`; what is no script is run as a command. The members of the
environment's workspace, some of which variables may choose, go in front of Python's path.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any


def main(arguments: list[str]) -> int:
    """Run the command line, and return its exit code."""
    assert arguments[0] == "run", f"only `hatch run` can be stood in for, not {arguments[0]}"
    environments = tomllib.loads(Path("hatch.toml").read_text())["envs"]
    environment, _, name = arguments[1].rpartition(":")
    environment = environment or "default"
    path = os.pathsep.join(sources(inherited(environments, environment, "workspace")["members"]))
    variables = os.environ | {"PYTHONPATH": path, "MYPYPATH": path}
    scripts = all_scripts(environments, environment)
    for command in expanded(name, shlex.join(arguments[2:]), scripts):
        code = subprocess.run(command, shell=True, env=variables, check=False).returncode
        if code:
            return code
    return 0


def inherited(environments: dict[str, Any], name: str, table: str) -> dict[str, Any]:
    """Return a table of an environment, or where it has none, that of its template."""
    found: dict[str, Any] | None = environments[name].get(table)
    return found or inherited(environments, template(environments, name), table)


def all_scripts(environments: dict[str, Any], name: str) -> dict[str, Any]:
    """Return the scripts of an environment, its own and those of its templates."""
    own: dict[str, Any] = environments[name].get("scripts", {})
    return (
        own if name == "default" else all_scripts(environments, template(environments, name)) | own
    )


def template(environments: dict[str, Any], name: str) -> str:
    """Return the environment that another takes over from what it does not say itself."""
    found: str = environments[name].get("template", "default")
    return found


def sources(members: list[str]) -> list[str]:
    """Return the folders that the members of a workspace are imported from."""
    found = []
    for member in members:
        chosen = re.sub(
            r"\{env:(\w+):(.*)\}", lambda match: os.environ.get(match[1], match[2]), member
        )
        folders = sorted(Path().glob(chosen)) if "*" in chosen else [Path(chosen)]
        found += [str((folder / "src").resolve()) for folder in folders]
    return found


def expanded(name: str, arguments: str, scripts: dict[str, Any]) -> list[str]:
    """Return the commands that a script stands for, with the arguments in their place."""
    if name not in scripts:
        return [f"{name} {arguments}"]
    place = r"\{args(?::(.*?))?\}"
    return [
        re.sub(place, lambda match: arguments or match[1] or "", command)
        for command in commands(name, scripts)
    ]


def commands(name: str, scripts: dict[str, Any]) -> list[str]:
    """Return the commands of a script; those that begin with another script are its own."""
    written = scripts[name]
    result = []
    for command in [written] if isinstance(written, str) else written:
        first, _, rest = command.partition(" ")
        if first in scripts:
            result += [f"{one} {rest}".rstrip() for one in commands(first, scripts)]
        else:
            result.append(command)
    return result


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
