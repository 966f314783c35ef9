"""Values and element types that torch refuses: options of modules, targets, whole numbers."""

from __future__ import annotations

from math import nan
from typing import Any

from tests.cases.case import ErrorCase, refused
from tests.cases.nn.module import F

RECURRENT = ("RNN", "LSTM", "GRU")
FLOATS_ONLY = """
    gelu silu mish elu selu celu leaky_relu softplus logsigmoid
    hardswish hardsigmoid hardshrink softshrink rrelu
""".split()
LOSSES = ("mse_loss", "huber_loss", "smooth_l1_loss")


def recurrent(name: str, phrase: str, kind: type[Exception], **options: Any) -> ErrorCase:
    """Make a case of a recurrent module that is refused as it is made."""
    given = {"input_size": 2, "hidden_size": 3, **options}
    return refused(f"nn.{name}", lambda t: getattr(t.nn, name)(**given), phrase, kind)


def whole(name: str, *rows: list[Any]) -> ErrorCase:
    """Make a case of a function that takes floats only."""
    return refused(
        F + name,
        lambda t: getattr(t.nn.functional, name)(*[t.tensor(one) for one in rows]),
        "not implemented for",
        NotImplementedError,
    )


def of_probabilities(inputs: list[float], targets: list[Any], phrase: str) -> ErrorCase:
    """Make a case of `binary_cross_entropy`."""
    return refused(
        F + "binary_cross_entropy",
        lambda t: t.nn.functional.binary_cross_entropy(t.tensor(inputs), t.tensor(targets)),
        phrase,
    )


ERRORS = [
    *[
        recurrent(name, f"{option} should be of type bool, got: {kind}", TypeError, **{option: one})
        for name in RECURRENT
        for option in ("bias", "batch_first")
        for one, kind in ((0, "int"), (1, "int"), ("True", "str"), (None, "NoneType"))
    ],
    *[
        recurrent(name, "input_size must be greater than zero", ValueError, input_size=size)
        for name in RECURRENT
        for size in (0, -1)
    ],
    *[
        refused(
            "nn.HuberLoss",
            lambda t, delta=delta: t.nn.HuberLoss(delta=delta),
            "delta must be a float or int, got: ",
            TypeError,
        )
        for delta in (1j, "a", None, [1.0])
    ],
    refused(
        F + "batch_norm",
        lambda t: t.nn.functional.batch_norm(t.ones(3, 2), t.zeros(2), t.ones(2), eps=-1e-5),
        "batch_norm eps must be non-negative, but got -1e-05",
        ValueError,
    ),
    refused(
        F + "cosine_similarity",
        lambda t: t.nn.functional.cosine_similarity(t.ones(2, 2), t.ones(2, 2), eps=-1.0),
        "eps must be non-negative, got: -1",
    ),
    *[
        of_probabilities([one, 0.5], [0.0, 1.0], "elements of input should be between 0 and 1")
        for one in (nan, 2.0, -0.1)
    ],
    *[
        of_probabilities([0.5, 0.5], [one, 1.0], "elements of target should be between 0 and 1")
        for one in (nan, 2.0, -0.1)
    ],
    of_probabilities([0.5, 0.5], [0, 1], "Found dtype"),
    refused(
        F + "binary_cross_entropy_with_logits",
        lambda t: t.nn.functional.binary_cross_entropy_with_logits(
            t.tensor([0.5, 0.5]), t.tensor([0, 1])
        ),
        "can't be cast to the desired output type",
    ),
    *[whole(name, [1, 2]) for name in FLOATS_ONLY],
    whole("glu", [1, 2]),
    *[
        refused(
            F + name,
            lambda t, name=name: getattr(t.nn.functional, name)(t.tensor([1, 2]), 0),
            "not implemented for",
            NotImplementedError,
        )
        for name in ("softmax", "log_softmax", "softmin")
    ],
    *[whole(name, [1, 2], [1, 3]) for name in LOSSES],
    whole("nll_loss", [[1, 2]], [1]),
    whole("cross_entropy", [[1, 2]], [1]),
    refused(
        F + "layer_norm",
        lambda t: t.nn.functional.layer_norm(t.tensor([[1, 2]]), (2,)),
        "not implemented for",
        NotImplementedError,
    ),
]
