"""Modules that learn the size of their input from the first that they see.

Their parameters have no shape until then. The first call makes them, by `initialize_parameters`,
and the module becomes one of the ordinary class.
"""

from __future__ import annotations

from typing import Any, ClassVar

from minitorch_autograd import Tensor

from .module import Module
from .parameter import Uninitialized


class LazyModuleMixin(Module):
    """What makes a module lazy: put it before the class that the module becomes.

    A subclass says in `cls_to_become` what it becomes, gives itself uninitialised parameters, calls
    `_wait_for_input`, and defines `initialize_parameters`.
    """

    cls_to_become: ClassVar[type[Module]]

    # What a first call is given is each module's own affair.
    def initialize_parameters(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Give the parameters their shapes, from the arguments of the first call."""
        raise NotImplementedError(
            f"initialize_parameters is not implemented for {type(self).__name__}"
        )

    def has_uninitialized_params(self) -> bool:
        """Return whether parameters or buffers of this module have no shape yet."""
        return any(isinstance(value, Uninitialized) for value in vars(self).values())

    def _wait_for_input(self) -> None:
        """Have the first call make the parameters."""
        self._waiting = self.register_forward_pre_hook(_initialize, with_kwargs=True)

    def _become(self) -> None:
        self._waiting.remove()
        del self._waiting
        self.__class__ = self.cls_to_become  # type: ignore[assignment]  # which is what is wanted


def _initialize(module: LazyModuleMixin, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    module.initialize_parameters(*args, **kwargs)
    if module.has_uninitialized_params():
        raise RuntimeError(f"module {type(module).__name__} has not been fully initialized")
    module._become()


def materialize(value: Tensor | None, shape: tuple[int, ...]) -> None:
    """Give a parameter or buffer its shape, if it has none yet."""
    if isinstance(value, Uninitialized):
        value.materialize(shape)
