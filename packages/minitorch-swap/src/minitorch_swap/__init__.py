"""Run MiniTorch over a layer of your own, chosen at run time.

    python -m minitorch_swap tensor=./my_tensor.py script.py

serves `minitorch_tensor` from `my_tensor.py`, checked against what the layers above need of it.
The same from Python is `swap(tensor="./my_tensor.py")`, from the environment
`MINITORCH_SWAP=tensor=./my_tensor.py`, and from pytest `--swap tensor=./my_tensor.py`.

PYTEST_DONT_REWRITE: the start-up hook may import this before pytest does.
"""

from ._contract import Need, missing_extensions, needs, problems
from ._finder import LAYERS, SwapError
from ._swap import parse, report, start_up, swap

__all__ = [
    "LAYERS",
    "Need",
    "SwapError",
    "missing_extensions",
    "needs",
    "parse",
    "problems",
    "report",
    "start_up",
    "swap",
]
