"""The extension "strides": where elements lie in memory, counted in elements."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.conformance.comparing import assert_equation, counted

if TYPE_CHECKING:
    from tests.conformance.tensor.contract import StridesLayer

pytestmark = pytest.mark.extension("strides")


def test_strides_and_offsets_of_views(layer: StridesLayer) -> None:
    x = layer.tensor(counted((4, 6)))
    assert_equation("strides(x)", layer.strides(x), (6, 1))
    assert_equation("storage_offset(x)", layer.storage_offset(x), 0)
    part = x[(slice(1, None), slice(2, None, 2))]
    assert_equation("strides(x[1:, 2::2])", layer.strides(part), (6, 2))
    assert_equation("storage_offset(x[1:, 2::2])", layer.storage_offset(part), 8)
    turned = x.permute((1, 0))
    assert_equation("strides(x.permute((1, 0)))", layer.strides(turned), (1, 6))


def test_as_strided_sees_the_memory(layer: StridesLayer) -> None:
    x = layer.tensor([0, 1, 2, 3, 4, 5, 6, 7])
    seen = layer.as_strided(x, (2, 3), (4, 1), 1)
    assert_equation("as_strided(0..7, (2, 3), (4, 1), 1)", seen.tolist(), [[1, 2, 3], [5, 6, 7]])
    x[(slice(1, 2),)] = layer.tensor([10])
    assert_equation("the same, written in x", seen.tolist(), [[10, 2, 3], [5, 6, 7]])
    windows = layer.as_strided(x, (3, 2), (1, 1), 2)
    assert_equation("windows of x", windows.tolist(), [[2, 3], [3, 4], [4, 5]])


@pytest.mark.parametrize(
    ("size", "stride", "offset"),
    [((9,), (1,), 0), ((2, 3), (4, 2), 0), ((2,), (1,), 7), ((1,), (1,), -1)],
)
def test_as_strided_stays_in_the_memory(
    layer: StridesLayer, size: tuple[int, ...], stride: tuple[int, ...], offset: int
) -> None:
    x = layer.tensor([0, 1, 2, 3, 4, 5, 6, 7])
    with pytest.raises(RuntimeError):
        layer.as_strided(x, size, stride, offset)
