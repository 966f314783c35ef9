"""Bugs in autograd: in its rules, its walk and its graph."""

from __future__ import annotations

from typing import Final

from tests.planted.bug import Bug

AUTOGRAD: Final = [
    Bug(
        "a wrong factor",
        "autograd/_elementwise.py",
        "g / (2 * y)",
        "g / y",
        "conformance/autograd/test_gradients.py::test_gradient[sqrt(x)]",
        "the gradient of input 0 = ",
    ),
    Bug(
        "a rule that takes the input for the output",
        "autograd/_elementwise.py",
        "(input, lambda g, y: g * y)\n",
        "(input, lambda g, y: g * input)\n",
        "conformance/autograd/test_gradients.py::test_gradient[x.exp()]",
        "the gradient of input 0 = ",
    ),
    Bug(
        "a wrong sign",
        "autograd/_arithmetic.py",
        "(other, lambda g: -g * (input / other / other))",
        "(other, lambda g: g * (input / other / other))",
        "conformance/autograd/test_gradients.py::test_gradient[x / y]",
        "the gradient of input 1 = ",
    ),
    Bug(
        "a rule that is right once, and has no derivative itself",
        "autograd/_elementwise.py",
        "g - g * y * y",
        "g - g * (y * y).detach()",
        "conformance/autograd/test_gradients.py::test_second_derivative[x.tanh()]",
        "the second derivative by input 0 = ",
    ),
    Bug(
        "another convention at a kink",
        "autograd/_elementwise.py",
        "g * (y > 0)",
        "g * (y >= 0)",
        "conformance/autograd/test_gradients.py::test_gradient_at_special_elements"
        "[x.relu(), 0 at 0]",
        "x.relu(), 0 at 0: the gradient at [-1.0, 0.0, 2.0] = ",
    ),
    Bug(
        "the full gradient to each of several that tie",
        "autograd/_reductions.py",
        "g.reshape(kept) * ties / ties.sum(dims, keepdim=True)",
        "g.reshape(kept) * ties",
        "conformance/autograd/test_gradients.py::test_gradient_at_special_elements"
        "[x.amax(0), shared by what is equal]",
        "x.amax(0), shared by what is equal: the gradient at [3.0, 1.0, 3.0, 3.0] = ",
    ),
    Bug(
        "a missing un-broadcast",
        "autograd/_walk.py",
        "if raw.shape != target.shape or raw.dtype is not target.dtype:",
        "if raw.dtype is not target.dtype:",
        "conformance/autograd/test_gradients.py::test_gradient[x + row]",
        "the gradient of input 1 = ",
    ),
    Bug(
        "an un-broadcast of the wrong dimension",
        "autograd/_walk.py",
        "for d, n in enumerate(target.shape, extra) if",
        "for d, n in enumerate(target.shape) if",
        "autograd/test_engine.py::test_a_gradient_is_summed_to_the_shape_of_its_input"
        "[(4, 1)-(2, 4, 3)-6]",
        "RuntimeError: shape '[4, 1]' is invalid for input of size 3",
    ),
    Bug(
        "one of two gradients overwritten, not added up",
        "autograd/_walk.py",
        "gathered[node] = gathered[node] + gradient",
        "gathered[node] = gradient",
        "conformance/autograd/test_backward.py::test_all_ways_to_a_leaf_add_up",
        "z = x**4 + 3 x**2 + x: dz/dx at 2 = ",
    ),
    Bug(
        "`=` for `+=` in `.grad`",
        "autograd/_backward.py",
        "so_far._raw += total._raw",
        "so_far._raw = total._raw",
        "conformance/autograd/test_backward.py::test_gradients_add_up_over_walks",
        "(x * x).sum().backward(); (x * 10).sum().backward() at [2, 3] = ",
    ),
    Bug(
        "a walk in the wrong order",
        "autograd/_walk.py",
        "heappush(heap, (-node.time, node))",
        "heappush(heap, (node.time, node))",
        "autograd/test_engine.py::test_consumers_at_different_depths",
        "Trying to backward through the graph a second time",
    ),
    Bug(
        "a transposed gradient",
        "autograd/_matmul.py",
        "(input, lambda g: matmul(g, other.t()))",
        "(input, lambda g: matmul(other, g.t()))",
        "conformance/autograd/test_gradients.py::test_gradient[matrix @ matrix]",
        "MmBackward0: a rule returned an invalid gradient: got [3, 2] but expected",
    ),
    Bug(
        "an order of dimensions that is undone by itself, not by its inverse",
        "autograd/_movement.py",
        "(input, lambda g: permute(g, back))",
        "(input, lambda g: permute(g, order))",
        "autograd/test_derivatives.py::test_first[x.permute(2, 0, 1)]",
        "PermuteBackward0: a rule returned an invalid gradient",
    ),
    Bug(
        "a graph that keeps itself alive",
        "autograd/_graph.py",
        "value._node.output = alias(value, value._raw, shared=False)",
        "value._node.output = value",
        "conformance/autograd/test_cost.py::test_a_graph_goes_with_its_output[never-mentioned]",
        "rules alive after their output",
    ),
    Bug(
        "a write that is not noted",
        "autograd/_inplace.py",
        "self._raw *= raw_of(other)\n    written(self)",
        "self._raw *= raw_of(other)",
        "autograd/test_inplace.py::test_a_value_that_a_rule_needs_is_missed[x-x.mul_(2)]",
        "DID NOT RAISE RuntimeError",
    ),
    Bug(
        "a mode that does not end",
        "autograd/_modes.py",
        "self.before = switch.recording\n        switch.recording = self.mode",
        "switch.recording = self.mode\n        self.before = switch.recording",
        "conformance/autograd/test_tracking.py::test_no_grad",
        "(x * 2).requires_grad after no_grad",
    ),
]
