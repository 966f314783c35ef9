"""The base of activations that may write over their input."""

from __future__ import annotations

from ..core.module import Module


class InPlace(Module):
    """An activation with the option `inplace`, which comes last in its text if it is set."""

    inplace: bool

    def __init__(self, inplace: bool = False) -> None:
        super().__init__()
        self.inplace = inplace

    def _options(self) -> str:
        """Return the text of the other options."""
        return ""

    def extra_repr(self) -> str:
        return ", ".join(filter(None, [self._options(), "inplace=True" if self.inplace else ""]))
