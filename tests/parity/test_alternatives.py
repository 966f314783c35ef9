"""The alternative layers against torch: what they have is right; the rest is missing, by name."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from tests.layers.test_alternatives import ROOT, SWAPS

# What an alternative does otherwise, and why.
BY_ROWS = "draws for a view by rows: without strides nothing tells its order in memory"
PURE = {
    "Tensor.__setitem__": "a value with more dimensions than the part is refused",
    "arange": "float32 steps are rounded before they are counted",
    **{
        f"Tensor.{name}_": BY_ROWS
        for name in ("bernoulli", "log_normal", "normal", "random", "uniform")
    },
    **dict.fromkeys(("rand_like", "randint_like", "randn_like"), BY_ROWS),
    **dict.fromkeys(("nn.functional.alpha_dropout", "nn.functional.dropout"), BY_ROWS),
}
TAPE = {
    "Generator": "is the tensor layer's: it takes and gives that layer's tensors",
    "Tensor.bernoulli_": "as copy_",
    "Tensor.normal_": "as copy_",
    "Tensor.__getitem__": "bool masks, and indices of a 0-d tensor, are refused",
    "Tensor.copy_": "is refused while recording: a tape has no entry for it",
    "Tensor.mul_": "as copy_",
    "Tensor.uniform_": "as copy_",
    "Tensor.zero_": "as copy_",
    "arange": "counts in whole numbers only, also to a float",
    "gather": "0-d tensors, and empty indices of fewer dimensions, are refused",
    "tensor": "of a float64 tensor or number makes float32",
}
PLAIN = {
    "nn.functional.cross_entropy": "takes classes for (N, C), and no other targets",
    "nn.functional.log_softmax": "without a dimension it is of all elements",
    "nn.functional.softmax": "as log_softmax",
}
OTHERWISE = {"tensor": PURE, "autograd": TAPE, "nn": PLAIN, "all four": TAPE | PLAIN}


@pytest.mark.parametrize("name", SWAPS)
def test_what_is_there_is_right(name: str) -> None:
    options = [word for swap in SWAPS[name] for word in ("--swap", swap)]
    command = [sys.executable, "-m", "pytest", "-q", "--tb=no", "-r", "N", "-p", "no:cacheprovider"]
    done = subprocess.run(
        # In one element type, since they are many rows.
        [*command, *options, "-k", "not float32", "tests/parity/test_operations.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    rows = re.findall(r"│ (\w+) +│ +(\d+) │ +\d+ │ +\d+ │", done.stdout)
    assert [layer for layer, _ in rows] == ["tensor", "autograd", "nn"], done.stderr
    assert sum(int(passed) for _, passed in rows) > 600
    wrong = re.search(r"^Wrong: (.*?)^(?:Missing:|=|\d+ )", done.stdout, re.MULTILINE | re.DOTALL)
    names = re.split(r",\s+", wrong[1].strip()) if wrong else []
    assert names == sorted(OTHERWISE.get(name, {})), done.stdout[-4000:]
