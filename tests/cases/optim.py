"""The optimizers and what they can be told: the table that laws and comparisons walk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

# The values that each option is drawn from; the first are torch's defaults, or near them.
FLAGS = (False, True)
BETAS = [(0.9, 0.999), (0.0, 0.5), (0.8, 0.0)]
DECAY = [0, 0.1]
Table: TypeAlias = Mapping[str, Mapping[str, Sequence[object]]]
# The rules that treat one element like another.
OPTIONS: Table = {
    "SGD": {
        "lr": [0.05],
        "momentum": [0, 0.9],
        "dampening": [0, 0.3],
        "weight_decay": DECAY,
        "nesterov": FLAGS,
        "maximize": FLAGS,
    },
    "Adam": {
        "lr": [0.02],
        "betas": BETAS,
        "eps": [1e-8, 0.1],
        "weight_decay": DECAY,
        "amsgrad": FLAGS,
        "maximize": FLAGS,
        "decoupled_weight_decay": FLAGS,
    },
    "AdamW": {
        "lr": [0.02],
        "betas": BETAS,
        "eps": [1e-8, 0.1],
        "weight_decay": DECAY,
        "amsgrad": FLAGS,
        "maximize": FLAGS,
    },
    "RMSprop": {
        "lr": [0.01],
        "alpha": [0.99, 0.5],
        "eps": [1e-8, 0.1],
        "weight_decay": DECAY,
        "momentum": [0, 0.9],
        "centered": FLAGS,
        "maximize": FLAGS,
    },
    "Adagrad": {
        "lr": [0.1],
        "lr_decay": [0, 0.05],
        "weight_decay": DECAY,
        "initial_accumulator_value": [0, 0.5],
        "eps": [1e-10, 0.1],
        "maximize": FLAGS,
    },
    "Adadelta": {
        "lr": [1.0, 0.5],
        "rho": [0.9, 0.5, 1.0],
        "eps": [1e-6, 0.1],
        "weight_decay": DECAY,
        "maximize": FLAGS,
    },
    "Adamax": {
        "lr": [0.02],
        "betas": BETAS,
        "eps": [1e-8, 0.1],
        "weight_decay": DECAY,
        "maximize": FLAGS,
    },
    "NAdam": {
        "lr": [0.02],
        "betas": BETAS,
        "eps": [1e-8, 0.1],
        "weight_decay": DECAY,
        "momentum_decay": [4e-3, 0, 0.5],
        "decoupled_weight_decay": FLAGS,
        "maximize": FLAGS,
    },
    "RAdam": {
        "lr": [0.02],
        "betas": [(0.9, 0.999), (0.0, 0.5), (0.8, 0.9)],
        "eps": [1e-8, 0.1],
        "weight_decay": DECAY,
        "decoupled_weight_decay": FLAGS,
        "maximize": FLAGS,
    },
    "ASGD": {
        "lr": [0.05],
        "lambd": [1e-4, 0.1],
        "alpha": [0.75, 0.0, 2.0],
        "t0": [1e6, 0.0, 20.0],
        "weight_decay": DECAY,
        "maximize": FLAGS,
    },
    "Rprop": {
        "lr": [0.01],
        "etas": [(0.5, 1.2), (0.1, 2.0)],
        "step_sizes": [(1e-6, 50), (0.005, 0.02)],
        "maximize": FLAGS,
    },
}
# Those that look at whole matrices.
MORE: Table = {
    "Adafactor": {
        "lr": [0.01, 0.5],
        "beta2_decay": [-0.8, 0, -0.1],
        "eps": [(None, 1e-3), (0.1, 0.5), (0.0, 0.0)],
        "d": [1.0, 3.0],
        "weight_decay": [0, 0.1],
        "maximize": FLAGS,
    },
    "Muon": {
        "lr": [0.02],
        "weight_decay": [0.1, 0],
        "momentum": [0.95, 0, 0.3],
        "nesterov": (True, False),
        "ns_coefficients": [(3.4445, -4.775, 2.0315), (1.5, -0.5, 0.0)],
        "eps": [1e-7, 100.0],
        "ns_steps": [5, 0, 1],
        "adjust_lr_fn": [None, "original", "match_rms_adamw"],
    },
}
