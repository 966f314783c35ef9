"""Parameters, the tensors that a module trains, and buffers, which it only keeps."""

from __future__ import annotations

from typing import ClassVar, NoReturn

from minitorch_autograd import Tensor, dtype, zeros

from ..common.extensions import creation

__all__ = ["Parameter", "Buffer", "UninitializedParameter", "UninitializedBuffer"]


class Parameter(Tensor):
    """A tensor that a module counts among its parameters when it is one of its attributes.

    Args:
        data: the values, whose memory is shared; none by default.
        requires_grad: whether gradients are tracked.
    """

    def __init__(self, data: Tensor | None = None, requires_grad: bool = True) -> None:
        super().__init__((zeros((0,)) if data is None else data).detach())
        if requires_grad and not self.dtype.is_floating_point:
            raise RuntimeError(
                "Only Tensors of floating point and complex dtype can require gradients, got "
                f"{self.dtype}: pass requires_grad=False"
            )
        self.requires_grad = requires_grad

    def __deepcopy__(self, memo: dict[int, object]) -> Parameter:
        """Make another of copied values; neither gradient nor attributes go along, as in torch."""
        twin = memo[id(self)] = type(self).__new__(type(self))
        Tensor.__init__(twin, creation.clone(self.detach()))
        twin.requires_grad = self.requires_grad
        return twin

    def __repr__(self) -> str:
        return "Parameter containing:\n" + super().__repr__()


class Buffer(Tensor):
    """A tensor that a module keeps in its state when it is one of its attributes: not trained.

    Args:
        data: the values, whose memory is shared; none by default.
        persistent: whether it is in the state dict.
    """

    persistent = True

    def __init__(self, data: Tensor | None = None, *, persistent: bool = True) -> None:
        super().__init__((zeros((0,)) if data is None else data).detach())
        self.persistent = persistent


class Uninitialized(Tensor):
    """A tensor whose shape is known once its module has been called."""

    becomes: ClassVar[type[Tensor]]

    @property
    def shape(self) -> NoReturn:
        """Refuse: there is none yet."""
        raise RuntimeError(
            "Can't access the shape of an uninitialized parameter or buffer: call the module once, "
            "so that it sees the shape of its input"
        )

    def materialize(self, shape: tuple[int, ...], dtype: dtype | None = None) -> None:
        """Become a tensor of zeros of a shape, the same object as before."""
        self.data = zeros(shape, dtype=self.dtype if dtype is None else dtype)
        self.__class__ = self.becomes  # type: ignore[assignment]  # which is what is wanted

    def __repr__(self) -> str:
        return f"<{type(self).__name__}>"


class UninitializedParameter(Uninitialized, Parameter):
    """A parameter whose shape is known once its module has been called.

    Args:
        requires_grad: whether gradients are tracked, once it has values.
        dtype: its element type; the default float type if None.
    """

    becomes = Parameter

    def __init__(self, requires_grad: bool = True, dtype: dtype | None = None) -> None:
        Parameter.__init__(self, zeros((0,), dtype=dtype), requires_grad)


class UninitializedBuffer(Uninitialized):
    """A buffer whose shape is known once its module has been called.

    Args:
        dtype: its element type; the default float type if None.
    """

    becomes = Buffer

    def __init__(self, dtype: dtype | None = None) -> None:
        super().__init__(zeros((0,), dtype=dtype))
