"""The names of initialisers before PyTorch 0.4 warn, and do what the new ones do."""

from __future__ import annotations

import pytest

from minitorch_autograd import Tensor, manual_seed, zeros
from minitorch_nn import init

NUMBERS: dict[str, tuple[float, ...]] = {"constant": (3.0,), "sparse": (0.5,)}
OLD = [name for name in init.__all__ if f"{name}_" in init.__all__]


@pytest.mark.parametrize("name", OLD)
def test_an_old_name_warns_and_fills(name: str) -> None:
    filled: list[Tensor] = []
    for called in (name, f"{name}_"):
        manual_seed(0)
        x = zeros(3, 4, 2) if name == "dirac" else zeros(3, 4)
        if called == name:
            with pytest.warns(FutureWarning) as caught:
                getattr(init, called)(x, *NUMBERS.get(name, ()))
            text = f"`nn.init.{name}` is now deprecated in favor of `nn.init.{name}_`."
            assert [str(one.message) for one in caught] == [text]
            assert caught[0].filename == __file__
        else:
            getattr(init, called)(x, *NUMBERS.get(name, ()))
        filled.append(x)
    assert filled[0].tolist() == filled[1].tolist()


def test_there_are_old_names() -> None:
    assert len(OLD) >= 11
