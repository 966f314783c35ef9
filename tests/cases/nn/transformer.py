"""Attention and transformers."""

from __future__ import annotations

from tests.cases.case import Case, ErrorCase
from tests.cases.nn.module import ModuleCase

CASES: list[Case] = []

MODULES: list[ModuleCase] = []

ERRORS: list[ErrorCase] = []
