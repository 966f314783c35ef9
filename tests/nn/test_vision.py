"""Images: what a table of calls does not show."""

from __future__ import annotations

import pytest

import minitorch

F = minitorch.nn.functional


def test_the_default_of_align_corners_is_warned_of() -> None:
    image, grid = minitorch.zeros(1, 1, 2, 2), minitorch.zeros(1, 1, 1, 2)
    with pytest.warns(UserWarning, match="grid_sample: align_corners is False unless told"):
        F.grid_sample(image, grid)
    with pytest.warns(UserWarning, match="affine_grid: align_corners is False unless told"):
        F.affine_grid(minitorch.zeros(1, 2, 3), (1, 1, 2, 2))


@pytest.mark.parametrize("name", ["upsample", "upsample_nearest", "upsample_bilinear"])
def test_old_names_warn(name: str) -> None:
    with pytest.warns(UserWarning, match=f"nn.functional.{name}` is deprecated") as seen:
        getattr(F, name)(minitorch.zeros(1, 1, 2, 2), 4)
    assert seen[0].filename == __file__
