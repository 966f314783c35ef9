"""What is exported: functions, by families."""

from __future__ import annotations

from typing import Final

from tests.front.onnx_running import Case, of

import minitorch as torch
from minitorch import Tensor
from minitorch.nn import functional as F

INT: Final = torch.tensor([[3, -1, 4], [1, -5, 9]])
TRUE: Final = torch.tensor([[True, False, True], [False, True, True]])
SPECIAL: Final = torch.tensor([1.0, float("nan"), float("inf"), float("-inf"), -0.5])
POSITIVE: Final = torch.tensor([[0.5, 1.25, 3.0], [0.1, 2.0, 7.5]])

ELEMENTWISE: Final[list[Case]] = [
    *(
        of(name, getattr(torch, name), (2, 3))
        for name in (
            "abs asinh atan ceil cos cosh erf erfc exp exp2 expm1 floor frac neg reciprocal relu "
            "round sigmoid sign sin sinh square tan tanh trunc"
        ).split()
    ),
    *(
        of(name, getattr(torch, name), POSITIVE)
        for name in "log log10 log1p log2 rsqrt sqrt".split()
    ),
    of("acos asin atanh", lambda x: (x.acos(), x.asin(), x.atanh()), torch.tensor([0.5, -0.25])),
    of("acosh", torch.acosh, torch.tensor([1.5, 2.25])),
    of("exp of integers", torch.exp, INT),
    of("floor of integers", lambda x: x.floor() + x.trunc(), INT),
    of("operators", lambda x, y: (x + y) * x - y / (x * x + 1.0), (2, 3), (3,)),
    of("numbers", lambda x: (2 - x) * 3 + 1 / (x * x + 2) - x / 4, (2, 3)),
    of("powers", lambda x: (x**2, x**3, 2**x, (x * x) ** 0.5), (2, 3)),
    of("power of a tensor", lambda x, y: x**y, POSITIVE, (2, 3)),
    of("alpha", lambda x, y: (torch.add(x, y, alpha=2), torch.sub(x, 1, alpha=3)), (2,), (2,)),
    of("rsub", lambda x, y: (torch.rsub(x, y, alpha=2), torch.rsub(x, 1)), (2,), (2,)),
    of("of two types", lambda x, y: (x + y, x * 2.5, x > y, x / 2), INT, (2, 3)),
    of("of truths", lambda x: (x + x, x * ~x, x | ~x, x & x, x ^ x, x < ~x), TRUE),
    of("bits", lambda x: (x & 3, x | 4, x ^ 1, ~x), INT),
    of("rounded", lambda x: (x // 0.5, x % 0.7, torch.fmod(x, 0.7)), (2, 3)),
    of("rounded toward 0", lambda x: torch.div(x, 0.3, rounding_mode="trunc"), (2, 3)),
    of("remainder of integers", lambda x: (x % 3, torch.fmod(x, 3)), INT),
    of("lerp", lambda x, y: torch.lerp(x, y, 0.25), (2, 3), (2, 3)),
    of("addcmul", lambda x, y: torch.addcmul(x, x, y, value=0.5), (2, 3), (2, 3)),
    of("clamp", lambda x: (x.clamp(-0.5, 0.5), x.clamp(min=0), x.clamp_max(0.1)), (2, 3)),
    of("clamp by tensors", lambda x, y: (x.clamp(y), x.clamp(y, y + 1)), (2, 3), (3,)),
    of("maximum", lambda x, y: (torch.maximum(x, y), torch.minimum(x, y)), (2, 3), (2, 3)),
    of("comparisons", lambda x, y: (x < y, x <= y, x > y, x >= y, x == y, x != y), INT, INT),
    of("with numbers", lambda x: (x < 0.5, x == 1, x >= 0.5), INT),
    of("logic", lambda x, y: (torch.logical_and(x, y), torch.logical_or(x, y)), TRUE, INT),
    of("not", lambda x, y: (torch.logical_not(x), torch.logical_xor(x, y)), TRUE, INT),
    of("no numbers", lambda x: (x.isnan(), x.isinf(), x.isfinite(), INT.isnan()), SPECIAL),
    of("where", lambda x: (torch.where(x > 0, x, 0.5), torch.where(x > 0, x, INT)), (2, 3)),
    of("masked_fill", lambda x, y: x.masked_fill(y, -1), (2, 3), TRUE),
    of("casts", lambda x: (x.long(), x.double(), x.to(torch.int32), x.bool(), x.half()), (2, 3)),
    of(
        "to", lambda x, y: (x.to(y), x.type_as(y), x.to(x), x.to("cpu"), x.type(y.dtype)), INT, (1,)
    ),
    of("the same", lambda x: (x.clone(), x.detach(), x.contiguous(), x.data, +x), (2, 3)),
    of("an input", lambda x: (x, x), (2, 3)),
    of("a constant", lambda x: (x + 1, torch.ones(2)), (2, 3)),
    of("nested", lambda x: {"a": x + 1, "b": [x * 2, (x * 3, None)]}["b"], (2, 3)),
]


def _augmented(x: Tensor) -> Tensor:
    y = x * 1
    y += x
    y *= 2
    y -= 1
    return y


def _set(x: Tensor) -> list[Tensor]:
    y, z = x * 1, torch.zeros(2, 3)
    y[0] = 5
    y[1, 1:] = x[0, :2]
    y[:, [0, 2]] += 1
    z[..., 0] = x[:, 1]
    z[torch.tensor([True, False])] = x[1]
    z[1:] = x[None, :1]
    return [x + y, z]


IN_PLACE: Final[list[Case]] = [
    of("relu_", lambda x: (x * 2).relu_() + x, (2, 3)),
    of("ge_", lambda x: ((x * 2).ge_(0), (x * 1).logical_not_()), (2, 3)),
    of("F.relu_", lambda x: F.relu(x * 2, inplace=True) + F.relu_(x), (2, 3)),
    of("add_", lambda x: (x * 1).add_(x).mul_(3).sub_(x, alpha=2).div_(4), (2, 3)),
    of("clamp_", lambda x: (x * 1).clamp_(0, 1), (2, 3)),
    of("augmented", _augmented, (2, 3)),
    of("setting", _set, (2, 3)),
    of("into constants", lambda x: (torch.zeros(2, 3).add_(x), torch.ones(2, 3).mul_(x)), (2, 3)),
    of(
        "copied",
        lambda x: (torch.zeros(2, 3).copy_(x) + x, (x * 1).fill_(2), (x + 1).zero_()),
        (3,),
    ),
    of("filled", lambda x: torch.zeros(2, 3).copy_(x).fill_(x[0]), (3,)),
]

ACTIVATIONS: Final[list[Case]] = [
    *(
        of(f"F.{name}", getattr(F, name), (3, 4))
        for name in (
            "celu elu gelu hardshrink hardsigmoid hardswish hardtanh leaky_relu logsigmoid mish "
            "relu relu6 rrelu selu sigmoid silu softplus softshrink softsign tanh tanhshrink"
        ).split()
    ),
    of("celu 2", lambda x: F.celu(x, 2.0), (3, 4)),
    of("elu 2", lambda x: F.elu(x, 2.0), (3, 4)),
    of("gelu tanh", lambda x: F.gelu(x, approximate="tanh"), (3, 4)),
    of("leaky_relu 0.3", lambda x: F.leaky_relu(x, 0.3), (3, 4)),
    of("softplus 2", lambda x: F.softplus(x * 10, 2.0, 3.0), (3, 4)),
    of("threshold", lambda x: F.threshold(x, 0.5, 9.0), SPECIAL),
    of("prelu", F.prelu, (2, 3, 2, 2), (3,)),
    of("prelu, one slope", F.prelu, (2, 3, 2), (1,)),
    of("glu", lambda x: F.glu(x, 1), (2, 4, 3)),
    of("softmax", lambda x: (F.softmax(x, 1), torch.softmax(x, 0), x.softmax(-1)), (2, 3, 2)),
    of("log_softmax", lambda x: (F.log_softmax(x, 1), x.log_softmax(0)), (2, 3)),
    of("softmin", lambda x: F.softmin(x, 1), (2, 3)),
    of("softmax of a type", lambda x: F.softmax(x, 1, dtype=torch.float64), (2, 3)),
    of("dropout outside training", lambda x: F.dropout(x, 0.5, False) * F.alpha_dropout(x), (2,)),
    of("normalize", F.normalize, (2, 3)),
    of("cosine_similarity", F.cosine_similarity, (2, 3), (2, 3)),
    of("pairwise_distance", F.pairwise_distance, (2, 3), (2, 3)),
    of("mse_loss", F.mse_loss, (2, 3), (2, 3)),
]

PRODUCTS: Final[list[Case]] = [
    of("matmul", lambda x, y: x @ y, (2, 3), (3, 4)),
    of("matmul of stacks", torch.matmul, (2, 1, 3, 4), (5, 4, 2)),
    of("matmul of vectors", lambda x, y: (x @ y, y @ x.t(), torch.dot(y, y)), (2, 3), (3,)),
    of(
        "mm bmm mv",
        lambda x, y: (torch.mm(x, x.t()), torch.bmm(y, y), x.mv(x[0])),
        (2, 3),
        (2, 3, 3),
    ),
    of("outer", torch.outer, (2,), (3,)),
    of(
        "of integers",
        lambda x: (x @ x.t(), torch.outer(x[0], x[1].bool()), x[0].byte().dot(x[0].byte())),
        INT,
    ),
    of("linear", F.linear, (2, 3), (4, 3), (4,)),
    of("linear, deep", F.linear, (2, 2, 3), (4, 3), (4,)),
    of("linear, no bias", F.linear, (3,), (4, 3)),
    of("addmm", lambda x, y, z: torch.addmm(x, y, z, beta=0.5, alpha=2), (4,), (2, 3), (3, 4)),
    of("baddbmm", lambda x, y: torch.baddbmm(x, y, y, beta=0.5, alpha=2), (2, 3, 3), (2, 3, 3)),
    of("einsum", lambda x, y: torch.einsum("bij, bjk -> bik", x, y), (2, 3, 4), (2, 4, 2)),
    of("bilinear", F.bilinear, (2, 3), (2, 4), (5, 3, 4), (5,)),
    of("tensordot", lambda x, y: torch.tensordot(x, y, 1), (2, 3), (3, 4)),
]

REDUCTIONS: Final[list[Case]] = [
    of("sum", lambda x: (x.sum(), x.sum(1), x.sum((0, 2), True), x.sum(-1, True)), (2, 3, 4)),
    of("sum of integers", lambda x: (x.sum(), (x > 0).sum(1), x.sum(dtype=torch.float32)), INT),
    of("mean", lambda x: (x.mean(), x.mean(1), x.mean((0, 2), True)), (2, 3, 4)),
    of("prod", lambda x: (x.prod(), x.prod(1)), (2, 3)),
    of("amax", lambda x: (x.amax(), x.amax((0, 1)), x.amin(1, True)), (2, 3)),
    of("max", lambda x: (x.max(), x.min()), (2, 3)),
    of("max along", lambda x: (x.max(1), x.min(0, True)), (2, 3)),
    of("max of two", lambda x, y: (x.max(y), torch.min(x, y)), (2, 3), (2, 3)),
    of("argmax", lambda x: (x.argmax(), x.argmin(1), x.argmax(0, True)), (2, 3)),
    of("argmax kept", lambda x: torch.argmin(x, None, True), (2, 3)),
    of("var", lambda x: (x.var(), x.var(1), x.var(1, False), x.std((0, 2), True, True)), (2, 3, 4)),
    of("var_mean", lambda x: (torch.var_mean(x, 1), torch.std_mean(x, 0, keepdim=True)), (2, 3)),
    of("correction", lambda x: x.std(1, correction=0), (2, 3)),
    of("norm", lambda x: (x.norm(), x.norm(1, 1), x.norm(3, 0), x.norm(float("inf"), 1)), (2, 3)),
    of("logsumexp", lambda x: (x.logsumexp(1), x.logsumexp((0, 1), True)), (2, 3)),
    of("all any", lambda x: (x.all(), x.any(0), x.all(1, True), (x < INT).any()), TRUE),
    of("sort", lambda x: (x.sort(), x.sort(0, True), x.argsort(1)), (3, 4)),
    of("order of truths", lambda x: (x.sort(), x.max(1), x.min(0)), TRUE),
    of("any of nothing", lambda x: (x.any(), x.all()), torch.zeros(0)),
    of("of a number", lambda x: (x.sum(0), x.amax(0), x.mean(), x.softmax(0)), ()),
    of("sort with ties", lambda x: x.sort(stable=True), torch.tensor([2, 1, 2, 1, 3])),
    of("topk", lambda x: (x.topk(2), x.topk(1, 0, False)), (3, 4)),
    of("cumsum", lambda x: (x.cumsum(1), x.cumsum(-2)), (3, 4)),
]

SHAPING: Final[list[Case]] = [
    of("view", lambda x: (x.view(6, 4), x.reshape(-1), x.reshape((2, -1))), (2, 3, 4)),
    of("flatten", lambda x: (x.flatten(), x.flatten(1), torch.ravel(x)), (2, 3, 4)),
    of("unflatten", lambda x: x.unflatten(1, (2, -1)), (2, 6)),
    of(
        "squeeze", lambda x: (x.squeeze(), x.squeeze(0), x.squeeze((0, 2)), x.squeeze(1)), (1, 3, 1)
    ),
    of("unsqueeze", lambda x: (x.unsqueeze(0), x.unsqueeze(-1)), (2, 3)),
    of("transpose", lambda x: (x.transpose(0, -1), x.swapaxes(1, 2), x.mT), (2, 3, 4)),
    of("permute", lambda x: (x.permute(2, 0, 1), x.movedim(0, -1), x.T), (2, 3, 4)),
    of("t", lambda x: (x.t(), x.T), (2, 3)),
    of("expand", lambda x: (x.expand(2, 3, 4), x.expand(2, -1, 4), x.expand_as(x)), (3, 1)),
    of("broadcast_to", lambda x: torch.broadcast_to(x, (4, 2, 3)), (2, 3)),
    of("view_as", lambda x, y: (x.view_as(y), x.reshape_as(y)), (2, 3), (6,)),
    of("cat", lambda x, y: (torch.cat([x, y]), torch.cat([x, x], -1)), (2, 3), (1, 3)),
    of("cat of types", lambda x: torch.cat([x, INT, torch.zeros(0)]), (1, 3)),
    of("stack", lambda x, y: (torch.stack([x, y]), torch.stack([x, y], -1)), (2, 3), (2, 3)),
    of("hstack", lambda x: (torch.hstack([x, x]), torch.vstack([x, x])), (2, 3)),
    of("split", lambda x: (x.split(2), x.split([1, 4], 0), x.split(3, 1)), (5, 3)),
    of("chunk", lambda x: (x.chunk(2), x.chunk(3, 1), x.chunk(1)), (5, 3)),
    of("unbind", lambda x: (x.unbind(), x.unbind(1), tuple(x)), (2, 3)),
    of("narrow", lambda x: (x.narrow(1, 1, 2), x.narrow(0, -1, 1), x.select(1, -1)), (2, 3)),
    of("repeat", lambda x: (x.repeat(2, 1, 3), x.tile((2,))), (2, 3)),
    of("repeat_interleave", lambda x: (x.repeat_interleave(2), x.repeat_interleave(3, 1)), (2, 3)),
    of("flip", lambda x: (x.flip(0), x.flip((0, -1)), torch.fliplr(x)), (2, 3)),
    of("roll", lambda x: (x.roll(1), x.roll((1, -2), (0, 1)), x.roll(4, 1), x.roll(2, 0)), (2, 3)),
    of("tril", lambda x: (x.tril(), x.triu(1), x.tril(-1)), (3, 3)),
    of("meshgrid", lambda x, y: torch.meshgrid(x, y, indexing="ij"), (2,), (3,)),
    of("pad", lambda x: (F.pad(x, (1, 2)), F.pad(x, (1, 0, 0, -1), value=3)), (2, 3)),
    of("pad and cut", lambda x: F.pad(x, (-1, 2, 1, 0), "circular"), (2, 3, 4)),
    *(
        of(f"pad {mode}", lambda x, mode=mode: F.pad(x, (1, 2, 2, 1), mode), (2, 3, 4))
        for mode in ("reflect", "replicate", "circular")
    ),
]

INDICES: Final = torch.tensor([2, 0, -1])
GRID: Final = torch.tensor([[0, 1], [1, 0]])

INDEXING: Final[list[Case]] = [
    of("numbers", lambda x: (x[0], x[-1, 2], x[:, 1], x[..., -1]), (2, 3, 4)),
    of("slices", lambda x: (x[:1], x[:, 1:-1], x[..., ::2], x[1:, :, -3:]), (2, 3, 4)),
    of(
        "mixed", lambda x: (x[None, 0], x[:, None, 1:], x[0, :, None, ::3], x[..., None]), (2, 3, 4)
    ),
    of("a tensor", lambda x: (x[:, INDICES], x[INDICES], x[GRID, 1]), (3, 4)),
    of("a list", lambda x: (x[[1, 0]], x[:, [0, 2]]), (2, 3)),
    of("two tensors", lambda x: (x[GRID, GRID], x[:, GRID, GRID], x[GRID, :, GRID]), (2, 2, 2, 2)),
    of("broadcast", lambda x: x[:, GRID, torch.tensor([1, 0])], (2, 2, 3)),
    of("an input", lambda x, i: (x[i], x[:, i]), (3, 3), INDICES),
    of("index_select", lambda x, i: x.index_select(1, i), (2, 3), torch.tensor([2, 0])),
    of("index_select one", lambda x, i: x.index_select(1, i), (2, 3), torch.tensor(1)),
    of("gather", lambda x, i: x.gather(1, i), (2, 3), GRID),
    of("scatter", lambda x, i: (x.scatter(1, i, x), x.scatter(1, i, 2.0)), (2, 3), GRID),
    of("take_along_dim", lambda x, i: x.take_along_dim(i, 1), (2, 3), GRID),
    of("embedding", lambda i, w: F.embedding(i, w, padding_idx=0), GRID, (3, 4)),
    of("one_hot", lambda i: (F.one_hot(i, 4), F.one_hot(i[0, 0], 3)), GRID),
]
