"""Hooks: functions that a module calls before and after it does something.

Theory of operation. A module has none until the first is registered, so that a call of an ordinary
module pays one look; hooks of all modules are the class's own, where that look finds them.
Backward hooks need the gradients that arrive at the module's outputs and leave by its inputs: both
pass through an operation that changes nothing, and whose rules call the hooks when the gradients
come by.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from itertools import count
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeVar

from minitorch_autograd import Tensor

from ..common.extensions import creation, graphs

if TYPE_CHECKING:
    from typing import TypeAlias

    # What a module takes and returns is its own affair.
    Hook: TypeAlias = Callable[..., Any]
    Gradients: TypeAlias = tuple[Tensor | None, ...]

F = TypeVar("F")

_numbers: Final = count()


class Called(Protocol):
    """A module, as far as its calls go."""

    def forward(self, *args: Any, **kwargs: Any) -> Any: ...  # noqa: ANN401


class RemovableHandle:
    """A handle to remove a hook by; as a context manager it removes it at the end."""

    def __init__(self, hooks: dict[int, Any], number: int) -> None:
        self._hooks = hooks
        self.id = number

    def remove(self) -> None:
        """Remove the hook; once is enough."""
        self._hooks.pop(self.id, None)

    def __enter__(self) -> RemovableHandle:
        return self

    def __exit__(self, *exception: object) -> None:
        self.remove()


class ForwardHook:
    """A hook of calls, and how it is to be called."""

    def __init__(self, hook: Hook, with_kwargs: bool, always_call: bool = False) -> None:
        self.hook = hook
        self.with_kwargs = with_kwargs
        self.always_call = always_call

    def after(
        self,
        module: Called,
        args: tuple[Any, ...],
        kwargs: Mapping[str, Any],
        result: Any,  # noqa: ANN401
    ) -> Any:  # noqa: ANN401
        """Call it with what a module was given and what it returned."""
        if self.with_kwargs:
            return self.hook(module, args, kwargs, result)
        return self.hook(module, args, result)


class Hooks:
    """The hooks of one module, by kind, in the order in which they are called."""

    def __init__(self) -> None:
        self.forward_pre: dict[int, ForwardHook] = {}
        self.forward: dict[int, ForwardHook] = {}
        self.backward_pre: dict[int, Hook] = {}
        self.backward: dict[int, Hook] = {}
        self.state_dict_pre: dict[int, Hook] = {}
        self.state_dict_post: dict[int, Hook] = {}
        self.load_pre: dict[int, Hook] = {}
        self.load_post: dict[int, Hook] = {}


def register(hooks: dict[int, F], hook: F, prepend: bool = False) -> RemovableHandle:
    """Add a hook at the end of its kind, or in front of it."""
    number = next(_numbers)
    before = dict(hooks) if prepend else {}
    if prepend:
        hooks.clear()
    hooks[number] = hook
    hooks.update(before)
    return RemovableHandle(hooks, number)


# The hooks of all modules, which `global_hooks.py` registers.
GLOBAL: Final = Hooks()


def call(module: Called, own: Hooks, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """Call the `forward` of a module that has hooks; those of all modules come first."""
    result: Any = None
    called: set[int] = set()
    try:
        args, kwargs = _before(module, own, args, kwargs)
        backward = own.backward or own.backward_pre or GLOBAL.backward or GLOBAL.backward_pre
        watch = _Watch(module, own) if backward else None
        if watch is not None:
            args = watch.inputs(args)
        result = module.forward(*args, **kwargs)
        for number, one in _all(GLOBAL.forward, own.forward):
            called.add(number)
            changed = one.after(module, args, kwargs, result)
            result = result if changed is None else changed
        return result if watch is None else watch.outputs(result)
    except Exception:
        for number, one in _all(GLOBAL.forward, own.forward):
            if one.always_call and number not in called:
                where = "global module" if number in GLOBAL.forward else "module"
                _after_failure(one, where, module, args, kwargs, result)
        raise


def _all(every: dict[int, F], own: dict[int, F]) -> list[tuple[int, F]]:
    """Return the hooks of a kind with their numbers: a list, since a call may change them."""
    return list({**every, **own}.items() if every else own.items())


def _before(
    module: Called, own: Hooks, args: tuple[Any, ...], kwargs: Mapping[str, Any]
) -> tuple[tuple[Any, ...], Mapping[str, Any]]:
    for _, one in _all(GLOBAL.forward_pre, own.forward_pre):
        if one.with_kwargs:
            changed = one.hook(module, args, kwargs)
            if changed is None:
                continue
            if not (isinstance(changed, tuple) and len(changed) == 2):
                raise RuntimeError(
                    "forward pre-hook must return None or a tuple of (new_args, new_kwargs), but "
                    f"got {changed}."
                )
            args, kwargs = changed
        else:
            changed = one.hook(module, args)
            if changed is not None:
                args = changed if isinstance(changed, tuple) else (changed,)
    return args, kwargs


def _after_failure(
    one: ForwardHook,
    where: str,
    module: Called,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    result: Any,  # noqa: ANN401
) -> None:
    """Call a hook with `always_call` after an error, which its own must not hide."""
    try:
        one.after(module, args, kwargs, result)
    except Exception as error:  # noqa: BLE001  (it must not hide the error of the call)
        warnings.warn(
            f"{where} forward hook with ``always_call=True`` raised an exception that was "
            f"silenced as another error was raised in forward: {error}",
            stacklevel=4,
        )


class _Watch:
    """The backward hooks of one call."""

    def __init__(self, module: Called, own: Hooks) -> None:
        self._module = module
        self._before = [hook for _, hook in _all(GLOBAL.backward_pre, own.backward_pre)]
        self._after = [hook for _, hook in _all(GLOBAL.backward, own.backward)]
        self._arrived: Gradients = ()
        self._has_inputs = False

    def inputs(self, args: tuple[Any, ...]) -> tuple[Any, ...]:
        """Return the arguments, with tensors whose gradients pass through the backward hooks."""
        self._has_inputs = any(isinstance(x, Tensor) and x.requires_grad for x in args)
        return _through(args, self._leave) if self._has_inputs and self._after else args

    def outputs(self, result: Any) -> Any:  # noqa: ANN401
        """Return the result, with tensors whose gradients pass through the backward hooks."""
        several = isinstance(result, tuple)
        passed = _through(result if several else (result,), self._arrive)
        return passed if several else passed[0]

    def _arrive(self, gradients: Gradients) -> Gradients:
        for hook in self._before:
            gradients = _changed(hook(self._module, gradients), gradients)
        self._arrived = gradients
        if not self._has_inputs:
            for hook in self._after:
                if hook(self._module, (None,), gradients) is not None:
                    raise RuntimeError(
                        "backward hook for Modules where no input requires gradient should always "
                        "return None or None for all gradients."
                    )
        return gradients

    def _leave(self, gradients: Gradients) -> Gradients:
        for hook in self._after:
            gradients = _changed(hook(self._module, gradients, self._arrived), gradients)
        return gradients


def _changed(answer: Any, gradients: Gradients) -> Gradients:  # noqa: ANN401
    """Return the gradients that a hook wants in place of those that it saw."""
    if answer is None:
        return gradients
    answers = answer if isinstance(answer, tuple) else (answer,)
    if len(answers) != len(gradients):
        raise RuntimeError(
            f"Backward hook returned an invalid number of grad_input, got {len(answers)}, but "
            f"expected {len(gradients)}"
        )
    return answers


def _through(values: tuple[Any, ...], see: Callable[[Gradients], Gradients]) -> tuple[Any, ...]:
    """Pass the tensors that track gradients through an operation whose rules call `see`."""
    places = [i for i, x in enumerate(values) if isinstance(x, Tensor) and x.requires_grad]
    tensors: list[Tensor] = [values[i] for i in places]
    if not tensors:
        return values
    seen: list[Gradients] = []  # the gradients of this walk, as `see` wants them

    def rule(k: int) -> Callable[..., Tensor]:
        def share(*gradients: Tensor) -> Tensor:
            if not seen:
                every: list[Tensor | None] = [None] * len(values)
                for i, gradient in zip(places, gradients, strict=True):
                    every[i] = gradient
                seen.append(see(tuple(every)))
            g = seen[0][places[k]]
            if k == len(places) - 1:
                seen.clear()  # the next walk begins anew
            return gradients[k] * 0.0 if g is None else g

        return share

    copies = [creation.clone(x.detach()) for x in tensors]
    edges = [(x, rule(k)) for k, x in enumerate(tensors)]
    passed = graphs.record_several("BackwardHookFunctionBackward", copies, *edges)
    result = list(values)
    for i, x in zip(places, passed, strict=True):
        result[i] = x
    return tuple(result)
