"""Linear algebra: inverses, decompositions, determinants, norms; `minitorch_autograd.linalg`.

Begin with `operands` and `solve_and_inv`.
"""
