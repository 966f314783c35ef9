"""The update rules, for use without their classes.

A rule is a function of (parameter, gradient, state, options) that changes parameter and state in
place; call it under `no_grad`. `Rule` joins it with the function that starts a state, for an
`Optimizer` of one's own.

    state = sgd_state(weight, options)
    with no_grad():
        sgd(weight, gradient, state, options)
"""

from ._adadelta import (
    ADADELTA_RULE,
    AdadeltaGroup,
    AdadeltaOptions,
    AdadeltaState,
    adadelta,
    adadelta_state,
)
from ._adafactor import (
    ADAFACTOR_RULE,
    AdafactorGroup,
    AdafactorOptions,
    AdafactorState,
    adafactor,
    adafactor_state,
)
from ._adagrad import (
    ADAGRAD_RULE,
    AdagradGroup,
    AdagradOptions,
    AdagradState,
    adagrad,
    adagrad_state,
)
from ._adam import ADAM_RULE, AdamGroup, AdamOptions, AdamState, adam, adam_state
from ._adamax import ADAMAX_RULE, AdamaxGroup, AdamaxOptions, AdamaxState, adamax, adamax_state
from ._asgd import ASGD_RULE, ASGDGroup, ASGDOptions, ASGDState, asgd, asgd_state
from ._groups import Options, ParamGroup
from ._muon import MUON_RULE, MuonGroup, MuonOptions, MuonState, muon, muon_state, orthogonal
from ._nadam import NADAM_RULE, NAdamGroup, NAdamOptions, NAdamState, nadam, nadam_state
from ._numbers import number
from ._radam import RADAM_RULE, RAdamGroup, RAdamOptions, RAdamState, radam, radam_state
from ._rmsprop import (
    RMSPROP_RULE,
    RMSpropGroup,
    RMSpropOptions,
    RMSpropState,
    rmsprop,
    rmsprop_state,
)
from ._rprop import RPROP_RULE, RpropGroup, RpropOptions, RpropState, rprop, rprop_state
from ._rule import Rule
from ._sgd import SGD_RULE, SGDGroup, SGDOptions, SGDState, sgd, sgd_state

__all__ = [
    # of one's own
    "Options",
    "ParamGroup",
    "Rule",
    "number",
    # Adadelta
    "ADADELTA_RULE",
    "AdadeltaGroup",
    "AdadeltaOptions",
    "AdadeltaState",
    "adadelta",
    "adadelta_state",
    # Adafactor
    "ADAFACTOR_RULE",
    "AdafactorGroup",
    "AdafactorOptions",
    "AdafactorState",
    "adafactor",
    "adafactor_state",
    # Adagrad
    "ADAGRAD_RULE",
    "AdagradGroup",
    "AdagradOptions",
    "AdagradState",
    "adagrad",
    "adagrad_state",
    # Adam and AdamW
    "ADAM_RULE",
    "AdamGroup",
    "AdamOptions",
    "AdamState",
    "adam",
    "adam_state",
    # Adamax
    "ADAMAX_RULE",
    "AdamaxGroup",
    "AdamaxOptions",
    "AdamaxState",
    "adamax",
    "adamax_state",
    # ASGD
    "ASGD_RULE",
    "ASGDGroup",
    "ASGDOptions",
    "ASGDState",
    "asgd",
    "asgd_state",
    # Muon
    "MUON_RULE",
    "MuonGroup",
    "MuonOptions",
    "MuonState",
    "muon",
    "muon_state",
    "orthogonal",
    # NAdam
    "NADAM_RULE",
    "NAdamGroup",
    "NAdamOptions",
    "NAdamState",
    "nadam",
    "nadam_state",
    # RAdam
    "RADAM_RULE",
    "RAdamGroup",
    "RAdamOptions",
    "RAdamState",
    "radam",
    "radam_state",
    # RMSprop
    "RMSPROP_RULE",
    "RMSpropGroup",
    "RMSpropOptions",
    "RMSpropState",
    "rmsprop",
    "rmsprop_state",
    # Rprop
    "RPROP_RULE",
    "RpropGroup",
    "RpropOptions",
    "RpropState",
    "rprop",
    "rprop_state",
    # SGD
    "SGD_RULE",
    "SGDGroup",
    "SGDOptions",
    "SGDState",
    "sgd",
    "sgd_state",
]
