"""Folding: boxes are merged until there are few enough to read the picture.

Two ways of merging never make a cycle. A box may be merged into its *only* consumer, since every
path from it leads through that one; and a run of neighbours in the list may be merged, since
arrows only go forward in the list. Everything here is one or the other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce

from .box import Box, Drawing

LONG = 3  # boxes that make a chain worth folding


def fold(drawing: Drawing, limit: int) -> Drawing:
    """Fold modules, then chains, then whatever is left, until there are at most `limit` boxes."""
    whole = len(drawing.boxes)
    if whole <= limit:
        return drawing
    boxes = drawing.boxes
    if any(box.module for box in boxes):
        boxes = with_modules(boxes)
    depth = max((depth_of(box.module) for box in boxes), default=0)
    steps: list[Callable[[list[Box]], list[Box]]] = []
    if depth:
        steps.append(lambda boxes: fold_modules(boxes, depth))
    steps.append(fold_chains)
    for shallower in range(depth - 1, 0, -1):
        steps.append(lambda boxes, depth=shallower: fold_modules(boxes, depth))  # type: ignore[misc]  # mypy can't infer a lambda with a default
        steps.append(fold_chains)
    for step in steps:
        if len(boxes) <= limit:
            break
        boxes = step(boxes)
    if len(boxes) > limit:
        boxes = fold_chains(fold_runs(boxes, limit))
    note = f"{whole} nodes, folded to {len(boxes)} boxes (max_nodes={limit})."
    return Drawing(boxes, [*drawing.notes, note])


def depth_of(module: str) -> int:
    """Return how deep a module is nested: 2 for "encoder.0"."""
    return module.count(".") + 1 if module else 0


def ancestor(module: str, depth: int) -> str:
    """Return the name of the module at `depth` that contains `module`."""
    return ".".join(module.split(".")[:depth])


def common_module(first: str, second: str) -> str:
    """Return the name of the innermost module that contains both."""
    same = []
    for one, other in zip(first.split("."), second.split("."), strict=False):
        if one != other:
            break
        same.append(one)
    return ".".join(same)


def with_modules(boxes: list[Box]) -> list[Box]:
    """Return the boxes with the modules of operations: those of the parameters that they use.

    A parameter that goes through one operation before (the transpose of a weight) counts, too. An
    operation without parameters belongs to the module around its inputs and consumers.
    """
    own: list[str] = []
    lone = [False] * len(boxes)  # whether it is a parameter, or made of a single one
    below: list[str] = []
    for place, box in enumerate(boxes):
        mixed = [own[i] for i in box.inputs if lone[i]]
        own.append(box.module if box.kind == "leaf" else innermost_module(mixed))
        below.append(own[place] or innermost_module([below[i] for i in box.inputs]))
        alone = len(box.inputs) == 1 and boxes[box.inputs[0]].kind == "leaf"
        lone[place] = bool(own[place]) and (alone or box.kind == "leaf")
    consumers: list[list[str]] = [[] for _ in boxes]
    found = list(boxes)
    for place in reversed(range(len(boxes))):
        above = own[place] or innermost_module(consumers[place])
        found[place] = replace(
            boxes[place], module=own[place] or innermost_module([below[place], above])
        )
        for i in boxes[place].inputs:
            consumers[i].append(above)
    return found


def innermost_module(modules: list[str]) -> str:
    """Return the name of the innermost module that contains all of `modules`."""
    return reduce(common_module, modules) if modules else ""


def only_consumers(boxes: list[Box]) -> list[int | None]:
    """Return for each box its consumer, None if it does not have exactly one."""
    consumers: list[int | None] = [None] * len(boxes)
    several = [False] * len(boxes)
    for place, box in enumerate(boxes):
        for i in box.inputs:
            several[i] = consumers[i] is not None
            consumers[i] = None if several[i] else place
    return consumers


def fold_modules(boxes: list[Box], depth: int) -> list[Box]:
    """Merge the boxes of each module at `depth` into one, as far as they lead to one output."""
    consumers = only_consumers(boxes)
    into = list(range(len(boxes)))
    for i in reversed(range(len(boxes))):
        above = consumers[i]
        if above is None or depth_of(boxes[i].module) < depth or boxes[above].kind == "leaf":
            continue
        if ancestor(boxes[i].module, depth) == ancestor(boxes[above].module, depth):
            into[i] = into[above]
    return merge(boxes, into, lambda members: ancestor(members[-1].module, depth))


def fold_chains(boxes: list[Box]) -> list[Box]:
    """Merge long chains of operations that have no names."""
    consumers = only_consumers(boxes)
    into = list(range(len(boxes)))
    length = [1] * len(boxes)
    plain = [box.kind != "leaf" and not box.named and not named_fold(box) for box in boxes]
    for i in reversed(range(len(boxes) - 1)):  # the output stays
        above = consumers[i]
        if above is None or above == len(boxes) - 1 or not (plain[i] and plain[above]):
            continue
        if len(boxes[above].inputs) == 1:
            into[i] = into[above]
            length[into[i]] += 1
    for i, end in enumerate(into):
        if length[end] < LONG:
            into[i] = i
    return merge(boxes, into, lambda members: "")


def named_fold(box: Box) -> bool:
    """Return whether `box` is a module that was folded."""
    return box.kind == "fold" and not box.title.startswith("…")


def fold_runs(boxes: list[Box], limit: int) -> list[Box]:
    """Keep the boxes next to the output, half of `limit`, and merge the others in runs."""
    kept = limit // 2
    rest = len(boxes) - kept
    runs = limit - kept
    ends = [(run + 1) * rest // runs - 1 for run in range(runs)]
    into: list[int] = []
    for end in ends:
        into += [end] * (end + 1 - len(into))
    return merge(boxes, into + list(range(rest, len(boxes))), lambda members: "")


def merge(boxes: list[Box], into: Sequence[int], title: Callable[[list[Box]], str]) -> list[Box]:
    """Merge each box into the one at its index in `into`, which comes last of its group."""
    groups: dict[int, list[int]] = {}
    for i, end in enumerate(into):
        groups.setdefault(end, []).append(i)
    place = {end: new for new, end in enumerate(sorted(groups))}
    merged = []
    for end in sorted(groups):
        members = [boxes[i] for i in groups[end]]
        inputs = dict.fromkeys(place[into[i]] for member in members for i in member.inputs)
        inputs.pop(place[end], None)
        merged.append(merge_one(members, tuple(inputs), title))
    return merged


def merge_one(
    members: list[Box], inputs: tuple[int, ...], title: Callable[[list[Box]], str]
) -> Box:
    """Return one box for `members`, which are merged."""
    last = members[-1]
    if len(members) == 1:
        return replace(last, inputs=inputs)
    operations = sum(box.operations for box in members)
    leaves = sum(box.leaves for box in members)
    counted = [f"{operations} operation{'s' * (operations != 1)}"] if operations else []
    if leaves:
        counted.append(f"{leaves} lea{'f' if leaves == 1 else 'ves'}")
    name = title(members)
    lines = (last.lines[0], ", ".join(counted)) if name else last.lines[:1]
    return Box(
        kind="fold",
        title=name or "… " + ", ".join(counted),
        lines=lines,
        inputs=inputs,
        module=last.module,
        operations=operations,
        leaves=leaves,
    )
