"""A short run of `fuzz.py`: the same calls each time."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from tests.parity.fuzz import Drawn, calls, problem


@settings(max_examples=1500, suppress_health_check=[HealthCheck.too_slow])
@given(calls())
def test_a_call_gives_what_torch_gives(drawn: Drawn) -> None:
    assert not problem(drawn)
