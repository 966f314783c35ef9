"""Lists and dictionaries of parameters, which see each of them as a part of the model."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import NoReturn, Self, overload

from minitorch_autograd import Tensor

from ..core.module import Module
from ..core.parameter import Parameter
from .sequential import place

__all__ = ["ParameterList", "ParameterDict"]


def _parameter(value: Tensor) -> Parameter:
    return value if isinstance(value, Parameter) else Parameter(value)


def _size(value: Tensor) -> str:
    return "x".join(map(str, value.shape))


class ParameterList(Module):
    """Hold parameters in a list.

    Args:
        values: the first ones; tensors become parameters.
    """

    def __init__(self, values: Iterable[Tensor] | None = None) -> None:
        super().__init__()
        if values is not None:
            self.extend(values)

    def forward(self) -> NoReturn:
        """Refuse: it only holds.

        Raises:
            RuntimeError: always.
        """
        raise RuntimeError("ParameterList should not be called.")

    def _held(self) -> list[Parameter]:
        return [value for value in vars(self).values() if isinstance(value, Parameter)]

    def __len__(self) -> int:
        return len(self._held())

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self._held())

    @overload
    def __getitem__(self, index: int) -> Parameter: ...
    @overload
    def __getitem__(self, index: slice) -> ParameterList: ...
    def __getitem__(self, index: int | slice) -> Parameter | ParameterList:
        if isinstance(index, slice):
            return ParameterList(self._held()[index])
        return self._held()[place(len(self), index)]

    def __setitem__(self, index: int, value: Tensor) -> None:
        setattr(self, str(place(len(self), index)), _parameter(value))

    def append(self, value: Tensor) -> Self:
        """Add a parameter at the end; return this list."""
        setattr(self, str(len(self)), _parameter(value))
        return self

    def extend(self, values: Iterable[Tensor]) -> Self:
        """Add parameters at the end; return this list.

        Raises:
            TypeError: if `values` is no iterable of tensors.
        """
        if isinstance(values, Tensor) or not isinstance(values, Iterable):
            raise TypeError(
                "ParameterList.extend should be called with an iterable, but got "
                f"{type(values).__name__}"
            )
        for value in list(values):
            self.append(value)
        return self

    def __iadd__(self, other: Iterable[Tensor]) -> Self:
        return self.extend(other)

    def extra_repr(self) -> str:
        return "\n".join(
            f"  ({i}): Parameter containing: [{value.dtype} of size {_size(value)}]"
            for i, value in enumerate(self)
        )


class ParameterDict(Module):
    """Hold parameters by name.

    Args:
        parameters: the first ones: a mapping, or pairs of a name and a tensor, which becomes a
            parameter.
    """

    def __init__(
        self, parameters: Mapping[str, Tensor] | Iterable[tuple[str, Tensor]] | None = None
    ) -> None:
        super().__init__()
        if parameters is not None:
            self.update(parameters)

    def _held(self) -> dict[str, Parameter]:
        return {name: value for name, value in vars(self).items() if isinstance(value, Parameter)}

    def __getitem__(self, key: str) -> Parameter:
        if key not in self:
            raise AttributeError(f"'ParameterDict' object has no attribute '{key}'")
        return self._held()[key]

    def __setitem__(self, key: str, value: Tensor) -> None:
        if not isinstance(key, str):
            raise TypeError(
                "Index given to ParameterDict cannot be used as a key as it is not a string (type "
                f"is '{type(key).__name__}')"
            )
        if key in self:
            setattr(self, key, _parameter(value))
        else:
            self.register_parameter(key, _parameter(value))

    def __delitem__(self, key: str) -> None:
        if key not in self:
            raise KeyError(key)
        delattr(self, key)

    def __len__(self) -> int:
        return len(self._held())

    def __iter__(self) -> Iterator[str]:
        return iter(self._held())

    def __reversed__(self) -> Iterator[str]:
        return reversed(list(self._held()))

    def __contains__(self, key: object) -> bool:
        return key in self._held()

    def keys(self) -> Iterable[str]:
        """Return the names."""
        return self._held().keys()

    def values(self) -> Iterable[Parameter]:
        """Return the parameters."""
        return self._held().values()

    def items(self) -> Iterable[tuple[str, Parameter]]:
        """Return the parameters by name."""
        return self._held().items()

    def get(self, key: str, default: Parameter | None = None) -> Parameter | None:
        """Return the parameter under a name, or the default."""
        return self._held().get(key, default)

    def setdefault(self, key: str, default: Tensor) -> Parameter:
        """Return the parameter under a name; if there is none, add the default first."""
        if key not in self:
            self[key] = default
        return self[key]

    def pop(self, key: str) -> Parameter:
        """Remove the parameter under a name; return it."""
        taken = self[key]
        del self[key]
        return taken

    def popitem(self) -> tuple[str, Parameter]:
        """Remove the last parameter; return its name and it."""
        name = list(self)[-1]
        return name, self.pop(name)

    def clear(self) -> None:
        """Remove all parameters."""
        for key in list(self):
            del self[key]

    def copy(self) -> ParameterDict:
        """Return another dictionary of the same parameters."""
        return ParameterDict(self._held())

    def fromkeys(self, keys: Iterable[str], default: Tensor) -> ParameterDict:
        """Return a dictionary with the default under each name."""
        return ParameterDict([(key, default) for key in keys])

    def update(self, parameters: Mapping[str, Tensor] | Iterable[tuple[str, Tensor]]) -> None:
        """Add parameters: a mapping, or pairs of a name and a tensor.

        Raises:
            TypeError, ValueError: if `parameters` is nothing of the kind.
        """
        if not isinstance(parameters, Iterable):
            raise TypeError(
                "ParametersDict.update should be called with an iterable of key/value pairs, but "
                f"got {type(parameters).__name__}"
            )
        if isinstance(parameters, OrderedDict | ParameterDict):
            parameters = list(parameters.items())
        elif isinstance(parameters, Mapping):
            parameters = sorted(parameters.items())  # as in torch
        for i, pair in enumerate(parameters):
            if not isinstance(pair, Iterable):
                raise TypeError(
                    f"ParameterDict update sequence element #{i} should be Iterable; is "
                    f"{type(pair).__name__}"
                )
            if len(pair) != 2:
                raise ValueError(
                    f"ParameterDict update sequence element #{i} has length {len(pair)}; 2 is "
                    "required"
                )
            self[pair[0]] = pair[1]

    def __or__(self, other: ParameterDict | Mapping[str, Tensor]) -> ParameterDict:
        joined = self.copy()
        joined |= other
        return joined

    def __ior__(self, other: ParameterDict | Mapping[str, Tensor]) -> Self:
        self.update(list(other.items()) if isinstance(other, ParameterDict) else other)
        return self

    def extra_repr(self) -> str:
        return "\n".join(
            f"  ({name}): Parameter containing: [torch.FloatTensor of size {_size(value)}]"
            for name, value in self.items()
        )
