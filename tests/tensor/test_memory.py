"""Large results take the memory of those before them."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

CHAIN = """\
import resource
from minitorch_tensor import full, float32, mul
x = full((2**21,), 1.0, float32)
def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
for _ in range(3):
    mul(mul(x, 2.0), 3.0)
before = faults()
for _ in range(20):
    mul(mul(x, 2.0), 3.0)  # two results of 8 MB, 2,048 pages each
print(faults() - before)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="about the allocator of glibc")
def test_freed_memory_is_kept() -> None:
    run = subprocess.run([sys.executable, "-c", CHAIN], capture_output=True, text=True, check=True)
    assert int(run.stdout) < 2000
