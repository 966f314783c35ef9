"""The families of `nn`, together."""

from __future__ import annotations

from tests.cases.nn import (
    activations,
    adaptive_softmax,
    attention,
    attention_errors,
    attention_heads,
    containers,
    convolution,
    distances,
    dropout,
    fractional_pooling,
    initialisation,
    linear,
    losses,
    losses_ctc,
    losses_nothing,
    losses_ranking,
    no_features,
    normalisation,
    padding,
    pooling,
    recurrent,
    refused_values,
    transformer,
    utilities,
    vision,
)

FAMILIES = [
    activations,
    adaptive_softmax,
    attention,
    attention_errors,
    attention_heads,
    containers,
    convolution,
    distances,
    dropout,
    fractional_pooling,
    initialisation,
    linear,
    losses,
    losses_ctc,
    losses_nothing,
    losses_ranking,
    no_features,
    normalisation,
    padding,
    pooling,
    recurrent,
    transformer,
    utilities,
    vision,
]

CASES = [case for family in FAMILIES for case in family.CASES]
MODULES = [case for family in FAMILIES for case in family.MODULES]
ERRORS = [
    *refused_values.ERRORS,
    *[case for family in FAMILIES for case in family.ERRORS],
]
