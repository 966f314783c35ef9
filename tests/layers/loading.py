"""Loading an alternative layer under another name, so that it stands beside ours."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType


@contextmanager
def loaded(name: str, folder: Path) -> Iterator[ModuleType]:
    """Give the package in `folder` as a module `name`, which is forgotten afterwards."""
    spec = importlib.util.spec_from_file_location(name, folder / "__init__.py")
    assert spec is not None
    assert spec.loader is not None
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        yield module
    finally:
        for known in [key for key in sys.modules if key.partition(".")[0] == name]:
            del sys.modules[known]
