"""What is exported makes of inputs what the model makes of them."""

from __future__ import annotations

import pytest
from tests.front import onnx_cases, onnx_layers
from tests.front.onnx_running import Case, assert_same, export, filled

import minitorch as torch

CASES = [
    *onnx_cases.ELEMENTWISE,
    *onnx_cases.IN_PLACE,
    *onnx_cases.ACTIVATIONS,
    *onnx_cases.PRODUCTS,
    *onnx_cases.REDUCTIONS,
    *onnx_cases.SHAPING,
    *onnx_cases.INDEXING,
    *onnx_layers.CONVOLUTIONS,
    *onnx_layers.POOLING,
    *onnx_layers.NORMALISATION,
    *onnx_layers.IMAGES,
    *onnx_layers.ATTENTION,
    *onnx_layers.RECURRENT,
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_it_makes_the_same(case: Case) -> None:
    torch.manual_seed(0)
    model, inputs = case.make(), filled(case.inputs)
    if isinstance(model, torch.nn.Module):
        model.eval()
    assert_same(export(model, inputs), model, *inputs)
