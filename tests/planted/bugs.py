"""Bugs, each a change of a few characters to a layer, and the test that is meant to find it.

They are such as people make: in writing a rule, or in taking out a line to make it faster.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Bug:
    """A mistake in the source of a layer.

    Attributes:
        name: what is wrong.
        file: where: the layer, and the file in its package.
        right: a text that the file has once.
        wrong: what stands there instead.
        test: the test that is meant to find it, in the folder of tests.
        says: what that test says then, in part.
    """

    name: str
    file: str
    right: str
    wrong: str
    test: str
    says: str

    def __str__(self) -> str:
        return self.name


TENSOR = [
    Bug(
        "a view that copies",
        "tensor/_movement.py",
        "x._array.transpose(dims)",
        "x._array.transpose(dims).copy()",
        "conformance/tensor/test_movement.py::test_views_share_memory[x.permute((1, 0))]",
        "y = x.permute((1, 0)); x += 10; y = ",
    ),
    Bug(
        "broadcasting of the wrong dimension",
        "tensor/_movement.py",
        "own = (1,) * (len(shape) - a.ndim) + a.shape",
        "own = a.shape + (1,) * (len(shape) - a.ndim)",
        "conformance/tensor/test_movement.py::test_expand[(3,)-(2, 3)]",
        "The expanded size of the tensor (2, 3) must match the existing size (3,)",
    ),
    Bug(
        "integers that divide as float64",
        "tensor/_elementwise.py",
        'binary(np.true_divide, x, other, "f")',
        "binary(np.true_divide, x, other)",
        "conformance/tensor/test_dtypes.py::test_division_gives_floats[int64-int64-float32]",
        "int64 / int64",
    ),
    Bug(
        "what an index repeats is overwritten, not added up",
        "tensor/_indexing.py",
        "np.add.at(part, advanced, values._array)",
        "part[advanced] = values._array",
        "conformance/tensor/test_indexing.py::test_put[x[0, [0, 0, 2]]]",
        "put((2, 3, 4), x[0, [0, 0, 2]], ",
    ),
    Bug(
        "a sum that does not keep its dimensions",
        "tensor/_reductions.py",
        "return _fold(np.add, x, dims, keepdim)",
        "return _fold(np.add, x, dims, False)",
        "conformance/tensor/test_reductions.py::test_fold[sum-(1, 2)-kept]",
        ".sum((1, 2), keepdim=True) = ",
    ),
]

AUTOGRAD = [
    Bug(
        "a wrong factor",
        "autograd/_elementwise.py",
        "g / (2 * y)",
        "g / y",
        "conformance/autograd/test_gradients.py::test_gradient[sqrt(x)]",
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

NN = [
    Bug(
        "a missing factor of two",
        "nn/functional.py",
        'scale = 2 / max(prod(input.shape), 1) if reduction == "mean"',
        'scale = 1 / max(prod(input.shape), 1) if reduction == "mean"',
        "conformance/nn/test_functional.py::test_gradient[mse_loss]",
        "the gradient of input 0 = ",
    ),
    Bug(
        "exponentials that overflow",
        "nn/functional.py",
        "shifted = input - input.amax(dim, keepdim=True)",
        "shifted = input * 1.0",
        "conformance/nn/test_losses.py::test_cross_entropy_far_out[1-2000.0]",
        "cross_entropy([[1000, -1000]], [1]) = ",
    ),
    Bug(
        "dropout that does not scale what it keeps",
        "nn/functional.py",
        "return input * (kept / (1 - p))",
        "return input * kept",
        "conformance/nn/test_layers.py::test_dropout_in_training[0.25]",
        "Dropout(0.25): what is kept of 3 = ",
    ),
    Bug(
        "a mode that is not passed down",
        "nn/_module.py",
        "        for module in self.modules():\n            module.training = mode",
        "        self.training = mode",
        "conformance/nn/test_modules.py::test_modes_reach_all_modules",
        "training, outside and inside, after eval() = ",
    ),
    Bug(
        "a state dict without the buffers",
        "nn/_module.py",
        "if persistent and isinstance(value, Tensor):",
        "if persistent and isinstance(value, Parameter):",
        "nn/test_module.py::test_a_state_dict_has_the_persistent_buffers",
        "running",
    ),
    Bug(
        "a state dict of copies",
        "nn/_module.py",
        "state[path] = tensor.detach()",
        "state[path] = tensor.detach().clone()",
        "conformance/nn/test_modules.py::test_state_dict_shares_memory",
        "state = linear.state_dict(); weight.copy_([[7, 8]]); state['weight'] = ",
    ),
]

OPTIM = [
    Bug(
        "momentum that is forgotten",
        "optim/_sgd.py",
        "b.mul_(momentum).add_(g)",
        "b.mul_(0.0).add_(g)",
        "conformance/optim/test_steps.py::test_steps[float64-SGD(lr=0.1, momentum=0.9)]",
        "SGD(lr=0.1, momentum=0.9) at ",
    ),
    Bug(
        "a bias correction that is off by one",
        "optim/_adam.py",
        "(1 - beta1**t)",
        "(1 - beta1 ** (t + 1))",
        "conformance/optim/test_steps.py::test_steps[float64-Adam(lr=0.1)]",
        "Adam(lr=0.1) at ",
    ),
    Bug(
        "a weight decay that is decoupled, and coupled, too",
        "optim/_adam.py",
        "        decay = 0\n",
        "",
        "conformance/optim/test_steps.py::test_steps[float64-AdamW(lr=0.1)]",
        "AdamW(lr=0.1) at ",
    ),
    Bug(
        "small parameters that are updated together, and not written back",
        "optim/_bundles.py",
        "member.copy_(value)",
        "value.copy_(member)",
        "conformance/optim/test_steps.py::test_many_parameters_of_many_forms[Adam(lr=0.1)]",
        "Adam(lr=0.1)",
    ),
    Bug(
        "a schedule that is one epoch early",
        "optim/_step_lr.py",
        "self.last_epoch % self.step_size == 0",
        "(self.last_epoch + 1) % self.step_size == 0",
        "optim/test_step_lr.py::test_rates[2-0.5-expected1]",
        "assert ",
    ),
]

BUGS: Final = [*TENSOR, *AUTOGRAD, *NN, *OPTIM]
