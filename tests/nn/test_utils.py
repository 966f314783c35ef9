"""`nn.utils` where PyTorch cannot be compared with, or does otherwise."""

from __future__ import annotations

from typing import Any

import pytest

import minitorch as torch
from minitorch.func import functional_call
from minitorch.nn.utils import parametrize, rnn, spectral_norm
from minitorch.nn.utils.parametrizations import orthogonal


def test_a_failed_call_leaves_the_module_as_it_was() -> None:
    model = torch.nn.Linear(1, 1)
    weight, bias = model.weight, model.bias
    given = {"weight": torch.ones(1, 1), "bias": torch.zeros(1), "a.b": torch.ones(1)}
    with pytest.raises(AttributeError, match="Linear has no attribute `a`"):
        functional_call(model, given, torch.ones(1, 1))
    assert model.weight is weight
    assert model.bias is bias


def test_derivatives_go_to_what_was_given() -> None:
    model = torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.Tanh())
    weights = {n: p.detach().double() for n, p in model.named_parameters()}
    x = torch.ones(1, 2, dtype=torch.float64)

    def loss(weight: torch.Tensor) -> torch.Tensor:
        given = {**weights, "0.weight": weight}
        result: torch.Tensor = functional_call(model, given, x).sum()
        return result

    assert torch.autograd.gradcheck(loss, (weights["0.weight"].requires_grad_(),))


def test_lengths_beyond_the_padded_input() -> None:
    with pytest.raises(RuntimeError, match="Expected lengths of at most 2, the size of the padded"):
        rnn.pack_padded_sequence(torch.ones(2, 1), [3])


def test_unpadding_leaves_its_argument() -> None:
    padded = torch.ones(2, 1)
    rnn.unpad_sequence(padded, [1])
    assert padded.shape == (2, 1)


@pytest.mark.parametrize("name", ["matrix_exp", "cayley", "householder"])
@pytest.mark.parametrize("scale", [0.1, 3.0, 100.0])
def test_every_matrix_becomes_orthogonal(name: Any, scale: float) -> None:
    torch.manual_seed(0)
    made: Any = orthogonal(
        torch.nn.Linear(4, 6, dtype=torch.float64), "weight", name, use_trivialization=False
    )
    held = made.parametrizations.weight.original
    held.data = torch.randn(6, 4, dtype=torch.float64) * scale
    assert torch.allclose(
        made.weight.t() @ made.weight, torch.eye(4, dtype=torch.float64), atol=1e-9
    )


@pytest.mark.parametrize("name", ["matrix_exp", "cayley", "householder"])
def test_derivatives_of_the_maps(name: Any) -> None:
    torch.manual_seed(0)
    made: Any = orthogonal(torch.nn.Linear(2, 3, dtype=torch.float64), "weight", name)
    [forward] = made.parametrizations.weight
    x = torch.randn(3, 2, dtype=torch.float64).requires_grad_()
    assert torch.autograd.gradcheck(forward, (x,))


def test_decay_does_not_turn_the_signs_of_reflections_into_zeros() -> None:
    made: Any = orthogonal(torch.nn.Linear(2, 3))
    before = made.weight.tolist()
    made.parametrizations.weight.original.data = made.parametrizations.weight.original * 0.9
    assert made.weight.tolist() == before


def test_infinite_numbers_have_an_exponential_that_is_none() -> None:
    made: Any = orthogonal(torch.nn.Linear(2, 2), use_trivialization=False)
    made.parametrizations.weight.original.data = torch.full((2, 2), float("inf"))
    assert bool(torch.isnan(made.weight).any())


def test_two_vectors_in_training_and_one_in_evaluation() -> None:
    torch.manual_seed(0)
    model = spectral_norm(torch.nn.Linear(3, 3), n_power_iterations=50)
    model(torch.ones(1, 3))
    largest = torch.linalg.svdvals(model.weight)[0].item()
    assert abs(largest - 1) < 1e-3


def test_cached_values_go_with_the_block() -> None:
    model = orthogonal(torch.nn.Linear(2, 2))
    with parametrize.cached():
        first = model.weight
        with parametrize.cached():
            assert model.weight is first
        assert model.weight is first
    assert model.weight is not first


def test_a_vector_of_three_parameters_there_and_back() -> None:
    parameters = [torch.nn.Parameter(torch.zeros(n, 2)) for n in (1, 3, 2)]
    vector = torch.arange(12.0)
    torch.nn.utils.vector_to_parameters(vector, parameters)
    assert [p.flatten().tolist() for p in parameters] == [
        vector[:2].tolist(),
        vector[2:8].tolist(),
        vector[8:].tolist(),
    ]
    assert torch.nn.utils.parameters_to_vector(parameters).tolist() == vector.tolist()
