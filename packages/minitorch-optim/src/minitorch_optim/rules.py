"""The update rules, for use without their classes.

A rule is a function of (parameter, gradient, state, options) that changes parameter and state in
place; call it under `no_grad`. `Rule` joins it with the function that starts a state, for an
`Optimizer` of one's own.

    state = sgd_state(weight, options)
    with no_grad():
        sgd(weight, gradient, state, options)
"""

from .engine.groups import Options, ParamGroup
from .engine.options import number
from .engine.rule import Rule
from .optimizers import adadelta as _adadelta
from .optimizers import adafactor as _adafactor
from .optimizers import adagrad as _adagrad
from .optimizers import adam as _adam
from .optimizers import adamax as _adamax
from .optimizers import asgd as _asgd
from .optimizers import muon as _muon
from .optimizers import nadam as _nadam
from .optimizers import radam as _radam
from .optimizers import rmsprop as _rmsprop
from .optimizers import rprop as _rprop
from .optimizers import sgd as _sgd
from .optimizers.adadelta import *  # noqa: F403
from .optimizers.adafactor import *  # noqa: F403
from .optimizers.adagrad import *  # noqa: F403
from .optimizers.adam import *  # noqa: F403
from .optimizers.adamax import *  # noqa: F403
from .optimizers.asgd import *  # noqa: F403
from .optimizers.muon import *  # noqa: F403
from .optimizers.nadam import *  # noqa: F403
from .optimizers.radam import *  # noqa: F403
from .optimizers.rmsprop import *  # noqa: F403
from .optimizers.rprop import *  # noqa: F403
from .optimizers.sgd import *  # noqa: F403

__all__ = ["Options", "ParamGroup", "Rule", "number"]
__all__ += _adadelta.__all__
__all__ += _adafactor.__all__
__all__ += _adagrad.__all__
__all__ += _adam.__all__
__all__ += _adamax.__all__
__all__ += _asgd.__all__
__all__ += _muon.__all__
__all__ += _nadam.__all__
__all__ += _radam.__all__
__all__ += _rmsprop.__all__
__all__ += _rprop.__all__
__all__ += _sgd.__all__
