"""Options of how tensors are printed."""

from __future__ import annotations

from ..arguments.extensions import printing

__all__ = ["set_printoptions"]


def set_printoptions(
    precision: int | None = None,
    threshold: float | None = None,
    edgeitems: int | None = None,
    linewidth: int | None = None,
    profile: str | None = None,
    sci_mode: bool | None = None,
) -> None:
    """Set how tensors are printed; options that are None stay as they are.

    Args:
        precision: digits after the point: 4 unless set.
        threshold: elements beyond which a tensor is summarised: 1000 unless set.
        edgeitems: elements shown at each end of a summarised dimension: 3 unless set.
        linewidth: characters of a line: 80 unless set.
        profile: "default", "short" or "full": sets all of these, before the others are set.
        sci_mode: whether floats are written as 1.0000e+00; by default only where needed.

    Raises:
        NotImplementedError: if the tensor layer prints in one way only (extension "printing").
    """
    printing.set_printoptions(precision, threshold, edgeitems, linewidth, profile, sci_mode)
