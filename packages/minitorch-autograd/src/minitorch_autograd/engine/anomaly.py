"""Anomaly detection: finding the operation whose derivative fails, or is NaN.

While it is on, each node keeps the traceback of the call that made it, and each rule's result is
searched for NaN. An error then gets a note with the line of the forward computation.
"""

from __future__ import annotations

import traceback
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from .modes import rare_modes
from .notes import notes_of

if TYPE_CHECKING:
    from .node import Node
    from .value import Tensor

__all__ = [
    "detect_anomaly",
    "is_anomaly_check_nan_enabled",
    "is_anomaly_enabled",
    "set_detect_anomaly",
]

HERE = str(Path(__file__).parents[1])  # the folder of this layer


class _Anomaly:
    """Whether anomaly detection is on: one switch for all threads, as in torch."""

    def __init__(self) -> None:
        self.enabled = False
        self.check_nan = True


anomaly = _Anomaly()


class set_detect_anomaly:  # noqa: N801  (torch's name)
    """Switch anomaly detection on or off: at once, or for a `with` block.

    Args:
        mode: whether nodes remember where they were made.
        check_nan: whether NaN in a gradient is an error.

    Source: https://docs.pytorch.org/docs/stable/autograd.html#anomaly-detection
    """

    _entered = False

    def __init__(self, mode: bool, check_nan: bool = True) -> None:
        self._before = anomaly.enabled, anomaly.check_nan
        _switch(mode, check_nan)

    def __enter__(self) -> None:
        self._entered = True

    def __exit__(self, *exception: object) -> None:
        _switch(*self._before)
        self._entered = False

    def __del__(self) -> None:
        if self._entered:  # an interrupt came where `__exit__` begins: see `engine.modes`
            self.__exit__()


def _switch(enabled: bool, check_nan: bool) -> None:
    anomaly.enabled, anomaly.check_nan = enabled, check_nan
    (rare_modes.add if enabled else rare_modes.discard)(anomaly)


class detect_anomaly(set_detect_anomaly):  # noqa: N801  (torch's name)
    """Find, in a `with` block, the operation whose derivative fails or is NaN.

    Such an error names the operation and has a note with the line that called it in the forward
    computation, where torch warns. Switching it on warns, since it makes everything slower.

    Args:
        check_nan: whether NaN in a gradient is an error.

    Source: https://docs.pytorch.org/docs/stable/autograd.html#anomaly-detection
    """

    def __init__(self, check_nan: bool = True) -> None:
        self._check_nan = check_nan
        warnings.warn(
            "Anomaly Detection has been enabled. This mode will increase the runtime and should "
            "only be enabled for debugging.",
            stacklevel=3,
        )

    def __enter__(self) -> None:
        self._before = anomaly.enabled, anomaly.check_nan
        self._entered = True
        _switch(True, self._check_nan)


def is_anomaly_enabled() -> bool:
    """Return whether anomaly detection is on."""
    return anomaly.enabled


def is_anomaly_check_nan_enabled() -> bool:
    """Return whether NaN in a gradient is an error under anomaly detection."""
    return anomaly.check_nan


def remember_call(node: Node, inputs: tuple[Tensor, ...]) -> None:
    """Note on a new `node` where it was called, and which of `inputs` its edges lead to."""
    frames = traceback.extract_stack()
    while frames and frames[-1].filename.startswith(HERE):
        frames.pop()  # the last line shown is the one that called this layer
    notes = notes_of(node)
    notes.traceback = "".join(frames.format())
    notes.input_positions = [i for i, x in enumerate(inputs) if x._node is not None]


class note_forward_call:  # noqa: N801  (used as `with note_forward_call(node):`)
    """A `with` block that calls rules of `node`: an error gets a note with its forward call.

    A class, since a generator's context manager costs several times as much.
    """

    __slots__ = ("node",)

    def __init__(self, node: Node) -> None:
        self.node = node

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        if error is None or not anomaly.enabled:
            return
        called = None if self.node.notes is None else self.node.notes.traceback
        error.add_note(
            f"Error detected in {self.node.name()}. "
            + (
                "No forward pass information available. Enable detect anomaly during forward pass "
                "for more information."
                if called is None
                else f"Traceback of forward call that caused the error:\n{called}"
            )
        )


def refuse_nan(node: Node, position: int, gradient: Tensor) -> None:
    """Raise if there is NaN in the gradient of an input of `node`."""
    raw = gradient._raw
    # NaN alone is not equal to itself.
    if (raw != raw).sum(tuple(range(len(raw.shape)))).item():
        raise RuntimeError(
            f"Function '{node.name()}' returned nan values in its {position}th output."
        )
