"""Programs about `nn.utils`, `nn.init` and `func`, as `programs.py` has them about modules."""

from __future__ import annotations

import importlib
import math
from typing import Any

from tests.cases.case import quietly
from tests.cases.nn.logs import Log, numbers, tried, warned


@quietly
def functional_calls(t: Any) -> Log:
    called = importlib.import_module(f"{t.__name__}.func").functional_call
    model = t.nn.Linear(1, 1)
    x, two = t.ones(1, 1), t.tensor([[2.0]], requires_grad=True)
    weights = {"weight": two, "bias": t.zeros(1)}
    before = model.weight
    y = called(model, weights, x)
    y.sum().backward()
    log = [numbers(y), numbers(two.grad), str(model.weight is before), str(before.grad)]
    log.append(numbers(called(model, ({"weight": two}, {"bias": x[0]}), (), {"input": x})))
    norm = t.nn.BatchNorm1d(1)
    state = {"running_mean": t.zeros(1), "num_batches_tracked": t.tensor(4)}
    called(norm, state, t.tensor([[1.0], [3.0]]))
    log += [str({k: v.tolist() for k, v in state.items()}), str(norm.running_mean.tolist())]
    log.append(str(norm.num_batches_tracked.tolist()))
    tied = t.nn.Sequential(model, model)
    log.append(numbers(called(tied, {"0.weight": two, "0.bias": t.zeros(1)}, x)))
    apart = {"0.weight": two, "1.weight": two * 2, "0.bias": t.zeros(1)}
    log.append(tried(lambda: called(tied, apart, x)))
    log += [str(len(called(model, {"nope": x}, x))), str(hasattr(model, "nope"))]
    utils = t.nn.utils
    old = utils.stateless.functional_call
    log += [warned(lambda: old(model, weights, x)), numbers(old(model, weights, x))]
    return [
        *log,
        tried(lambda: called(model, {"a.b": x}, x)),
        tried(lambda: called(model, {"training": x}, x)),
        tried(lambda: called(model, {"weight": 1}, x)),
        tried(lambda: called(model, {"": x}, x)),
        tried(lambda: called(model, {"nope": x}, x, strict=True)),
        tried(lambda: len(called(model, weights, x, strict=True))),
        tried(lambda: called(model, [{"weight": x}, {"weight": x}], x)),
        tried(lambda: called(model, [{"weight": x}, 3], x)),
        tried(lambda: called(model, 3, x)),
    ]


@quietly
def skipped_values(t: Any) -> Log:
    utils = t.nn.utils
    log: Log = []
    for make, options in (
        (t.nn.Linear, (2, 3)),
        (t.nn.Conv2d, (1, 2, 2)),
        (t.nn.Embedding, (3, 2)),
        (t.nn.BatchNorm1d, (2,)),
        (t.nn.MultiheadAttention, (2, 1)),
    ):
        t.manual_seed(0)
        made = utils.skip_init(make, *options)
        drawn = t.rand(1).item()
        t.manual_seed(0)
        log += [repr(made), str(drawn == t.rand(1).item())]
        log.append(str({n: tuple(p.shape) for n, p in made.named_parameters()}))
    again = t.nn.Linear(2, 3)
    return [
        *log,
        str(bool(again.weight.abs().sum() > 0)),
        tried(lambda: utils.skip_init(t.nn.Tanh)),
        tried(lambda: utils.skip_init(int))[:40],
    ]


def deprecated_names(t: Any) -> Log:
    init, utils = t.nn.init, t.nn.utils
    x = t.zeros(2, 2)
    log = [
        warned(lambda n=name, o=options: getattr(init, n)(x, *o))
        for name, options in (
            ("uniform", ()),
            ("normal", ()),
            ("constant", (2.0,)),
            ("eye", ()),
            ("xavier_uniform", ()),
            ("xavier_normal", ()),
            ("kaiming_uniform", ()),
            ("kaiming_normal", ()),
            ("orthogonal", ()),
            ("sparse", (0.5,)),
        )
    ]
    log.append(warned(lambda: init.dirac(t.zeros(1, 1, 1))))
    p = t.nn.Parameter(t.zeros(1))
    log += [
        warned(lambda: utils.clip_grad_norm([p], 1.0)),
        warned(lambda: utils.clip_grad_norm_((q for q in list[Any]()), 1.0)),
        warned(lambda: utils.clip_grad_norm_([], 1.0)),
        warned(lambda: init.kaiming_uniform_(t.zeros(0, 1), mode="neither")),
        warned(lambda: init.kaiming_normal_(t.zeros(0, 1))),
        warned(lambda: init.orthogonal_(t.zeros(0, 1))),
        warned(lambda: init.xavier_uniform_(t.zeros(0, 1))),
        warned(lambda: init.sparse_(t.zeros(0, 1), 0.5)),
        warned(lambda: init.trunc_normal_(t.zeros(1), 5.0)),
        init.uniform.__name__,
    ]
    return log


@quietly
def truncated_edges(t: Any) -> Log:
    fill = t.nn.init.trunc_normal_
    log = [
        str(fill(t.zeros(2), a=1.0, b=1.0).tolist()),
        str(tuple(fill(t.zeros(0, 2)).shape)),
        tried(lambda: fill(t.zeros(1), a=1.0, b=-1.0)),
        tried(lambda: fill(t.zeros(1), std=0.0)),
    ]
    far = fill(t.zeros(100), a=5.0, b=9.0)
    log.append(str(bool((far >= 5.0).all()) and 5.1 < far.mean().item() < 5.3))
    endless = fill(t.zeros(100), a=-math.inf, b=math.inf)
    return [*log, str(bool((endless.abs() < 7).all()))]


@quietly
def packed_networks(t: Any) -> Log:
    rnn = t.nn.utils.rnn
    log: Log = []
    x = t.arange(18, dtype=t.float64).reshape(3, 3, 2) * 0.1 - 0.8
    for name, options in (
        ("RNN", {}),
        ("GRU", {"bidirectional": True}),
        ("LSTM", {"proj_size": 2, "num_layers": 2}),
        ("LSTM", {"proj_size": 1, "bidirectional": True}),
        ("LSTM", {"batch_first": True}),
    ):
        model = getattr(t.nn, name)(2, 3, dtype=t.float64, **options)
        for k, p in enumerate(model.parameters()):
            n = math.prod(p.shape)
            p.data = ((t.arange(n, dtype=t.float64) + k).cos() * 0.5).reshape(p.shape)
        first = options.get("batch_first", False)
        layers = options.get("num_layers", 1) * (2 if options.get("bidirectional") else 1)
        start = t.arange(layers * 9, dtype=t.float64).reshape(layers, 3, 3) * 0.1
        h = start[:, :, : options.get("proj_size", 3)].sin().requires_grad_()
        state = (h, start.cos()) if name == "LSTM" else h
        for lengths, ordered in (([3, 2, 1], True), ([1, 3, 2], False), ([3, 3, 1], False)):
            packed = rnn.pack_padded_sequence(x, t.tensor(lengths), first, ordered)
            for given in (None, state):
                y, last = model(packed, given)
                padded, told = rnn.pad_packed_sequence(y, first, -1.0)
                log += [numbers(padded), str(told.tolist()), numbers(y.data)]
                log += [numbers(one) for one in (last if name == "LSTM" else [last])]
                log += [str([None if one is None else one.tolist() for one in y[2:]])]
            h.grad = None
            padded.sum().backward()
            log.append(numbers(h.grad))
        if name != "LSTM":  # whose states torch does not check, but the addition below
            packed = rnn.pack_padded_sequence(x, [3, 2, 1])
            log.append(tried(lambda m=model, p=packed, s=h[:, :2]: m(p, s)))
    return log


def packed_sequences(t: Any) -> Log:
    rnn = t.nn.utils.rnn
    rows = [t.tensor([1, 2]), t.tensor([3]), t.tensor([4, 5, 6])]
    packed = rnn.pack_sequence(rows, enforce_sorted=False)
    log = [str([one.tolist() for one in packed])]
    log.append(str([one.tolist() for one in rnn.unpack_sequence(packed)]))
    padded, lengths = rnn.pad_packed_sequence(packed, padding_value=-1)
    log += [str(padded.tolist()), str(lengths.tolist()), str(padded.dtype), str(lengths.dtype)]
    log.append(str([one.tolist() for one in rnn.unpad_sequence(padded.t(), lengths, True)]))
    # Torch transposes its argument in place here.
    log.append(str([one.tolist() for one in rnn.unpad_sequence(padded, lengths)]))
    floats = packed.to(t.float64)
    log += [str(floats.data.dtype), str(floats.batch_sizes.dtype), str(packed.double() == 0)]
    log += [str(packed.float().data.dtype), str(packed.is_cuda), str(packed.long() is packed)]
    log.append(str(packed.cpu() is packed))
    log.append(str(rnn.pad_sequence(tuple(rows)).tolist()))
    return [
        *log,
        tried(lambda: rnn.pack_sequence(rows)),
        tried(lambda: rnn.pack_sequence([])),
        tried(lambda: rnn.pack_sequence([t.ones(1), t.ones(0)])),
        tried(lambda: rnn.pack_sequence([t.ones(2, 2), t.ones(1, 3)]))[:12],
        tried(lambda: rnn.pack_padded_sequence(t.ones(2, 1), []))[:60],
        tried(lambda: rnn.pack_padded_sequence(t.ones(2, 2), [1, 2])),
        tried(lambda: rnn.pack_padded_sequence(t.ones(2, 2), t.tensor([1, 2]))),
        tried(lambda: rnn.invert_permutation(None)),
        tried(lambda: rnn.unpad_sequence(t.ones(2, 1), t.tensor([1, 2])))[:11],
        tried(lambda: rnn.pad_sequence(3)),
        str(rnn.pad_sequence(t.ones(2, 1)).tolist()),
    ]


PROGRAMS = [
    functional_calls,
    skipped_values,
    deprecated_names,
    truncated_edges,
    packed_networks,
    packed_sequences,
]
