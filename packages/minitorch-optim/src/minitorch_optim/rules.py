"""The update rules, for use without their classes.

A rule is a function of (parameter, gradient, state, options) that changes parameter and state in
place; call it under `no_grad`. `Rule` joins it with the function that starts a state, for an
`Optimizer` of one's own.

    state = sgd_state(weight, options)
    with no_grad():
        sgd(weight, gradient, state, options)
"""

from ._adam import ADAM_RULE, AdamGroup, AdamOptions, AdamState, adam, adam_state
from ._groups import Options, ParamGroup
from ._numbers import number
from ._rule import Rule
from ._sgd import SGD_RULE, SGDGroup, SGDOptions, SGDState, sgd, sgd_state

__all__ = [
    # of one's own
    "Options",
    "ParamGroup",
    "Rule",
    "number",
    # Adam and AdamW
    "ADAM_RULE",
    "AdamGroup",
    "AdamOptions",
    "AdamState",
    "adam",
    "adam_state",
    # SGD
    "SGD_RULE",
    "SGDGroup",
    "SGDOptions",
    "SGDState",
    "sgd",
    "sgd_state",
]
