"""The operations by family, each with its derivative.

`core` is enough to train a network, and needs none of the others. They stand on it and on each
other in this order: `elementwise`, `shapes`, `parts`, `random`, `products`, `matrices`,
`statistics`. `fused` is for the layers above.
"""
