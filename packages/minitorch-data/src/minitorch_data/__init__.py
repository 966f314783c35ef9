"""Data sets, loaders that go through them in batches, and real data: handwritten digits, names.

Names, arguments and results are those of `torch.utils.data`. Built on the autograd layer through
the contract in `requires.py`.
"""

from ._collate import default_collate
from ._datasets import Dataset, Subset, TensorDataset, random_split
from ._digits import digits
from ._loader import DataLoader
from ._mnist import mnist
from ._names import names

__all__ = [
    "DataLoader",
    "Dataset",
    "Subset",
    "TensorDataset",
    "default_collate",
    "digits",
    "mnist",
    "names",
    "random_split",
]
