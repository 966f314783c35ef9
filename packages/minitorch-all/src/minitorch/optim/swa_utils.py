"""Averages of weights, and their schedule: `from minitorch.optim.swa_utils import AveragedModel`.

One averages from some epoch on, and sets the statistics of batch normalisation at the end:

    averaged = AveragedModel(model)
    schedule = SWALR(optimizer, swa_lr=0.05)
    for epoch in range(epochs):
        train(model)
        averaged.update_parameters(model)
        schedule.step()
    update_bn(loader, averaged)
"""

from minitorch_nn.utils.averaging import *  # noqa: F403
from minitorch_optim.swa_utils import *  # noqa: F403
