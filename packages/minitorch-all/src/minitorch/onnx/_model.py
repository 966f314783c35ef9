"""From the graph of a run to the model that is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from onnx import ModelProto, NodeProto, TensorProto, ValueInfoProto, helper, numpy_helper

from minitorch_autograd import Tensor

from ._graph import Graph, onnx_type


class Run(NamedTuple):
    """One run of the model."""

    graph: Graph
    inputs: Mapping[str, Tensor]
    outputs: Mapping[str, tuple[str, Tensor]]  # the value that each is, under its name in the graph
    state: Mapping[str, Tensor]  # parameters and buffers


Dimensions = Sequence[int | str]


def model_proto(run: Run, dimensions: Mapping[str, Dimensions], opset_version: int) -> ModelProto:
    """Return the model of a run.

    Args:
        run: the run; its graph has no targets left to be written.
        dimensions: the shape of each input and output, a dynamic dimension by its name.
        opset_version: the version of ONNX's operators.
    """
    nodes = _needed(run.graph.nodes, [source for source, _ in run.outputs.values()])
    new = _same_constants(run.graph.constants)
    own = {name for node in nodes for name in node.output}
    for name, (source, _) in run.outputs.items():
        if source in own and source not in new:
            new[source] = name
        else:
            nodes.append(helper.make_node("Identity", [source], [name], name=name))
    for node in nodes:
        for names in (node.input, node.output):
            names[:] = [new.get(one, one) for one in names]
    taken = {name for node in nodes for name in node.input}
    held = {**run.state, **run.graph.constants}
    graph = helper.make_graph(
        nodes,
        "minitorch",
        [_value(name, x, dimensions[name]) for name, x in run.inputs.items()],
        [_value(name, x, dimensions[name]) for name, (_, x) in run.outputs.items()],
        [_initializer(name, x) for name, x in held.items() if name in taken],
    )
    opset = helper.make_opsetid("", opset_version)
    return helper.make_model(
        graph,
        opset_imports=[opset],
        ir_version=helper.find_min_ir_version_for([opset]),
        producer_name="minitorch",
    )


def _needed(nodes: Iterable[NodeProto], outputs: Iterable[str]) -> list[NodeProto]:
    """Return the nodes that the outputs depend on."""
    wanted = set(outputs)
    needed = []
    for node in reversed(list(nodes)):
        if wanted.intersection(node.output):
            wanted.update(node.input)
            needed.append(node)
    return needed[::-1]


def _same_constants(constants: Mapping[str, Tensor]) -> dict[str, str]:
    """Return the names of constants that equal an earlier one, each with the name of that."""
    first: dict[tuple[str, tuple[int, ...], bytes], str] = {}
    same = {}
    for name, x in constants.items():
        key = str(x.dtype), x.shape, x.numpy().tobytes()
        if first.setdefault(key, name) != name:
            same[name] = first[key]
    return same


def _value(name: str, x: Tensor, shape: Dimensions) -> ValueInfoProto:
    return helper.make_tensor_value_info(name, onnx_type(x.dtype), list(shape))


def _initializer(name: str, x: Tensor) -> TensorProto:
    return numpy_helper.from_array(x.detach().contiguous().numpy(), name)
