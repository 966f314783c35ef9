"""Averages of weights: those on the way of a training are often better than the last.

    averaged = AveragedModel(model)
    for epoch in range(epochs):
        train(model)
        averaged.update_parameters(model)
    update_bn(loader, averaged)

Source: https://docs.pytorch.org/docs/stable/optim.html
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, ParamSpec, Protocol, TypeVar

from minitorch_autograd import Tensor, int64, no_grad, zeros

from ..core.factory import Device, refuse_other_devices
from ..core.module import Module
from ..normalisation.batch_modules import BatchNorm1d, BatchNorm2d, BatchNorm3d
from .moving_averages import (
    AverageFunction,
    MultiAverageFunction,
    each,
    get_ema_avg_fn,
    get_ema_multi_avg_fn,
    get_swa_avg_fn,
    get_swa_multi_avg_fn,
)

__all__ = [
    "AveragedModel",
    "get_ema_avg_fn",
    "get_ema_multi_avg_fn",
    "get_swa_avg_fn",
    "get_swa_multi_avg_fn",
    "update_bn",
]

P = ParamSpec("P")
R_co = TypeVar("R_co", covariant=True)


class Model(Protocol[P, R_co]):
    """What can be averaged: a module, seen with the types of its calls."""

    def forward(self, *args: P.args, **kwargs: P.kwargs) -> R_co: ...
    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R_co: ...
    def parameters(self) -> Iterator[Tensor]: ...
    def buffers(self) -> Iterator[Tensor]: ...


class AveragedModel(Module, Generic[P, R_co]):
    """A copy of a model whose parameters are averages of the model's.

        a ← a + (θ - a) / (n + 1)        (or as `avg_fn` says)

    The first `update_parameters` copies. Buffers are those of the model, as last seen.

    Args:
        model: the model; it is copied, and stays as it is.
        device: as in torch; the CPU is the only one.
        avg_fn: the next average of a parameter; see `get_ema_avg_fn`.
        multi_avg_fn: the same for all parameters of an element type at once.
        use_buffers: whether buffers are averaged, too, such as the statistics of batches.

    Attributes:
        module: the copy.
        n_averaged: n, the number of averaged models, a buffer of int64.

    Raises:
        AssertionError: if there are both an `avg_fn` and a `multi_avg_fn`.

    Source: Izmailov, Podoprikhin, Garipov, Vetrov, Wilson: Averaging Weights Leads to Wider Optima
    and Better Generalization, 2018, algorithm 1.
    https://docs.pytorch.org/docs/stable/generated/torch.optim.swa_utils.AveragedModel.html
    """

    n_averaged: Tensor

    def __init__(
        self,
        model: Model[P, R_co],
        device: Device = None,
        avg_fn: AverageFunction | None = None,
        multi_avg_fn: MultiAverageFunction | None = None,
        use_buffers: bool = False,
    ) -> None:
        super().__init__()
        if avg_fn is not None and multi_avg_fn is not None:
            raise AssertionError(
                "Only one of avg_fn and multi_avg_fn should be provided, but both are"
            )
        refuse_other_devices(device)
        self.module = copy.deepcopy(model)
        self.register_buffer("n_averaged", zeros((), dtype=int64))
        self.avg_fn = avg_fn
        self.multi_avg_fn = multi_avg_fn
        self.use_buffers = use_buffers

    def forward(self, *args: P.args, **kwargs: P.kwargs) -> R_co:
        """Return what the copy makes of an input."""
        return self.module(*args, **kwargs)

    def update_parameters(self, model: Model[P, R_co]) -> None:
        """Average the present parameters of `model` in."""
        averages, values = list(self.module.parameters()), list(model.parameters())
        buffers, present = list(self.module.buffers()), list(model.buffers())
        with no_grad():
            if self.use_buffers:
                self._average(averages + buffers, values + present)
            else:
                self._average(averages, values)
                _copy(buffers, present)
            self.n_averaged.copy_(self.n_averaged + 1)

    def _average(self, averages: list[Tensor], values: list[Tensor]) -> None:
        if bool(self.n_averaged == 0):
            _copy(averages, values)
            return
        average_all = self.multi_avg_fn or each(self.avg_fn or get_swa_avg_fn())
        for dtype in dict.fromkeys(average.dtype for average in averages):
            pairs = [pair for pair in zip(averages, values, strict=True) if pair[0].dtype is dtype]
            ours, theirs = zip(*((a.detach(), v.detach()) for a, v in pairs), strict=True)
            average_all(list(ours), list(theirs), self.n_averaged)


def _copy(targets: list[Tensor], sources: list[Tensor]) -> None:
    for target, source in zip(targets, sources, strict=True):
        target.copy_(source)


def update_bn(
    loader: Iterable[Tensor | Sequence[Tensor]], model: Module, device: Device = None
) -> None:
    """Set the statistics of batch normalisation anew, by one pass over the data.

    Averaged weights make other activations than any that the statistics were taken of.

    Args:
        loader: batches of inputs; of a batch that is a list or a tuple the first is the input.
        model: the model; it is called in training mode and under `no_grad`. Without batch
            normalisation it is not called.
        device: as in torch; the CPU is the only one.
    """
    refuse_other_devices(device)
    norms = [m for m in model.modules() if isinstance(m, (BatchNorm1d, BatchNorm2d, BatchNorm3d))]
    if not norms:
        return
    momenta = [norm.momentum for norm in norms]
    training = model.training
    model.train()
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None  # for the mean over all batches
    with no_grad():
        for batch in loader:
            input = batch[0] if isinstance(batch, Sequence) else batch
            model(input)
    for norm, momentum in zip(norms, momenta, strict=True):
        norm.momentum = momentum
    model.train(training)
