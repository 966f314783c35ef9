"""The tape: what was computed, in order, and how to go back over it.

Theory of operation. Each differentiable operation appends an entry to a tape: where its inputs
are, and for each the rule that takes the gradient of the output to the gradient of that input.
Backward plays the tape from the end. Whatever uses a value stands after it, so when an entry's
turn comes its gradient is complete. There is no graph to search and nothing to sort.

Who keeps what. A tape that kept its entries would grow for ever, so it only knows their order:

    tensor ---> its entry ---> the entries before it that it needs; the leaves; the tape
                  the tape - - (weakly) - -> its entries

All solid arrows point backwards in time, so there are no circles. (A rule that needs the output of
its own operation is handed it when the tape is played.) When the last tensor that needs an entry
goes, reference counting frees the entry, and the tape forgets it.

One tape for each computation. An operation on leaves alone starts a tape, an operation on tensors
of one tape continues it, and where two tapes meet the shorter is spliced on the end of the longer.
That keeps the order right: until then neither used anything of the other. So to play a tape costs
what is alive in one computation, and threads that share only leaves share no tape.

A leaf (a parameter) is on no tape: its place is the tensor itself, and there its gradient stays.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from typing import TYPE_CHECKING, TypeAlias
from weakref import WeakValueDictionary

if TYPE_CHECKING:
    from ._tensor import Tensor

# A rule takes the gradient of the output, and where it asked for that, the output.
Rule: TypeAlias = "Callable[[Tensor], Tensor]"
OutputRule: TypeAlias = "Callable[[Tensor, Tensor], Tensor]"
Place: TypeAlias = "Entry | Tensor"  # where a gradient goes: to an entry, or to a leaf
Inputs: TypeAlias = "tuple[tuple[Place, Callable[..., Tensor]], ...]"


class Entry:
    """One operation on a tape; for a tensor, its place there."""

    __slots__ = ("__weakref__", "dtype", "inputs", "name", "output", "shape", "tape")

    def __init__(self, name: str, value: Tensor, inputs: Inputs, output: Tensor | None) -> None:
        self.name = name
        self.shape, self.dtype = value.shape, value.dtype
        self.inputs: Inputs | None = inputs  # None: erased
        self.output = output  # for rules that ask for it; without history, or it would be a circle
        self.tape: Tape
        splice(place.tape for place, _ in inputs if isinstance(place, Entry)).append(self)

    def arguments(self, g: Tensor) -> tuple[Tensor, ...]:
        """Return what the rules take: `g`, and perhaps the output, at its place on the tape."""
        if self.output is None:
            return (g,)
        output = self.output.detach()
        output._entry = self
        return g, output


class Tape:
    """The order of the entries of one computation, oldest first, as long as someone needs them."""

    def __init__(self) -> None:
        # Dictionaries keep the order of insertion, and this one drops entries as they die.
        self._entries: WeakValueDictionary[int, Entry] = WeakValueDictionary()
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._entries)

    def append(self, entry: Entry) -> None:
        """Put `entry` at the end."""
        self._entries[next(self._numbers)] = entry
        entry.tape = self

    def entries(self) -> list[Entry]:
        """Return the entries that are alive, oldest first."""
        return list(self._entries.values())


def splice(tapes: Iterable[Tape]) -> Tape:
    """Make one tape of several, or a new one of none.

    The shorter goes to the longer: an entry that moves finds itself on a tape of twice the length
    at least, so among n entries none moves more than log2(n) times.
    """
    different = list(dict.fromkeys(tapes))
    if not different:
        return Tape()
    longest = max(different, key=len)
    for tape in different:
        if tape is not longest:
            for entry in tape.entries():
                longest.append(entry)
    return longest


class _Mode(threading.local):
    recording = True


mode = _Mode()


@contextmanager
def _recording(value: bool) -> Iterator[None]:
    before, mode.recording = mode.recording, value
    try:
        yield
    finally:
        mode.recording = before


def no_grad() -> AbstractContextManager[None]:
    """Record nothing in this block (or this function, as a decorator), in this thread."""
    return _recording(False)


def enable_grad() -> AbstractContextManager[None]:
    """Record in this block (or this function), even inside `no_grad`."""
    return _recording(True)


def record(name: str, value: Tensor, /, *edges: tuple[Tensor | float, Rule]) -> Tensor:
    """Make `value` the differentiable output of an operation, and return it.

    Args:
        name: the operation's, for reprs, such as `"MulBackward0"`.
        value: what was computed: a new tensor, of no history.
        edges: inputs, each with its rule. Numbers, and tensors that need no gradient, drop out.

    Source: Wengert, "A simple automatic derivative evaluation program", 1964.
    """
    if mode.recording and (inputs := _places(edges)):
        value._entry = Entry(name, value, inputs, None)
    return value


def record_with_output(
    name: str, value: Tensor, /, *edges: tuple[Tensor | float, OutputRule]
) -> Tensor:
    """Same as `record`, but for rules of two arguments: the gradient of the output, and the output.

    A rule that had the output otherwise would close a circle, and never be freed.
    """
    if mode.recording and (inputs := _places(edges)):
        value._entry = Entry(name, value, inputs, value.detach())
    return value


def _places(edges: tuple[tuple[Tensor | float, Callable[..., Tensor]], ...]) -> Inputs:
    return tuple(
        (place, rule)
        for x, rule in edges
        if not isinstance(x, (int, float)) and (place := x._place()) is not None
    )


def play(place: Place, gradient: Tensor, erase: bool, create_graph: bool) -> dict[Tensor, Tensor]:
    """Play the tape from its end; return the gradient of each leaf that `place` came from.

    With `erase` nothing of what was played can be played again. With `create_graph` the rules,
    which are differentiable operations, make entries of their own, after those being played.
    """
    gradients: dict[Place, Tensor] = {place: gradient}
    entries = place.tape.entries() if isinstance(place, Entry) else []
    with _recording(create_graph):
        for entry in reversed(entries):
            g = gradients.pop(entry, None)
            if g is None:
                continue  # newer than `place`, or `place` did not come from it
            if entry.inputs is None:
                raise RuntimeError(
                    "Trying to backward through the graph a second time (or directly access saved "
                    f"tensors after they have already been freed): {entry.name} was erased from "
                    "its tape when it was played. Specify retain_graph=True the first time"
                )
            arguments = entry.arguments(g)
            for before, rule in entry.inputs:
                more = rule(*arguments)._sum_to(before.shape).to(before.dtype)
                known = gradients.get(before)
                gradients[before] = more if known is None else known + more
            if erase:
                entry.inputs = entry.output = None
    return {leaf: g for leaf, g in gradients.items() if not isinstance(leaf, Entry)}
