"""The small changes that can be made to a source, each a mistake that a person could make.

Left alone are texts and docstrings, annotations, what `raise` and `assert` say, names in `__all__`
and `__slots__`, what only a type checker reads, and the sizes of caches.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import Final

COMPARED: Final[dict[type[ast.cmpop], tuple[str, str]]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.NotIn: ("not in", "in"),
}
COMPUTED: Final[dict[type[ast.operator], tuple[str, str]]] = {
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.FloorDiv: ("//", "/"),
    ast.Mod: ("%", "*"),
    ast.Pow: ("**", "*"),
    ast.BitAnd: ("&", "|"),
    ast.BitOr: ("|", "&"),
    ast.LShift: ("<<", ">>"),
    ast.RShift: (">>", "<<"),
}
OPPOSITES: Final = dict(
    pair
    for a, b in [
        ("min", "max"),
        ("amin", "amax"),
        ("argmin", "argmax"),
        ("minimum", "maximum"),
        ("any", "all"),
        ("floor", "ceil"),
    ]
    for pair in ((a, b), (b, a))
)
# What only a type checker reads, or what no result depends on.
SILENT_CALLS: Final = frozenset("TypeVar ParamSpec TypeVarTuple NewType cast lru_cache".split())
# In any order their arguments mean the same.
COMMUTATIVE: Final = frozenset("isinstance min max gcd transpose may_share_memory".split())
SILENT_NAMES: Final = frozenset("__all__ __slots__ __version__ __match_args__".split())
SILENT_KEYWORDS: Final = frozenset(["stacklevel", "strict"])  # `strict`: zip's, an invariant


@dataclass(frozen=True, order=True)
class Mutant:
    """A change to a file: the bytes from `start` to `end` become `text`."""

    file: str
    line: int
    start: int
    end: int
    text: str

    def source(self, source: bytes) -> bytes:
        """Return the source of the file with the change."""
        return source[: self.start] + self.text.encode() + source[self.end :]

    def shown(self, source: bytes) -> tuple[str, str]:
        """Return the changed lines before and after, without what surrounds them."""
        first = source.rfind(b"\n", 0, self.start) + 1
        last = source.find(b"\n", self.end)
        last = len(source) if last < 0 else last
        around = source[first : self.start].decode(), source[self.end : last].decode()
        before = around[0] + source[self.start : self.end].decode() + around[1]
        after = around[0] + self.text + around[1]
        return " ".join(before.split()), " ".join(after.split())


def mutants_of(file: str, source: bytes) -> list[Mutant]:
    """Return all changes to a source, in its order; a few may be no Python."""
    return sorted(set(_Finder(file, source).found))


class _Finder(ast.NodeVisitor):
    """Walks through a module and collects what can be changed."""

    def __init__(self, file: str, source: bytes) -> None:
        self.file = file
        self.bytes = source
        self.found: list[Mutant] = []
        self.starts = [0]
        for line in source.splitlines(keepends=True):
            self.starts.append(self.starts[-1] + len(line))
        self.visit(ast.parse(source))

    def place(self, node: ast.expr | ast.stmt | ast.keyword) -> tuple[int, int]:
        """Return where a node begins and ends, in bytes."""
        assert node.end_lineno is not None
        assert node.end_col_offset is not None
        start = self.starts[node.lineno - 1] + node.col_offset
        return start, self.starts[node.end_lineno - 1] + node.end_col_offset

    def text(self, node: ast.expr | ast.stmt | ast.keyword) -> str:
        start, end = self.place(node)
        return self.bytes[start:end].decode()

    def change(self, start: int, end: int, text: str) -> None:
        line = self.bytes.count(b"\n", 0, start) + 1
        self.found.append(Mutant(self.file, line, start, end, text))

    def replace(self, node: ast.expr | ast.stmt, text: str) -> None:
        self.change(*self.place(node), text)

    def replace_between(self, left: ast.expr, right: ast.expr, old: str, new: str) -> None:
        """Replace the sign that stands between two expressions."""
        begin, end = self.place(left)[1], self.place(right)[0]
        between = re.sub(rb"#[^\n]*", lambda m: b" " * len(m[0]), self.bytes[begin:end])
        sign = re.search(re.escape(old).replace(r"\ ", r"\s+").encode(), between)
        if sign:
            self.change(begin + sign.start(), begin + sign.end(), new)

    def visit_all(self, nodes: list[ast.stmt]) -> None:
        for node in nodes:
            self.visit(node)

    # --- What is left alone

    def visit_Raise(self, node: ast.Raise) -> None:
        self.replace(node, "pass")

    def visit_Assert(self, node: ast.Assert) -> None:
        pass

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        pass

    def visit_If(self, node: ast.If) -> None:
        if "TYPE_CHECKING" in ast.unparse(node.test):
            self.visit_all(node.orelse)
        else:
            self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        if not any("Protocol" in ast.unparse(base) for base in node.bases):
            self.visit_all(node.body)

    def visit_function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        decorators = [ast.unparse(decorator) for decorator in node.decorator_list]
        if any("overload" in name or "abstractmethod" in name for name in decorators):
            return
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                self.visit(default)
        self.visit_all(node.body)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self.visit_function(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self.visit_function(node)

    # --- Statements

    def visit_Expr(self, node: ast.Expr) -> None:
        if isinstance(node.value, ast.Constant):
            return
        self.replace(node, "pass")
        self.generic_visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        names = {n.id for t in node.targets for n in ast.walk(t) if isinstance(n, ast.Name)}
        if names & SILENT_NAMES:
            return
        stored = any(isinstance(t, ast.Attribute | ast.Subscript) for t in node.targets)
        read = {n.id for n in ast.walk(node.value) if isinstance(n, ast.Name)}
        if stored or (len(node.targets) == 1 and names & read):
            self.replace(node, "pass")
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None and "TypeAlias" not in ast.unparse(node.annotation):
            if isinstance(node.target, ast.Attribute):
                self.replace(node, "pass")
            self.visit(node.value)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        self.replace(node, "pass")
        if type(node.op) in COMPUTED:
            old, new = COMPUTED[type(node.op)]
            self.replace_between(node.target, node.value, f"{old}=", f"{new}=")
        self.visit(node.value)

    def visit_Delete(self, node: ast.Delete) -> None:
        if not all(isinstance(target, ast.Name) for target in node.targets):
            self.replace(node, "pass")

    def visit_Continue(self, node: ast.Continue) -> None:
        self.replace(node, "pass")

    def visit_Break(self, node: ast.Break) -> None:
        self.replace(node, "pass")

    def visit_Return(self, node: ast.Return) -> None:
        if node.value is not None and ast.unparse(node.value) != "None":
            self.replace(node.value, "None")
            self.visit(node.value)

    # --- Expressions

    def visit_Constant(self, node: ast.Constant) -> None:
        value = node.value
        if value is True or value is False:
            self.replace(node, str(not value))
        elif isinstance(value, int | float):
            self.replace(node, repr(value + 1))
            self.replace(node, repr(value - 1) if value >= 1 else f"({value - 1!r})")

    def visit_Compare(self, node: ast.Compare) -> None:
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            self.replace_between(left, right, *COMPARED[type(operator)])
            left = right
        self.generic_visit(node)

    def visit_BinOp(self, node: ast.BinOp) -> None:
        texts = any(
            isinstance(side, ast.JoinedStr)
            or (isinstance(side, ast.Constant) and isinstance(side.value, str))
            for side in (node.left, node.right)
        )
        types = isinstance(node.op, ast.BitOr) and self.names_types(node)
        if type(node.op) in COMPUTED and not texts and not types:
            self.replace_between(node.left, node.right, *COMPUTED[type(node.op)])
        if not types:
            self.generic_visit(node)

    def names_types(self, node: ast.expr) -> bool:
        """Return whether an expression is a union of types, such as `int | None`."""
        if isinstance(node, ast.BinOp):
            return self.names_types(node.left) and self.names_types(node.right)
        last = ast.unparse(node).partition("[")[0].rpartition(".")[2]
        return last in {"int", "float", "bool", "str", "complex", "None", "list", "tuple"} or (
            last[:1].isupper() and not last.isupper()
        )

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        old, new = ("and", "or") if isinstance(node.op, ast.And) else ("or", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            self.replace_between(left, right, old, new)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant):
            value = ast.literal_eval(node)
            for other in (value + 1, value - 1):
                self.replace(node, f"({other!r})" if other < 0 else repr(other))
            return
        if isinstance(node.op, ast.Not | ast.USub | ast.Invert):
            self.replace(node, f"({self.text(node.operand)})")
        self.generic_visit(node)

    def visit_Slice(self, node: ast.Slice) -> None:
        for bound in (node.lower, node.upper):
            if bound is not None:
                self.replace(bound, "")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if isinstance(node.func, ast.Name):
            called = node.func.id
        if called in SILENT_CALLS:
            return
        if called in OPPOSITES:
            end = self.place(node.func)[1]
            self.change(end - len(called), end, OPPOSITES[called])
        if called not in COMMUTATIVE:
            for a, b in zip(node.args, node.args[1:], strict=False):
                if self.text(a) != self.text(b) and not isinstance(b, ast.Starred):
                    between = self.bytes[self.place(a)[1] : self.place(b)[0]].decode()
                    swapped = f"{self.text(b)}{between}{self.text(a)}"
                    self.change(self.place(a)[0], self.place(b)[1], swapped)
        for keyword in node.keywords:
            if keyword.arg is not None and keyword.arg not in SILENT_KEYWORDS:
                start, end = self.place(keyword)
                comma = re.match(rb"\s*,", self.bytes[end:])
                before = re.search(rb",\s*$", self.bytes[:start])
                if comma:
                    self.change(start, end + comma.end(), "")
                elif before:
                    self.change(before.start(), end, "")
                else:
                    self.change(start, end, "")
        for part in (node.func, *node.args):
            self.visit(part)
        for keyword in node.keywords:
            if keyword.arg not in SILENT_KEYWORDS:
                self.visit(keyword.value)
