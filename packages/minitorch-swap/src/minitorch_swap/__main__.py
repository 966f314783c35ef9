"""The command line: run a script or a module over swapped layers, or only check them."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path

from ._finder import SwapError
from ._swap import parse, swap

USAGE = """\
usage: python -m minitorch_swap LAYER=PATH ... [SCRIPT | -m MODULE] [ARGUMENT ...]

Serve each LAYER (tensor, autograd, nn, optim) from PATH (a .py file, a folder, or the dotted name
of a module), then run SCRIPT or MODULE. Without one, check the layers and show all that is wrong.
"""


def main(arguments: list[str]) -> int:
    """Run the command line, and return its exit code."""
    layers = []
    while arguments and re.match(r"\w+=", arguments[0]):
        layers.append(arguments.pop(0))
    if not layers or arguments == ["-m"]:
        print(USAGE, end="", file=sys.stderr)
        return 2
    try:
        swap(**parse(",".join(layers)))
        if arguments and arguments[0] != "-m" and not Path(arguments[0]).is_file():
            raise SwapError(f"there is no script {arguments[0]}; for a module write -m before it")
    except SwapError as error:
        for line in (not arguments and error.problems) or [str(error)]:
            print(f"minitorch_swap: {line}", file=sys.stderr)
        return 2
    if not arguments:
        print("all that the installed layers need is there")
        return 0
    if arguments[0] == "-m":
        sys.argv = arguments[1:]
        runpy.run_module(arguments[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = arguments
        if not sys.flags.safe_path:
            sys.path[0] = str(Path(arguments[0]).resolve().parent)
        runpy.run_path(arguments[0], run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
