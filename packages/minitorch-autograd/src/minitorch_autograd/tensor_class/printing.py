"""How tensors are written."""

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
    """Set how tensors are written; what is None stays as it is.

    Args:
        precision: digits after the point: 4 unless set.
        threshold: elements beyond which a tensor is summarised: 1000 unless set.
        edgeitems: elements shown at either end of a summarised dimension: 3 unless set.
        linewidth: characters of a line: 80 unless set.
        profile: "default", "short" or "full": values for all of these, which the others amend.
        sci_mode: whether floats are written as 1.0000e+00; where they need it, unless set.

    Raises:
        NotImplementedError: if the tensor layer has one way only (extension "printing").
    """
    printing.set_printoptions(precision, threshold, edgeitems, linewidth, profile, sci_mode)
