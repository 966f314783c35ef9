"""Tracing a run of the model: each call of a function that has a translation becomes nodes.

Python calls a profile function (`sys.setprofile`) at every call and return. The function that is
called is known by its code, be it called as a function, a method or an operator. Its arguments are
in its frame.

- In a function with a translation nothing more is traced.
- In any other the calls are traced. If all that it does is such calls, it needs no translation.
- A tensor that a function of the library makes in another way is a constant if no argument of the
  function depends on an input. Otherwise the tensor has no name in the graph, and an operation that
  takes it raises an error. So no value of this one run gets into the graph unnoticed.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType, FunctionType
from typing import NamedTuple

from minitorch_autograd import Tensor

from ._functions import CHECKS, CREATING, IN_PLACE, LIKE, PUBLIC, RANDOM, READING, SETTING
from ._graph import Graph
from ._registry import TRANSLATIONS, Translation
from ._values import SHARED_WRITE, Values, tensors_in, tensors_in_slices

LIBRARY = ("minitorch_autograd", "minitorch_nn")


class _Open(NamedTuple):
    """A call of a function of the library that has not returned."""

    frame: FrameType
    tensors: list[Tensor]  # that were given to it
    by_user: bool  # whether it was called by code that is not of the library


class _Call(NamedTuple):
    """A call within which nothing is traced."""

    frame: FrameType
    translation: Translation | None  # None for a function that creates tensors of numbers
    arguments: Mapping[str, object]


class Tracer:
    """Makes a graph of a run; its `_event` is the profile function.

    Args:
        fold: whether what is computed from constants is a constant (constant folding). Otherwise it
            becomes nodes, too, since the size of a constant may depend on that of an input.
    """

    def __init__(self, fold: bool = True) -> None:
        self._fold = fold
        self.values = Values()
        self.graph = Graph(self.name_of)
        self._open: list[_Open] = []
        self._call: _Call | None = None
        self._failure: Exception | None = None

    @contextmanager
    def tracing(self) -> Iterator[None]:
        """Trace what runs within; an error of the export is raised, even if it was caught there."""
        before = sys.getprofile()
        sys.setprofile(self._event)
        try:
            yield
        finally:
            sys.setprofile(before)
            if self._failure is not None:
                raise self._failure

    def name_of(self, x: Tensor) -> str:
        """Return the name of a tensor's value; one that depends on no input becomes a constant.

        Raises:
            NotImplementedError: if it was made by a function that has no translation.
        """
        known, maker = self.values.of(x), self.values.of(x).maker
        if known.name is not None:
            return known.name
        if known.constant is not None:
            return known.constant
        if maker is None and not self.values.met(x) and self.values.shares_with_others(x):
            maker = SHARED_WRITE
        if maker is not None:
            raise NotImplementedError(
                f"export: {maker} has no ONNX translation: write the model without it, or export "
                "up to where it is called"
            )
        name = self.graph.constant(x)
        self.values.put_constant(x, name)
        return name

    # --- A call begins, and returns

    def _event(self, frame: FrameType, event: str, argument: object) -> None:
        try:
            if event == "call":
                if self._call is None:
                    self._enter(frame)
            elif event == "return":
                self._leave(frame, argument)
        except Exception as failure:
            self._failure = self._failure or failure
            raise

    def _enter(self, frame: FrameType) -> None:
        code = frame.f_code
        if code in TRANSLATIONS:
            self._begin(_Call(frame, TRANSLATIONS[code], _arguments(frame)))
        elif code in CREATING:
            self._call = _Call(frame, None, _arguments(frame))
        elif code in READING:
            self._refuse_reading(frame)
        elif code in IN_PLACE and (form := _translated_form(frame)):
            self._begin(form)
        elif _of_library(frame) and code not in CHECKS:
            tensors = list(tensors_in(dict(frame.f_locals)))
            self._open.append(_Open(frame, tensors, not _of_library(_caller(frame))))

    def _begin(self, call: _Call) -> None:
        self._call = call
        if call.frame.f_code in IN_PLACE or call.arguments.get("inplace"):
            # A constant that will be written is taken as it is now.
            for one in tensors_in(call.arguments):
                if not self.values.of(one).in_graph:
                    self.name_of(one)

    def _leave(self, frame: FrameType, result: object) -> None:
        if self._call is not None:
            if self._call.frame is frame:
                call, self._call = self._call, None
                self._finish(call, result)
        elif self._open and self._open[-1].frame is frame:
            self._track_untranslated(result)
            self._open.pop()

    def _finish(self, call: _Call, result: object) -> None:
        """Name the results of a call within which nothing was traced."""
        given = list(tensors_in(call.arguments))
        made = list(tensors_in(result))
        if call.frame.f_code is SETTING and result is None:
            made = given[:1]
        known = [self.values.of(one) for one in given]
        if call.translation is None:
            self._track_created(call.frame, given, made)
        elif any(one.in_graph for one in known):
            self._refuse_read_options(call)
            self._name(call, given, made, result)
        elif self._fold:
            self._constant(given, made)
        else:
            try:
                self._name(call, given, made, result)
            except NotImplementedError:
                self._constant(given, made)

    def _name(self, call: _Call, given: list[Tensor], made: list[Tensor], result: object) -> None:
        if not made:  # it raised
            return
        assert call.translation is not None
        names = call.translation(self.graph, call.arguments, result)
        depends = self.values.depends(given)
        for one, name in zip(made, [names] if isinstance(names, str) else names, strict=True):
            self.values.put(one, name, depends=depends)

    # --- Where there is no translation

    def _constant(self, given: list[Tensor], made: list[Tensor]) -> None:
        for one in made:
            if any(one is other for other in given):
                self.values.forget(one)  # it may have been written
            else:
                self.values.put(one, None, depends=False)

    def _track_created(self, frame: FrameType, given: list[Tensor], made: list[Tensor]) -> None:
        """Enter tensors that a function created from numbers, or from the numbers in a tensor."""
        code = frame.f_code
        read = given[1:] if code in LIKE else given
        for one in made:
            if any(one is other for other in given):
                continue
            if code in RANDOM:
                self.values.put(one, None, _display_name(frame))
            elif self.values.depends(read):
                raise _reading_error(_display_name(frame))
            else:
                self.values.put(one, None, depends=False)

    def _track_untranslated(self, result: object) -> None:
        """Enter what a function of the library without a translation made, or wrote in place."""
        frame, given, _ = self._open[-1]
        code = frame.f_code
        if code not in IN_PLACE or not given:
            self._track_new([one for one in tensors_in(result) if not self.values.met(one)])
        elif code in RANDOM or self.values.depends(given):
            self.values.put(given[0], None, _display_name(frame))
        elif self.values.met(given[0]):
            self.values.forget(given[0])
        else:
            self._track_new(given[:1])

    def _track_new(self, made: list[Tensor]) -> None:
        """Enter tensors that no traced call made."""
        source = self._innermost_call_with_tensors(made) if made else None
        depends = source is not None and self.values.depends(source.tensors)
        for one in made:
            maker = None
            if source is not None and depends:
                maker = self._public_caller(source) or source.frame.f_code.co_qualname
            self.values.put(one, None, maker, depends)

    def _innermost_call_with_tensors(self, made: list[Tensor]) -> _Open | None:
        """Return the innermost open call with tensors as arguments other than those in `made`.

        A helper without such arguments works on those of its caller, up to the user's code.
        """
        for call in reversed(self._open):
            if any(all(one is not new for new in made) for one in call.tensors):
                return call
            if call.by_user:
                return None
        return None

    def _public_caller(self, source: _Open | None = None) -> str | None:
        """Return the name of the innermost open public function: `source`, or what called it."""
        calls = self._open if source is None else self._open[: self._open.index(source) + 1]
        known = (PUBLIC.get(one.frame.f_code) for one in reversed(calls) if one.tensors)
        return next(filter(None, known), None)

    def _refuse_reading(self, frame: FrameType) -> None:
        """Raise if a function reads the value of a tensor that depends on an input."""
        if self.values.depends(list(tensors_in(dict(frame.f_locals)))):
            raise _reading_error(self._public_caller() or PUBLIC[frame.f_code])

    def _refuse_read_options(self, call: _Call) -> None:
        """Raise if a tensor that depends on an input is given for a number, which is read."""
        assert call.translation is not None
        for name, one in call.arguments.items():
            read = tensors_in(one) if name in call.translation.numbers else tensors_in_slices(one)
            if self.values.depends(list(read)):
                raise _reading_error(f"{call.translation.function} (its {name})")


def _reading_error(function: str) -> NotImplementedError:
    return NotImplementedError(
        f"export: {function} reads the value of a tensor that depends on an input, which has no "
        "ONNX translation: other inputs would find the value of this run; write the model without "
        "it, with where() for a choice"
    )


def _arguments(frame: FrameType) -> dict[str, object]:
    """Return the arguments of a call that begins, in order; the `self` of a method as `input`."""
    arguments = dict(frame.f_locals)
    if "input" in arguments:
        return arguments
    return {"input" if name == "self" else name: one for name, one in arguments.items()}


def _translated_form(frame: FrameType) -> _Call | None:
    """Return a call of `exp` for one of `exp_`, and so for all such pairs, or None.

    A function such as `exp_` has the one whose result it writes in its closure.
    """
    operation = _written_operation(frame)
    if operation is None or operation.__code__ not in TRANSLATIONS:
        return None
    code = frame.f_code
    first, more, named = (frame.f_locals[name] for name in code.co_varnames[:3])
    bound = inspect.signature(operation).bind(first, *more, **named)
    bound.apply_defaults()
    return _Call(frame, TRANSLATIONS[operation.__code__], bound.arguments)


def _written_operation(frame: FrameType) -> FunctionType | None:
    closed_over = (frame.f_locals[name] for name in frame.f_code.co_freevars)
    return next((one for one in closed_over if isinstance(one, FunctionType)), None)


def _caller(frame: FrameType) -> FrameType | None:
    caller = frame.f_back
    return caller.f_back if caller and caller.f_code in CHECKS else caller


def _of_library(frame: FrameType | None) -> bool:
    name: str = frame.f_globals.get("__name__", "") if frame else ""
    return name.partition(".")[0] in LIBRARY


def _display_name(frame: FrameType) -> str:
    """Return the name of a function for an error."""
    code = frame.f_code
    operation = _written_operation(frame) if code in IN_PLACE else None
    name = f"{operation.__name__}_" if operation else PUBLIC.get(code, code.co_name)
    return f"{name} (which draws anew in each run)" if code in RANDOM else name
