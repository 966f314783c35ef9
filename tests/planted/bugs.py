"""Bugs, each a change of a few characters to a layer, and the test that is meant to find it.

They are such as people make: in writing a rule, or in taking out a line to make it faster.
"""

from __future__ import annotations

from typing import Final

from tests.planted.bug import Bug
from tests.planted.bugs_autograd import AUTOGRAD

TENSOR = [
    Bug(
        "a view that copies",
        "tensor/movement/views.py",
        "x._array.transpose(dims)",
        "x._array.transpose(dims).copy()",
        "conformance/tensor/test_movement.py::test_views_share_memory[x.permute((1, 0))]",
        "y = x.permute((1, 0)); x += 10; y = ",
    ),
    Bug(
        "broadcasting of the wrong dimension",
        "tensor/movement/views.py",
        "own = (1,) * (len(shape) - a.ndim) + a.shape",
        "own = a.shape + (1,) * (len(shape) - a.ndim)",
        "conformance/tensor/test_movement.py::test_expand[(3,)-(2, 3)]",
        "The expanded size of the tensor (2, 3) must match the existing size (3,)",
    ),
    Bug(
        "integers that divide as float64",
        "tensor/elementwise/arithmetic.py",
        'binary(np.true_divide, x, other, "f")',
        "binary(np.true_divide, x, other)",
        "conformance/tensor/test_dtypes.py::test_division_gives_floats[int64-int64-float32]",
        "int64 / int64",
    ),
    Bug(
        "what an index repeats is overwritten, not added up",
        "tensor/movement/scatter.py",
        "ufunc.at(part, advanced, values)",
        "part[advanced] = values",
        "conformance/tensor/test_indexing.py::test_put[x[0, [0, 0, 2]]]",
        "put((2, 3, 4), x[0, [0, 0, 2]], ",
    ),
    Bug(
        "a sum that does not keep its dimensions",
        "tensor/reductions/sums.py",
        "dims, keepdim, np.int64)",
        "dims, False, np.int64)",
        "conformance/tensor/test_reductions.py::test_fold[sum-(1, 2)-kept]",
        ".sum((1, 2), keepdim=True) = ",
    ),
    Bug(
        "a generator that ignores its seed",
        "tensor/generator.py",
        ".seed(seed % 2**32)",
        ".seed()",
        "conformance/tensor/test_random.py::test_a_seed_gives_the_same_numbers_again[1-rand]",
        "rand from another generator of seed 1 = ",
    ),
    Bug(
        "a double word whose low half comes first",
        "tensor/generator.py",
        "halves[::2] << np.uint64(32) | halves[1::2]",
        "halves[1::2] << np.uint64(32) | halves[::2]",
        "conformance/tensor/test_random.py::test_the_numbers_of_pytorch[rand in float64]",
        "rand in float64 of the seed 20240229: number 0 is ",
    ),
    Bug(
        "a normal number that does not wait in the state",
        "tensor/generator.py",
        'state["normal"], state["has_normal"] = self._normal, True',
        "pass",
        "conformance/tensor/test_random.py::test_the_second_of_a_pair_waits",
        "3 normal numbers, and 5 from that state on = ",
    ),
    Bug(
        "a pair of normal numbers whose radius is drawn first",
        "tensor/random.py",
        "v, u = uniform[::2], uniform[1::2]",
        "u, v = uniform[::2], uniform[1::2]",
        "conformance/tensor/test_random.py::test_the_numbers_of_pytorch[5 normals, float32]",
        "5 normals, float32 of the seed 20240229: number 0 is ",
    ),
    Bug(
        "a last group of normal numbers that is not drawn anew",
        "tensor/random.py",
        "drawn[-GROUP:] = _uniform(GROUP, kind, generator)",
        "pass",
        "conformance/tensor/test_random.py::test_the_numbers_of_pytorch[18 normals, float32]",
        "18 normals, float32 of the seed 20240229: number 2 is ",
    ),
    Bug(
        "a shuffle that moves one place too far",
        "tensor/random.py",
        "found[sorted_partners] = steps",
        "found[sorted_partners[::-1]] = steps[::-1]",
        "conformance/tensor/test_random.py::test_the_numbers_of_pytorch[randperm]",
        "randperm of the seed 20240229: number ",
    ),
    Bug(
        "small integers that meet without room for their signs",
        "tensor/core/promotion.py",
        "return np.promote_types(a, b)",
        "return a",
        "conformance/tensor/test_dtypes.py::test_tensors_of_one_rank_meet_in_the_higher"
        "[1d-uint8-int8]",
        "has dtype int16",
    ),
    Bug(
        "integers that sum up to their own type",
        "tensor/reductions/sums.py",
        "keepdim, np.int64)",
        "keepdim, a.dtype.type)",
        "conformance/tensor/test_dtypes.py::test_integers_sum_up_to_int64[uint8]",
        "the sum of uint8 has dtype int64",
    ),
]

NN = [
    Bug(
        "a missing factor of two",
        "nn/losses/regression.py",
        "lambda d: d * d, lambda d: d * 2",
        "lambda d: d * d, lambda d: d * 1",
        "conformance/nn/test_functional.py::test_gradient[mse_loss]",
        "the gradient of input 0 = ",
    ),
    Bug(
        "a sum in the place of the mean",
        "nn/losses/classification.py",
        "value = weighed.sum() / total",
        "value = weighed.sum()",
        "conformance/nn/test_losses.py::test_losses_take_the_mean_unless_told_otherwise",
        "CrossEntropyLoss() = ",
    ),
    Bug(
        "a gradient that does not know the right class",
        "nn/losses/cross_entropy_kernel.py",
        "_less_at(y * g, classes, g)",
        "_less_at(y * g, classes, g * 0.0)",
        "conformance/nn/test_losses.py::test_gradients_of_the_means",
        "CrossEntropyLoss(): the gradient = ",
    ),
    Bug(
        "exponentials that overflow",
        "nn/losses/cross_entropy_kernel.py",
        "largest = x.amax(1, keepdim=True)",
        "largest = x.amax(1, keepdim=True) * 0.0",
        "conformance/nn/test_losses.py::test_cross_entropy_far_out[1-2000.0]",
        "cross_entropy([[1000, -1000]], [1]) = ",
    ),
    Bug(
        "dropout that does not scale what it keeps",
        "nn/dropout/functional.py",
        ".bernoulli_(1 - p).mul_(_factor(p, like.dtype))",
        ".bernoulli_(1 - p)",
        "conformance/nn/test_layers.py::test_dropout_in_training[0.25]",
        "Dropout(0.25): what is kept of 3 = ",
    ),
    Bug(
        "a mode that is not passed down",
        "nn/core/module.py",
        "        for module in self.modules():\n            module.training = mode",
        "        self.training = mode",
        "conformance/nn/test_modules.py::test_modes_reach_all_modules",
        "training, outside and inside, after eval() = ",
    ),
    Bug(
        "a state dict without the buffers",
        "nn/core/module.py",
        "if persistent and isinstance(value, Tensor):",
        "if persistent and isinstance(value, Parameter):",
        "nn/test_module.py::test_a_state_dict_has_the_persistent_buffers",
        "running",
    ),
    Bug(
        "a state dict of copies",
        "nn/core/module.py",
        "value if whole else value.detach()",
        "value if whole else value.detach() * 1.0",
        "conformance/nn/test_modules.py::test_state_dict_shares_memory",
        "state = linear.state_dict(); weight.copy_([[7, 8]]); state['weight'] = ",
    ),
]

OPTIM = [
    Bug(
        "momentum that is forgotten",
        "optim/optimizers/sgd.py",
        "b.mul_(momentum).add_(g)",
        "b.mul_(0.0).add_(g)",
        "conformance/optim/test_steps.py::test_steps[float64-SGD(lr=0.1, momentum=0.9)]",
        "SGD(lr=0.1, momentum=0.9) at ",
    ),
    Bug(
        "a bias correction that is off by one",
        "optim/optimizers/adam.py",
        "(1 - beta1**t)",
        "(1 - beta1 ** (t + 1))",
        "conformance/optim/test_steps.py::test_steps[float64-Adam(lr=0.1)]",
        "Adam(lr=0.1) at ",
    ),
    Bug(
        "a weight decay that is decoupled, and coupled, too",
        "optim/optimizers/adam.py",
        "        decay = 0\n",
        "",
        "conformance/optim/test_steps.py::test_steps[float64-AdamW(lr=0.1)]",
        "AdamW(lr=0.1) at ",
    ),
    Bug(
        "a weight decay that is coupled where it should not be",
        "optim/optimizers/adamw.py",
        "decoupled_weight_decay=True",
        "decoupled_weight_decay=False",
        "conformance/optim/test_steps.py::test_steps[float64-AdamW(lr=0.1)]",
        "AdamW(lr=0.1) at ",
    ),
    Bug(
        "small parameters that are updated together, and not written back",
        "optim/engine/buckets.py",
        "copy_each(self.members, self._values)",
        "copy_each(self._values, self.members)",
        "conformance/optim/test_steps.py::test_many_parameters_of_many_forms[Adam(lr=0.1)]",
        "Adam(lr=0.1)",
    ),
    Bug(
        "a schedule that is one epoch early",
        "optim/schedules/step_lr.py",
        "or self.last_epoch % self.step_size:",
        "or (self.last_epoch + 1) % self.step_size:",
        "optim/test_step_lr.py::test_rates[2-0.5-expected1]",
        "assert ",
    ),
]

BUGS: Final = [*TENSOR, *AUTOGRAD, *NN, *OPTIM]
