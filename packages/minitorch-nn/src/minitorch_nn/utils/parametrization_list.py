"""The parametrizations of one tensor, and what they start from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minitorch_autograd import Tensor, no_grad

from ..containers.module_list import ModuleList
from ..core.module import Module
from ..core.parameter import Parameter


class ParametrizationList(ModuleList[Module]):
    """The parametrizations of one tensor, applied one after the other, and what they start from.

    `original` is what the first takes; `original0`, `original1`, ... if it takes several. Where
    there is one, it is the tensor that was parametrized, so that an optimizer goes on with it.

    Args:
        modules: the parametrizations, at least one.
        original: the tensor that becomes parametrized.
        unsafe: whether its shape and element type may change.

    Raises:
        ValueError: if there are none, or what they or their `right_inverse` return does not fit.
    """

    original: Parameter | Tensor

    def __init__(self, modules: Sequence[Module], original: Tensor, unsafe: bool = False) -> None:
        if not modules:
            raise ValueError("ParametrizationList requires one or more modules.")
        super().__init__(modules)
        self.unsafe = unsafe
        shape, dtype = original.shape, original.dtype
        with no_grad():
            start: Any = original
            for module in reversed(list(self)):
                start = inverse_of(module, start)
        self.is_tensor = isinstance(start, Tensor)
        if isinstance(start, Tensor):
            self.ntensors = 1
            self._keep_one(original, start)
        else:
            self._keep_several(original, start)
        if not unsafe:
            value: object = self()
            if not isinstance(value, Tensor):
                raise ValueError(
                    f"A parametrization must return a tensor. Got {type(value).__name__}."
                )
            refuse_change(value.dtype, dtype, "parametrized", "dtype")
            refuse_change(value.shape, shape, "parametrized", "shape")

    def _keep_one(self, original: Tensor, start: Tensor) -> None:
        if start.dtype is not original.dtype:
            raise ValueError(
                "When `right_inverse` outputs one tensor, it may not change the dtype.\n"
                f"original.dtype: {original.dtype}\nright_inverse(original).dtype: {start.dtype}"
            )
        set_data(original, start)
        keep(self, "original", original)

    def _keep_several(self, original: Tensor, starts: object) -> None:
        must = "'right_inverse' must return a Tensor or a Sequence of tensors (list, tuple...)."
        if not isinstance(starts, Sequence):
            raise ValueError(f"{must} Got {type(starts).__name__}")
        self.ntensors = len(starts)
        for i, one in enumerate(starts):
            if not isinstance(one, Tensor):
                raise ValueError(
                    f"{must} Got element {i} of the sequence with type {type(one).__name__}."
                )
            if isinstance(original, Parameter):
                one = Parameter(one, original.requires_grad)
            keep(self, f"original{i}", one)

    def _originals(self) -> list[Tensor]:
        names = ["original"] if self.is_tensor else [f"original{i}" for i in range(self.ntensors)]
        return [vars(self)[name] for name in names]

    def forward(self) -> Tensor:
        """Return the tensor."""
        modules: list[Any] = list(self)
        value: Tensor = modules[0](*self._originals())
        for module in modules[1:]:
            value = module(value)
        return value

    def right_inverse(self, value: Tensor) -> None:
        """Set what it starts from so that the tensor becomes `value`.

        Raises:
            RuntimeError: if a parametrization has no `right_inverse`.
            ValueError: if that returns something else than it did at first.
        """
        start: Any = value
        with no_grad():
            for module in reversed(list(self)):
                inverse = getattr(module, "right_inverse", None)
                if inverse is None:
                    raise RuntimeError(
                        f"parametrization {type(module).__name__} does not implement right_inverse."
                    )
                start = inverse(start)
        if self.is_tensor:
            self._set_one(start)
        else:
            self._set_several(start)

    def _set_one(self, start: object) -> None:
        if not isinstance(start, Tensor):
            raise ValueError(f"`right_inverse` should return a tensor. Got {type(start).__name__}")
        if start.dtype is not self.original.dtype:
            raise ValueError(
                f"The tensor returned by `right_inverse` has dtype {start.dtype} while `original` "
                f"has dtype {self.original.dtype}"
            )
        set_data(self.original, start)

    def _set_several(self, starts: object) -> None:
        if not isinstance(starts, Sequence):
            raise ValueError(
                f"'right_inverse' must return a sequence of tensors. Got {type(starts).__name__}."
            )
        if len(starts) != self.ntensors:
            raise ValueError(
                f"'right_inverse' must return a sequence of tensors of length {self.ntensors}. Got "
                f"a sequence of length {len(starts)}."
            )
        for i, (held, start) in enumerate(zip(self._originals(), starts, strict=True)):
            if not isinstance(start, Tensor):
                raise ValueError(
                    "'right_inverse' must return a sequence of tensors or reference-type opaques. "
                    f"Got element {i} of type {type(start).__name__}."
                )
            if start.dtype is not held.dtype:
                raise ValueError(
                    f"Tensor {i} returned by `right_inverse` has dtype {start.dtype} while "
                    f"`original{i}` has dtype {held.dtype}"
                )
            set_data(held, start)


def inverse_of(module: Module, value: object) -> object:
    """Return what `module` takes to `value`; `value` itself, if it does not know."""
    inverse = getattr(module, "right_inverse", None)
    if inverse is None:
        return value
    try:
        return inverse(value)
    except NotImplementedError:
        return value


def refuse_change(after: object, before: object, name: str, what: str) -> None:
    """Raise the error of a shape or element type that a parametrization changes."""
    if after != before:
        raise ValueError(
            f"Registering a parametrization may not change the {what} of the tensor, unless "
            f"`unsafe` flag is enabled.\nunparametrized {what}: {before}\n{name} {what}: {after}"
        )


def set_data(tensor: Tensor, value: Tensor) -> None:
    """Let `tensor`, which stays the same object, have the memory of `value`."""
    tensor.data = value.detach()


def keep(module: Module, name: str, value: Tensor) -> None:
    """Make a parameter a parameter of `module`, and any other tensor a buffer."""
    if isinstance(value, Parameter):
        module.register_parameter(name, value)
    else:
        module.register_buffer(name, value)
