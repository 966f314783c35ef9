"""`docs/onnx.md` has every function that is translated, and none that is not."""

from __future__ import annotations

import re

from tests.docs.snippets import ROOT

import minitorch.onnx
from minitorch.onnx._registry import TRANSLATIONS

PAGE = (ROOT / "docs" / "onnx.md").read_text()


def test_every_translation_is_told_once() -> None:
    assert minitorch.onnx.export.__doc__
    table = PAGE.partition("| family |")[2].partition("\n## ")[0]
    told = re.findall(r"`(\w+)`", table)
    translated = {one.function for one in TRANSLATIONS.values()}
    # Forms of others, and what is told in words.
    forms = {name for name in translated if name.endswith("_")} | {"data", "forward"}
    assert sorted(told) == sorted({*(translated - forms), "RNN", "LSTM", "GRU"})
