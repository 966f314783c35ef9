"""What stands beside the layers, as in `torch.utils`."""

from . import data as data
