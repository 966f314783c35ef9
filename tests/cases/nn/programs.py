"""Programs about modules, in the words that `torch` and `minitorch` share: each returns a log.

What a program logs is compared as text: names, shapes, numbers, the types and messages of errors.
"""

from __future__ import annotations

import copy
import operator
import pickle
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from tests.cases.case import quietly
from tests.cases.nn.programs_hooks import PROGRAMS as HOOKS
from tests.cases.nn.programs_parametrizations import PROGRAMS as PARAMETRIZATIONS
from tests.cases.nn.programs_utilities import PROGRAMS as UTILITIES

Log = list[str]


def tried(call: Callable[[], Any]) -> str:
    """Return what a call returns, or its error, as text."""
    try:
        return repr(call())
    except Exception as error:  # noqa: BLE001  (any error is compared)
        return f"{type(error).__name__}: {error}"


def ones(module: Any) -> Any:
    """Make all parameters of a module 1, so that its numbers are known."""
    for p in module.parameters():
        p.data = p.data * 0 + 1
    return module


def buffers(t: Any) -> Log:
    module = t.nn.Module()
    module.kept = t.nn.Buffer(t.ones(2))
    module.left = t.nn.Buffer(t.ones(1), persistent=False)
    module.register_buffer("none", None)
    log = [str([n for n, _ in module.named_buffers()]), str(list(module.state_dict()))]
    module.kept = t.zeros(3)
    log.append(str([tuple(b.shape) for b in module.buffers()]))
    del module.left
    log += [
        str(list(module.state_dict())),
        tried(lambda: tuple(module.get_buffer("kept").shape)),
        tried(lambda: module.get_buffer("left")),
        tried(lambda: setattr(module, "kept", 3)),
        tried(lambda: module.left),
    ]
    return log


def paths(t: Any) -> Log:
    model = t.nn.Sequential(t.nn.Linear(1, 2), t.nn.Sequential(t.nn.ReLU(), t.nn.Linear(2, 1)))
    model.add_module("again", model[0])
    log = [
        str([n for n, _ in model.named_modules()]),
        str([n for n, _ in model.named_modules(remove_duplicate=False)]),
        str([n for n, _ in model.named_children()]),
        str([n for n, _ in model.named_parameters()]),
        str([n for n, _ in model.named_parameters(remove_duplicate=False)]),
        str(list(model.state_dict(prefix="net."))),
        repr(model.get_submodule("1.0")),
        tried(lambda: model.get_submodule("1.9")),
        tried(lambda: model.get_parameter("1.1.bias").shape == (1,)),
        tried(lambda: model.get_parameter("1.1.nothing")),
    ]
    model.set_submodule("1.0", t.nn.Tanh())
    return [*log, repr(model), tried(lambda: model.set_submodule("", t.nn.Tanh()))]


def casts(t: Any) -> Log:
    model = t.nn.BatchNorm1d(2)
    before = model.weight
    log = []
    calls: list[Callable[[], Any]] = [
        lambda: model.double(),
        lambda: model.half(),
        lambda: model.float(),
        lambda: model.to(t.float64),
        lambda: model.to("cpu", t.float32),
        lambda: model.to(t.zeros(1, dtype=t.float64)),
        lambda: model.to(dtype=t.float32, non_blocking=True),
        lambda: model.to(device="cpu"),
        lambda: model.type(t.float64),
    ]
    for call in calls:
        call()
        log.append(str([str(v.dtype) for v in model.state_dict().values()]))
    log.append(str(model.weight is before))
    return [*log, tried(lambda: model.to(t.int64))]


def shared_weights(t: Any) -> Log:
    first = t.nn.Linear(2, 2)
    second = t.nn.Linear(2, 2)
    second.weight = first.weight
    model = t.nn.Sequential(first, second).double()
    return [str(model[0].weight is model[1].weight), str(len(list(model.parameters())))]


def forward_hooks(t: Any) -> Log:
    log: Log = []
    module = ones(t.nn.Linear(1, 1))
    handles = [
        module.register_forward_pre_hook(lambda m, args: log.append(f"pre {args[0].tolist()}")),
        module.register_forward_pre_hook(lambda m, args: args[0] + 1),
        module.register_forward_pre_hook(lambda m, args: log.append("first"), prepend=True),
        module.register_forward_hook(lambda m, args, y: log.append(f"after {y.tolist()}")),
        module.register_forward_hook(lambda m, args, y: y * 2),
        module.register_forward_hook(
            lambda m, args, kwargs, y: log.append(f"{kwargs} {y.tolist()}"), with_kwargs=True
        ),
        module.register_forward_pre_hook(lambda m, args, kwargs: (args, kwargs), with_kwargs=True),
    ]
    log.append(str(module(t.ones(1, 1)).tolist()))
    for handle in handles:
        handle.remove()
    log.append(str(module(t.ones(1, 1)).tolist()))
    with module.register_forward_hook(lambda m, args, y: y * 0):
        log.append(str(module(t.ones(1, 1)).tolist()))
    module.register_forward_hook(lambda m, args, y: log.append(f"always {y}"), always_call=True)
    log.append(tried(lambda: module("nothing"))[:9])
    module.register_forward_pre_hook(lambda m, args, kwargs: 3, with_kwargs=True)
    log.append(tried(lambda: module(t.ones(1, 1))))
    return log


def backward_hooks(t: Any) -> Log:
    log: Log = []
    module = ones(t.nn.Linear(2, 1, bias=False))
    module.register_full_backward_pre_hook(lambda m, g: log.append(f"pre {g[0].tolist()}"))
    module.register_full_backward_pre_hook(lambda m, g: (g[0] * 2,))
    handle = module.register_full_backward_hook(
        lambda m, inner, outer: log.append(f"{inner[0].tolist()} {outer[0].tolist()}")
    )
    module.register_full_backward_hook(lambda m, inner, outer: (inner[0] * 10,))
    x = t.tensor([[1.0, 2.0]], requires_grad=True)
    for _ in range(2):
        module(x).sum().backward()
        log += [str(x.grad.tolist()), str(module.weight.grad.tolist())]
    handle.remove()
    module(x).sum().backward()
    log.append(str(x.grad.tolist()))

    both = t.nn.Bilinear(1, 1, 1, bias=False)
    ones(both).register_full_backward_hook(
        lambda m, inner, outer: log.append(str([g if g is None else g.tolist() for g in inner]))
    )
    x, y = (t.tensor([[n]], requires_grad=True) for n in (3.0, 2.0))
    both(x, y).sum().backward()
    return log


def state_hooks(t: Any) -> Log:
    log: Log = []
    model = t.nn.Sequential(t.nn.Linear(1, 1), t.nn.ReLU())
    model[0].register_state_dict_pre_hook(lambda m, prefix, keep: log.append(f"{prefix} {keep}"))
    model[0].register_state_dict_post_hook(
        lambda m, state, prefix, meta: state.update({prefix + "more": t.ones(1)})
    )
    state = model.state_dict()
    log.append(str(list(state)))
    model[0].register_load_state_dict_pre_hook(
        lambda m, state, prefix, *rest: state.pop(prefix + "more", None)
    )
    log.append(str(model.load_state_dict(state)))
    model.register_load_state_dict_post_hook(lambda m, keys: keys.missing_keys.clear())
    return [*log, str(model.load_state_dict({})), str(len(state))]


def extra_state(t: Any) -> Log:
    class Counter(t.nn.Module):  # type: ignore[misc]  # either module's
        count = 3

        def get_extra_state(self) -> object:
            return {"count": self.count}

        def set_extra_state(self, state: Any) -> None:
            self.count = state["count"]

    model, other = t.nn.Sequential(Counter()), t.nn.Sequential(Counter())
    model[0].count = 7
    state = model.state_dict()
    other.load_state_dict(state)
    return [str(dict(state)), str(other[0].count), tried(lambda: model.load_state_dict({}))]


def loading(t: Any) -> Log:
    model = t.nn.Linear(1, 2)
    weight = t.ones(2, 1, dtype=t.float64)
    log = [
        tried(lambda: model.load_state_dict([1])),
        tried(lambda: model.load_state_dict({"weight": 3, "bias": t.zeros(2)})),
        tried(
            lambda: model.load_state_dict(
                {"weight": t.zeros(1, 1), "b": t.zeros(2), "c": t.ones(1)}
            )
        ),
        str(model.load_state_dict({"weight": weight}, strict=False)),
        str(model.weight.dtype),
        str(model.load_state_dict({"weight": weight, "bias": t.ones(2)}, assign=True)),
        str((model.weight.dtype, model.weight.requires_grad, type(model.weight).__name__)),
    ]
    kept = model.state_dict(keep_vars=True)
    into = OrderedDict(first=t.ones(1))
    return [
        *log,
        str(kept["bias"] is model.bias),
        str(list(model.state_dict(destination=into))),
    ]


def copies(t: Any) -> Log:
    model = t.nn.Sequential(t.nn.Linear(1, 2), t.nn.BatchNorm1d(2))
    twin, third = copy.deepcopy(model), pickle.loads(pickle.dumps(model))
    log = []
    for other in (twin, third):
        log.append(str([tuple(p.shape) for p in other.parameters()]))
        log.append(str(other[0].weight is model[0].weight))
        log.append(str(other[0].weight.tolist() == model[0].weight.tolist()))
        log.append(str(type(other[0].weight).__name__))
    return log


def sequential(t: Any) -> Log:
    nn = t.nn
    s = nn.Sequential(nn.Linear(1, 2), nn.ReLU())
    log = [tried(lambda: s[5]), tried(lambda: s.insert(5, nn.ReLU())), tried(lambda: s.append(3))]
    s.append(nn.Tanh()).extend([nn.Sigmoid()]).insert(1, nn.Identity())
    log += [repr(s), repr(s[1:3]), repr(s[-1]), str(len(s)), repr(s.pop(1))]
    s[0] = nn.Linear(3, 3)
    del s[1:3]
    log += [
        repr(s),
        repr(s + s),
        repr(s * 2),
        tried(lambda: s * 0),
        tried(lambda: operator.add(s, [1])),
    ]
    s += nn.Sequential(nn.ReLU())
    s *= 2
    log += [repr(s), str(list(s.state_dict())), tried(lambda: s.insert(0, 1))[:24]]
    named = nn.Sequential(OrderedDict(a=nn.ReLU(), b=nn.Tanh()))
    named.a = nn.Sigmoid()
    return [*log, repr(named), repr(list(named)), repr(named[:1])]


def module_lists(t: Any) -> Log:
    nn = t.nn
    layers = nn.ModuleList([nn.Linear(1, 2), nn.Linear(1, 2), nn.ReLU()])
    layers.append(nn.Linear(1, 2)).extend([nn.Tanh()])
    layers.insert(0, nn.Sequential(nn.ReLU()))
    log = [repr(layers), str(len(layers)), repr(layers[1:3]), repr(layers[-1])]
    log += [tried(lambda: layers[9]), tried(lambda: layers.append(3)), repr(layers.pop(0))]
    layers[0] = nn.Sigmoid()
    del layers[1]
    layers += [nn.ReLU()]
    log += [
        repr(operator.add(layers, [nn.ReLU()])),
        str(list(layers.state_dict())),
        repr(nn.ModuleList()),
    ]
    return [*log, tried(lambda: layers.extend(3)), tried(lambda: layers(1))]


def module_dicts(t: Any) -> Log:
    nn = t.nn
    layers = nn.ModuleDict({"b": nn.ReLU(), "a": nn.Linear(1, 1)})
    layers["c"] = nn.Tanh()
    layers.update([("d", nn.Sigmoid())])
    log = [repr(layers), str(list(layers.keys())), str("a" in layers), repr(layers.pop("a"))]
    del layers["b"]
    log += [str([k for k, _ in layers.items()]), repr(list(layers.values())), str(len(layers))]
    log += [
        tried(lambda: layers["z"]),
        tried(lambda: layers.update([1]))[:40],
        tried(lambda: layers.update([(1, 2, 3)])),
        tried(lambda: layers.update(3)),
        tried(lambda: layers.__setitem__("x", 3)),
        tried(lambda: layers.__setitem__(1, nn.ReLU())),
        tried(lambda: layers.__setitem__("training", nn.ReLU())),
    ]
    layers.clear()
    return [*log, repr(layers)]


def parameter_lists(t: Any) -> Log:
    nn = t.nn
    held = nn.ParameterList([t.zeros(2, 3), nn.Parameter(t.zeros(()))])
    held.append(t.ones(1)).extend([t.ones(2)])
    held += [t.ones(3)]
    held[0] = t.ones(4)
    log = [repr(held), str(len(held)), repr(held[1:3]), str(list(held.state_dict()))]
    log += [str([type(p).__name__ for p in held]), tried(lambda: held[9]), repr(nn.ParameterList())]
    return [*log, tried(lambda: held()), tried(lambda: held.extend(t.ones(2)))]


def parameter_dicts(t: Any) -> Log:
    nn = t.nn
    held = nn.ParameterDict({"b": t.zeros(2), "a": t.zeros(1, 2)})
    held["c"] = t.ones(1)
    log = [repr(held), str(list(held.keys())), str("a" in held), str(len(held))]
    log += [repr(held | nn.ParameterDict({"z": t.ones(1)})), repr(held.copy())]
    log += [str(held.pop("a").shape == (1, 2)), held.popitem()[0], str(held.get("q", 3))]
    held.setdefault("e", t.ones(2))
    held.update({"g": t.ones(1), "f": t.ones(1)})
    log += [str(list(held)), str(list(reversed(held))), str(list(held.state_dict()))]
    del held["e"]
    log += [str(sorted(k for k, _ in held.items())), repr(held.fromkeys(["x"], t.zeros(1)))]
    held.clear()
    return [*log, repr(held), tried(lambda: held["a"])]


def parameters(t: Any) -> Log:
    nn = t.nn
    return [
        str(tuple(nn.Parameter().shape)),
        str(nn.Parameter(t.ones(1)).requires_grad),
        str(nn.Parameter(t.ones(1), requires_grad=False).requires_grad),
        tried(lambda: nn.Parameter(t.tensor([1])))[:60],
        str(isinstance(nn.Parameter(t.ones(1)), t.Tensor)),
        repr(nn.Identity(54, unused=3)),
    ]


def trees(t: Any) -> Log:
    """Modes, gradients and functions reach every module."""
    model = t.nn.Sequential(t.nn.Linear(1, 1), t.nn.Sequential(t.nn.Dropout(0.5)))
    log = [str([m.training for m in model.eval().modules()])]
    log.append(str([m.training for m in model.train().modules()]))
    seen: Log = []
    model.apply(lambda m: seen.append(type(m).__name__))
    model.requires_grad_(False)
    log += [str(seen), str([p.requires_grad for p in model.parameters()])]
    model.requires_grad_()
    model(t.ones(1, 1)).sum().backward()
    model.zero_grad(set_to_none=False)
    log.append(str([p.grad.tolist() for p in model.parameters()]))
    model.zero_grad()
    return [*log, str([p.grad for p in model.parameters()])]


def clipping(t: Any) -> Log:
    utils = t.nn.utils
    log: Log = []
    for norm in (2.0, 1, float("inf")):
        p = [t.tensor([3.0, 4.0], requires_grad=True), t.tensor(12.0, requires_grad=True)]
        (p[0].sum() * p[0].detach().sum() + p[1] * 2).backward()
        log.append(f"{utils.clip_grad_norm_(p, 1.5, norm).item():.5f}")
        log.append(str([[round(x, 5) for x in q.grad.reshape(-1).tolist()] for q in p]))
        utils.clip_grad_value_(p, 0.25)
        log.append(str([[round(x, 5) for x in q.grad.reshape(-1).tolist()] for q in p]))
    p[1].grad = t.tensor(float("inf"))
    log.append(tried(lambda: utils.clip_grad_norm_(p, 1.0, error_if_nonfinite=True))[:60])
    log.append(str(utils.get_total_norm([t.tensor([3.0]), t.tensor([4.0])]).item()))
    return [*log, str(utils.clip_grad_norm_([], 1.0).item())]


def vectors(t: Any) -> Log:
    model = ones(t.nn.Linear(2, 1))
    vector = t.nn.utils.parameters_to_vector(model.parameters())
    t.nn.utils.vector_to_parameters(vector * 2, model.parameters())
    log = [str(vector.tolist()), str([p.tolist() for p in model.parameters()])]
    return [*log, tried(lambda: t.nn.utils.vector_to_parameters([1], []))[:40]]


def parametrized(t: Any) -> Log:
    class Double(t.nn.Module):  # type: ignore[misc]  # either module's
        def forward(self, x: Any) -> Any:
            return x * 2

        def right_inverse(self, x: Any) -> Any:
            return x / 2

    parametrize = t.nn.utils.parametrize
    model = ones(t.nn.Linear(2, 1))
    parametrize.register_parametrization(model, "weight", Double())
    log = [
        str(list(model.state_dict())),
        str(model.weight.tolist()),
        str(model.parametrizations.weight.original.tolist()),
        str(model(t.ones(1, 2)).tolist()),
        str(parametrize.is_parametrized(model)),
        str(parametrize.is_parametrized(model, "bias")),
        str([n for n, _ in model.named_parameters()]),
        type(model).__name__,
    ]
    model.weight = t.tensor([[6.0, 8.0]])
    log.append(str(model.parametrizations.weight.original.tolist()))
    model(t.ones(1, 2)).sum().backward()
    log.append(str(model.parametrizations.weight.original.grad.tolist()))
    with parametrize.cached():
        log.append(str(model.weight is model.weight))
    parametrize.register_parametrization(model, "weight", Double())
    log.append(str(model.weight.tolist()))
    parametrize.remove_parametrizations(model, "weight")
    log += [str(model.weight.tolist()), str(list(model.state_dict())), type(model).__name__]
    parametrize.register_parametrization(model, "bias", Double())
    parametrize.remove_parametrizations(model, "bias", leave_parametrized=False)
    log.append(str(model.bias.tolist()))
    return [
        *log,
        tried(lambda: parametrize.register_parametrization(model, "x", Double()))[:60],
        tried(lambda: parametrize.register_parametrization(model, "weight", t.nn.Flatten(0)))[:80],
        tried(lambda: parametrize.remove_parametrizations(model, "weight"))[-40:],
    ]


def weight_norms(t: Any) -> Log:
    log: Log = []
    for dim in (0, 1, None):
        model = t.nn.Linear(2, 2, bias=False)
        model.weight.data = t.tensor([[3.0, 4.0], [6.0, 8.0]])
        t.nn.utils.parametrizations.weight_norm(model, dim=dim)
        log.append(rounded(model.state_dict()))
        model(t.ones(1, 2)).sum().backward()
        log.append(rounded({n: p.grad for n, p in model.named_parameters()}))
    return log


def rounded(tensors: Any) -> str:
    """Return tensors by name as text, to four places."""
    return str({k: [round(x, 4) + 0.0 for x in v.reshape(-1).tolist()] for k, v in tensors.items()})


def spectral_norms(t: Any) -> Log:
    model = t.nn.utils.parametrizations.spectral_norm(t.nn.Linear(3, 2), n_power_iterations=30)
    log = [str({k: tuple(v.shape) for k, v in model.state_dict().items()})]
    model.parametrizations.weight.original.data = t.tensor([[3.0, 0.0, 0.0], [0.0, 2.0, 0.0]])
    for _ in range(3):
        weight = model.weight
    log.append(str([[round(abs(x), 3) for x in row] for row in weight.tolist()]))
    one = t.nn.utils.parametrizations.spectral_norm(t.nn.Linear(1, 3), "bias")
    one.parametrizations.bias.original.data = t.tensor([0.0, 3.0, 4.0])
    return [*log, str([round(x, 4) for x in one.bias.tolist()])]


def fusions(t: Any) -> Log:
    log: Log = []
    x = t.arange(16).reshape(1, 1, 4, 4) * 0.1
    for bias in (True, False):
        conv, norm = ones(t.nn.Conv2d(1, 2, 2, bias=bias)), t.nn.BatchNorm2d(2)
        norm.running_mean = t.tensor([0.5, -0.5])
        norm.running_var = t.tensor([4.0, 0.25])
        norm.weight.data = t.tensor([2.0, 3.0])
        fused = t.nn.utils.fuse_conv_bn_eval(conv.eval(), norm.eval())
        log.append(str(bool((fused(x) - norm(conv(x))).abs().max() < 1e-5)))
        log.append(str([n for n, _ in fused.named_parameters()]))
    linear, last = t.nn.Linear(2, 2).eval(), t.nn.BatchNorm1d(2).eval()
    fused = t.nn.utils.fuse_linear_bn_eval(linear, last)
    y = t.ones(1, 2)
    log.append(str(bool((fused(y) - last(linear(y))).abs().max() < 1e-5)))
    return [*log, tried(lambda: t.nn.utils.fuse_conv_bn_eval(conv.train(), norm))]


@quietly
def lazies(t: Any) -> Log:
    nn = t.nn
    log: Log = []
    made: list[tuple[Callable[[], Any], tuple[int, ...]]] = [
        (lambda: nn.LazyLinear(3), (2, 4)),
        (lambda: nn.LazyLinear(3, bias=False), (4,)),
        (lambda: nn.LazyConv1d(2, 3), (1, 4, 5)),
        (lambda: nn.LazyConv2d(4, 2, groups=2, padding=1), (1, 2, 5, 5)),
        (lambda: nn.LazyConv2d(4, 2), (3, 5, 5)),
        (lambda: nn.LazyConv3d(2, 1, bias=False), (1, 2, 2, 2, 2)),
        (lambda: nn.LazyConvTranspose1d(2, 3), (1, 4, 5)),
        (lambda: nn.LazyConvTranspose2d(2, 3, 2, 1, 1), (1, 4, 5, 5)),
        (lambda: nn.LazyConvTranspose3d(2, 1), (1, 4, 2, 2, 2)),
        (lambda: nn.LazyBatchNorm1d(), (2, 4)),
        (lambda: nn.LazyBatchNorm2d(affine=False), (2, 4, 2, 2)),
        (lambda: nn.LazyBatchNorm3d(track_running_stats=False), (2, 4, 2, 2, 1)),
        (lambda: nn.LazyInstanceNorm1d(affine=True), (2, 4, 3)),
        (lambda: nn.LazyInstanceNorm2d(affine=True, track_running_stats=True), (2, 4, 2, 2)),
        (lambda: nn.LazyInstanceNorm3d(affine=True), (2, 4, 2, 2, 2)),
    ]
    for make, shape in made:
        module = make()
        log += [
            repr(module),
            str(list(module.state_dict())),
            str(module.has_uninitialized_params()),
        ]
        y = module(t.ones(shape))
        log += [repr(module), type(module).__name__, str(tuple(y.shape))]
        log.append(str({k: tuple(v.shape) for k, v in module.state_dict().items()}))
        if "Instance" in type(module).__name__:
            continue  # loaded before its first call, torch's never learns its features
        other = make()
        log.append(str(other.load_state_dict(module.state_dict())))
        log.append(str({k: tuple(v.shape) for k, v in other.state_dict().items()}))
        log.append(str(tuple(other(t.ones(shape)).shape)))
    lazy = nn.LazyLinear(2)
    return [*log, tried(lambda: lazy.weight.shape)[:45], str(type(lazy.weight).__name__)]


PROGRAMS = [
    lazies,
    clipping,
    vectors,
    parametrized,
    weight_norms,
    spectral_norms,
    fusions,
    buffers,
    paths,
    casts,
    shared_weights,
    forward_hooks,
    backward_hooks,
    state_hooks,
    extra_state,
    loading,
    copies,
    sequential,
    module_lists,
    module_dicts,
    parameter_lists,
    parameter_dicts,
    parameters,
    trees,
    *HOOKS,
    *PARAMETRIZATIONS,
    *UTILITIES,
]
