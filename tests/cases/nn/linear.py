"""Linear maps, and embeddings."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, case, refused, whole
from tests.cases.nn.module import F, ModuleCase, module


def table(rows: Any, *shape: int, **options: Any) -> Case:
    """Make a case of `embedding`; its table is computed, so that it may be written to."""
    return case(
        F + "embedding",
        lambda t, i, w: t.nn.functional.embedding(i, w * 1, **options),
        whole(rows),
        shape,
        # A padding row has no gradient, and frequencies scale it: both unlike the slope.
        smooth=not options,
    )


def bags(rows: Any, offsets: Any, shape: tuple[int, ...] = (4, 2), **options: Any) -> list[Case]:
    """Make the cases of `embedding_bag` by each mode."""
    call = F + "embedding_bag"
    modes = ("sum", "mean") if options.get("scale_grad_by_freq") else ("sum", "mean", "max")
    made = []
    for mode in modes:
        now = {"mode": mode, **options}
        # Torch has no second derivative of any mode.
        if offsets is None:
            made.append(
                case(
                    call,
                    lambda t, i, w, now=now: t.nn.functional.embedding_bag(i, w, **now),
                    whole(rows),
                    shape,
                    second=False,
                    smooth="scale_grad_by_freq" not in options,
                )
            )
        else:
            made.append(
                case(
                    call,
                    lambda t, i, o, w, now=now: t.nn.functional.embedding_bag(i, w, o, **now),
                    whole(rows),
                    whole(offsets),
                    shape,
                    second=False,
                    smooth="scale_grad_by_freq" not in options,
                )
            )
    return made


CASES = [
    case(F + "linear", lambda t, x, w: t.nn.functional.linear(x, w), (2, 3), (4, 3)),
    case(F + "linear", lambda t, x, w, b: t.nn.functional.linear(x, w, b), (2, 3), (4, 3), (4,)),
    case(F + "linear", lambda t, x, w, b: t.nn.functional.linear(x, w, b), (3,), (4, 3), (4,)),
    case(
        F + "linear",
        lambda t, x, w, b: t.nn.functional.linear(x, w, b),
        (2, 2, 3),
        (4, 3),
        (4,),
    ),
    case(F + "linear", lambda t, x, w: t.nn.functional.linear(x, w), (3, 1, 1, 4), (3, 4)),
    case(F + "bilinear", lambda t, *a: t.nn.functional.bilinear(*a), (2, 3), (2, 2), (2, 3, 2)),
    case(
        F + "bilinear",
        lambda t, *a: t.nn.functional.bilinear(*a),
        (2, 2, 2),
        (2, 2, 1),
        (3, 2, 1),
        (3,),
    ),
    case(F + "bilinear", lambda t, *a: t.nn.functional.bilinear(*a), (3,), (2,), (2, 3, 2), (2,)),
    case(F + "bilinear", lambda t, *a: t.nn.functional.bilinear(*a), (0, 3), (0, 2), (2, 3, 2)),
    table([1, 3, 1], 4, 3),
    table([[1, 3], [0, 1]], 4, 2),
    table(2, 4, 3),
    table([1, 3, 1], 4, 3, padding_idx=1),
    table([1, 3, 1], 4, 3, padding_idx=-1),
    table([1, 3, 1], 4, 3, scale_grad_by_freq=True),
    table([1, 3, 1], 4, 3, scale_grad_by_freq=True, padding_idx=3),
    case(
        F + "embedding",
        lambda t, i, w: t.nn.functional.embedding(i, w.detach(), max_norm=0.3),
        whole([1, 3, 1]),
        [[3.0, 4.0], [0.3, 0.4], [3.0, 4.0], [-6.0, 8.0]],
        first=False,
    ),
    case(
        F + "embedding",
        lambda t, i, w: (t.nn.functional.embedding(i, w, None, 2.0, 1.0), w)[1],
        whole([1, 3, 1]),
        [[3.0, 4.0], [0.3, 0.4], [3.0, 4.0], [-6.0, 8.0]],
        first=False,
    ),
    *bags([[1, 3, 1], [0, 2, 2]], None),
    *bags([[1, 3, 1], [0, 2, 2]], None, padding_idx=1),
    *bags([1, 3, 1, 0, 2], [0, 2, 2]),
    *bags([1, 3, 1, 0, 2], [0, 1, 5], padding_idx=-1),
    *bags([1, 3, 1, 0, 2], [0, 2, 5], include_last_offset=True),
    # Torch divides by the frequency of another row where they differ.
    *bags([[1, 1], [1, 1]], None, scale_grad_by_freq=True),
    *bags([1, 1], [0, 1], padding_idx=1),
    case(
        F + "embedding_bag",
        lambda t, i, w, s: t.nn.functional.embedding_bag(i, w, mode="sum", per_sample_weights=s),
        whole([[1, 3], [0, 1]]),
        (4, 2),
        (2, 2),
        second=False,
    ),
    case(
        F + "embedding_bag",
        lambda t, i, o, w, s: t.nn.functional.embedding_bag(
            i, w, o, mode="sum", per_sample_weights=s, padding_idx=3
        ),
        whole([1, 3, 0]),
        whole([0, 1]),
        (4, 2),
        (3,),
        second=False,
    ),
    case(
        F + "embedding_bag",
        lambda t, i, w: t.nn.functional.embedding_bag(i, w.detach(), max_norm=1.0, norm_type=1.0),
        whole([[1, 3, 1]]),
        [[3.0, 4.0], [0.3, 0.4], [3.0, 4.0], [-6.0, 8.0]],
        first=False,
    ),
    case(F + "one_hot", lambda t, i: t.nn.functional.one_hot(i), whole([[0, 2], [1, 0]])),
    case(F + "one_hot", lambda t, i: t.nn.functional.one_hot(i, 4), whole(1)),
    case(F + "one_hot", lambda t: t.nn.functional.one_hot(t.zeros(0, dtype=t.int64), 3)),
]

MODULES: list[ModuleCase] = [
    module("Linear", lambda nn: nn.Linear(3, 4), (2, 3)),
    module("Linear", lambda nn: nn.Linear(3, 4, bias=False), (2, 2, 3)),
    module("Linear", lambda nn: nn.Linear(1, 1), (1,)),
    module("Bilinear", lambda nn: nn.Bilinear(3, 2, 4), (2, 3), (2, 2)),
    module("Bilinear", lambda nn: nn.Bilinear(3, 2, 1, bias=False), (2, 2, 3), (2, 2, 2)),
    module("Flatten", lambda nn: nn.Flatten(), (2, 3, 2)),
    module("Flatten", lambda nn: nn.Flatten(0, 1), (2, 3, 2)),
    module("Unflatten", lambda nn: nn.Unflatten(1, (2, 2)), (2, 4)),
    module("Unflatten", lambda nn: nn.Unflatten(-1, [3, -1]), (2, 6)),
    module("Embedding", lambda nn: nn.Embedding(4, 3), whole([[1, 3], [1, 0]])),
    module("Embedding", lambda nn: nn.Embedding(4, 3, padding_idx=-1), whole([1, 3])),
    module(
        "Embedding",
        lambda nn: nn.Embedding(4, 3, 0, 1.0, 1.0, scale_grad_by_freq=True),
        whole([1, 3, 1, 0]),
    ),
    module("EmbeddingBag", lambda nn: nn.EmbeddingBag(4, 3), whole([[1, 3], [1, 0]])),
    module(
        "EmbeddingBag",
        lambda nn: nn.EmbeddingBag(4, 3, mode="sum", include_last_offset=True, padding_idx=2),
        whole([1, 2, 0]),
        whole([0, 2, 3]),
    ),
    module(
        "EmbeddingBag",
        lambda nn: nn.EmbeddingBag(4, 3, 1.0, 1.0, True, mode="sum"),
        whole([[1, 1, 1]]),
        (1, 3),
        call=lambda m, i, s: m(i, per_sample_weights=s),
    ),
    module("EmbeddingBag", lambda nn: nn.EmbeddingBag(4, 3, mode="max"), whole([[1, 3, 0]])),
]


def rows(t: Any, *numbers: float) -> Any:
    """Return numbers of rows."""
    return t.tensor(numbers)


def bag(t: Any, input: Any, offsets: Any = None, **options: Any) -> Any:
    """Call `embedding_bag` with a table of four rows."""
    return t.nn.functional.embedding_bag(input, t.zeros(4, 3), offsets, **options)


ERRORS = [
    refused("Bilinear", lambda t: t.nn.Bilinear(0, 1, 1), "in1_features must be > 0", ValueError),
    *[
        refused(
            F + "bilinear",
            lambda t, shapes=shapes: t.nn.functional.bilinear(*[t.zeros(one) for one in shapes]),
            "bilinear(): " + phrase,
        )
        for shapes, phrase in (
            (((2, 3), (1, 2, 4), (5, 3, 4)), "input dimensions do not match: got 2 and 3"),
            (((2, 3), (3, 4), (5, 3, 4)), "input batch dimensions do not match at dim 0: got 2 "),
            (((2, 3), (2, 4), (5, 2, 4)), "input1 size does not match weight size: got 3 but"),
            (((2, 3), (2, 4), (5, 3, 3)), "input2 size does not match weight size: got 4 but"),
            (((2, 3), (2, 4), (5, 3, 4), (4,)), "bias size does not match weight size: got 4"),
        )
    ],
    refused(
        "Unflatten",
        lambda t: t.nn.Unflatten(1, 2),
        "unflattened_size must be a tuple of ints, but found type int",
        TypeError,
    ),
    refused(
        "Unflatten",
        lambda t: t.nn.Unflatten(1, (2, "a")),
        "unflattened_size must be tuple of ints, but found element of type str at pos 1",
        TypeError,
    ),
    *[
        refused(
            F + "embedding",
            lambda t, row=row: t.nn.functional.embedding(rows(t, row), t.zeros(4, 3)),
            "index out of range in self",
            IndexError,
        )
        for row in (4, -1)
    ],
    refused(
        F + "embedding",
        lambda t: t.nn.functional.embedding(rows(t, 1.0), t.zeros(4, 3)),
        "Expected tensor for argument #1 'indices' to have one of the following scalar types: "
        "Long, Int; but got ",
    ),
    refused(
        F + "embedding",
        lambda t: t.nn.functional.embedding(rows(t, 1), t.zeros(4)),
        "'weight' must be 2-D",
    ),
    *[
        refused(
            F + "embedding",
            lambda t, p=p: t.nn.functional.embedding(rows(t, 1), t.zeros(4, 3), p),
            "Padding_idx must be within num_embeddings",
            AssertionError,
        )
        for p in (4, -5)
    ],
    refused(
        "Embedding",
        lambda t: t.nn.Embedding(4, 3, padding_idx=4),
        "Padding_idx must be within num_embeddings",
        AssertionError,
    ),
    refused(
        "Embedding",
        lambda t: t.nn.Embedding(4, 3, _weight=t.zeros(2, 2)),
        "Shape of weight does not match num_embeddings and embedding_dim",
        AssertionError,
    ),
    refused(
        "Embedding",
        lambda t: t.nn.Embedding.from_pretrained(t.zeros(2)),
        "Embeddings parameter is expected to be 2-dimensional",
        AssertionError,
    ),
    refused(
        F + "embedding_bag",
        lambda t: bag(t, rows(t, 4, 1), rows(t, 0)),
        "which is not in the valid range [0, 4)",
    ),
    *[
        refused(
            F + "embedding_bag",
            lambda t, o=o: bag(t, rows(t, 1, 2), t.tensor(o)),
            phrase,
            type,
        )
        for o, phrase, type in (
            ([1], "offsets[0] has to be 0", RuntimeError),
            ([0, 3], "offsets[-1] can not be greater than input's length 2", RuntimeError),
            ([[0]], "offsets has to be a 1D Tensor", ValueError),
        )
    ],
    refused(
        F + "embedding_bag",
        lambda t: bag(t, rows(t, 1)),
        "offsets has to be a 1D Tensor",
        ValueError,
    ),
    refused(
        F + "embedding_bag",
        lambda t: bag(t, t.tensor([[1]]), rows(t, 0)),
        "if input is 2D, then offsets has to be None",
        ValueError,
    ),
    refused(
        F + "embedding_bag",
        lambda t: bag(t, t.tensor([[[1]]])),
        "input has to be 1D or 2D Tensor, but got Tensor of dimension 3",
        ValueError,
    ),
    refused(
        F + "embedding_bag",
        lambda t: t.nn.functional.embedding_bag(rows(t, 1), t.zeros(4), rows(t, 0)),
        "weight has to be a 2D Tensor",
        ValueError,
    ),
    refused(
        F + "embedding_bag",
        lambda t: bag(t, rows(t, 1), rows(t, 0), mode="x"),
        "mode has to be one of sum, mean or max",
        ValueError,
    ),
    refused(
        F + "embedding_bag",
        lambda t: bag(t, rows(t, 1), rows(t, 0), mode="max", scale_grad_by_freq=True),
        "max mode does not support scaling the gradient by the frequency",
        ValueError,
    ),
    refused(
        F + "embedding_bag",
        lambda t: bag(t, rows(t, 1), rows(t, 0), per_sample_weights=t.zeros(1)),
        "per_sample_weights is only supported for mode='sum' (got mode='mean')",
        NotImplementedError,
    ),
    refused(
        F + "embedding_bag",
        lambda t: bag(t, rows(t, 1), rows(t, 0), mode="sum", per_sample_weights=t.zeros(2)),
        "then it must have the same shape as the input",
        ValueError,
    ),
    refused(
        F + "embedding_bag",
        lambda t: bag(
            t, rows(t, 1), rows(t, 0), mode="sum", per_sample_weights=t.zeros(1, dtype=t.float64)
        ),
        "Expected tensor for argument #1 'weight' to have the same type as ",
    ),
    refused(
        F + "embedding_bag",
        lambda t: bag(t, rows(t, 1), rows(t, 0), padding_idx=9),
        "padding_idx must be within the number of embeddings, -4 through 3, but got 9",
    ),
    refused(
        F + "embedding_bag",
        lambda t: bag(t, rows(t, 1), t.zeros(0, dtype=t.int64), include_last_offset=True),
        "include_last_offset: number of offset should be at least 1",
    ),
    refused(
        F + "one_hot",
        lambda t: t.nn.functional.one_hot(rows(t, 1, -1)),
        "Class values must be non-negative.",
    ),
    refused(
        F + "one_hot",
        lambda t: t.nn.functional.one_hot(rows(t, 1), 1),
        "Class values must be smaller than num_classes",
    ),
    refused(
        F + "one_hot",
        lambda t: t.nn.functional.one_hot(t.zeros(2)),
        "one_hot is only applicable to index tensor of type LongTensor",
    ),
    refused(
        F + "one_hot",
        lambda t: t.nn.functional.one_hot(t.zeros(0, dtype=t.int64)),
        "Can not infer total number of classes from empty tensor.",
    ),
]
