"""Programs about parametrizations, as `programs.py` has them about modules."""

from __future__ import annotations

import copy
import pickle
from typing import Any

from tests.cases.case import quietly
from tests.cases.nn.logs import Log, first_line, numbers, tried, warned

SQUARE = [[0.0, 1.0], [-1.0, 0.0]]
TALL = [[0.6, 0.0], [0.0, -1.0], [0.8, 0.0]]
FREE = [[0.3, -0.2], [0.5, 0.4], [-0.7, 2.5]]


def orthogonal_maps(t: Any) -> Log:
    log: Log = []
    for name in ("matrix_exp", "cayley", "householder"):
        for start, free in ((SQUARE, FREE[:2]), (TALL, FREE), (t.tensor(TALL).t().tolist(), None)):
            for base in (True, False):
                t.manual_seed(0)  # a base for fewer columns than rows is filled up at random
                model = t.nn.Linear(len(start[0]), len(start), bias=False, dtype=t.float64)
                model.weight.data = t.tensor(start, dtype=t.float64)
                t.nn.utils.parametrizations.orthogonal(
                    model, "weight", name, use_trivialization=base
                )
                held = model.parametrizations.weight
                if base or name == "householder":
                    log += [numbers(model.weight), numbers(held.original)]
                log.append(str({k: tuple(v.shape) for k, v in model.state_dict().items()}))
                if free is not None:
                    signs = t.eye(*model.weight.shape, dtype=t.float64) * held.original.sign()
                    below = t.tensor(free, dtype=t.float64).tril(-1)
                    held.original.data = below + signs
                    log.append(numbers(model.weight))
                    (model.weight * t.arange(1, 1 + len(start) * 2).reshape(-1, 2)).sum().backward()
                    log.append(numbers(held.original.grad))
                if not base:
                    log.append(tried(lambda m=model: setattr(m, "weight", t.zeros(2, 2))))
    return log


def orthogonal_choices(t: Any) -> Log:
    orthogonal = t.nn.utils.parametrizations.orthogonal
    log = [repr(orthogonal(t.nn.Linear(2, 2)))]
    model = orthogonal(t.nn.Bilinear(2, 3, 4, bias=False), use_trivialization=False)
    held = model.parametrizations.weight
    signs = t.eye(3, 2) * t.tensor([1.0, -1.0])
    held.original.data = (t.arange(24).reshape(4, 3, 2) * 0.1).tril(-1) + signs
    log += [numbers(model.weight.transpose(1, 2)) if model.weight.shape[1] == 2 else ""]
    big = orthogonal(t.nn.Linear(3, 3, dtype=t.float64), use_trivialization=False)
    big.parametrizations.weight.original.data = t.arange(9, dtype=t.float64).reshape(3, 3)
    log.append(numbers(big.weight))
    moved = orthogonal(t.nn.Linear(2, 2))
    moved.weight = t.tensor([[2.0, 0.0], [0.0, -3.0]])
    log += [numbers(moved.weight), numbers(moved.parametrizations.weight.original)]
    return [
        *log,
        tried(lambda: orthogonal(t.nn.Linear(2, 2), "bias")),
        tried(lambda: orthogonal(t.nn.Linear(2, 2), "w")),
        tried(lambda: orthogonal(t.nn.Linear(2, 2), "weight", "qr")),
        tried(lambda: setattr(moved, "weight", t.zeros(3, 2))).replace(
            "torch.Size([3, 2])", "(3, 2)"
        ),
    ]


def parametrization_checks(t: Any) -> Log:
    parametrize = t.nn.utils.parametrize
    register = parametrize.register_parametrization

    class Given(t.nn.Module):  # type: ignore[misc]  # either module's
        """Return what it is told to, both ways."""

        def __init__(self, forward: Any, inverse: Any) -> None:
            super().__init__()
            self.told, self.back = forward, inverse

        def forward(self, *x: Any) -> Any:
            return self.told(*x)

        def right_inverse(self, x: Any) -> Any:
            return self.back(x)

    def same(x: Any, *_: Any) -> Any:
        return x

    def wide(x: Any, *_: Any) -> Any:
        return x.to(t.float64)

    def long(x: Any, *_: Any) -> Any:
        return x.reshape(-1)

    def nothing(x: Any, *_: Any) -> Any:
        return 1

    def pair(x: Any) -> Any:
        return x, x * 2

    log: Log = []
    for forward, inverse in (
        (nothing, same),
        (wide, same),
        (long, same),
        (same, nothing),
        (same, wide),
        (same, long),
        (same, lambda x: (x, 1)),
    ):
        one: Any = Given(forward, inverse)
        log.append(tried(lambda g=one: type(register(t.nn.Linear(2, 2), "weight", g)).__name__))
        two = register(t.nn.Linear(2, 2), "weight", Given(same, same))
        log.append(tried(lambda g=one, m=two: type(register(m, "weight", g)).__name__))
        three = register(t.nn.Linear(2, 2), "weight", Given(same, same))
        three.parametrizations.weight[0].back = inverse
        log.append(first_line(lambda m=three: setattr(m, "weight", t.ones(2, 2))))
        four = register(t.nn.Linear(2, 2), "weight", Given(same, pair))
        log += [str([n for n, _ in four.named_parameters()])]
        four.parametrizations.weight[0].back = inverse
        log.append(tried(lambda m=four: setattr(m, "weight", t.ones(2, 2))))
    four.parametrizations.weight[0].back = lambda x: (x, wide(x))
    log.append(tried(lambda: setattr(four, "weight", t.ones(2, 2))))
    four.parametrizations.weight[0].back = lambda x: (x,)
    log.append(tried(lambda: setattr(four, "weight", t.ones(2, 2))))
    log.append(tried(lambda: parametrize.remove_parametrizations(four, "weight", False)))
    plain = register(t.nn.Linear(1, 1), "weight", t.nn.Identity())
    log.append(tried(lambda: setattr(plain, "weight", t.ones(1, 1))))
    log.append(tried(lambda: parametrize.ParametrizationList([], t.ones(1))))
    log.append(first_line(lambda: pickle.dumps(plain))[:80])
    log.append(repr(copy.deepcopy(plain)))
    return log


def parametrization_identity(t: Any) -> Log:
    parametrize = t.nn.utils.parametrize
    model = t.nn.Linear(2, 2).eval()
    weight = model.weight
    double = t.nn.Identity()
    parametrize.register_parametrization(model, "weight", double)
    log = [str(model.parametrizations.weight.original is weight), str(double.training)]
    log.append(str(parametrize.type_before_parametrizations(model) is t.nn.Linear))
    log.append(str(parametrize.type_before_parametrizations(double) is t.nn.Identity))
    other = t.nn.Linear(2, 2)
    held = parametrize.transfer_parametrizations_and_params(model, other).parametrizations.weight
    log += [str(held.original is weight), str(held[0] is double), repr(other)]
    pair = t.nn.utils.parametrizations.weight_norm(t.nn.Linear(2, 2, bias=False))
    third = parametrize.transfer_parametrizations_and_params(pair, t.nn.Module(), "weight")
    held = third.parametrizations.weight
    log.append(str(held.original0 is pair.parametrizations.weight.original0))
    log.append(str([n for n, _ in third.named_parameters()]))
    log.append(str(parametrize.transfer_parametrizations_and_params(double, other) is other))
    parametrize.remove_parametrizations(model, "weight")
    log.append(str(model.weight is weight))
    parametrize.remove_parametrizations(pair, "weight")
    return [*log, type(pair.weight).__name__, str(pair.weight.requires_grad)]


@quietly
def old_weight_norm(t: Any) -> Log:
    utils = t.nn.utils
    log = [warned(lambda: utils.weight_norm(t.nn.Linear(1, 1)))]
    for dim in (0, 1, None):
        model = t.nn.Linear(2, 2)
        model.weight.data = t.tensor([[3.0, 4.0], [6.0, 8.0]])
        model.bias.data = t.zeros(2)
        utils.weight_norm(model, dim=dim)
        log += [repr(model), str({k: v.tolist() for k, v in model.state_dict().items()})]
        model.weight_g.data = model.weight_g.data * 2
        log.append(numbers(model.weight))
        y = model(t.ones(1, 2))
        y.sum().backward()
        log += [numbers(y), numbers(model.weight_g.grad), numbers(model.weight_v.grad)]
        log += [first_line(lambda m=model: utils.weight_norm(m)), type(model.weight).__name__]
        log.append(str(utils.remove_weight_norm(model) is model))
        log += [numbers(model.weight), str([n for n, _ in model.named_parameters()])]
        log.append(numbers(model(t.ones(1, 2))))
    return [
        *log,
        tried(lambda: utils.remove_weight_norm(model)),
        tried(lambda: utils.weight_norm(t.nn.LazyLinear(1))),
    ]


@quietly
def old_spectral_norm(t: Any) -> Log:
    utils = t.nn.utils
    model = t.nn.Linear(2, 2)
    weight = model.weight
    weight.data = t.tensor([[3.0, 1.0], [0.0, 2.0]])
    utils.spectral_norm(model, n_power_iterations=2)
    log = [str(model.weight_orig is weight), str(list(model.state_dict()))]
    u = t.tensor([0.6, 0.8])
    model.load_state_dict({"bias": u, "weight_orig": weight, "weight_u": u, "weight_v": u})
    log.append(numbers(model.weight))
    y = model(t.ones(1, 2)) + model(t.ones(1, 2))
    y.sum().backward()
    log += [numbers(y), numbers(weight.grad), numbers(model.weight_u), numbers(model.weight_v)]
    model.eval()
    log += [numbers(model(t.ones(1, 2))), numbers(model.weight_u)]
    log.append(tried(lambda: utils.spectral_norm(model)))
    utils.remove_spectral_norm(model)
    log += [numbers(model.weight), str(list(model.state_dict())), str(model.training)]
    for shaped in (t.nn.Conv2d(2, 3, 2), t.nn.ConvTranspose1d(2, 3, 2)):
        utils.spectral_norm(shaped)
        log.append(str({k: tuple(v.shape) for k, v in shaped.state_dict().items()}))
        log.append(str(bool((shaped.weight_u.square().sum() - 1).abs() < 1e-5)))
    return [
        *log,
        tried(lambda: utils.remove_spectral_norm(model)),
        tried(lambda: utils.spectral_norm(t.nn.Linear(1, 1), n_power_iterations=0)),
        tried(lambda: utils.spectral_norm(t.nn.Linear(1, 1, bias=False), "bias")),
        tried(lambda: utils.spectral_norm(t.nn.LazyLinear(1))),
    ]


def spectral_norm_of_last_dimension(t: Any) -> Log:
    model = t.nn.Conv1d(2, 2, 2, bias=False, dtype=t.float64)
    model.weight.data = t.arange(8, dtype=t.float64).reshape(2, 2, 2)
    t.nn.utils.parametrizations.spectral_norm(model, dim=2)
    u, v = t.tensor([0.6, 0.8]), t.tensor([0.1, 0.2, 0.3, 0.4])
    state = {"original": model.parametrizations.weight.original, "0._u": u, "0._v": v}
    model.load_state_dict({f"parametrizations.weight.{k}": x for k, x in state.items()})
    return [numbers(model.eval().weight)]


PROGRAMS = [
    orthogonal_maps,
    orthogonal_choices,
    parametrization_checks,
    parametrization_identity,
    old_weight_norm,
    old_spectral_norm,
    spectral_norm_of_last_dimension,
]
