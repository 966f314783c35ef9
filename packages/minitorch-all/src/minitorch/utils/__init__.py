"""Tools beside the layers, as in `torch.utils`: data loading and checkpointing."""

from . import data as data
