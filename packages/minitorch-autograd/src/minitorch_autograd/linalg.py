"""Linear algebra, as `torch.linalg` has it: matrices in the last two dimensions, batches in front.

The functions are in `ops/matrices`, in a file for each family.
"""

from __future__ import annotations

from .ops.matrices.chain_matmul import multi_dot
from .ops.matrices.decompositions import cholesky, eigh, eigvalsh, qr, svd, svdvals
from .ops.matrices.determinants import det, slogdet
from .ops.matrices.least_squares import cond, lstsq, matrix_rank, pinv
from .ops.matrices.matrix_norms import matrix_norm, norm
from .ops.matrices.norms import vector_norm
from .ops.matrices.products import linalg_cross as cross
from .ops.matrices.solving import LinAlgError, inv, matrix_power, solve

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
