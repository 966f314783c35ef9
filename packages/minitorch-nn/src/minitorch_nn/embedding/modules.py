"""Tables of vectors that are learned."""

from __future__ import annotations

from typing import Self

from minitorch_autograd import Tensor, dtype, no_grad

from .. import init
from ..common.extensions import shaping
from ..core.factory import Device, new_parameter
from ..core.module import Module
from ..core.parameter import Parameter
from . import functional as F
from .rows import padding_row, refuse_sparse

__all__ = ["Embedding", "EmbeddingBag"]


class _Table(Module):
    """What both have: the table, drawn from N(0, 1), with zeros in the padding row."""

    weight: Parameter

    def _make(
        self,
        shape: tuple[int, int],
        padding_idx: int | None,
        weight: Tensor | None,
        device: Device,
        dtype: dtype | None,
    ) -> None:
        self.num_embeddings, self.embedding_dim = shape
        self.padding_idx = padding_row(padding_idx, shape[0])
        if weight is None:
            self.weight = new_parameter(shape, device, dtype)
            self.reset_parameters()
        elif weight.shape != shape:
            raise AssertionError(
                f"Shape of weight does not match num_embeddings and embedding_dim: {weight.shape} "
                f"is not {shape}"
            )
        else:
            self.weight = Parameter(weight)

    def reset_parameters(self) -> None:
        """Draw the table anew."""
        init.normal_(self.weight)
        if self.padding_idx is not None:
            with no_grad():
                shaping.select(self.weight, 0, self.padding_idx).mul_(0.0)


def _refuse_no_matrix(embeddings: Tensor) -> tuple[int, int]:
    if len(embeddings.shape) != 2:
        raise AssertionError(
            f"Embeddings parameter is expected to be 2-dimensional, got shape {embeddings.shape}"
        )
    return embeddings.shape[0], embeddings.shape[1]


class Embedding(_Table):
    """Look up a vector in a table for each number.

    Args:
        num_embeddings: V, the number of vectors.
        embedding_dim: D, their size.
        padding_idx: a row that starts as zeros and gets no gradient.
        max_norm: if given, vectors that are used are first scaled down to this norm.
        norm_type: the p of that norm.
        scale_grad_by_freq: whether a row's gradient is divided by the times that it was used.
        sparse: must be False: gradients are dense here.
        device: as in torch; the CPU is the only one.
        dtype: element type of the table; the default float type if None.

    Raises:
        AssertionError: if there is no row `padding_idx`.
        NotImplementedError: if `sparse`.

    Shapes: input (...), int64 or int32; output (..., D); `weight` (V, D).
    """

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        padding_idx: int | None = None,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        sparse: bool = False,
        _weight: Tensor | None = None,
        _freeze: bool = False,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        refuse_sparse("Embedding", sparse)
        self._make((num_embeddings, embedding_dim), padding_idx, _weight, device, dtype)
        self.weight.requires_grad = not _freeze
        self.max_norm = max_norm
        self.norm_type = norm_type
        self.scale_grad_by_freq = scale_grad_by_freq
        self.sparse = sparse

    @classmethod
    def from_pretrained(
        cls,
        embeddings: Tensor,
        freeze: bool = True,
        padding_idx: int | None = None,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        sparse: bool = False,
    ) -> Self:
        """Make a layer of a table (V, D), whose memory it shares; fixed if `freeze`.

        Raises:
            AssertionError: if it has not 2 dimensions.
        """
        return cls(
            *_refuse_no_matrix(embeddings),
            padding_idx,
            max_norm,
            norm_type,
            scale_grad_by_freq,
            sparse,
            _weight=embeddings,
            _freeze=freeze,
        )

    def forward(self, input: Tensor) -> Tensor:
        """Return the vectors of the numbers in `input`."""
        return F.embedding(
            input,
            self.weight,
            self.padding_idx,
            self.max_norm,
            self.norm_type,
            self.scale_grad_by_freq,
            self.sparse,
        )

    def extra_repr(self) -> str:
        text = f"{self.num_embeddings}, {self.embedding_dim}"
        if self.padding_idx is not None:
            text += f", padding_idx={self.padding_idx}"
        if self.max_norm is not None:
            text += f", max_norm={self.max_norm}"
        if self.norm_type != 2:
            text += f", norm_type={self.norm_type}"
        return text + (", scale_grad_by_freq=True" if self.scale_grad_by_freq else "")


class EmbeddingBag(_Table):
    """Sum, average or maximise vectors from a table, for each bag of numbers.

    Args:
        num_embeddings: V, the number of vectors.
        embedding_dim: D, their size.
        max_norm: if given, vectors that are used are first scaled down to this norm.
        norm_type: the p of that norm.
        scale_grad_by_freq: whether a row's gradient is divided by the times that it was used.
        mode: "sum", "mean" or "max".
        sparse: must be False: gradients are dense here.
        include_last_offset: whether `offsets` ends with the end of the last bag.
        padding_idx: a row that is left out, starts as zeros, and gets no gradient.
        device: as in torch; the CPU is the only one.
        dtype: element type of the table; the default float type if None.

    Raises:
        AssertionError: if there is no row `padding_idx`.
        NotImplementedError: if `sparse`.

    Shapes: input (B, n), or (N,) with offsets (B,); output (B, D); `weight` (V, D).
    """

    def __init__(
        self,
        num_embeddings: int,
        embedding_dim: int,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        mode: str = "mean",
        sparse: bool = False,
        _weight: Tensor | None = None,
        include_last_offset: bool = False,
        padding_idx: int | None = None,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        refuse_sparse("EmbeddingBag", sparse)
        self._make((num_embeddings, embedding_dim), padding_idx, _weight, device, dtype)
        self.max_norm = max_norm
        self.norm_type = norm_type
        self.scale_grad_by_freq = scale_grad_by_freq
        self.mode = mode
        self.sparse = sparse
        self.include_last_offset = include_last_offset

    @classmethod
    def from_pretrained(
        cls,
        embeddings: Tensor,
        freeze: bool = True,
        max_norm: float | None = None,
        norm_type: float = 2.0,
        scale_grad_by_freq: bool = False,
        mode: str = "mean",
        sparse: bool = False,
        include_last_offset: bool = False,
        padding_idx: int | None = None,
    ) -> Self:
        """Make a layer of a table (V, D), whose memory it shares; fixed if `freeze`.

        Raises:
            AssertionError: if it has not 2 dimensions.
        """
        made = cls(
            *_refuse_no_matrix(embeddings),
            max_norm,
            norm_type,
            scale_grad_by_freq,
            mode,
            sparse,
            embeddings,
            include_last_offset,
            padding_idx,
        )
        made.weight.requires_grad = not freeze
        return made

    def forward(
        self,
        input: Tensor,
        offsets: Tensor | None = None,
        per_sample_weights: Tensor | None = None,
    ) -> Tensor:
        """Return a vector for each bag; see `functional.embedding_bag`."""
        return F.embedding_bag(
            input,
            self.weight,
            offsets,
            self.max_norm,
            self.norm_type,
            self.scale_grad_by_freq,
            self.mode,
            self.sparse,
            per_sample_weights,
            self.include_last_offset,
            self.padding_idx,
        )

    def extra_repr(self) -> str:
        text = f"{self.num_embeddings}, {self.embedding_dim}"
        if self.max_norm is not None:
            text += f", max_norm={self.max_norm}"
        if self.norm_type != 2:
            text += f", norm_type={self.norm_type}"
        text += ", scale_grad_by_freq=True" if self.scale_grad_by_freq else ""
        text += f", mode={self.mode!r}"
        return text + ("" if self.padding_idx is None else f", padding_idx={self.padding_idx}")
