"""Linear algebra, as `torch.linalg` has it: matrices in the last two dimensions, batches in front.

The functions are in `ops/matrices`, in a file for each family.
"""

from __future__ import annotations

from .ops.matrices.cholesky_and_qr import cholesky, qr
from .ops.matrices.determinants import det, slogdet
from .ops.matrices.least_squares import cond, lstsq, matrix_rank, pinv
from .ops.matrices.matrix_norms import matrix_norm, norm
from .ops.matrices.operands import LinAlgError
from .ops.matrices.solve_and_inv import inv, matrix_power, solve
from .ops.matrices.svd_and_eigh import eigh, eigvalsh, svd, svdvals
from .ops.matrices.vector_norms import vector_norm
from .ops.products.chain_products import multi_dot
from .ops.products.vector_products import linalg_cross as cross

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
