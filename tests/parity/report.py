"""What a parity test tells the summary: its layer, how large its errors were, what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import pytest
from tests.parity.compare import Difference


@dataclass
class Report:
    """The report of one test, which its fixture passes on to the summary."""

    layer: str = "tensor"
    title: str = ""
    size: int = 0
    worst: float = 0.0
    absent: str = ""
    text: str = ""
    compared: int = 0  # numbers that both sides drew at random
    equal: int = 0  # of them those that are the same to the last bit

    def begin(self, layer: str, case: Any) -> None:
        """Say what is tested, and to which layer it counts."""
        self.layer, self.title, self.size = layer, str(case), getattr(case, "size", 0)

    def compare(self, difference: Difference) -> None:
        """Note a comparison; fail where something differs."""
        self.worst = max(self.worst, difference.worst)
        if difference.text:
            self.text = difference.text
            pytest.fail(difference.text, pytrace=False)

    @contextmanager
    def missing(self, name: str) -> Iterator[None]:
        """Fail by name where the layer lacks what a call needs, or does not take its form."""
        try:
            yield
        except AttributeError as error:
            owner = error.obj if isinstance(error.obj, ModuleType | type) else type(error.obj)
            self.absent = f"{name} ({getattr(owner, '__name__', owner)}.{error.name})"
        except TypeError as error:
            self.absent = f"{name} ({error})"
        except NotImplementedError as error:
            if "needs the extension" not in str(error):
                raise
            self.absent = f"{name} ({str(error).partition(' of the tensor layer')[0]})"
        if self.absent:
            pytest.fail(f"missing: {self.absent}", pytrace=False)
