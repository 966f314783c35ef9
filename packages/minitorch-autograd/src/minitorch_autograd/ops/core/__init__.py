"""The operations that a network needs, each with its derivative.

Begin with `arithmetic` and `matmul`: the others are written in the same way.
"""
