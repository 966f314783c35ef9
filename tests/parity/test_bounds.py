"""Numbers that go through their bounds: each call has torch's result, or is refused as there."""

from __future__ import annotations

import math
import warnings
from typing import Any

import pytest
import torch

import minitorch

NAMES = {
    "x": "t.arange(24.0).reshape(2, 3, 4).sin()",
    "v": "t.arange(5.0).cos()",
    "m": "(t.arange(9.0).reshape(3, 3) ** 2).sin()",
    "i": "t.tensor([[0, 2, 1], [1, 1, 0]])",
    "w": "t.arange(12.0).reshape(4, 3).cos()",
    "images": "t.arange(2 * 4 * 25.0).reshape(2, 4, 5, 5).sin()",
    "k": "t.arange(4 * 2 * 9.0).reshape(4, 2, 3, 3).cos()",
    "e": "t.tensor([math.nan, math.inf, -math.inf, 1.5])",
    "F": "t.nn.functional",
    "nn": "t.nn",
}
NUMBERS = range(-5, 7)
LINES = """
t.einsum("abc,cd->" + "abd bad dab dba adb bda".split()[{n} % 6], x, t.ones(4, 2).cumsum(0))
t.einsum("abc,dab->" + "acbd dcab cadb bdac".split()[{n} % 4], x, x.permute(2, 0, 1))
t.einsum("abcd->" + "bcda dabc cdab bdca".split()[{n} % 4], images) | t.cdist(m, m * 2, 0)
F.embedding_bag(i.flatten(), w, t.tensor([0, abs({n}) % 6, 6]), include_last_offset=True)
F.embedding_bag(i[0], w, t.tensor([0, 1, abs({n}) + 1]), mode="sum", include_last_offset=True)
F.embedding_bag(i.flatten(), w, t.tensor([0, 2, abs({n}) % 5 + 2]), mode="max")
t.norm(m.round(), 0, {n})
F.conv2d(images[..., :abs({n}) + 1], k, groups=2)
F.conv2d(images[..., :abs({n}), :], k, groups=2)
F.avg_pool2d(images, (2, abs({n}) + 1), (1, 2), 0, True)
F.max_pool2d(images, (abs({n}), 2), 3, 0, 1, True)
t.unique(i + {n}, dim={n}) | t.unique(x.round(), dim={n}, return_inverse=True)
bool(t.tensor([{n}]))
t.linalg.qr(x, "r reduced complete".split()[{n} % 3]) | F.fold(x, (2, 2), (1, {n}))
F.unfold(images, (1, {n}))
t.linalg.norm(m, ["fro", "nuc", 1, -1, 2, -2][{n} % 6], dtype=t.float64)
nn.utils.parameters_to_vector([v[: abs({n})], m, w])
t.zeros(2, requires_grad={n} > 0).requires_grad | t.ones(2, requires_grad={n} > 0).requires_grad
t.empty(2, requires_grad={n} > 0).requires_grad
t.full((2,), 1.0, requires_grad={n} > 0).requires_grad
t.rand(2, requires_grad={n} > 0).requires_grad | t.randn(2, requires_grad={n} > 0).requires_grad
t.eye(2, requires_grad={n} > 0).requires_grad | t.arange(2.0, requires_grad={n} > 0).requires_grad
t.linspace(0, 1, 2, requires_grad={n} > 0).requires_grad
t.tensor([1.0], requires_grad={n} > 0).requires_grad
t.zeros_like(v, requires_grad={n} > 0).requires_grad
t.ones_like(v, requires_grad={n} > 0).requires_grad
t.empty_like(v, requires_grad={n} > 0).requires_grad
t.full_like(v, 1, requires_grad={n} > 0).requires_grad
t.rand_like(v, requires_grad={n} > 0).requires_grad
t.randn_like(v, requires_grad={n} > 0).requires_grad
v.new_zeros(2, requires_grad={n} > 0).requires_grad
v.new_ones(2, requires_grad={n} > 0).requires_grad
v.new_empty(2, requires_grad={n} > 0).requires_grad
v.new_tensor([1.0], requires_grad={n} > 0).requires_grad
v.new_full((2,), 1.0, requires_grad={n} > 0).requires_grad
t.addmm(m, m, m, beta={n}) | t.addmm(m, m, m, alpha={n}) | t.addmm(m, m, m, beta=0, alpha={n})
t.addmv(m[0], m, m[1], beta={n}, alpha=3) | t.addr(m, m[0], m[1], beta={n}, alpha=3)
t.baddbmm(x[:, :, :3], x, x.mT, beta={n}, alpha=3) | t.addbmm(m, x, x.mT, beta={n}, alpha=3)
t.addbmm(m, x, x.mT, beta=0, alpha={n}) | t.baddbmm(x[:, :, :3], x, x.mT, beta=0, alpha={n})
t.addr(m, m[0], m[1], beta=0, alpha={n}) | t.addmv(m[0], m, m[1], beta=0, alpha={n})
t.add(v, v, alpha={n}) | t.sub(v, v, alpha={n}) | t.add(i, i, alpha={n}) | t.sub(i, i, alpha={n})
t.addcmul(v, v, v, value={n}) | t.addcdiv(v, v, v, value={n}) | t.lerp(v, v + 1, {n} / 4)
t.lerp(v, v.sin(), v * {n} / 4) | t.nan_to_num(e, {n}) | t.nan_to_num(e, None, {n}, 7)
t.nan_to_num(e, 3, 7, {n}) | t.clamp(v, {n} / 4) | t.clamp(v, max={n} / 4) | t.clamp(i, {n}, 1)
t.pow(v, {n}) | t.pow(i, {n}) | t.pow({n}, v) | t.pow({n}, i) | v ** ({n} / 2)
t.float_power(v, {n})
t.fmod(v, {n}) | t.remainder(v, {n}) | t.fmod(i, {n} or 1) | t.remainder(i, {n} or 1)
i // ({n} or 1)
t.div(v, {n}, rounding_mode="floor") | t.div(i, {n} or 1, rounding_mode="trunc")
t.round(v, decimals={n})
t.norm(m, {n}) | t.norm(m, {n}, 1) | t.linalg.vector_norm(m, {n}) | t.linalg.norm(m[0], {n})
t.var(m, 0, correction={n}) | t.std(m, 1, correction={n}) | t.var_mean(m, correction={n})
t.quantile(v, {n} / 4) | t.quantile(m, {n} / 4, 1) | t.dist(v, v + 1, {n})
t.cdist(m, m + 1, {n})
F.normalize(m, {n}) | F.pairwise_distance(m, m + 1, {n}) | F.lp_pool1d(x.abs(), {n} or 1, 2)
F.leaky_relu(v, {n} / 4) | F.elu(v, {n} / 4) | F.hardshrink(v, {n} / 4)
F.softshrink(v, abs({n}) / 4)
F.threshold(v, {n} / 4, 7) | F.huber_loss(v, v + 2, delta=abs({n}) + 1)
F.smooth_l1_loss(v, v + 2, beta=abs({n}))
F.multi_margin_loss(w, i.flatten()[:4], margin={n}) | F.triplet_margin_loss(m, m + 1, m - 1, {n})
F.poisson_nll_loss(v, v + 2, eps=abs({n}) + 1)
F.gaussian_nll_loss(v, v + 1, v.abs(), eps=abs({n}) + 1)
x[[[0]] * (30 + {n})] | x[[None] * (26 + {n})].shape
x.sum({n}) | x.mean({n}) | x.prod({n}) | x.amax({n}) | x.argmax({n}) | x.std({n})
x.logsumexp({n})
x.norm(2, {n}) | x.median({n}) | x.mode({n}) | x.cumsum({n}) | x.cumprod({n})
x.logcumsumexp({n})
x.cummax({n}) | x.sort({n}) | x.kthvalue({n}) | x.kthvalue(1, {n}) | x.topk({n}) | x.topk(1, {n})
x.flip({n}) | x.roll({n}, 1) | x.roll(1, {n}) | x.unsqueeze({n}) | x.squeeze({n}) | x.unbind({n})
x.select({n}, 0) | x.select(1, {n}) | x.narrow({n}, 0, 1) | x.narrow(1, {n}, 1)
x.narrow(1, 0, {n})
x.narrow(1, 1, {n}) | x[{n}] | x[:, {n}] | x[..., {n}:] | x[..., :{n}] | x[:, :, {n}:3]
x[:, ::{n}]
x.split({n}) | x.split({n}, 1) | x.split(1, {n}) | x.split([1, {n}], 1) | x.chunk({n})
x.chunk(2, {n})
x.tensor_split({n}, 1) | x.tensor_split([{n}], 1) | x.movedim(0, {n}) | x.transpose(0, {n})
x.permute(0, 1, {n}) | x.flatten({n}) | x.flatten(0, {n}) | x.unflatten(2, (2, {n})) | x.diff({n})
x.unflatten({n}, (1, -1)) | x.reshape(4, {n}) | x.reshape({n}, -1) | x.view(6, {n})
x.repeat({n}, 1, 1)
x.expand(2, 3, {n}) | x.expand({n}, 2, 3, 4) | x.diff(1, {n}) | x.gather({n}, i.reshape(2, 3, 1))
x.repeat_interleave({n}) | x.repeat_interleave(2, {n}) | x.unfold({n}, 1, 1) | x.unfold(2, {n}, 1)
x.unfold(2, 2, {n}) | x.softmax({n}) | x.log_softmax({n}) | x.diagonal({n})
x.diagonal(0, {n}, 2)
x.diagonal(0, 0, {n}) | m.tril({n}) | m.triu({n}) | m.diag({n}) | v.diag({n})
t.diag_embed(v, {n})
t.diag_embed(v, 0, {n}, -1) | t.eye({n})
t.eye(2, {n}) | t.arange({n}) | t.arange(0, 4, {n}) | t.linspace(0, 1, {n})
t.logspace(0, 1, {n})
t.zeros({n}) | t.ones(2, {n}) | t.full(({n},), 1.0) | t.tril_indices({n}, 3)
t.tril_indices(3, 3, {n})
t.triu_indices(3, {n}) | t.triu_indices(3, 3, {n}) | t.combinations(v, {n})
t.stack([v, v], {n}) | t.cat([x, x], {n}) | t.rot90(m, {n}) | t.rot90(m, 1, (0, {n}))
t.cross(x, x, {n})
t.bincount(i[0], minlength={n}) | t.bincount(i[0] + {n}) | t.histc(v, {n})
t.take(x, t.tensor({n})) | t.index_select(x, {n}, i[0]) | t.index_select(x, 1, i[0] + {n})
t.gather(x, 1, i.reshape(2, 3, 1) + {n}) | t.scatter(x, {n}, i.reshape(2, 3, 1), 1.0)
t.scatter(x, 1, i.reshape(2, 3, 1) + {n}, 1.0) | x.index_add(1, i[0] + {n}, x) | x[:, i + {n}]
x.index_add({n}, i[0], x) | x.index_fill({n}, i[0], 1.0) | x.index_copy(1, i[0] + {n}, x)
t.linalg.matrix_power(m, {n}) | t.matrix_power(m, {n}) | t.linalg.vector_norm(x, 2, {n})
t.multinomial(v.exp(), {n}).shape | t.poisson(v + {n}).shape | t.normal(v, float({n})).shape
t.bernoulli(v * 0 + {n}) | t.bernoulli(v, {n}).shape | t.randint({n}, (3,)).shape
t.randperm({n}).shape
t.randint(2, {n}, (3,)).shape | v.exponential_({n}).shape | v.geometric_({n} / 4).shape
v.random_({n}).shape | v.random_(1, {n}).shape | v.uniform_(1, {n}).shape
v.normal_(0, {n}).shape
v.log_normal_(0, {n}).shape | v.cauchy_(0, {n}).shape | t.bernoulli(i + {n}).shape
F.one_hot(i, {n}) | F.one_hot(i + {n}) | F.embedding(i + {n}, w) | F.embedding(i, w, {n})
F.embedding_bag(i, w, padding_idx={n}) | F.embedding_bag(i + {n}, w) | F.glu(x, {n})
F.pad(x, (1, {n}))
F.embedding_bag(i[0], w, t.tensor([0, {n}])) | F.pad(x, (1, {n}), "reflect")
F.pad(x, ({n} % 4, 1), "circular")
F.pad(x, ({n}, 0), "replicate") | F.nll_loss(w, t.tensor([0, 1, 2, {n}])) | F.fold(m, (2, {n}), 1)
F.cross_entropy(w, t.tensor([0, 1, 2, {n}])) | F.multi_margin_loss(w, t.tensor([0, 1, 2, {n}]))
F.multilabel_margin_loss(w[0], t.tensor([0, {n}, -1]))
F.cross_entropy(w, i.flatten()[:4], label_smoothing=abs({n}) / 4)
F.conv2d(images, k, groups={n}) | F.conv2d(images, k, stride={n}, groups=2)
F.unfold(images, {n})
F.conv2d(images, k, padding={n}, groups=2) | F.conv2d(images, k, dilation={n}, groups=2)
F.conv_transpose2d(images, k, groups={n}) | F.conv_transpose2d(images, k, stride={n})
F.conv_transpose2d(images, k, output_padding={n}, stride=2)
F.conv_transpose2d(images, k, padding={n})
F.max_pool2d(images, {n}) | F.max_pool2d(images, 2, {n}) | F.max_pool2d(images, 2, 2, {n})
F.max_pool2d(images, 2, 2, 0, {n}) | F.avg_pool2d(images, {n}) | F.avg_pool2d(images, 3, {n})
F.avg_pool2d(images, 3, 1, {n}) | F.avg_pool2d(images, 2, divisor_override={n})
F.lp_pool2d(images, 2, {n})
F.adaptive_avg_pool2d(images, {n}) | F.adaptive_max_pool2d(images, {n})
F.adaptive_max_pool2d(images, (0, {n}))
F.pixel_shuffle(images, {n}) | F.pixel_unshuffle(images[..., :4, :4], {n})
F.channel_shuffle(images, {n})
F.unfold(images, 2, {n}) | F.unfold(images, 2, 1, {n}) | F.unfold(images, 2, 1, 0, {n})
F.interpolate(images, {n}) | F.interpolate(images, scale_factor={n})
F.group_norm(images, {n} or 3)
F.local_response_norm(images, {n}) | F.dropout(v, {n} / 4).shape
F.feature_alpha_dropout(x, {n} / 4).shape
F.normalize(x, 2, {n}) | F.cosine_similarity(x, x + 1, {n}) | F.softmin(x, {n})
F.gumbel_softmax(x, dim={n}).shape
F.max_unpool2d(images[..., :2, :2], t.arange(4).reshape(1, 1, 2, 2).expand(2, 4, 2, 2) + {n}, 2)
nn.Linear({n}, 2) | nn.Linear(2, {n}) | nn.Embedding({n}, 2) | nn.Embedding(3, 2, {n})
nn.Embedding(3, {n})
nn.EmbeddingBag(3, 2, padding_idx={n}) | nn.Conv2d(4, 4, 1, groups={n}) | nn.Conv2d(4, {n}, 1)
nn.Dropout({n} / 4) | nn.AlphaDropout({n} / 4) | nn.LSTM(2, {n}) | nn.LSTM(2, 3, {n})
nn.LSTM(2, 3, proj_size={n})
nn.GRU(2, 3, 2, dropout={n} / 4) | nn.GroupNorm({n}, 4) | nn.GroupNorm(2, {n})
nn.MultiheadAttention(4, {n})
nn.Softplus({n})(v) | nn.Threshold({n}, 1)(v) | nn.Hardtanh(-1, {n})(v) | nn.ELU({n})(v)
nn.CELU({n})(v)
nn.HuberLoss(delta={n})(v, v + 1) | nn.SmoothL1Loss(beta={n})(v, v + 1) | nn.Flatten({n})(x)
nn.PReLU({n})
nn.Unflatten(1, ({n}, 1))(x) | nn.CosineEmbeddingLoss({n})(w, w + 1, t.ones(4))
nn.Bilinear(2, {n}, 1)
"""
CALLS = [call.strip() for line in LINES.strip().splitlines() for call in line.split(" | ")]
REFUSED = (
    *(RuntimeError, IndexError, ValueError, TypeError, NotImplementedError, AssertionError),
    ZeroDivisionError,
)


def outcome(module: Any, call: str) -> object:
    """Return what can be compared of a call's result, or that it is refused."""
    names = {"t": module}
    names |= {name: eval(text, {"t": module, "math": math}) for name, text in NAMES.items()}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return shown(eval(call, names))
        except REFUSED:
            return "refused"


def shown(value: Any) -> object:
    if isinstance(value, (torch.Tensor, minitorch.Tensor)):
        kind = str(value.dtype).rpartition(".")[2]
        return tuple(value.shape), kind, value.detach().flatten().tolist()
    if isinstance(value, (torch.nn.Module, minitorch.nn.Module)):
        return [(name, tuple(p.shape)) for name, p in value.named_parameters()]
    return [shown(one) for one in value] if isinstance(value, (list, tuple)) else value


def same(one: object, other: object) -> bool:
    if isinstance(one, (list, tuple)) and isinstance(other, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, float) and isinstance(other, float):
        both_nan = math.isnan(one) and math.isnan(other)
        return both_nan or math.isclose(one, other, rel_tol=1e-4, abs_tol=1e-5)
    return one == other


@pytest.mark.parametrize("call", CALLS)
def test_through_the_bounds(call: str) -> None:
    for number in NUMBERS:
        line = call.replace("{n}", str(number))
        ours, theirs = outcome(minitorch, line), outcome(torch, line)
        assert same(ours, theirs), f"{line}: {ours} here, {theirs} in torch"
