"""Images in other sizes."""

from __future__ import annotations

from minitorch_autograd import Tensor

from ..common.sizes import Size
from ..core.module import Module
from . import functional as F
from .upsampling import Factor

__all__ = ["Upsample", "UpsamplingNearest2d", "UpsamplingBilinear2d"]


class Upsample(Module):
    """Resample images to another size, given itself or by a factor; see `functional.interpolate`.

    Args:
        size: the spatial sizes of the output, one for all or one for each.
        scale_factor: instead of `size`, one for all or one for each.
        mode: nearest, nearest-exact, linear, bilinear, bicubic, trilinear or area.
        align_corners: whether the centres of the first and last pixels meet, rather than the outer
            edges.
        recompute_scale_factor: whether the step is worked out from the whole sizes again.

    Shapes: input (N, C, L), (N, C, H, W) or (N, C, D, H, W), output (N, C, *size).
    """

    def __init__(
        self,
        size: Size | None = None,
        scale_factor: Factor | None = None,
        mode: str = "nearest",
        align_corners: bool | None = None,
        recompute_scale_factor: bool | None = None,
    ) -> None:
        super().__init__()
        self.size = size
        self.scale_factor = _floats(scale_factor)
        self.mode = mode
        self.align_corners = align_corners
        self.recompute_scale_factor = recompute_scale_factor

    def forward(self, input: Tensor) -> Tensor:
        """Return the resampled images."""
        return F.interpolate(
            input,
            self.size,
            self.scale_factor,
            self.mode,
            self.align_corners,
            self.recompute_scale_factor,
        )

    def extra_repr(self) -> str:
        if self.scale_factor is not None:
            return f"scale_factor={self.scale_factor!r}, mode={self.mode!r}"
        return f"size={self.size!r}, mode={self.mode!r}"


class UpsamplingNearest2d(Upsample):
    """Resample images (N, C, H, W) by taking the nearest pixel.

    Args:
        size: the height and width of the output, one for both or one for each.
        scale_factor: instead of `size`, one for both or one for each.
    """

    def __init__(self, size: Size | None = None, scale_factor: Factor | None = None) -> None:
        super().__init__(size, scale_factor, mode="nearest")


class UpsamplingBilinear2d(Upsample):
    """Resample images (N, C, H, W) between the neighbouring pixels, with aligned corners.

    Args:
        size: the height and width of the output, one for both or one for each.
        scale_factor: instead of `size`, one for both or one for each.
    """

    def __init__(self, size: Size | None = None, scale_factor: Factor | None = None) -> None:
        super().__init__(size, scale_factor, mode="bilinear", align_corners=True)


def _floats(factor: Factor | None) -> float | tuple[float, ...] | None:
    if factor is None:
        return None
    return float(factor) if isinstance(factor, (int, float)) else tuple(map(float, factor))
