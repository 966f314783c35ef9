"""Print the orders that a data set is gone through from a seed, on whatever layers are in place."""

import minitorch as torch
from minitorch_data import DataLoader, RandomSampler, SubsetRandomSampler, random_split

torch.manual_seed(5)
loaders = [
    DataLoader(range(7), 3, shuffle=True),
    DataLoader(range(7), 3, shuffle=True, generator=torch.Generator().manual_seed(1)),
    DataLoader(range(7), 3, sampler=SubsetRandomSampler([6, 2, 5])),
]
print([[batch.tolist() for batch in loader] for loader in loaders for _ in range(2)])
print([list(part) for part in random_split(range(7), [3, 4])])
print(list(RandomSampler(range(4), num_samples=6)), torch.rand((2,)).tolist())
