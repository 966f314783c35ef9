"""The picture as SVG: no scripts, no fonts, no other files; it follows light and dark."""

from __future__ import annotations

from html import escape
from itertools import pairwise
from unicodedata import east_asian_width

from .box import Box, Drawing
from .layout import Spot, lay_out

LETTER = 7.4  # the width of a monospaced letter of 12 pixels, rounded up
LINE = 16.0
PAD = 10.0
MARGIN = 16.0
LONGEST = 44  # letters in a line; the whole of it is shown under the pointer

STYLE = """
.graph-picture { font: 12px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.graph-picture .paper { fill: #ffffff; }
.graph-picture text { fill: #1f2328; }
.graph-picture .line { fill: #59636e; }
.graph-picture .title { font-weight: 600; }
.graph-picture rect { stroke-width: 1; }
.graph-picture .operation rect { fill: #f6f8fa; stroke: #818b98; }
.graph-picture .leaf rect { fill: #dafbe1; stroke: #2da44e; }
.graph-picture .fold rect { fill: #fff8c5; stroke: #bf8700; stroke-dasharray: 4 2; }
.graph-picture .arrow { fill: none; stroke: #818b98; }
.graph-picture .head { fill: #818b98; }
@media (prefers-color-scheme: dark) {
.graph-picture .paper { fill: #0d1117; }
.graph-picture text { fill: #f0f6fc; }
.graph-picture .line { fill: #b1bac4; }
.graph-picture .operation rect { fill: #212830; stroke: #656c76; }
.graph-picture .leaf rect { fill: #12301b; stroke: #3fb950; }
.graph-picture .fold rect { fill: #3a2d0a; stroke: #d29922; }
}
"""


def svg(drawing: Drawing) -> str:
    """Return a picture of the boxes and arrows, with the notes below."""
    labels = [[shorten(text) for text in (box.title, *box.lines)] for box in drawing.boxes]
    layout = lay_out(drawing.boxes, [box_size(lines) for lines in labels])
    notes = [shorten(note, 200) for note in drawing.notes]
    across = max(layout.width, *(LETTER * columns(note) for note in notes), 0.0)
    shift = (across - layout.width) / 2 + MARGIN
    for spot in {id(spot): spot for way in [layout.spots, *layout.arrows] for spot in way}.values():
        spot.x += shift
        spot.y += MARGIN
    width = across + 2 * MARGIN
    height = layout.height + 2 * MARGIN + (LINE * len(notes) + 6 if notes else 0)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="graph-picture" role="img" '
        f'width="{width:.0f}" height="{height:.0f}" viewBox="0 0 {width:.0f} {height:.0f}">',
        f"<style>{STYLE}</style>",
        '<defs><marker id="graph-picture-head" viewBox="0 0 8 8" refX="7" refY="4" '
        'markerWidth="7" markerHeight="7" orient="auto">'
        '<path class="head" d="M0 0L8 4L0 8z"/></marker></defs>',
        f'<rect class="paper" width="{width:.0f}" height="{height:.0f}"/>',
    ]
    parts += [arrow_svg(way) for way in layout.arrows]
    parts += map(box_svg, drawing.boxes, labels, layout.spots)
    below = layout.height + 2 * MARGIN + 6
    parts += [
        f'<text class="line" x="{MARGIN:.1f}" y="{below + LINE * i:.1f}">{safe(note)}</text>'
        for i, note in enumerate(notes)
    ]
    return "\n".join([*parts, "</svg>", ""])


def box_size(lines: list[str]) -> tuple[float, float]:
    """Return the width and height of a box with these lines."""
    return LETTER * max(map(columns, lines)) + 2 * PAD, LINE * len(lines) + 2 * PAD - 4


def columns(text: str) -> int:
    """Return the width of a text in letters; those of full width count twice."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def shorten(text: str, longest: int = LONGEST) -> str:
    """Return the text, cut if it is too long for its box."""
    return text if len(text) <= longest else text[: longest - 1] + "…"


def safe(text: str) -> str:
    """Return the text escaped for XML, which can't contain control characters."""
    return escape("".join(letter if letter.isprintable() else "\ufffd" for letter in text))


def box_svg(box: Box, lines: list[str], spot: Spot) -> str:
    """Return the SVG of a box, with its lines centred."""
    left, top = spot.x - spot.width / 2, spot.y - spot.height / 2
    whole = "\n".join((safe(box.title), *map(safe, box.lines)))
    parts = [
        f'<g class="{box.kind}"><title>{whole}</title>',
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{spot.width:.1f}" '
        f'height="{spot.height:.1f}" rx="{12 if box.kind == "leaf" else 4}"/>',
    ]
    for i, text in enumerate(lines):
        kind = "line" if i else "title"
        parts.append(
            f'<text class="{kind}" text-anchor="middle" x="{spot.x:.1f}" '
            f'y="{top + PAD + 10 + LINE * i:.1f}">{safe(text)}</text>'
        )
    return "".join([*parts, "</g>"])


def arrow_svg(way: list[Spot]) -> str:
    """Return the SVG of an arrow: a smooth line through the spots, vertical at each."""
    path = f"M{way[0].x:.1f} {way[0].y + way[0].height / 2:.1f}"
    for upper, lower in pairwise(way):
        start, end = upper.y + upper.height / 2, lower.y - lower.height / 2
        middle = (start + end) / 2
        path += f"C{upper.x:.1f} {middle:.1f} {lower.x:.1f} {middle:.1f} {lower.x:.1f} {end:.1f}"
    return f'<path class="arrow" marker-end="url(#graph-picture-head)" d="{path}"/>'
