"""Softmax over many classes, of which the rare ones are in clusters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from minitorch_autograd import Tensor, dtype, where, zeros

from ..activation.functional import log_softmax
from ..common.extensions import elementwise, indexing, reductions, shaping
from ..containers.module_list import ModuleList
from ..containers.sequential import Sequential
from ..core.factory import Device
from ..core.module import Module
from ..linear.linear_modules import Linear

__all__ = ["AdaptiveLogSoftmaxWithLoss"]


class ASMoutput(NamedTuple):
    """What adaptive softmax gives.

    Attributes:
        output: (N,) or (), the log probability of each target.
        loss: (), the mean of their negatives.
    """

    output: Tensor
    loss: Tensor


class AdaptiveLogSoftmaxWithLoss(Module):
    """Approximate softmax over many classes, numbered from the most frequent one on.

    A *head* has the scores of the first classes, the *shortlist*, and of each cluster of the rest;
    the *tail* of a cluster, which is rarely needed, has those of its classes. For a class c in
    cluster i,

        log p(c) = log softmax(head x)[i] + log softmax(tail_i x)[c]

    A tail is a product of two matrices, by way of ``in_features / div_value^(i + 1)`` features.

    Args:
        in_features: the number of features.
        n_classes: the number of classes.
        cutoffs: where clusters begin: increasing, in [1, n_classes - 1].
        div_value: how much narrower each tail is than the one before.
        head_bias: whether the head has a bias.
        device: as in torch; the CPU is the only one.
        dtype: element type of the parameters; the default float type if None.

    Raises:
        ValueError: if the cutoffs are none or not such.

    Source: Grave et al., "Efficient softmax approximation for GPUs", 2017
    """

    head: Linear
    tail: ModuleList[Sequential]

    def __init__(
        self,
        in_features: int,
        n_classes: int,
        cutoffs: Sequence[int],
        div_value: float = 4.0,
        head_bias: bool = False,
        device: Device = None,
        dtype: dtype | None = None,
    ) -> None:
        super().__init__()
        _refuse_cutoffs(list(cutoffs), n_classes)
        self.in_features = in_features
        self.n_classes = n_classes
        self.cutoffs = [*cutoffs, n_classes]
        self.div_value = div_value
        self.head_bias = head_bias
        self.shortlist_size = self.cutoffs[0]
        self.n_clusters = len(self.cutoffs) - 1
        self.head_size = self.shortlist_size + self.n_clusters
        self.head = Linear(in_features, self.head_size, head_bias, device, dtype)
        self.tail = ModuleList()
        for i, (start, end) in enumerate(self._clusters()):
            width = int(in_features // div_value ** (i + 1))
            self.tail.append(
                Sequential(
                    Linear(in_features, width, False, device, dtype),
                    Linear(width, end - start, False, device, dtype),
                )
            )

    def reset_parameters(self) -> None:
        """Draw the parameters anew."""
        for layer in (self.head, *(layer for tail in self.tail for layer in tail)):
            assert isinstance(layer, Linear)
            layer.reset_parameters()

    def forward(self, input: Tensor, target: Tensor) -> ASMoutput:
        """Return log probabilities and loss of (N, in_features) for classes (N,), or of one.

        Raises:
            RuntimeError: if the sizes don't fit, or a class is out of range.
        """
        _refuse_targets(input, target, self.n_classes)
        if not target.shape:
            output, loss = self(input.unsqueeze(0), target.unsqueeze(0))
            return ASMoutput(output.squeeze(0), loss)
        # For a class in a cluster, the head has the cluster and the tail the class in it.
        place, rest = target, zeros(target.shape, dtype=input.dtype)
        for i, (start, end) in enumerate(self._clusters()):
            inside = elementwise.logical_and(target > start - 1, target < end)
            place = where(inside, self.shortlist_size + i, place)
            rows = indexing.nonzero(inside).squeeze(1)
            if rows.shape[0]:
                logs = log_softmax(self.tail[i](indexing.index_select(input, 0, rows)), 1)
                own = indexing.index_select(target, 0, rows) - start
                rest = indexing.index_copy(
                    rest, 0, rows, logs.gather(1, own.unsqueeze(1)).squeeze(1)
                )
        logs = log_softmax(self.head(input), 1)
        output = rest + logs.gather(1, place.unsqueeze(1)).squeeze(1)
        return ASMoutput(output, -output.mean())

    def log_prob(self, input: Tensor) -> Tensor:
        """Return the log probabilities of all classes, (N, n_classes), for (N, in_features)."""
        logs = log_softmax(self.head(input), 1)
        parts = [shaping.narrow(logs, 1, 0, self.shortlist_size)]
        for i, tail in enumerate(self.tail):
            cluster = shaping.narrow(logs, 1, self.shortlist_size + i, 1)
            parts.append(cluster + log_softmax(tail(input), 1))
        return shaping.cat(parts, 1)

    def predict(self, input: Tensor) -> Tensor:
        """Return the class of the largest probability, (N,), for (N, in_features)."""
        best = reductions.argmax(self.head(input), 1)
        rows = indexing.nonzero(best > self.shortlist_size - 1).squeeze(1)
        if not rows.shape[0]:
            return best
        found = reductions.argmax(self.log_prob(indexing.index_select(input, 0, rows)), 1)
        return indexing.index_copy(best, 0, rows, found)

    def _clusters(self) -> Iterator[tuple[int, int]]:
        """Yield the first class of each cluster, and the one behind the last."""
        return zip(self.cutoffs, self.cutoffs[1:], strict=False)


def _refuse_cutoffs(cutoffs: list[int], n_classes: int) -> None:
    if not cutoffs:
        raise ValueError("cutoffs should be a sequence of length larger than 0")
    if (
        cutoffs != sorted(set(cutoffs))
        or cutoffs[0] < 1
        or cutoffs[-1] > n_classes - 1
        or any(int(one) != one for one in cutoffs)
    ):
        raise ValueError(
            "cutoffs should be a sequence of unique, positive integers sorted in an increasing "
            f"order, where each value is between 1 and n_classes-1 = {n_classes - 1}, got {cutoffs}"
        )


def _refuse_targets(input: Tensor, target: Tensor, n_classes: int) -> None:
    if len(target.shape) > 1:
        raise RuntimeError(
            f"0D or 1D target tensor expected, multi-target not supported: got {target.shape}"
        )
    ndim = len(target.shape)
    if target.shape and input.shape[:1] != target.shape:
        raise RuntimeError(
            "Input and target should have the same size in the batch dimension, got input of "
            f"{list(input.shape)} and target of {list(target.shape)}"
        )
    if len(input.shape) != ndim + 1:
        raise RuntimeError(
            f"{ndim}D target tensor expects {ndim + 1}D input tensors, but found inputs with size "
            f"{list(input.shape)}"
        )
    if bool(reductions.any(elementwise.logical_or(target < 0, target > n_classes - 1))):
        raise RuntimeError(
            f"Target values should be in [0, {n_classes - 1}], but values out of it were found"
        )
