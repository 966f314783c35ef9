"""Data sets, loaders that go through them in batches, and real data: handwritten digits, names.

Names, arguments and results are those of `torch.utils.data`. Built on the autograd layer through
the contract in `requires.py`. A docstring that names no source has torch's page
`data.html#torch.utils.data.NAME`.
"""

from .collate import default_collate
from .datasets import Dataset, Subset, TensorDataset, random_split
from .digits_data import digits
from .loader import DataLoader
from .mnist_data import mnist
from .names_data import names
from .samplers import (
    BatchSampler,
    RandomSampler,
    Sampler,
    SequentialSampler,
    SubsetRandomSampler,
    WeightedRandomSampler,
)

__all__ = [
    "BatchSampler",
    "DataLoader",
    "Dataset",
    "RandomSampler",
    "Sampler",
    "SequentialSampler",
    "Subset",
    "SubsetRandomSampler",
    "TensorDataset",
    "WeightedRandomSampler",
    "default_collate",
    "digits",
    "mnist",
    "names",
    "random_split",
]
