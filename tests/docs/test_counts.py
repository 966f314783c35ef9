"""The documents give the extensions of the contracts, and the number of names in their cores."""

from __future__ import annotations

import re

from tests.docs.snippets import ROOT

from minitorch_swap import LAYERS, needs


def rows(document: str, pattern: str) -> list[tuple[str, ...]]:
    """Return the table rows that match a pattern: its groups."""
    text = (ROOT / "docs" / document).read_text()
    found = re.findall(rf"^\| {pattern}", text, flags=re.MULTILINE)
    assert found
    return found


def test_the_names_of_each_contract() -> None:
    counted = {}
    for layer in LAYERS:
        name = f"minitorch_{layer}"
        core = [need for need in needs(name) if not need.extension]
        for consumer in {need.consumer for need in core}:
            counted[consumer, name] = sum(need.consumer == consumer for need in core)
    told = rows("architecture.md", r"`(\w+)` \| `(\w+)` \| (\d+) \|$")
    assert {(who, of): int(count) for who, of, count in told} == counted


def test_every_extension_is_told() -> None:
    there = {
        (need.extension, f"minitorch_{layer}")
        for layer in LAYERS
        for need in needs(f"minitorch_{layer}")
        if need.extension
    }
    told = rows("architecture.md", r"`(\w+)` \| `(\w+)` \| (?!\d+ \|)")
    assert sorted(told) == sorted(there)


def test_the_names_that_each_replacement_needs() -> None:
    told = rows("replace-a-layer.md", r"`(\w+)` \| (\d+) names")
    assert {layer: int(count) for layer, count in told} == {
        layer: len({str(n) for n in needs(f"minitorch_{layer}") if not n.extension})
        for layer in LAYERS
    }
