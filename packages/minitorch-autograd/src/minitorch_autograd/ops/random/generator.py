"""Generators of random numbers, and the default one, used where no `generator` is given.

The same seed gives the same numbers as in PyTorch.
"""

from __future__ import annotations

import secrets
from collections.abc import Generator as Steps
from collections.abc import Iterable
from contextlib import contextmanager
from typing import Final

import minitorch_tensor as below

from ...arguments import device as _device
from ...arguments.device import CPU, refuse_elsewhere
from ...arguments.operands import unwrap
from ...engine.value import Tensor, wrap

__all__ = [
    "default_generator",
    "Generator",
    "get_rng_state",
    "initial_seed",
    "manual_seed",
    "seed",
    "set_rng_state",
]


class Generator:
    """A stream of random numbers; until it is seeded, the one that each new generator has.

    >>> stream = Generator().manual_seed(0)
    >>> stream.initial_seed()
    0
    """

    __slots__ = ("__weakref__", "_raw")

    def __init__(self, device: _device.device | str = "cpu") -> None:
        refuse_elsewhere(device)
        self._raw = below.Generator()

    @property
    def device(self) -> _device.device:
        """The device: always the CPU."""
        return CPU

    def manual_seed(self, seed: int) -> Generator:
        """Start the stream again from `seed`, a 64-bit number; return the generator.

        Raises:
            RuntimeError: if `seed` is not an int.
            ValueError: if it has more bits.
        """
        if not isinstance(seed, int) or isinstance(seed, bool):
            raise RuntimeError(f"manual_seed expected a long, but got {type(seed).__name__}")
        if not -(2**63) <= seed < 2**64:
            raise ValueError(f"Overflow when unpacking long long: the seed {seed} has over 64 bits")
        self._raw.manual_seed(seed)
        return self

    def seed(self) -> int:
        """Start the stream again from a random seed of the operating system; return the seed."""
        seed = secrets.randbits(64)
        self._raw.manual_seed(seed)
        return seed

    def initial_seed(self) -> int:
        """Return the seed that the stream was last started from."""
        return self._raw.initial_seed()

    def get_state(self) -> Tensor:
        """Return the state of the stream, as a uint8 tensor: the 5,056 bytes of PyTorch's."""
        return wrap(self._raw.get_state())

    def set_state(self, new_state: Tensor) -> Generator:
        """Continue from a state that `get_state` returned, here or in PyTorch; return itself.

        Raises:
            TypeError: if `new_state` is not a uint8 tensor.
            RuntimeError: if it does not come from `get_state`, or is not contiguous.
        """
        if not isinstance(new_state, Tensor):
            raise TypeError(f"expected a torch.ByteTensor, but got {type(new_state).__name__}")
        state = unwrap(new_state)
        if state.dtype is not below.uint8:
            raise TypeError(f"RNG state must be a torch.ByteTensor, got one of {state.dtype}")
        if not state.is_contiguous():
            raise RuntimeError("RNG state must be contiguous")
        self._raw.set_state(state)
        return self

    def __copy__(self) -> Generator:
        return self.clone_state()

    def clone_state(self) -> Generator:
        """Return another stream with the same state."""
        return Generator().set_state(self.get_state())


default_generator: Final = Generator()
default_generator._raw = below.default_generator


def stream_of(operation: str, generator: Generator | None) -> below.Generator:
    """Return the stream of `generator`, of the default one for None."""
    if generator is None:
        return below.default_generator
    if not isinstance(generator, Generator):
        raise TypeError(
            f"{operation}() received an invalid combination of arguments: 'generator' must be a "
            f"Generator, not {type(generator).__name__}"
        )
    return generator._raw


def manual_seed(seed: int) -> Generator:
    """Start the default stream again from `seed`; return its generator."""
    return default_generator.manual_seed(int(seed))


def seed() -> int:
    """Start the default stream again from a random seed of the operating system; return it."""
    return default_generator.seed()


def initial_seed() -> int:
    """Return the seed that the default stream was last started from."""
    return default_generator.initial_seed()


def get_rng_state() -> Tensor:
    """Return the state of the default stream, as a uint8 tensor."""
    return default_generator.get_state()


def set_rng_state(new_state: Tensor) -> None:
    """Let the default stream continue from a state that `get_rng_state` returned."""
    default_generator.set_state(new_state)


@contextmanager
def fork_rng(devices: Iterable[object] | None = None, enabled: bool = True) -> Steps[None]:
    """Restore the state of the default stream after a `with` block.

    Args:
        devices: other devices whose streams are restored, of which there are none.
        enabled: whether to do it.

    Source: https://docs.pytorch.org/docs/stable/random.html
    """
    for device in devices or ():
        refuse_elsewhere(str(device))
    if not enabled:
        yield
        return
    state = get_rng_state()
    try:
        yield
    finally:
        set_rng_state(state)
