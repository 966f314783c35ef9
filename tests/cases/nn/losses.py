"""Losses of numbers, of distributions, and of classes."""

from __future__ import annotations

from typing import Any

from tests.cases.case import Case, case, refused, single, whole
from tests.cases.nn.losses_calls import reduced, weighted
from tests.cases.nn.module import F, module

PAIR = ((2, 3), (2, 3))
KINKS = ([0.0, 1.0, -1.0, 0.5, -0.5, 3.0], [0.0] * 6)
HALF = (0.1, 0.9)


def probabilities(weight: float | None) -> list[Case]:
    """Make the cases of the binary cross entropy, whose inputs are between 0 and 1."""

    def call(how: str) -> Any:
        return lambda t, x, y: t.nn.functional.binary_cross_entropy(
            *(x, y),
            weight=None if weight is None else t.linspace(weight, 2, 3, dtype=x.dtype),
            reduction=how,
        )

    # torch's second derivative is off by 1e-11, see tests/nn/test_losses.py
    return [
        case(F + "binary_cross_entropy", call(how), *PAIR, domain=HALF, second=False)
        for how in ("mean", "sum", "none")
    ]


CLASSES = whole([1, 0, 3])
IGNORING = whole([1, -100, 3])
PLACES = whole([[0, 2], [1, 1]])

CASES = [
    *reduced("mse_loss", *PAIR),
    *reduced("mse_loss", (0, 3), (0, 3), second=False),
    *[
        case(
            F + name,
            lambda t, x, y, w, name=name, how=how: getattr(t.nn.functional, name)(
                x, y, weight=w, reduction=how
            ),
            *PAIR,
            (2, 3),
            domain=(0.2, 2.0),
        )
        for name in ("mse_loss", "l1_loss", "huber_loss")
        for how in ("mean", "sum", "none")
    ],
    *reduced("l1_loss", *PAIR),
    *reduced("l1_loss", *KINKS, smooth=False),
    *reduced("smooth_l1_loss", *PAIR, beta=0.7),
    *reduced("smooth_l1_loss", *PAIR, beta=0),
    *reduced("smooth_l1_loss", *KINKS, smooth=False),
    *reduced("huber_loss", *PAIR, delta=0.7),
    *reduced("huber_loss", *KINKS, smooth=False),
    *reduced("kl_div", *PAIR, domain=HALF, reductions=("mean", "sum", "none", "batchmean")),
    *reduced("kl_div", *PAIR, log_target=True, reductions=("mean", "batchmean")),
    *reduced("kl_div", -1.0, 0.5, reductions=("batchmean",)),
    *reduced("kl_div", [-1.0, 0.3], [0.0, 1.0], smooth=False, second=False),
    *reduced("poisson_nll_loss", *PAIR),
    *reduced("poisson_nll_loss", *PAIR, log_input=False, eps=1e-3, domain=(0.1, 4.0)),
    *reduced("poisson_nll_loss", [0.3, -1.0, 2.0], [1.0, 0.5, 3.0], full=True, smooth=False),
    *reduced("gaussian_nll_loss", *PAIR, (2, 3), domain=(0.1, 2.0)),
    *reduced("gaussian_nll_loss", *PAIR, (2,), full=True, domain=(0.1, 2.0)),
    *reduced("gaussian_nll_loss", *PAIR, (2, 1), domain=(0.1, 2.0)),
    *reduced("gaussian_nll_loss", *PAIR, var=0.5),
    *reduced("gaussian_nll_loss", [1.0, 2.0], [0.0, 2.5], [0.0, 1e-9], eps=0.1, smooth=False),
    *reduced("nll_loss", (3, 4), CLASSES),
    *reduced("nll_loss", (4,), whole(2)),
    case(
        F + "nll_loss",
        lambda t, x, y: t.nn.functional.nll_loss(x, y),
        (4,),
        whole([2]),
        first=False,
    ),
    *reduced("nll_loss", (2, 3, 2), PLACES),
    *reduced("nll_loss", (1, 3, 1, 2), whole([[[0, 2]]])),
    *reduced("nll_loss", (1, 3, 1, 1, 2), whole([[[[0, 2]]]])),
    *reduced("nll_loss", (3, 4), IGNORING),
    *reduced("nll_loss", (3, 4), CLASSES, ignore_index=3),
    *reduced("nll_loss", (2, 4), whole([-100, -100]), reductions=("sum", "none")),
    *weighted("nll_loss", 4, (3, 4), IGNORING),
    *weighted("nll_loss", 3, (2, 3, 2), PLACES),
    *reduced("cross_entropy", (3, 4), CLASSES),
    *reduced("cross_entropy", (4,), whole(2)),
    *reduced("cross_entropy", (2, 3, 2), PLACES),
    *reduced("cross_entropy", (3, 4), IGNORING, label_smoothing=0.2),
    *reduced("cross_entropy", (4,), whole(2), label_smoothing=0.2),
    *reduced("cross_entropy", (2, 3, 2), PLACES, label_smoothing=1.0, ignore_index=2),
    *reduced("cross_entropy", (5, 0), (5, 0)),
    *reduced("cross_entropy", (5, 0), whole([-100] * 5)),
    *reduced("nll_loss", (5, 0), whole([-100] * 5)),
    *reduced("cross_entropy", (3, 4), (3, 4)),
    *reduced("cross_entropy", (4,), (4,)),
    *reduced("cross_entropy", (2, 3, 2), (2, 3, 2), label_smoothing=0.2),
    *weighted("cross_entropy", 4, (3, 4), CLASSES),
    *weighted("cross_entropy", 4, (3, 4), IGNORING, label_smoothing=0.2),
    *weighted("cross_entropy", 4, (3, 4), (3, 4)),
    *weighted("cross_entropy", 3, (2, 3, 2), (2, 3, 2)),
    *reduced("cross_entropy", [[2e3, -1e3, 0.0], [0.0, 5e2, 3.0]], whole([0, 2])),
    *probabilities(None),
    *probabilities(0.5),
    case(
        F + "binary_cross_entropy",
        lambda t, x, y: t.nn.functional.binary_cross_entropy(x, y.detach(), reduction="none"),
        single([0.0, 1.0, 0.0, 1.0]),
        single([0.0, 1.0, 1.0, 0.0]),
        second=False,
    ),
    *reduced("binary_cross_entropy_with_logits", *PAIR),
    *reduced("binary_cross_entropy_with_logits", [90.0, -90.0, 1e3], [0.0, 1.0, 1.0]),
    *[
        case(
            F + "binary_cross_entropy_with_logits",
            lambda t, x, y, how=how: t.nn.functional.binary_cross_entropy_with_logits(
                *(x, y, t.tensor([[0.5], [2.0]], dtype=x.dtype)),
                pos_weight=t.linspace(0.5, 2, 3, dtype=x.dtype),
                reduction=how,
            ),
            *PAIR,
        )
        for how in ("mean", "sum", "none")
    ],
]

MODULES = [
    *[
        module(name, lambda nn, name=name: getattr(nn, name)(), *PAIR)
        for name in ("MSELoss", "L1Loss", "SmoothL1Loss", "HuberLoss", "PoissonNLLLoss")
    ],
    module("MSELoss", lambda nn: nn.MSELoss(reduction="sum"), *PAIR),
    module("L1Loss", lambda nn: nn.L1Loss(reduction="none"), *PAIR),
    module("SmoothL1Loss", lambda nn: nn.SmoothL1Loss(reduction="sum", beta=0.3), *PAIR),
    module("HuberLoss", lambda nn: nn.HuberLoss(reduction="sum", delta=0.3), *PAIR),
    module(
        "PoissonNLLLoss",
        lambda nn: nn.PoissonNLLLoss(False, True, eps=0.1, reduction="none"),
        *PAIR,
        domain=(0.1, 3.0),
    ),
    module("KLDivLoss", lambda nn: nn.KLDivLoss(reduction="batchmean", log_target=True), *PAIR),
    module("GaussianNLLLoss", lambda nn: nn.GaussianNLLLoss(), *PAIR, (2, 3), domain=(0.1, 2.0)),
    module(
        "GaussianNLLLoss",
        lambda nn: nn.GaussianNLLLoss(full=True, eps=0.5, reduction="sum"),
        *PAIR,
        (2, 1),
        domain=(0.1, 2.0),
    ),
    *[
        module(name, lambda nn, name=name: getattr(nn, name)(), (3, 4), whole([0, 3, 1]))
        for name in ("CrossEntropyLoss", "NLLLoss")
    ],
    module(
        "CrossEntropyLoss",
        lambda nn: nn.CrossEntropyLoss(ignore_index=1, reduction="sum", label_smoothing=0.1),
        (3, 4),
        whole([0, 3, 1]),
    ),
    module("CrossEntropyLoss", lambda nn: nn.CrossEntropyLoss(), (3, 4), (3, 4)),
    module("NLLLoss", lambda nn: nn.NLLLoss(ignore_index=0, reduction="none"), (4,), whole(2)),
    module("BCELoss", lambda nn: nn.BCELoss(), *PAIR, domain=HALF),
    module("BCELoss", lambda nn: nn.BCELoss(reduction="none"), *PAIR, domain=HALF),
    module("BCEWithLogitsLoss", lambda nn: nn.BCEWithLogitsLoss(), *PAIR),
    module("BCEWithLogitsLoss", lambda nn: nn.BCEWithLogitsLoss(reduction="sum"), *PAIR),
    # The bias of a layer is a tensor that both have.
    *[
        module(
            name,
            lambda nn, name=name: getattr(nn, name)(nn.Linear(1, 4).bias.detach()),
            (3, 4),
            whole([0, 3, 1]),
        )
        for name in ("CrossEntropyLoss", "NLLLoss")
    ],
    module(
        "BCEWithLogitsLoss",
        lambda nn: nn.BCEWithLogitsLoss(
            nn.Linear(1, 3).bias.detach(), pos_weight=nn.Linear(1, 3).bias.detach()
        ),
        *PAIR,
    ),
]

ERRORS = [
    refused(
        F + "mse_loss",
        lambda t: t.nn.functional.mse_loss(t.zeros(2), t.zeros(2), reduction="x"),
        "x is not a valid value for reduction",
        ValueError,
    ),
    *[
        refused(
            F + name,
            lambda t, name=name: getattr(t.nn.functional, name)(
                t.zeros(2, 3), t.zeros(2, 3), weight=t.zeros(3)
            ),
            "Weights and input must have the same size",
            ValueError,
        )
        for name in ("mse_loss", "l1_loss", "huber_loss")
    ],
    refused(
        F + "huber_loss",
        lambda t: t.nn.functional.huber_loss(t.zeros(2), t.zeros(2), delta=0.0),
        "huber_loss does not support non-positive values for delta",
    ),
    refused(
        F + "smooth_l1_loss",
        lambda t: t.nn.functional.smooth_l1_loss(t.zeros(2), t.zeros(2), beta=-1.0),
        "smooth_l1_loss does not support negative values for beta",
    ),
    refused(
        F + "gaussian_nll_loss",
        lambda t: t.nn.functional.gaussian_nll_loss(t.zeros(2), t.zeros(2), -t.ones(2)),
        "var has negative entry/entries",
        ValueError,
    ),
    refused(
        F + "gaussian_nll_loss",
        lambda t: t.nn.functional.gaussian_nll_loss(t.zeros(2, 3), t.zeros(2, 3), t.ones(3)),
        "var is of incorrect size",
        ValueError,
    ),
    refused(
        F + "binary_cross_entropy",
        lambda t: t.nn.functional.binary_cross_entropy(t.ones(2) * 2, t.zeros(2)),
        "all elements of input should be between 0 and 1",
    ),
    refused(
        F + "binary_cross_entropy",
        lambda t: t.nn.functional.binary_cross_entropy(t.ones(2), t.zeros(3)),
        "",
        ValueError,
    ),
    refused(
        F + "binary_cross_entropy_with_logits",
        lambda t: t.nn.functional.binary_cross_entropy_with_logits(t.ones(2), t.zeros(3)),
        "must be the same as input size (",
        ValueError,
    ),
]


def _of_classes(shape: tuple[int, ...], classes: Any, **options: Any) -> Any:
    """Return a call of `cross_entropy` for given classes, or zeros of a shape for probabilities."""

    def call(t: Any) -> Any:
        target = t.zeros(classes) if isinstance(classes, tuple) else t.tensor(classes)
        extra = {
            key: t.zeros(value) if key == "weight" else value for key, value in options.items()
        }
        return t.nn.functional.cross_entropy(t.zeros(shape), target, **extra)

    return call


ERRORS += [
    refused(F + "cross_entropy", _of_classes(shape, classes, **options), phrase, kind)
    for shape, classes, options, phrase, kind in [
        ((2, 3), [0, 3], {}, "is out of bounds", IndexError),
        ((2, 3), [0, -1], {}, "is out of bounds", IndexError),
        (
            (2, 3),
            [0, 1, 2],
            {},
            "Expected input batch_size (2) to match target batch_size (",
            ValueError,
        ),
        ((2, 3), [0, 1], {"weight": 2}, "either for all 3 classes or no classes", RuntimeError),
        ((2, 3), (2, 3), {"weight": 2}, "either for all 3 classes or no classes", RuntimeError),
        ((2, 3), (2,), {}, "expected target dtype to be Long or Byte, but got ", RuntimeError),
        ((2, 3), (2, 4), {}, "0D or 1D target tensor expected, multi-target not", RuntimeError),
        ((2, 3), [[0] * 3] * 2, {}, "Expected floating point type for target with", RuntimeError),
        ((2, 3), (2, 3), {"ignore_index": 1}, "ignore_index is not supported for", RuntimeError),
        ((2, 3), [0, 1], {"label_smoothing": 2}, "label_smoothing must be between", RuntimeError),
        ((), [0], {}, "Dimension out of range (expected to be in range of [-1, 0", IndexError),
        ((3,), [0, 1], {}, "For 1D input, 1D target must have size 1, but got", ValueError),
        ((1, 3, 2), [[0, 1, 2]], {}, "Expected target size [1, 2], got [1, 3]", RuntimeError),
        (
            (1, 3, 2, 1),
            [[[0]]],
            {},
            "size mismatch (got input: [1, 3, 2, 1] , target: [1",
            RuntimeError,
        ),
    ]
]
ERRORS.append(
    refused(
        F + "nll_loss",
        lambda t: t.nn.functional.nll_loss(t.tensor(1.0), t.tensor([0])),
        "Expected 1 or more dimensions (got 0)",
        ValueError,
    )
)
