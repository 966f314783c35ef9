"""The operations by family, each with its derivative.

`core` is enough for a network, and complete by itself. The others stand on it and on each other in
this order: `elementwise`, `shapes`, `parts`, `random`, `matrices`, `statistics`.
"""
