"""The picture in words: as text for a terminal, for Graphviz, and for Mermaid."""

from __future__ import annotations

from .box import Box, Drawing

ESCAPES_DOT = str.maketrans({'"': r"\"", "\\": r"\\", "\n": r"\n"})
# Mermaid has no backslash: special characters are written by their code.
ESCAPES_MERMAID = str.maketrans({letter: f"#{ord(letter)};" for letter in '"<>&#`\\\n'})


def text(drawing: Drawing) -> str:
    """Return a tree of lines: one for each box, and below it the boxes that it is computed from.

    A lone input follows its consumer after an arrow, several branch off. A box that is used more
    than once is numbered, and written out where it comes first.
    """
    boxes = drawing.boxes
    uses = [0] * len(boxes)
    for box in boxes:
        for i in box.inputs:
            uses[i] += 1
    numbers: dict[int, int] = {}
    lines = []
    # What is still to write: the box, what goes before it, and before the lines below it.
    stack = [(len(boxes) - 1, "", "")]
    while stack:
        place, before, indent = stack.pop()
        box = boxes[place]
        if place in numbers:
            lines.append(f"{before}{printable(box.title)}: see #{numbers[place]}")
            continue
        line = before + "  ".join(map(printable, (box.title, *box.lines)))
        if uses[place] > 1:
            numbers[place] = len(numbers) + 1
            line += f"  #{numbers[place]}"
        lines.append(line)
        if len(box.inputs) == 1:
            stack.append((box.inputs[0], f"{indent}← ", indent))
        for at, i in enumerate(reversed(box.inputs)):
            if len(box.inputs) > 1:
                branch, on = ("└─ ", "   ") if at == 0 else ("├─ ", "│  ")
                stack.append((i, indent + branch, indent + on))
    return "\n".join([*lines, *([""] if drawing.notes else []), *drawing.notes])


def printable(text: str) -> str:
    """Return a name without control characters, which would move the cursor."""
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text)


def dot(drawing: Drawing) -> str:
    """Return the picture in the language of Graphviz."""
    shapes = {"operation": "box", "leaf": "ellipse", "fold": "box3d"}
    lines = ["digraph {", '  node [fontname="monospace"];']
    for place, box in enumerate(drawing.boxes):
        label = r"\n".join(line.translate(ESCAPES_DOT) for line in (box.title, *box.lines))
        lines.append(f'  n{place} [label="{label}", shape={shapes[box.kind]}];')
    lines += [f"  n{source} -> n{target};" for source, target in arrows(drawing.boxes)]
    if drawing.notes:
        note = r"\n".join(note.translate(ESCAPES_DOT) for note in drawing.notes)
        lines.append(f'  label="{note}";')
    return "\n".join([*lines, "}", ""])


def mermaid(drawing: Drawing) -> str:
    """Return the picture in the language of Mermaid, which GitHub and GitLab display."""
    shapes = {"operation": ("[", "]"), "leaf": ("([", "])"), "fold": ("[[", "]]")}
    lines = ["flowchart TD"]
    for place, box in enumerate(drawing.boxes):
        label = "<br/>".join(line.translate(ESCAPES_MERMAID) for line in (box.title, *box.lines))
        left, right = shapes[box.kind]
        lines.append(f'  n{place}{left}"{label}"{right}')
    lines += [f"  n{source} --> n{target}" for source, target in arrows(drawing.boxes)]
    lines += [f"  %% {note}" for note in drawing.notes]
    return "\n".join([*lines, ""])


def arrows(boxes: list[Box]) -> list[tuple[int, int]]:
    """Return the arrows, from inputs to what is computed from them."""
    return [(source, target) for target, box in enumerate(boxes) for source in box.inputs]
