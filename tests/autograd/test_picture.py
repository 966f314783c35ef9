"""Pictures of the graph: what they say, how they fold, and that the boxes stay apart."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest

from minitorch_autograd import Tensor, draw_graph, ones, tensor

SVG = "{http://www.w3.org/2000/svg}"


def shared() -> tuple[Tensor, dict[str, Tensor]]:
    """A graph in which `h` is used twice."""
    x = tensor([1.0, 2.0], requires_grad=True)
    w = tensor([0.5, 0.0], requires_grad=True)
    h = x * w
    return (h * h + h.exp()).sum(), {"x": x, "w": w, "h": h}


def tangled(length: int) -> Tensor:
    """Two chains in which every link is used by both of the next."""
    a = b = ones(2, requires_grad=True)
    for _ in range(length):
        a, b = a * b, a + b
    return a + b


def test_text() -> None:
    loss, names = shared()
    assert str(draw_graph(loss, names)) == (
        "SumBackward0  () float32\n"
        "← AddBackward0  (2,) float32\n"
        "├─ MulBackward0  (2,) float32\n"
        "│  ← h = MulBackward0  (2,) float32  #1\n"
        "│  ├─ x  (2,) float32\n"
        "│  └─ w  (2,) float32\n"
        "└─ ExpBackward0  (2,) float32\n"
        "   ← h = MulBackward0: see #1"
    )


def test_dot_and_mermaid() -> None:
    x = tensor(2.0, requires_grad=True)
    picture = draw_graph(x * x, {'a "<b>"\\': x})
    assert picture.dot() == (
        'digraph {\n  node [fontname="monospace"];\n'
        '  n0 [label="a \\"<b>\\"\\\\\\n() float32", shape=ellipse];\n'
        '  n1 [label="MulBackward0\\n() float32", shape=box];\n'
        "  n0 -> n1;\n}\n"
    )
    assert picture.mermaid() == (
        'flowchart TD\n  n0(["a #34;#60;b#62;#34;#92;<br/>() float32"])\n'
        '  n1["MulBackward0<br/>() float32"]\n  n0 --> n1\n'
    )


def test_values_and_gradients() -> None:
    x = tensor([0.5, 2.0], requires_grad=True)
    many = ones(9, requires_grad=True)
    loss = (x * x).sum() + many.sum()
    loss.backward(retain_graph=True)
    text = str(draw_graph(loss, {"x": x, "many": many}, values=True, gradients=True))
    assert "x  (2,) float32  value [0.5, 2]  grad [1, 4]" in text
    assert "many  (9,) float32  value 1 to 1  grad 1 to 1" in text
    assert text.startswith("AddBackward0  () float32  value 13.25\n")


def boxes(svg: str) -> list[tuple[float, float, float, float]]:
    """Left, top, right and bottom of each box, whose labels are checked to be inside."""
    root = ET.fromstring(svg)
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    found = []
    for group in root.iter(f"{SVG}g"):
        rect = group.find(f"{SVG}rect")
        assert rect is not None
        left, top, wide, high = (float(rect.attrib[k]) for k in ("x", "y", "width", "height"))
        assert left >= 0
        assert top >= 0
        assert left + wide <= width
        assert top + high <= height
        for text in group.iter(f"{SVG}text"):
            half = 7.3 * len(text.text or "") / 2
            assert left <= float(text.attrib["x"]) - half
            assert float(text.attrib["x"]) + half <= left + wide
            assert top < float(text.attrib["y"]) < top + high
        found.append((left, top, left + wide, top + high))
    return found


@pytest.mark.parametrize("loss", [shared()[0], tangled(20)], ids=["shared", "tangled"])
def test_svg_boxes_do_not_overlap(loss: Tensor) -> None:
    found = boxes(draw_graph(loss).svg())
    assert len(found) > 5
    for a, b in combinations(found, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_svg_is_escaped() -> None:
    x = tensor(2.0, requires_grad=True)
    svg = draw_graph(x * x, {'<script>&"\x00\n': x}).svg()
    titles = [title.text for title in ET.fromstring(svg).iter(f"{SVG}title")]
    assert titles[0] == '<script>&"\ufffd\ufffd\n() float32'


def test_long_chains_are_folded() -> None:
    x = ones(2, requires_grad=True)
    y = x
    for _ in range(100):
        y = y.exp()
    assert str(draw_graph(y.sum(), {"x": x})) == (
        "SumBackward0  () float32\n← … 100 operations  (2,) float32\n← x  (2,) float32\n\n"
        "102 nodes, folded to 3 boxes (max_nodes=60)."
    )
    assert "folded" not in str(draw_graph(y.sum(), max_nodes=200))


@pytest.mark.parametrize("limit", [2, 3, 10, 60])
def test_a_huge_graph_is_folded_to_the_limit(limit: int) -> None:
    svg = draw_graph(tangled(5_000 if limit != 60 else 50_000), max_nodes=limit).svg()
    assert len(boxes(svg)) <= limit


def test_many_leaves_are_folded() -> None:
    total = ones(1, requires_grad=True) * 1
    for _ in range(300):
        total = total + ones(1, requires_grad=True)
    picture = draw_graph(total)
    assert len(boxes(picture.svg())) <= 60
    assert "602 nodes, folded" in str(picture)


def test_modules_are_folded_where_names_tell() -> None:
    x = ones(2, 2, requires_grad=True)
    names = {"x": x}
    y = x
    for layer in ("deep.0", "deep.1"):
        names[f"{layer}.weight"] = ones(2, 2, requires_grad=True)
        names[f"{layer}.bias"] = ones(2, requires_grad=True)
        y = (y @ names[f"{layer}.weight"].T + names[f"{layer}.bias"]).exp()
    model = SimpleNamespace(named_parameters=names.items)
    lines = str(draw_graph(y.sum(), model, max_nodes=8)).split("\n")
    assert lines[:6] == [
        "SumBackward0  () float32",
        "← ExpBackward0  (2, 2) float32",
        "← deep.1  (2, 2) float32  3 operations, 2 leaves",
        "← ExpBackward0  (2, 2) float32",
        "← deep.0  (2, 2) float32  3 operations, 2 leaves",
        "← x  (2, 2) float32",
    ]
    lines = str(draw_graph(y.sum(), model, max_nodes=5)).split("\n")
    assert lines[2:4] == ["← deep  (2, 2) float32  7 operations, 4 leaves", "← x  (2, 2) float32"]


@pytest.mark.relies_on("nn")
def test_a_module_names_its_parameters() -> None:
    from minitorch_nn import Linear, Sequential

    model = Sequential(Linear(2, 3), Linear(3, 1))
    text = str(draw_graph(model(ones(4, 2)).sum(), model))
    assert re.search(r"─ 0\.weight  \(3, 2\) float32", text)
    assert "1.bias  (1,) float32" in text


def test_a_freed_graph_says_so() -> None:
    loss, _ = shared()
    loss.backward()
    assert str(draw_graph(loss)) == (
        "SumBackward0  () float32\n\nPart of the graph was freed by backward() and is not shown: "
        "draw before it, or call backward(retain_graph=True)."
    )


def test_a_leaf_alone() -> None:
    picture = draw_graph(ones(2, requires_grad=True))
    assert str(picture) == "leaf  (2,) float32"
    assert len(boxes(picture.svg())) == 1


def test_a_notebook_shows_it() -> None:
    picture = draw_graph(shared()[0])
    assert picture._repr_svg_() == picture.svg()
    assert picture._repr_mimebundle_() == {
        "image/svg+xml": picture.svg(),
        "text/plain": str(picture),
    }
    assert picture._repr_mimebundle_(exclude=["image/svg+xml"]) == {"text/plain": str(picture)}


@pytest.mark.parametrize(
    ("suffix", "method"),
    [
        (".svg", "svg"),
        (".txt", "text"),
        (".dot", "dot"),
        (".gv", "dot"),
        (".mmd", "mermaid"),
        (".mermaid", "mermaid"),
    ],
)
def test_save(suffix: str, method: str, tmp_path: Path) -> None:
    picture = draw_graph(shared()[0])
    picture.save(tmp_path / f"graph{suffix}")
    written = (tmp_path / f"graph{suffix}").read_text(encoding="utf-8")
    assert written.rstrip("\n") == getattr(picture, method)().rstrip("\n")


def test_errors(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError) as untracked:
        draw_graph(ones(2))
    assert str(untracked.value) == (
        "draw_graph: the tensor, of shape (2,), tracks no gradients, so no graph was recorded; "
        "compute it from a tensor with requires_grad=True, outside of no_grad()"
    )
    with pytest.raises(TypeError) as no_tensor:
        draw_graph(3)  # type: ignore[arg-type]  # what is refused
    assert str(no_tensor.value) == "draw_graph: expected a Tensor, got int"
    x = ones(2, requires_grad=True)
    with pytest.raises(TypeError) as no_names:
        draw_graph(x, 3)  # type: ignore[arg-type]  # what is refused
    assert str(no_names.value) == (
        "draw_graph: names: expected a mapping of names to tensors or a module, got int"
    )
    with pytest.raises(ValueError) as too_few:  # noqa: PT011  # the whole text is compared
        draw_graph(x, max_nodes=1)
    assert str(too_few.value) == "draw_graph: expected max_nodes of 2 or more, got 1"
    with pytest.raises(ValueError) as suffix:  # noqa: PT011  # the whole text is compared
        draw_graph(x).save(tmp_path / "graph.png")
    assert str(suffix.value) == (
        "save: the suffix says what to write, expected one of .svg, .txt, .dot, .gv, .mmd, "
        ".mermaid, got '.png' in 'graph.png'"
    )
