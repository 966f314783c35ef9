"""A picture of the graph that an output was computed with."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ...engine.value import Tensor
from .folding import fold
from .reading import read
from .svg import svg
from .words import dot, mermaid, text

if TYPE_CHECKING:
    from .box import Drawing

__all__ = ["draw_graph", "GraphPicture"]


class HasNamedParameters(Protocol):
    """An object that names tensors, such as a `Module`."""

    def named_parameters(self) -> Iterable[tuple[str, Tensor]]: ...


class GraphPicture:
    """A picture of a graph: for notebooks, for `print` as text, and for files by `save`."""

    def __init__(self, drawing: Drawing) -> None:
        self._drawing = drawing

    def svg(self) -> str:
        """Return the picture as SVG, which follows light and dark mode and needs no other file."""
        return svg(self._drawing)

    def text(self) -> str:
        """Return the picture as a tree in text, from the output down; shared parts are numbered."""
        return text(self._drawing)

    def dot(self) -> str:
        """Return the picture in the language of Graphviz."""
        return dot(self._drawing)

    def mermaid(self) -> str:
        """Return the picture in the language of Mermaid."""
        return mermaid(self._drawing)

    def save(self, path: str | PathLike[str]) -> None:
        """Write the picture to a file, by its suffix: .svg, .txt, .dot, .gv, .mmd or .mermaid.

        Raises:
            ValueError: if the suffix is none of these.
        """
        forms: dict[str, Callable[[], str]] = {
            ".svg": self.svg,
            ".txt": lambda: self.text() + "\n",
            ".dot": self.dot,
            ".gv": self.dot,
            ".mmd": self.mermaid,
            ".mermaid": self.mermaid,
        }
        path = Path(path)
        if path.suffix.lower() not in forms:
            raise ValueError(
                f"save: the suffix says what to write, expected one of {', '.join(forms)}, "
                f"got {path.suffix!r} in {path.name!r}"
            )
        path.write_text(forms[path.suffix.lower()](), encoding="utf-8")

    def __str__(self) -> str:
        return self.text()

    def __repr__(self) -> str:
        return f"<GraphPicture of {len(self._drawing.boxes)} boxes; print it, or save it>"

    def _repr_svg_(self) -> str:
        return self.svg()

    def _repr_mimebundle_(
        self, include: Collection[str] | None = None, exclude: Collection[str] | None = None
    ) -> dict[str, str]:
        bundle = {"image/svg+xml": self.svg(), "text/plain": self.text()}
        return {
            kind: form
            for kind, form in bundle.items()
            if (include is None or kind in include) and kind not in (exclude or ())
        }


def draw_graph(
    loss: Tensor,
    names: Mapping[str, Tensor] | HasNamedParameters | None = None,
    *,
    values: bool = False,
    gradients: bool = False,
    max_nodes: int = 60,
) -> GraphPicture:
    """Draw the graph that `loss` was computed with, as it is now.

    Args:
        loss: any tensor that tracks gradients.
        names: the names of tensors: a mapping, or a module, for the names of its parameters. Dots
            in the names (`encoder.0.weight`) show which operations belong together.
        values: whether to show the values of leaves, of named tensors and of `loss`.
        gradients: whether to show the gradients of the same, where they have any.
        max_nodes: the maximum number of boxes. If there are more, some are folded into one: first
            modules, then chains of operations without names, then whatever is far from `loss`.

    Returns:
        A picture, which notebooks display and `print` prints as text.

    Raises:
        TypeError: if `loss` is no tensor, or `names` is neither a mapping nor a module.
        RuntimeError: if `loss` tracks no gradients.
        ValueError: if `max_nodes` is below 2.
    """
    if not isinstance(loss, Tensor):
        raise TypeError(f"draw_graph: expected a Tensor, got {type(loss).__name__}")
    if max_nodes < 2:
        raise ValueError(f"draw_graph: expected max_nodes of 2 or more, got {max_nodes}")
    return GraphPicture(fold(read(loss, _named(names), values, gradients), max_nodes))


def _named(names: Mapping[str, Tensor] | HasNamedParameters | None) -> dict[str, Tensor]:
    """Return the names of tensors as a mapping."""
    if names is None:
        return {}
    if isinstance(names, Mapping):
        return dict(names)
    if not hasattr(names, "named_parameters"):
        raise TypeError(
            "draw_graph: names: expected a mapping of names to tensors or a module, "
            f"got {type(names).__name__}"
        )
    return dict(names.named_parameters())
