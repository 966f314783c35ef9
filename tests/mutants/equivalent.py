"""Changes that no test can notice, since the results are the same: they are not planted."""

from __future__ import annotations

import re
from typing import Final

from tests.mutants.planting import Mutant

# Sizes from which on another way is quicker, and as right: tests/front/test_thresholds.py goes
# through both sides of each.
SIZES: Final = re.compile(
    r"\b(BLOCK|BUFFER|COLUMNS|FEW|LARGE|LEAST|LIMIT|LONG|MANY|PART|ROWS|SUMS|WAKES|WAKES_FOR_VECTORS"
    r"|WORTH_A_THREAD)\b"
)

# (file, a part of the line before, a part of the line after): why it is the same.
EQUIVALENT: Final[dict[tuple[str, str, str], str]] = {
    (
        "parametrize.py",
        "type(module).__bases__[0]",
        "type(module).__bases__[(-1)]",
    ): "there is one base",
    (
        "least_squares.py",
        "below.full((0,), 0, below.int64)",
        "below.full((0,), 1, below.int64)",
    ): "there is no element",
    (
        "folding.py",
        "len(box.inputs) == 1 and boxes[box.inputs[0]]",
        "boxes[box.inputs[(-1)]]",
    ): "there is one input",
    (
        "attention/multi_head_modules.py",
        "bias=bias, device=device, dtype=dtype",
        "bias=bias, dtype=dtype",
    ): "there is one device",
    (
        "random/sampling.py",
        "if count <= 2**53:",
        "if count <= 2*53:",
    ): "the other way draws each number with the same chance, too",
    (
        "muon.py",
        "matrix.shape[0] > matrix.shape[1]",
        "matrix.shape[0] > matrix.shape[0]",
    ): "the steps of a matrix that lies are those of one that stands, turned",
    (
        "sorting.py",
        "if not 0 < k < n:",
        "if not 1 < k < n:",
    ): "sorts all to take one",
    (
        "embedding/rows.py",
        "bincount(rows), 0, rows",
        "bincount(rows), (-1), rows",
    ): "there is one dimension",
    (
        "losses/adaptive_softmax.py",
        "output.squeeze(0)",
        "output.squeeze((-1))",
    ): "there is one dimension",
    (
        "utils/orthogonal_maps.py",
        "count + 1",
        "count + 2",
    ): "ends sooner what has no end",
    (
        "adafactor.py",
        "out=v), out=v)",
        "out=v))",
    ): "takes new memory",
    (
        "recomputation.py",
        "notes.input_positions = range(len(edges))",
        "pass",
    ): "they are counted where none are given",
    (
        "median_and_mode.py",
        'x.sum() * float("nan")',
        'x.sum() / float("nan")',
    ): "NaN",
    (
        "attention/transformer_layers.py",
        "self.self_attn(x, x, x, padding, False, mask",
        "self.self_attn(x, x, x, padding, True, mask",
    ): "the weights are not used",
    (
        "vision/grid_sampling.py",
        "return x * 0.0",
        "return x * 1.0",
    ): "is cut to the one place that there is",
    (
        "vision/grid_sampling.py",
        "elementwise.floor(flips / 2) * 2.0 == flips",
        "elementwise.ceil(flips / 2) * 2.0 == flips",
    ): "an odd number is neither",
    (
        "_finder.py",
        "submodule_search_locations=[str(file.parent)]",
        "",
    ): "is what is taken where it is left out",
    (
        "random/distributions.py",
        "large = rate > 10",
        "large = rate > 11",
    ): "either way is right for rates near 10",
    (
        "core/comparisons.py",
        "(1 / x < 0)",
        "(1 / x < 1)",
    ): "x is 0 there",
    (
        "error_function.py",
        "np.where(y < 0.5, _erf(z) - y",
        "np.where(y <= 0.5, _erf(z) - y",
    ): "at 0.5 both are exact",
    (
        "buckets.py",
        "len(members) > 1",
        "len(members) >= 1",
    ): "a bucket of one steps as one alone",
    (
        "convolution/kernels.py",
        "shape[0] <= 2 * shape[1]",
        "shape[0] <= 2 / shape[1]",
    ): "the other way is as right, and slower",
    (
        "matmul.py",
        "a.shape[:-2] == b.shape[:-2]",
        "a.shape[:] == b.shape[:-2]",
    ): "the other way is as right, and slower",
    (
        "engine/value.py",
        "self.time = 0",
        "self.time = (-1)",
    ): "before all that have been made",
    (
        "determinants.py",
        "g.unsqueeze(-1).unsqueeze(-1)",
        "g.unsqueeze(-1).unsqueeze((-2))",
    ): "both new dimensions have size 1",
    (
        "attention/masks.py",
        "(zeros((1,)) == 0).dtype",
        "(zeros((1,)) != 0).dtype",
    ): "only the type is looked at",
    (
        "losses/ctc.py",
        "creation.tensor(list(lengths), dtype=int64)",
        "creation.tensor(list(lengths))",
    ): "whole numbers are int64",
    (
        "ufuncs.py",
        "np.logical_or(a, not exponent)",
        "np.logical_or(not exponent, a)",
    ): "in any order",
    (
        "gamma_function.py",
        "np.tan(pi * (x - np.round(x)))",
        "np.tan(pi * (x + np.round(x)))",
    ): "the tangent has the period pi, and the rounding is within what is promised",
    (
        "matmul.py",
        "a.ndim == b.ndim == 2",
        "a.ndim != b.ndim == 2",
    ): "the other way is as right, and slower",
    (
        "conditional.py",
        "MANY and a.dtype.itemsize",
        "MANY or a.dtype.itemsize",
    ): "both ways fit all of these types",
}


def is_equivalent(mutant: Mutant, source: bytes) -> bool:
    """Return whether a change is known to change no result."""
    before, after = mutant.shown(source)
    if SIZES.search(before):
        defined = re.match(r"[A-Z_]+(: Final)? = [\d*_ -]+(#|$)", before)
        # Where only the size itself goes the other way: `<` has become `<=`, or the reverse.
        border = re.sub("[<>]=", lambda sign: sign[0][0], before) == re.sub(
            "[<>]=", lambda sign: sign[0][0], after
        )
        if defined or border:
            return True
    return any(
        mutant.file.endswith(f"/{file}") and old in before and new in after and old not in after
        for file, old, new in EQUIVALENT
    )
