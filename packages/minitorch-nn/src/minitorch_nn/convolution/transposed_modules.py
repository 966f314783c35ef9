"""Transposed convolutions as layers."""

from __future__ import annotations

from collections.abc import Sequence

from minitorch_autograd import Tensor, dtype

from ..common.sizes import Size
from ..core.factory import Device
from . import functional as F
from .convolution_modules import ConvolutionBase, PaddingMode

__all__ = ["ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"]


class TransposedConvolution(ConvolutionBase):
    """What the transposed convolutions share: how an output size becomes output padding."""

    transposed = True
    padding: tuple[int, ...]

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: Size,
        stride: Size = 1,
        padding: Size = 0,
        output_padding: Size = 0,
        groups: int = 1,
        bias: bool = True,
        dilation: Size = 1,
        padding_mode: PaddingMode = "zeros",
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        if padding_mode != "zeros":
            raise ValueError(
                f'Only "zeros" padding mode is supported for {type(self).__name__}, got '
                f"{padding_mode!r}"
            )
        super().__init__(
            in_channels, out_channels, kernel_size, stride, padding, output_padding, dilation,
            groups, bias, padding_mode, device, dtype,
        )  # fmt: skip

    def _output_padding(self, input: Tensor, output_size: Sequence[int] | None) -> tuple[int, ...]:
        if output_size is None:
            return self.output_padding
        ndim, dims = self.ndim, len(input.shape)
        if len(output_size) not in (ndim, dims):
            raise ValueError(
                f"ConvTranspose{ndim}D: for {dims}D input, output_size must have {ndim} or {dims} "
                f"elements (got {len(output_size)})"
            )
        wanted = tuple(output_size[-ndim:])
        sizes = input.shape[-ndim:]
        least = [
            (n - 1) * s - 2 * p + d * (k - 1) + 1
            for n, s, p, d, k in zip(
                sizes, self.stride, self.padding, self.dilation, self.kernel_size, strict=True
            )
        ]
        most = [n + s - 1 for n, s in zip(least, self.stride, strict=True)]
        if any(not a <= n <= b for a, n, b in zip(least, wanted, most, strict=True)):
            raise ValueError(
                f"requested an output size of {wanted}, but valid sizes range from {least} to "
                f"{most} (for an input of {list(sizes)})"
            )
        return tuple(n - a for n, a in zip(wanted, least, strict=True))


class ConvTranspose1d(TransposedConvolution):
    """Spread sequences by a kernel: the gradient of a `Conv1d`, as a layer.

    Args:
        in_channels: C_in
        out_channels: C_out
        kernel_size: K, one number or a tuple of one, as all below.
        stride: the steps between the places of two elements.
        padding: how much is cut off on either side.
        output_padding: by how much the output is larger at its end.
        groups: into how many groups the channels are divided.
        bias: whether a number is added for each output channel.
        dilation: the steps from one element of the kernel to the next.
        padding_mode: "zeros"; there is no other.
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.

    Shapes: input (N, C_in, L) or (C_in, L), `weight` (C_in, C_out / groups, K), `bias` (C_out,).
    Parameters are drawn as those of `Conv1d`.

    Raises:
        ValueError: if the channels can't be divided, or for another `padding_mode`.
    """

    ndim = 1

    def forward(self, input: Tensor, output_size: Sequence[int] | None = None) -> Tensor:
        """Return (N, C_out, L_out) or (C_out, L_out), of `output_size` where that is possible."""
        return F.conv_transpose1d(
            input, self.weight, self.bias, self.stride, self.padding,
            self._output_padding(input, output_size), self.groups, self.dilation,
        )  # fmt: skip


class ConvTranspose2d(TransposedConvolution):
    """Spread images by a kernel. Arguments are those of `ConvTranspose1d`, in two numbers.

    Shapes: input (N, C_in, H, W) or (C_in, H, W), `weight` (C_in, C_out / groups, K_h, K_w).
    """

    ndim = 2

    def forward(self, input: Tensor, output_size: Sequence[int] | None = None) -> Tensor:
        """Return (N, C_out, H_out, W_out), of `output_size` where that is possible."""
        return F.conv_transpose2d(
            input, self.weight, self.bias, self.stride, self.padding,
            self._output_padding(input, output_size), self.groups, self.dilation,
        )  # fmt: skip


class ConvTranspose3d(TransposedConvolution):
    """Spread volumes by a kernel. Arguments are those of `ConvTranspose1d`, in three numbers.

    Shapes: input (N, C_in, D, H, W) or (C_in, D, H, W), `weight`
    (C_in, C_out / groups, K_d, K_h, K_w).
    """

    ndim = 3

    def forward(self, input: Tensor, output_size: Sequence[int] | None = None) -> Tensor:
        """Return (N, C_out, D_out, H_out, W_out), of `output_size` where that is possible."""
        return F.conv_transpose3d(
            input, self.weight, self.bias, self.stride, self.padding,
            self._output_padding(input, output_size), self.groups, self.dilation,
        )  # fmt: skip
