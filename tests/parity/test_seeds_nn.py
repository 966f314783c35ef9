"""From one seed nn draws what torch draws, and both streams then stand at the same place.

Tables of what draws; what is in nn is held against them, so that a new module or function is in
them, too. `tests/cases` has further rows that draw, for all laws.
"""

# ruff: noqa: B023  (what is defined in a loop is called in it)
from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from itertools import product
from typing import Any, Final

import pytest
import torch
from tests.cases.case import flat
from tests.parity.draws import count
from tests.parity.test_construction import CALLS, LAZY, SIZED, built, shown

import minitorch
import minitorch_nn

pytestmark = pytest.mark.filterwarnings("ignore")

SEED: Final = 2**40 + 7
# Relative to 1 + |x|: how far logarithms, sines and products of matrices are rounded apart.
TOLERANCES: Final = {"float64": 1e-15, "float32": 4e-7, "float16": 1e-3}
SHAPES: Final[list[tuple[int, ...]]] = [
    (),
    (3,),
    (15,),
    (16,),
    (17,),
    (3, 5),
    (4, 4),
    (17, 3),
    (2, 3, 4),
    (4, 3, 2, 2),
]
EMPTY: Final[list[tuple[int, ...]]] = [(0,), (0, 3), (3, 0)]
EITHER: Final = (True, False)
DTYPES: Final = ["float32", "float64", "float16"]

each_type = pytest.mark.parametrize("dtype", DTYPES)
each_float = pytest.mark.parametrize("dtype", DTYPES[:2])


def assert_same(
    draw: Callable[[Any], Any], dtype: str, factor: float = 1, what: object = ""
) -> None:
    """Assert that `draw`, of `minitorch` or `torch`, gives the same numbers from the same seed.

    Of what it returns, tensors in tuples, None is left out; both may refuse, too.
    """
    __tracebackhide__ = True
    found: list[Any] = []
    for module in (minitorch, torch):
        module.manual_seed(SEED)
        try:
            tensors = [x.detach() for x in flat(draw(module)) if x is not None]
        except (RuntimeError, ValueError, IndexError) as error:
            found.append(type(error))
        else:
            found.append([*tensors, module.get_rng_state()])
    ours, theirs = found
    if inspect.isclass(theirs) or inspect.isclass(ours):
        assert inspect.isclass(theirs) and inspect.isclass(ours), f"{what}: {ours} is not {theirs}"
        return
    assert len(ours) == len(theirs), what
    limit = TOLERANCES[dtype] * factor
    for i, (one, other) in enumerate(zip(ours[:-1], theirs[:-1], strict=True)):
        assert tuple(one.shape) == tuple(other.shape), what
        mine = torch.tensor(one.tolist(), dtype=torch.float64).reshape(other.shape)
        near = torch.isclose(mine, other.double(), limit, limit, equal_nan=True)
        assert bool(near.all()), f"{what}: tensor {i}: ours {one}, torch {other}"
        count(one.tolist(), other.tolist())
    assert ours[-1].tolist() == theirs[-1].tolist(), f"{what}: the streams are at other places"


def laid_out(module: Any, shape: tuple[int, ...], dtype: str, layout: str) -> Any:
    """Return numbers from -2 to 2, contiguous, transposed, or every second of others."""
    stream = module.Generator().manual_seed(1)
    x = module.rand(shape, generator=stream, dtype=module.float64) * 4 - 2
    x = x.to(getattr(module, dtype))
    if layout == "every second":
        return module.stack([x, x], -1)[..., 0]
    return x.t() if len(shape) == 2 and layout == "turned" else x


def layouts(shape: tuple[int, ...]) -> list[str]:
    return ["plain", "every second", *(["turned"] if len(shape) == 2 else [])]


# --- Modules

# Whose signatures in torch do not tell how their calls are turned.
OPTIONS: Final[list[dict[str, Any]]] = [
    *({}, {"num_layers": 2}, {"bias": False}, {"dtype": "float64"}),
    {"num_layers": 2, "bidirectional": True},
]
RECURRENT: Final = [
    (name, {"input_size": 3, "hidden_size": 5, **options})
    for name in ("RNN", "LSTM", "GRU")
    for options in [*OPTIONS, *([{"proj_size": 2}] if name == "LSTM" else [])]
]
MADE = [*CALLS, *RECURRENT]


@pytest.mark.parametrize(("name", "kwargs"), MADE, ids=shown)
def test_modules_begin_with_the_same_numbers(name: str, kwargs: dict[str, Any]) -> None:
    def begun(module: Any) -> Any:
        made = built(module, name, kwargs)
        if inspect.isclass(made):
            raise ValueError("refused")
        return tuple(x for _, x in sorted(made.state_dict().items()))

    assert_same(begun, kwargs.get("dtype", "float32"))


@pytest.mark.parametrize("bias", [True, False])
@pytest.mark.parametrize("name", LAZY)
def test_lazy_modules_begin_with_the_same_numbers(name: str, bias: bool) -> None:
    shape = next(size for end, size in SIZED.items() if name.endswith(end))
    arguments = () if "Norm" in name else (4, 2) if "Conv" in name else (4,)
    options = {} if "Norm" in name else {"bias": bias}

    def begun(module: Any) -> Any:
        made = getattr(module.nn, name)(*arguments, **options)
        made(module.ones(shape))
        return tuple(x for _, x in sorted(made.state_dict().items()))

    assert_same(begun, "float32")


def test_every_module_is_built() -> None:
    """All but those that are bases, have nothing to draw, or hold what they are given."""
    modules = {
        name
        for name, one in vars(minitorch.nn).items()
        if inspect.isclass(one) and issubclass(one, minitorch.nn.Module)
    }
    assert modules - {name for name, _ in MADE} - set(LAZY) == {
        *("Module", "RNNBase", "RNNCellBase", "Identity"),
        *("ModuleList", "ModuleDict", "ParameterList", "ParameterDict"),
        *("TransformerEncoder", "TransformerDecoder"),  # of layers, which are copied
    }


# --- Filling

Filling = Callable[[Any, Any, Any], Any]  # of nn.init, the tensor and the generator


def truncated(mean: float, std: float, a: float, b: float) -> Filling:
    return lambda init, x, g: init.trunc_normal_(x, mean, std, a, b, g)


FILLINGS: dict[str, list[Filling]] = {
    "uniform_": [
        lambda init, x, g: init.uniform_(x, -0.3, 0.7, g),
        lambda init, x, g: init.uniform_(x, generator=g),
    ],
    "normal_": [
        lambda init, x, g: init.normal_(x, 0.5, 2.0, g),
        lambda init, x, g: init.normal_(x, generator=g),
    ],
    "xavier_uniform_": [lambda init, x, g: init.xavier_uniform_(x, 1.3, g)],
    "xavier_normal_": [lambda init, x, g: init.xavier_normal_(x, 1.3, g)],
    "kaiming_uniform_": [lambda init, x, g: init.kaiming_uniform_(x, 0.3, "fan_out", generator=g)],
    "kaiming_normal_": [
        lambda init, x, g: init.kaiming_normal_(x, nonlinearity="relu", generator=g)
    ],
    "orthogonal_": [lambda init, x, g: init.orthogonal_(x, 1.5, g)],
    "sparse_": [
        lambda init, x, g: init.sparse_(x, 0.0, 0.5, g),
        lambda init, x, g: init.sparse_(x, 0.3, 0.5, g),
        lambda init, x, g: init.sparse_(x, 1.0, 0.5, g),
    ],
    "trunc_normal_": [
        truncated(0.0, 1.0, -2.0, 2.0),
        truncated(0.3, 1.3, -0.7, 0.9),  # many rejections
        truncated(0.0, 0.02, -2.0, 2.0),  # none
        truncated(0.0, 1.0, 1.0, 1.7),  # uniform proposals
        truncated(3.0, 1.0, -2.0, 0.3),
        truncated(0.1, 2.0, -0.3, 0.3),
    ],
}
OLD = [name for name in FILLINGS if hasattr(torch.nn.init, name[:-1])]


@each_type
@pytest.mark.parametrize("name", FILLINGS)
def test_fillings(name: str, dtype: str) -> None:
    if name == "orthogonal_" and dtype == "float16":
        return  # torch has no decomposition of float16 matrices
    for fill, shape, own in product(FILLINGS[name], [*SHAPES, *EMPTY], EITHER):
        for layout in layouts(shape):

            def filled(module: Any) -> Any:
                x = laid_out(module, shape, dtype, layout)
                generator = module.Generator().manual_seed(5) if own else None
                assert fill(module.nn.init, x, generator) is x
                return x, module.rand(4, generator=generator)

            factor = 100 if name == "orthogonal_" else 2  # what a QR decomposition costs
            assert_same(filled, dtype, factor, (shape, layout, own))


@pytest.mark.parametrize("name", OLD)
def test_fillings_under_their_old_names(name: str) -> None:
    more = (0.5,) if name == "sparse_" else ()
    assert_same(
        lambda module: getattr(module.nn.init, name[:-1])(module.zeros(5, 7), *more),
        "float32",
        30 if name == "orthogonal_" else 1,
    )


@pytest.mark.parametrize("dtype", ["float32", "float16"])
def test_uniform_numbers_are_the_same_to_the_last_bit(dtype: str) -> None:
    for low, high in ((-0.577, 0.577), (0.1, 0.7), (-1 / 3, 1.0), (0.9, 0.9001)):
        found = []
        for module in (minitorch, torch):
            module.manual_seed(SEED)
            x = module.nn.init.uniform_(module.zeros(1000, dtype=getattr(module, dtype)), low, high)
            found.append(x.tolist())
        assert found[0] == found[1]


def test_every_filling_is_tried() -> None:
    old = {name[:-1] for name in FILLINGS if name[:-1] in torch.nn.init.__all__}
    assert {*minitorch_nn.init.__all__} - {*FILLINGS} - old == {
        *("calculate_gain", "constant", "constant_", "dirac", "dirac_", "eye", "eye_"),
        *("ones_", "zeros_"),
    }


# --- Functions

Function = Callable[[Any, Any], Any]  # of nn.functional and the input


def dropping(name: str, p: float, training: bool, inplace: bool) -> Function:
    return lambda f, x: getattr(f, name)(x * 1 if inplace else x, p, training, inplace)


def sloped(low: float, high: float, training: bool, inplace: bool) -> Function:
    return lambda f, x: f.rrelu(x * 1 if inplace else x, low, high, training, inplace)


def gumbel(hard: bool, dim: int) -> Function:
    return lambda f, x: f.gumbel_softmax(x, 0.7, hard, dim=dim)


DROPOUTS: Final = [
    *("dropout", "dropout1d", "dropout2d", "dropout3d", "alpha_dropout", "feature_alpha_dropout")
]
# What is called with one input of any shape.
FUNCTIONS: dict[str, list[Function]] = {
    **{
        name: [dropping(name, *more) for more in product((0.0, 0.3, 0.5, 1.0), EITHER, EITHER)]
        for name in DROPOUTS
    },
    "rrelu": [
        sloped(low, high, *more)
        for low, high in ((1 / 8, 1 / 3), (0.0, 1.0), (0.2, 0.2))
        for more in product(EITHER, EITHER)
    ],
    "rrelu_": [lambda f, x: f.rrelu_(x * 1, 0.1, 0.3, True)],
    "gumbel_softmax": [gumbel(*more) for more in product(EITHER, (0, -1))],
}
LARGER = [(2, 3, 2, 2, 3), (40, 30)]


def differentiated(module: Any, call: Callable[..., Any], *inputs: Any) -> Any:
    """Return the tensors that a call returns and the gradients of its inputs."""
    leaves = [x.detach() for x in inputs]
    for x in leaves:
        x.requires_grad = True
    found = [x for x in flat(call(*leaves)) if x is not None]
    sum((y * y).sum() for y in found if y.requires_grad).backward()
    return (*found, *(x.grad for x in leaves))


@each_type
@pytest.mark.parametrize("name", FUNCTIONS)
def test_functions(name: str, dtype: str) -> None:
    if dtype == "float16" and name not in DROPOUTS:
        return  # torch refuses float16, or rounds it otherwise
    low = 2 if name in ("dropout2d", "dropout3d", "feature_alpha_dropout") else 0
    for call, shape in product(FUNCTIONS[name], [*SHAPES, *EMPTY, *LARGER]):
        if len(shape) < low or (not shape and name == "gumbel_softmax"):
            continue
        for layout in layouts(shape):
            assert_same(
                lambda module: differentiated(
                    module,
                    lambda x: call(module.nn.functional, x),
                    laid_out(module, shape, dtype, layout),
                ),
                dtype,
                4,
                (shape, layout),
            )


def test_every_function_that_draws_is_tried() -> None:
    drawing = {
        name
        for name in vars(minitorch_nn.functional)["__all__"]
        if {"training", "dropout_p", "_random_samples"}
        & set(inspect.signature(getattr(minitorch_nn.functional, name)).parameters)
    }
    assert drawing - set(FUNCTIONS) == {
        "batch_norm",  # which draws nothing
        # below
        *("scaled_dot_product_attention", "multi_head_attention_forward"),
        *("fractional_max_pool2d", "fractional_max_pool3d"),
    }


@each_float
@pytest.mark.parametrize("p", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("grouped", [True, False])
def test_attention(grouped: bool, p: float, dtype: str) -> None:
    heads = 2 if grouped else 4
    for lead, causal in product([(heads,), (2, heads), (1, 3, heads)], EITHER):
        queries = (*lead[:-1], 4, 3, 5)

        def attended(module: Any) -> Any:
            attention = module.nn.functional.scaled_dot_product_attention
            return differentiated(
                module,
                lambda q, k, v: attention(q, k, v, None, p, causal, enable_gqa=grouped),
                *(
                    laid_out(module, s, dtype, "plain")
                    for s in (queries, (*lead, 6, 5), (*lead, 6, 2))
                ),
            )

        assert_same(attended, dtype, 20, (lead, causal))


@each_float
@pytest.mark.parametrize("ndim", [2, 3])
def test_fractional_pooling(ndim: int, dtype: str) -> None:
    options: list[dict[str, Any]] = [{"output_size": 4}, {"output_ratio": 0.5}]
    for lead, option in product([(3,), (2, 3), (17, 1)], options):
        assert_same(
            lambda module: differentiated(
                module,
                lambda x: getattr(module.nn, f"FractionalMaxPool{ndim}d")(2, **option)(x),
                laid_out(module, (*lead, *(9,) * ndim), dtype, "plain"),
            ),
            dtype,
            1,
            (lead, option),
        )


# --- Modules that drop, in training: from the seed to the gradients

X: Final = [(5, 3, 8), (1, 3, 8), (5, 8)]  # the last without a batch


def trained(
    module: Any, make: Callable[..., Any], call: Callable[..., Any], dtype: str, *shapes: Any
) -> Any:
    """Make a module and call it; return what it gives, and the gradients of all."""
    made = make(module.nn, dtype=getattr(module, dtype))
    inputs = [laid_out(module, shape, dtype, "plain") for shape in shapes]
    found = differentiated(module, lambda *x: call(made, *x), *inputs)
    return (*found, *(p.grad for _, p in sorted(made.named_parameters())))


@each_float
@pytest.mark.parametrize("p", [0.3, 1.0])
@pytest.mark.parametrize("name", ["RNN", "LSTM", "GRU", "LSTM with a projection"])
def test_recurrent_networks(name: str, p: float, dtype: str) -> None:
    more = {"proj_size": 2} if "projection" in name else {}
    for shape, first, both in product(X, EITHER, EITHER):
        assert_same(
            lambda module: trained(
                module,
                lambda nn, **k: getattr(nn, name.split()[0])(
                    8, 6, 3, batch_first=first, bidirectional=both, dropout=p, **more, **k
                ),
                lambda made, x: made(x),
                dtype,
                shape,
            ),
            dtype,
            20,
            (shape, first, both),
        )


def test_packed_sequences() -> None:
    def packed(module: Any) -> Any:
        pack = module.nn.utils.rnn.pack_padded_sequence

        def run(made: Any, x: Any) -> Any:
            return made(pack(x, module.tensor([2, 5, 3]), enforce_sorted=False))[0].data

        return trained(
            module,
            lambda nn, **k: nn.GRU(8, 6, 2, bidirectional=True, dropout=0.4, **k),
            run,
            "float64",
            (5, 3, 8),
        )

    assert_same(packed, "float64", 20)


def test_dropout_of_what_a_recurrent_network_returns() -> None:
    """In which order it lies in memory tells which elements are dropped."""
    for first, both in product(EITHER, EITHER):

        def dropped(module: Any) -> Any:
            return trained(
                module,
                lambda nn, **k: nn.LSTM(8, 6, batch_first=first, bidirectional=both, **k),
                lambda made, x: module.nn.functional.dropout(made(x)[0], 0.3),
                "float64",
                (5, 3, 8),
            )

        assert_same(dropped, "float64", 20, (first, both))


@each_float
@pytest.mark.parametrize("options", [{}, {"bias": False}, {"add_bias_kv": True}, {"kdim": 5}])
def test_attention_of_several_heads(options: dict[str, Any], dtype: str) -> None:
    size = options.get("kdim", 8)
    for p, first, need, batched in product((0.3, 1.0), EITHER, EITHER, EITHER):
        lead = ((4, 3), (4, 3)) if batched else ((4,), (6,))
        shapes = [(*lead[0], 8), (*lead[1], size), (*lead[1], 8)]
        assert_same(
            lambda module: trained(
                module,
                lambda nn, **k: nn.MultiheadAttention(8, 2, p, batch_first=first, **options, **k),
                lambda made, q, k, v: made(q, k, v, need_weights=need),
                dtype,
                *shapes,
            ),
            dtype,
            20,
            (p, first, need, batched),
        )


@each_float
@pytest.mark.parametrize("p", [0.3, 1.0])
@pytest.mark.parametrize("name", ["TransformerEncoderLayer", "TransformerDecoderLayer"])
def test_transformer_layers(name: str, p: float, dtype: str) -> None:
    for shape, first, norm_first, turned in product(X, EITHER, EITHER, EITHER):
        if turned and len(shape) != 2:
            continue
        both = "Decoder" in name

        def run(made: Any, *x: Any) -> Any:
            return made(*(one.t().clone().t() if turned else one for one in x))

        assert_same(
            lambda module: trained(
                module,
                lambda nn, **k: getattr(nn, name)(
                    8, 2, 16, p, batch_first=first, norm_first=norm_first, **k
                ),
                run,
                dtype,
                *[shape] * (1 + both),
            ),
            dtype,
            60,
            (shape, first, norm_first, turned),
        )


@each_float
def test_transformers(dtype: str) -> None:
    for shape, first in product(X, EITHER):
        assert_same(
            lambda module: trained(
                module,
                lambda nn, **k: nn.Transformer(8, 2, 2, 2, 16, 0.2, batch_first=first, **k),
                lambda made, src, tgt: made(src, tgt),
                dtype,
                shape,
                shape,
            ),
            dtype,
            200,
            (shape, first),
        )


# --- Normalisation of what is turned: its result is not

NORMS: dict[str, tuple[Callable[..., Any], tuple[int, ...]]] = {
    "LayerNorm": (lambda nn, **k: nn.LayerNorm(4, **k), (3, 4)),
    "BatchNorm1d": (lambda nn, **k: nn.BatchNorm1d(4, **k), (3, 4)),
    "BatchNorm1d of sequences": (lambda nn, **k: nn.BatchNorm1d(3, **k), (2, 3, 4)),
    "GroupNorm": (lambda nn, **k: nn.GroupNorm(2, 4, **k), (3, 4)),
    "InstanceNorm1d": (lambda nn, **k: nn.InstanceNorm1d(3, affine=True, **k), (2, 3, 4)),
}


@each_float
@pytest.mark.parametrize("name", NORMS)
def test_dropout_of_what_is_normalised(name: str, dtype: str) -> None:
    make, shape = NORMS[name]

    def dropped(module: Any) -> Any:
        def run(made: Any, x: Any) -> Any:
            turned = x.transpose(0, -1).clone().transpose(0, -1)
            return module.nn.functional.dropout(made(turned), 0.4)

        return trained(module, make, run, dtype, shape)

    assert_same(dropped, dtype, 60)


# --- Utilities

Utility = Callable[[Any, Any], Any]  # of nn.utils and the module


def orthogonal(name: str | None, moved: bool) -> Utility:
    return lambda utils, made: utils.parametrizations.orthogonal(
        made, orthogonal_map=name, use_trivialization=moved
    )


UTILITIES: dict[str, Utility] = {
    "spectral_norm": lambda utils, made: utils.spectral_norm(made),
    "weight_norm": lambda utils, made: utils.weight_norm(made),
    "parametrizations.spectral_norm": lambda utils, made: utils.parametrizations.spectral_norm(
        made
    ),
    "parametrizations.weight_norm": lambda utils, made: utils.parametrizations.weight_norm(made),
    **{
        f"parametrizations.orthogonal, {name}, {moved}": orthogonal(name, moved)
        for name in (None, "matrix_exp", "cayley", "householder")
        for moved in EITHER
    },
}
WEIGHTS: Final[list[Callable[..., Any]]] = [
    lambda nn, **k: nn.Linear(5, 7, **k),
    lambda nn, **k: nn.Linear(20, 17, **k),
    lambda nn, **k: nn.Linear(6, 6, **k),
    lambda nn, **k: nn.Conv2d(3, 4, 3, **k),
    lambda nn, **k: nn.ConvTranspose2d(3, 4, 3, **k),
]


@each_float
@pytest.mark.parametrize("name", UTILITIES)
def test_utilities(name: str, dtype: str) -> None:
    for i, make in enumerate(WEIGHTS):

        def changed(module: Any) -> Any:
            made = make(module.nn, dtype=getattr(module, dtype))
            UTILITIES[name](module.nn.utils, made)
            return (*(x for _, x in sorted(made.state_dict().items())), made.weight)

        assert_same(changed, dtype, 40, i)


def test_skipping_draws_nothing() -> None:
    def skipped(module: Any) -> Any:
        module.nn.utils.skip_init(module.nn.Linear, 3, 4)
        return module.rand(3)

    assert_same(skipped, "float32")


def test_what_is_held_against_torch_can_differ() -> None:
    """The comparison itself: other numbers, or one number more of the stream, are seen."""
    with warnings.catch_warnings(), pytest.raises(AssertionError, match="tensor 0"):
        assert_same(lambda module: module.rand(3) * (1 + 1e-5 * (module is torch)), "float32")
    with pytest.raises(AssertionError, match="streams"):
        assert_same(lambda module: module.rand(3 + (module is torch))[:3], "float32")
