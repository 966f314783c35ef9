"""The errors of creation, random numbers, element types and interoperation, with the whole text."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

import minitorch_autograd

# Misuses are what a type checker would refuse: they go through Any.
t: Any = minitorch_autograd


def tracked(*shape: int) -> Any:
    return t.ones(*shape, requires_grad=True)


CREATION: list[tuple[Callable[[], object], type[Exception], str]] = [
    (
        lambda: t.tensor("a"),
        TypeError,
        "tensor: invalid data type 'str': 'a'",
    ),
    (
        lambda: t.tensor(["a"]),
        ValueError,
        "tensor: too many dimensions 'str': 'a' is no number",
    ),
    (
        lambda: t.tensor([None]),
        RuntimeError,
        "tensor: Could not infer dtype of NoneType: None is no number, sequence, array or tensor",
    ),
    (
        lambda: t.tensor([t.ones(2), t.ones(2)]),
        ValueError,
        "only one element tensors can be converted to Python scalars: this one is of "
        "shape (2,); join tensors with stack or cat",
    ),
    (
        lambda: t.tensor(2**70),
        ValueError,
        "tensor: Overflow when unpacking long long: int64 can't hold all of 1180591620717411303424",
    ),
    (
        lambda: t.tensor([300, 1], dtype=t.uint8),
        RuntimeError,
        "value cannot be converted to type uint8 without overflow: 300",
    ),
    (
        lambda: t.where(t.tensor([True]), t.tensor([1]), 2**70),
        OverflowError,
        "int too big to convert: int64 can't hold 1180591620717411303424",
    ),
    (
        lambda: t.full((2,), None),
        TypeError,
        "full(): argument 'fill_value' must be Tensor or number, not NoneType",
    ),
    (
        lambda: t.repeat_interleave(t.ones(2), 2**62),
        RuntimeError,
        "repeat_interleave: Storage size calculation overflowed with sizes=[9223372036854775808]",
    ),
    (
        lambda: t.tensor_split(t.ones(2), 2**70),
        RuntimeError,
        "tensor_split: 1180591620717411303424 parts are more than there is memory for",
    ),
    (
        lambda: t.polygamma(151, t.ones(2)),
        NotImplementedError,
        "polygamma(n, x) is here for n up to 150: got 151",
    ),
    (
        lambda: t.zeros(2, dtype="f"),
        TypeError,
        "zeros(): argument 'dtype' must be torch.dtype, not str",
    ),
    (
        lambda: t.asarray([1, 2], copy=False),
        ValueError,
        "can't alias arbitrary sequence or cast without a copy: leave copy out",
    ),
    (
        lambda: t.full(2, 3),
        TypeError,
        "full(): argument 'size' (position 1) must be tuple of ints, not int",
    ),
    (
        lambda: t.zeros(),
        TypeError,
        'zeros() missing 1 required positional arguments: "size"',
    ),
    (
        lambda: t.zeros(2.5),
        TypeError,
        "zeros(): argument 'size' (position 1) must be tuple of ints, not float",
    ),
    (
        lambda: t.zeros(2, "a"),
        TypeError,
        "zeros(): argument 'size' failed to unpack the object at pos 2 with error \"type "
        'must be tuple of ints,but got str"',
    ),
    (
        lambda: t.zeros(2, -3),
        RuntimeError,
        "zeros: Dimension size must be non-negative. Trying to create tensor with "
        "negative dimension -3: [2, -3]",
    ),
    (
        lambda: t.arange(),
        TypeError,
        "arange() received an invalid combination of arguments: expected arange(end) or "
        "arange(start, end, step)",
    ),
    (
        lambda: t.arange(0, float("inf")),
        RuntimeError,
        "unsupported range: 0 -> inf",
    ),
    (
        lambda: t.arange(3, dtype=t.bool),
        NotImplementedError,
        "\"arange_cpu\" not implemented for 'Bool': take an integer type, and compare",
    ),
    (
        lambda: t.linspace(0, 1, -1),
        RuntimeError,
        "number of steps must be non-negative, got -1",
    ),
    (
        lambda: t.linspace(0, 1, 2.5),
        TypeError,
        "argument 'steps' must be int, not float",
    ),
    (
        lambda: t.eye(-1),
        RuntimeError,
        "n must be greater or equal to 0, got -1",
    ),
    (
        lambda: t.tril_indices(-1, 2),
        RuntimeError,
        "row must be non-negative, got-1",
    ),
    (
        lambda: t.triu_indices(1, 2, dtype=t.float32),
        NotImplementedError,
        '"triu_indices" not implemented for torch.float32: take int32 or int64',
    ),
    (
        lambda: t.meshgrid(),
        RuntimeError,
        "meshgrid expects a non-empty TensorList",
    ),
    (
        lambda: t.meshgrid(t.ones(1), indexing="zz"),
        RuntimeError,
        'torch.meshgrid: indexing must be one of "xy" or "ij", but received: zz',
    ),
    (
        lambda: t.meshgrid(t.ones(1), 2.0),
        TypeError,
        "meshgrid: expected Tensors, got float: 2.0",
    ),
    (
        lambda: t.meshgrid(t.ones(2, 3)),
        RuntimeError,
        "torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got one of shape (2, 3)",
    ),
    (
        lambda: t.meshgrid(t.ones(1), t.tensor([1])),
        RuntimeError,
        "meshgrid expects all tensors to have the same dtype, got float32 and int64",
    ),
    (
        lambda: t.rand(2, dtype=t.int64),
        NotImplementedError,
        "\"rand\" not implemented for 'torch.int64': draw floats, or use randint",
    ),
    (
        lambda: t.rand(2, generator=3),
        TypeError,
        "rand() received an invalid combination of arguments: 'generator' must be a "
        "Generator, not int",
    ),
    (
        lambda: t.randint(3, 2),
        TypeError,
        "randint(): argument 'size' must be tuple of ints, not int",
    ),
    (
        lambda: t.randint(3, size=None),
        TypeError,
        "randint(): argument 'size' must be tuple of ints, not int",
    ),
    (
        lambda: t.randint((2,)),
        TypeError,
        "randint() received an invalid combination of arguments: expected randint(high, "
        "size) or randint(low, high, size)",
    ),
    (
        lambda: t.randint(1.5, (2,)),
        TypeError,
        "randint(): argument 'high' must be int, not float",
    ),
    (
        lambda: t.randint(5, 3, (2,)),
        RuntimeError,
        "random_ expects 'from' to be less than 'to', but got from=5 >= to=3",
    ),
    (
        lambda: t.randint(0, 300, (2,), dtype=t.uint8),
        RuntimeError,
        "to - 1 is out of bounds for torch.uint8: 299",
    ),
    (
        lambda: t.randperm(3, dtype=t.bool),
        NotImplementedError,
        "\"randperm\" not implemented for 'Bool': it has two numbers",
    ),
    (
        lambda: t.randperm(300, dtype=t.uint8),
        RuntimeError,
        "value cannot be converted to type torch.uint8 without overflow: 299",
    ),
    (
        lambda: t.normal(0.0, 1.0),
        TypeError,
        "normal() received an invalid combination of arguments: of two numbers it needs "
        "a size, as in normal(0.0, 1.0, (2, 3))",
    ),
    (
        lambda: t.normal(t.ones(1), -1.0),
        RuntimeError,
        "normal expects std >= 0.0, but found std -1",
    ),
    (
        lambda: t.normal(1.0, -t.ones(2)),
        RuntimeError,
        "normal expects all elements of std >= 0.0",
    ),
    (
        lambda: t.bernoulli(t.ones(2) * 2),
        RuntimeError,
        "bernoulli: Expected p_in >= 0 && p_in <= 1 to be true of each p",
    ),
    (
        lambda: t.bernoulli(t.ones(2), 2),
        RuntimeError,
        "bernoulli_ expects p to be in [0, 1], but got p=2",
    ),
    (
        lambda: t.multinomial(t.ones(()), 1),
        RuntimeError,
        "prob_dist must be 1 or 2 dim, got the shape ()",
    ),
    (
        lambda: t.multinomial(t.tensor([1]), 1),
        RuntimeError,
        "multinomial only supports floating-point dtypes for input, got: torch.int64",
    ),
    (
        lambda: t.multinomial(t.ones(2), 0),
        RuntimeError,
        "cannot sample n_sample <= 0 samples: 0",
    ),
    (
        lambda: t.multinomial(t.ones(2), 3),
        RuntimeError,
        "cannot sample n_sample > prob_dist.size(-1) samples without replacement: 3 > 2",
    ),
    (
        lambda: t.multinomial(-t.ones(2), 1),
        RuntimeError,
        "probability tensor contains either `inf`, `nan` or element < 0",
    ),
    (
        lambda: t.multinomial(t.zeros(2), 1),
        RuntimeError,
        "invalid multinomial distribution (sum of probabilities <= 0)",
    ),
    (
        lambda: t.poisson(-t.ones(2)),
        RuntimeError,
        "invalid Poisson rate, expected rate to be non-negative, below 2**53",
    ),
    (
        lambda: t.ones(1).uniform_(3, 2),
        RuntimeError,
        "uniform_ expects to return a [from, to) range, but found from=3 > to=2",
    ),
    (
        lambda: t.ones(1).normal_(0, -1),
        RuntimeError,
        "normal expects std >= 0.0, but found std -1",
    ),
    (
        lambda: t.ones(1).log_normal_(0, -1),
        RuntimeError,
        "log_normal_ expects std > 0.0, but found std=-1",
    ),
    (
        lambda: t.ones(1).exponential_(0),
        RuntimeError,
        "exponential_ expects lambda > 0.0, but found lambda=0",
    ),
    (
        lambda: t.tensor([1]).exponential_(),
        RuntimeError,
        "Exponential distribution is a continuous probability distribution. dtype must "
        "be a floating point but you specified torch.int64",
    ),
    (
        lambda: t.ones(1).geometric_(1),
        RuntimeError,
        "geometric_ expects p to be in (0, 1), but got p=1",
    ),
    (
        lambda: t.tensor([True]).geometric_(0.5),
        NotImplementedError,
        "\"geometric_\" not implemented for 'Bool': it counts from 1",
    ),
    (
        lambda: t.ones(1).cauchy_(0, 0),
        RuntimeError,
        "cauchy_ expects sigma > 0.0, but found sigma=0",
    ),
    (
        lambda: t.tensor([1]).cauchy_(),
        RuntimeError,
        "Cauchy distribution is a continuous probability distribution. dtype must be a "
        "floating point but you specified torch.int64",
    ),
    (
        lambda: t.Generator().manual_seed(1.5),
        RuntimeError,
        "manual_seed expected a long, but got float",
    ),
    (
        lambda: t.manual_seed(2**64),
        ValueError,
        "Overflow when unpacking long long: the seed 18446744073709551616 has over 64 bits",
    ),
    (
        lambda: t.Generator().set_state(t.ones(3)),
        TypeError,
        "RNG state must be a torch.ByteTensor, got one of torch.float32",
    ),
    (
        lambda: t.device("cpu:a"),
        RuntimeError,
        "Invalid device string: 'cpu:a'",
    ),
    (
        lambda: t.device("cuda"),
        RuntimeError,
        "Expected one of cpu device type at start of device string: cuda: tensors are "
        "in the memory of the CPU here",
    ),
    (
        lambda: t.finfo(t.int8),
        TypeError,
        "torch.finfo() requires a floating point input type. Use torch.iinfo to handle torch.int8",
    ),
    (
        lambda: t.iinfo(t.float32),
        TypeError,
        "torch.iinfo() requires an integer input type. Use torch.finfo to handle torch.float32",
    ),
    (
        lambda: t.iinfo(t.bool),
        TypeError,
        "torch.bool is not supported by torch.iinfo",
    ),
    (
        lambda: t.result_type(1, "a"),
        TypeError,
        "result_type(): arguments must be Tensors or numbers, not str",
    ),
    (
        lambda: t.is_floating_point(3),
        TypeError,
        "is_floating_point(): argument 'input' (position 1) must be Tensor, not int",
    ),
    (
        lambda: t.is_complex(3),
        TypeError,
        "is_complex(): argument 'input' (position 1) must be Tensor, not int",
    ),
    (
        lambda: t.ones(1).to(3),
        TypeError,
        "to() takes a dtype, a device or a Tensor first, not int",
    ),
    (
        lambda: t.ones(1).type("a"),
        ValueError,
        "invalid type: 'a': one of torch.BoolTensor, torch.ByteTensor, "
        "torch.CharTensor, torch.ShortTensor, torch.IntTensor, torch.LongTensor, "
        "torch.HalfTensor, torch.FloatTensor, torch.DoubleTensor",
    ),
    (
        lambda: t.ones(2).__array__("int64", copy=False),
        ValueError,
        "Unable to avoid copy while creating an array as requested: a cast from float32 "
        "to int64 needs one",
    ),
    (
        lambda: np.sin(tracked(2)),
        RuntimeError,
        "numpy.sin: Can't call numpy() on Tensor that requires grad, since NumPy "
        "computes no gradients. Use the function or method of that name here, or "
        "tensor.detach().numpy() instead.",
    ),
    (
        lambda: np.add(1.0, 1.0, out=t.ones(())),
        TypeError,
        "numpy.add: out must be an array; for tensors use x.copy_()",
    ),
    (
        lambda: t.from_dlpack([1.0]),
        TypeError,
        "from_dlpack: list has no __dlpack__: expected an array or a tensor",
    ),
    (
        lambda: tracked(1).__dlpack__(),
        BufferError,
        "Can't export tensors that require gradient, use tensor.detach()",
    ),
    (
        lambda: "a" in t.ones(2),
        RuntimeError,
        "Tensor.__contains__ only supports Tensor or scalar, but you passed in a <class 'str'>.",
    ),
    (
        lambda: len(t.ones(())),
        TypeError,
        "len() of a 0-d tensor",
    ),
    (
        lambda: iter(t.ones(())),
        TypeError,
        "iteration over a 0-d tensor",
    ),
    (
        lambda: bool(t.ones(0)),
        RuntimeError,
        "Boolean value of Tensor with no values is ambiguous: its shape is (0,); use "
        "(...).sum(), or compare one element",
    ),
    (
        lambda: t.tensor([1.5]).__index__(),
        TypeError,
        "only integer tensors of a single element can be converted to an index",
    ),
    (
        lambda: float(t.ones(2)),
        ValueError,
        "only one element tensors can be converted to Python scalars: this one is of shape (2,)",
    ),
    (
        lambda: copy.deepcopy(tracked(1) * 2),
        RuntimeError,
        "Only Tensors created explicitly by the user (graph leaves) support the "
        "deepcopy protocol at the moment: use x.detach().clone()",
    ),
]
