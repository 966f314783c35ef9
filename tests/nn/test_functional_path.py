"""Where a function of nn says that it is from."""

from __future__ import annotations

from minitorch_nn import functional


def test_a_function_is_pickled_by_its_public_path() -> None:
    assert {getattr(functional, name).__module__ for name in vars(functional)["__all__"]} == {
        "minitorch_nn.functional"
    }
