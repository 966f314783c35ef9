"""The calls that are drawn: text for torch and MiniTorch, by families of one form."""

from __future__ import annotations

from typing import TypeAlias

from hypothesis import strategies as st
from tests.cases.elementwise import named
from tests.cases.table import CASES

# The text, the number of its tensors, and their element types (none for all).
Call: TypeAlias = tuple[str, int, tuple[str, ...]]

WHOLE = ("int64",)
FLOATS = ("float32", "float64")
MOST = ("float32", "float64", "int64", "bool")

UNARY = [
    *named(CASES),
    *"""
    bitwise_not digamma lgamma positive
    argwhere atleast_1d atleast_2d atleast_3d flatten ravel t trace tril triu fliplr flipud
    clone numel nonzero sort argsort unique msort diag diag_embed diagonal unbind rot90
    sum mean prod max min amax amin argmax argmin aminmax std var all any count_nonzero median
    nanmedian nansum nanmean norm mode
    """.split(),
]
BINARY = """
    add sub mul div pow floor_divide remainder fmod atan2 maximum minimum fmax fmin hypot
    logaddexp logical_and logical_or logical_xor bitwise_and bitwise_or bitwise_xor
    eq ne lt le gt ge isclose equal allclose xlogy copysign
    matmul mm mv dot inner outer bmm kron
""".split()
OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "==", "<", ">=", "&", "|", "^", "<<", ">>", "@"]
ALONG = """
    sum mean prod amax amin argmax argmin std var all any logsumexp max min median nansum nanmean
    count_nonzero cumsum cumprod cummax cummin logcumsumexp sort argsort mode unbind softmax
    squeeze unsqueeze flip
""".split()
KEEPING = "sum mean prod amax amin argmax argmin std var all any logsumexp max min median".split()

numbers = st.sampled_from(["2", "-1", "0", "0.5", "2.5", "True"])
dims = st.sampled_from(["0", "1", "-1", "2", "-2"])
several = st.sampled_from(["(0, 1)", "(0,)", "()", "(-1, 0)", "(0, 0)", "(1, 2)"])
sizes = st.sampled_from(["(2, -1)", "(-1,)", "(3, 2)", "(6,)", "(1, 2, 1, -1)", "()", "(0, 3)"])
entries = st.sampled_from(
    [
        "0", "-1", "1", "2", ":", "1:", ":-1", "::2", "None", "...", "[0, 1]", "[0]", "[[0], [1]]",
        "t.tensor([1, 0])", "t.tensor(1)", "t.tensor([-1])", "True", "False", "x > 0",
        "t.tensor([True, False])", "t.tensor([], dtype=t.int64)", "-3:5:3",
    ]
)  # fmt: skip
indices = st.lists(entries, min_size=1, max_size=3).map(", ".join)
# Torch takes another way where True or False stands alone: it casts what is written.
places = indices.filter(lambda text: "True" not in text and "False" not in text)


def one(text: str, **parts: st.SearchStrategy[str]) -> st.SearchStrategy[Call]:
    """Return calls of one tensor, whose other parts are drawn."""
    return st.fixed_dictionaries(parts).map(lambda drawn: (text.format(**drawn), 1, ()))


def two(
    text: str, types: tuple[str, ...] = (), **parts: st.SearchStrategy[str]
) -> st.SearchStrategy[Call]:
    """Return calls of two tensors, whose other parts are drawn."""
    return st.fixed_dictionaries(parts).map(lambda drawn: (text.format(**drawn), 2, types))


names = st.sampled_from
ELEMENTWISE = [
    one("t.{name}(x)", name=names(UNARY)),
    one(
        "x.{name}()",
        name=names([one for one in UNARY if one not in ("atleast_1d", "atleast_2d", "atleast_3d")]),
    ),
    two("t.{name}(x, y)", name=names(BINARY)),
    two("x.{name}(y)", name=names(BINARY)),
    two("x {operator} y", operator=names(OPERATORS)),
    one("x {operator} {number}", operator=names(OPERATORS), number=numbers),
    one("{number} {operator} x", operator=names(OPERATORS[:-1]), number=numbers),
    one("x.{name}({number})", name=names(BINARY[:8]), number=numbers),
    two("t.where(x > 0, x, y)"),
    one("t.clamp(x, {a}, {b})", a=numbers, b=numbers),
    two("t.clamp(x, min=y)"),
    two("t.lerp(x, y, {number})", number=numbers),
    two("t.add(x, y, alpha={number})", number=names(["2", "-1", "0.5", "0"])),
    two("t.div(x, y, rounding_mode='{mode}')", mode=names(["floor", "trunc"])),
    one("t.round(x, decimals={n})", n=names(["1", "-1", "0"])),
    one(
        "x.to(t.{kind})",
        kind=names("bool uint8 int8 int16 int32 int64 float16 float32 float64".split()),
    ),
]
REDUCTIONS = [
    one("x.{name}({dim})", name=names(ALONG), dim=dims),
    one("x.{name}({dim}, keepdim=True)", name=names(KEEPING), dim=dims),
    one(
        "x.{name}({dims})",
        name=names("sum mean amax amin all any".split()),
        dims=several,
    ),
    one("x.var({dim}, correction={c})", dim=dims, c=names(["0", "1", "2"])),
    one("t.norm(x, {p}, {dim})", p=names(["1", "2", "3", "float('inf')"]), dim=dims),
    one("x.sum({dim}, dtype=t.{kind})", dim=dims, kind=names(["float64", "float32"])),
]
MOVEMENT = [
    one(
        "x.{name}({size})",
        name=names(["reshape", "view", "expand", "permute"]),
        size=sizes,
    ),
    one("x.transpose({a}, {b})", a=dims, b=dims),
    one("x.movedim({a}, {b})", a=dims, b=dims),
    one("x.flatten({a}, {b})", a=dims, b=dims),
    one("x.narrow({dim}, {a}, {b})", dim=dims, a=dims, b=dims),
    one("x.select({dim}, {a})", dim=dims, a=dims),
    one(
        "x.{name}({n}, {dim})",
        name=names(["split", "chunk", "tensor_split"]),
        n=names(["1", "2", "3"]),
        dim=dims,
    ),
    one("x.roll({n}, {dim})", n=dims, dim=dims),
    one("x.flip({dims})", dims=several),
    one("x.repeat_interleave({n}, {dim})", n=names(["0", "1", "2"]), dim=dims),
    one("x.{name}({n})", name=names(["tril", "triu", "diag", "diagonal"]), n=dims),
    one("x.unfold({dim}, {n}, {step})", dim=dims, n=names(["0", "1", "2"]), step=names(["1", "2"])),
    two("t.{name}([x, y])", name=names("cat stack hstack vstack dstack".split())),
    two("t.{name}([x, y], {dim})", name=names(["cat", "stack"]), dim=dims),
    two("t.broadcast_tensors(x, y)"),
    two("x.expand_as(y)"),
]
INDEXING = [
    one("x[{index}]", index=indices),
    one("write(x, {number})[{index}]", index=places, number=numbers),
    two("write(x, y)[{index}]", index=places),
    two("x.masked_fill(y > 0, {number})", number=numbers),
    two("x.masked_select(y > 0)"),
    one("x.take(t.tensor([{a}, {b}]))", a=dims, b=dims),
    one("x.index_select({dim}, t.tensor([{a}, {b}]))", dim=dims, a=dims, b=dims),
    one("x.gather({dim}, (x > 0).long())", dim=dims),
    two("x.scatter({dim}, (y > 0).long(), y)", dim=dims),
    two("x.scatter_add({dim}, (y > 0).long(), y)", dim=dims),
    two("x.index_add({dim}, t.tensor([0, 1]), y)", dim=dims),
    one("x.detach().topk({k}, {dim})[0]", k=names(["0", "1", "2"]), dim=dims),
    one("(x * 1.0).kthvalue({k}, {dim})[0]", k=names(["1", "2"]), dim=dims),
    two("t.searchsorted(x.sort()[0], y)", ("int64", "int32")),
    two("t.isin(x.contiguous(), y.contiguous())"),
    one("t.bincount(x)"),
]
CALLS = [*ELEMENTWISE, *REDUCTIONS, *MOVEMENT, *INDEXING]
