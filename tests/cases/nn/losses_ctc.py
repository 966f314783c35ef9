"""Connectionist temporal classification."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, case, refused, whole
from tests.cases.nn.module import F, module


def loss(targets: Any, steps: Any, lengths: Any, shape: Any = (4, 2, 3), **options: Any) -> Case:
    """Make a case of `ctc_loss`, of numbers that need not be logarithms of probabilities."""
    return case(
        F + "ctc_loss",
        lambda t, x, y: t.nn.functional.ctc_loss(x, y, steps, lengths, **options),
        shape,
        whole(targets),
        second=False,
        smooth=False,  # the gradient is that of the input of `log_softmax`
    )


CASES = [
    *[loss([[1, 2], [2, 2]], (4, 3), (2, 2), reduction=how) for how in ("mean", "sum", "none")],
    loss([[1, 2], [2, 2]], (4, 3), (2, 0), reduction="none"),
    loss([1, 2, 2], (4, 3), (2, 1), reduction="none"),
    loss([[0, 1], [1, 0]], (4, 4), (2, 1), blank=2),
    loss([[1, 1], [1, 2]], (2, 4), (2, 2), reduction="none"),
    loss([[1, 1], [1, 2]], (2, 4), (2, 2), zero_infinity=True),
    loss([1, 2], (4,), (2,), (4, 3), reduction="none"),
    loss([[1, 2], [2, 1]], (0, 4), (0, 2), reduction="none"),
    # No targets: of one sequence, of all, with room for some and with none.
    *[
        loss(targets, (4, 3), lengths, reduction=how, blank=1, **options)
        for targets, lengths in [
            ([[0, 2], [2, 2]], (0, 2)),
            ([[0, 2], [2, 2]], (0, 0)),
            ([[], []], (0, 0)),
            ([2, 0], (0, 2)),
            ([], (0, 0)),
        ]
        for how, options in [("none", {}), ("mean", {"zero_infinity": True}), ("sum", {})]
    ],
    loss([], (4,), (0,), (4, 3), reduction="none"),
    loss([[1]], (1,), (0,), (1, 1, 3), reduction="none"),
    loss([[1], [1]], (0, 0), (0, 0), reduction="none", zero_infinity=True),
    case(
        F + "ctc_loss",
        lambda t, x, y, n, m: t.nn.functional.ctc_loss(x.log_softmax(2), y, n, m),
        (4, 2, 3),
        *(whole([[1, 2], [2, 2]]), whole([4, 3]), whole([2, 2])),
        second=False,
    ),
]

MODULES = [
    module(
        "CTCLoss",
        lambda nn, options=options: nn.CTCLoss(*options),
        (4, 1, 3),
        whole([[1, 2]]),
        call=lambda m, x, y: m(x, y, (4,), (2,)),
    )
    for options in [(), (0, "sum", True)]
]

ERRORS = [
    refused(
        F + "ctc_loss",
        lambda t, given=given, options=options: t.nn.functional.ctc_loss(
            t.zeros(4, 1, 3), t.tensor(given[0]), *given[1:], **options
        ),
        phrase,
    )
    for given, options, phrase in [
        (([[1, 2]], (4,), (3,)), {}, "Expected tensor to have size at least 3 at dimension 1"),
        (([1, 2], (4,), (3,)), {}, "Expected tensor to have size "),
        (([[1, 2]], (5,), (2,)), {}, "Expected input_lengths to have value at most 4"),
        (([[1, 2]], (4,), (-1,)), {}, "Expected target_lengths to have value at least 0"),
        (([[1, 2]], (4, 4), (2,)), {}, "input_lengths must be of size batch_size"),
        (([[1, 2]], (4,), (2, 2)), {}, "target_lengths must be of size batch_size"),
        (([[1, 2]], (4,), (2,)), {"blank": 3}, "blank must be in label range"),
    ]
]
ERRORS += [
    refused(
        F + "ctc_loss",
        lambda t, shape=shape: t.nn.functional.ctc_loss(
            t.zeros(shape),
            t.ones(shape[1], 1, dtype=t.int64),
            (shape[0],) * shape[1],
            (1,) * shape[1],
        ),
        "log_probs tensor must not be empty",
    )
    for shape in [(4, 0, 3), (0, 2, 3), (0, 0, 3), (4, 2, 0)]
]
