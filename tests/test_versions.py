"""All distributions have one version, and so does what is cited."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_versions_agree() -> None:
    files = sorted(ROOT.glob("packages/*/pyproject.toml"))
    versions = {tomllib.loads(file.read_text())["project"]["version"] for file in files}
    cited = re.findall(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(), flags=re.MULTILINE)
    assert versions == set(cited)
