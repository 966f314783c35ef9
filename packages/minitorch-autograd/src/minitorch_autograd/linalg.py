"""Linear algebra, as `torch.linalg` has it: matrices in the last two dimensions, batches in front.

The functions are in private files beside this one, by family.
"""

from __future__ import annotations

from ._chains import multi_dot
from ._decompositions import cholesky, eigh, eigvalsh, qr, svd, svdvals
from ._determinants import det, slogdet
from ._least_squares import cond, lstsq, matrix_rank, pinv
from ._matrix_norms import matrix_norm, norm
from ._norms import vector_norm
from ._products import linalg_cross as cross
from ._solving import LinAlgError, inv, matrix_power, solve

__all__ = [
    # norms
    "cond",
    "matrix_norm",
    "matrix_rank",
    "norm",
    "vector_norm",
    # inverses
    "LinAlgError",
    "det",
    "inv",
    "lstsq",
    "pinv",
    "slogdet",
    "solve",
    # decompositions
    "cholesky",
    "eigh",
    "eigvalsh",
    "qr",
    "svd",
    "svdvals",
    # products
    "cross",
    "matrix_power",
    "multi_dot",
]
