"""Options that are numbers: reading, setting and checking them."""

from __future__ import annotations

from math import prod

from minitorch_autograd import Tensor, no_grad

from .groups import Options


def number(value: float | Tensor) -> float:
    """Return an option as a number: a rate may be a tensor of one element."""
    return value.item() if isinstance(value, Tensor) else value


def set_rate(options: Options, rate: float) -> None:
    """Set the rate; if it is a tensor, write it in place, since others may hold it."""
    tensor = options["lr"]
    if isinstance(tensor, Tensor):
        with no_grad():
            tensor.zero_().add_(rate)
    else:
        options["lr"] = rate


def one_rate(options: Options) -> float:
    """Return the rate as a number, or raise ValueError if it is a tensor of several."""
    rate = options["lr"]
    if isinstance(rate, Tensor) and prod(rate.shape) != 1:
        raise ValueError(f"Tensor lr must be 1-element, but its shape is {rate.shape}")
    return number(rate)


def check_rate(options: Options) -> None:
    """Raise ValueError unless the rate is one number, 0 or more."""
    check_not_negative("learning rate", one_rate(options))


def check_at_least(name: str, value: float, least: float = 0) -> None:
    """Raise ValueError unless an option is `least` or more; torch's newer optimizers say it so."""
    if not value >= least:
        raise ValueError(f"{name} should be >= {least} but is: {value}")


def check_not_negative(name: str, value: float) -> None:
    """Raise ValueError unless an option is 0 or more."""
    if not value >= 0:
        raise ValueError(f"Invalid {name}: {value}; expected 0 or more")


def check_betas(betas: tuple[float, float]) -> None:
    """Raise ValueError unless all betas are in [0, 1)."""
    for i, beta in enumerate(betas):
        if not 0 <= beta < 1:
            raise ValueError(
                f"Invalid beta parameter at index {i}: {beta}; expected 0 or more, below 1"
            )
