"""One file an optimizer: its options, its update rule and its class.

Start with `sgd`, then `adam`; `lbfgs` has its own loop, and a folder.
"""
