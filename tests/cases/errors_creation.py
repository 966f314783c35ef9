"""Calls that torch refuses: creation, random numbers, element types, text."""

from __future__ import annotations

from collections.abc import Callable
from math import inf, nan

from tests.cases.case import ErrorCase, Torch


def filled(name: str, *values: float) -> Callable[[Torch], object]:
    """Return a call that fills a tensor in place."""
    return lambda t: getattr(t.zeros(3), name)(*values)


ERRORS = [
    ErrorCase("tensor", lambda t: t.tensor("a"), TypeError, "invalid data type 'str'"),
    ErrorCase("tensor", lambda t: t.tensor(["a"]), ValueError, "too many dimensions 'str'"),
    ErrorCase(
        "tensor", lambda t: t.tensor(None), RuntimeError, "Could not infer dtype of NoneType"
    ),
    ErrorCase("tensor", lambda t: t.tensor([{}]), RuntimeError, "Could not infer dtype of dict"),
    ErrorCase(
        "tensor",
        lambda t: t.tensor([t.ones(2), t.ones(2)]),
        ValueError,
        "only one element tensors can be converted to Python scalars",
    ),
    ErrorCase("tensor", lambda t: t.tensor(2**70), ValueError, "Overflow when unpacking long long"),
    ErrorCase(
        "tensor",
        lambda t: t.tensor([300], dtype=t.uint8),
        RuntimeError,
        "value cannot be converted to type uint8 without overflow",
    ),
    ErrorCase(
        "tensor",
        lambda t: t.tensor([-0.5], dtype=t.uint8),
        RuntimeError,
        "value cannot be converted to type uint8 without overflow",
    ),
    ErrorCase(
        "tensor", lambda t: t.tensor(1, dtype="f"), TypeError, "must be torch.dtype, not str"
    ),
    ErrorCase("full", lambda t: t.full((2,), 300, dtype=t.int8), RuntimeError, "without overflow"),
    ErrorCase("full", lambda t: t.full(2, 3), TypeError, "must be tuple of ints, not int"),
    ErrorCase(
        "zeros",
        lambda t: t.zeros(),
        TypeError,
        'zeros() missing 1 required positional arguments: "',
    ),
    ErrorCase("zeros", lambda t: t.zeros(2.5), TypeError, "must be tuple of ints, not float"),
    ErrorCase("zeros", lambda t: t.zeros(2, 3.0), TypeError, "at pos 2 with error"),
    ErrorCase("zeros", lambda t: t.zeros([2, "a"]), TypeError, "must be tuple of ints,but got str"),
    ErrorCase(
        "zeros", lambda t: t.zeros(-1), RuntimeError, "zeros: Dimension size must be non-negative."
    ),
    ErrorCase("ones_like", lambda t: t.ones_like(3), TypeError, ""),
    ErrorCase("arange", lambda t: t.arange(), TypeError, "received an invalid combination of"),
    ErrorCase(
        "arange", lambda t: t.arange(0, float("inf")), RuntimeError, "unsupported range: 0 ->"
    ),
    ErrorCase(
        "arange",
        lambda t: t.arange(3, dtype=t.bool),
        NotImplementedError,
        "\"arange_cpu\" not implemented for 'Bool'",
    ),
    ErrorCase(
        "linspace",
        lambda t: t.linspace(0, 1, -1),
        RuntimeError,
        "number of steps must be non-negative",
    ),
    ErrorCase("linspace", lambda t: t.linspace(0, 1, 2.5), TypeError, ""),
    ErrorCase(
        "logspace",
        lambda t: t.logspace(0, 1, -1),
        RuntimeError,
        "number of steps must be non-negative",
    ),
    ErrorCase("eye", lambda t: t.eye(-1), RuntimeError, "n must be greater or equal to 0, got -1"),
    ErrorCase(
        "eye", lambda t: t.eye(1, -2), RuntimeError, "m must be greater or equal to 0, got -2"
    ),
    ErrorCase(
        "tril_indices", lambda t: t.tril_indices(-1, 2), RuntimeError, "row must be non-negative"
    ),
    ErrorCase(
        "triu_indices", lambda t: t.triu_indices(1, -2), RuntimeError, "col must be non-negative"
    ),
    ErrorCase(
        "triu_indices",
        lambda t: t.triu_indices(1, 2, dtype=t.float32),
        NotImplementedError,
        '"triu_indices" not implemented for',
    ),
    ErrorCase("meshgrid", lambda t: t.meshgrid(), RuntimeError, "expects a non-empty TensorList"),
    ErrorCase(
        "meshgrid",
        lambda t: t.meshgrid(t.ones(2, 2), indexing="ij"),
        RuntimeError,
        "Expected 0D or 1D tensor in the tensor list but got",
    ),
    ErrorCase(
        "meshgrid",
        lambda t: t.meshgrid(t.ones(1), t.tensor([1]), indexing="ij"),
        RuntimeError,
        "meshgrid expects all tensors to have the same dtype",
    ),
    ErrorCase(
        "meshgrid",
        lambda t: t.meshgrid(t.ones(1), indexing="zz"),
        RuntimeError,
        'indexing must be one of "xy" or "ij", but received: zz',
    ),
    # --- Random numbers
    ErrorCase(
        "rand", lambda t: t.rand(2, dtype=t.int64), NotImplementedError, "not implemented for"
    ),
    ErrorCase(
        "randn", lambda t: t.randn(2, dtype=t.bool), NotImplementedError, "not implemented for"
    ),
    ErrorCase(
        "rand", lambda t: t.rand(2, generator=3), TypeError, "received an invalid combination"
    ),
    ErrorCase(
        "randint",
        lambda t: t.randint(5, 3, (2,)),
        RuntimeError,
        "random_ expects 'from' to be less than 'to', but got from=5 >= to=3",
    ),
    ErrorCase(
        "randint",
        lambda t: t.randint(0, 300, (2,), dtype=t.uint8),
        RuntimeError,
        "to - 1 is out of bounds for",
    ),
    ErrorCase("randint", lambda t: t.randint(3, 2), TypeError, "must be tuple of ints, not int"),
    ErrorCase("randint", lambda t: t.randint(1.5, (2,)), TypeError, "must be int, not float"),
    ErrorCase(
        "randperm",
        lambda t: t.randperm(300, dtype=t.uint8),
        RuntimeError,
        "value cannot be converted to type",
    ),
    ErrorCase("normal", lambda t: t.normal(0.0, 1.0), TypeError, "received an invalid combination"),
    ErrorCase(
        "normal",
        lambda t: t.normal(t.ones(1), -1.0),
        RuntimeError,
        "normal expects std >= 0.0, but found std -1",
    ),
    ErrorCase(
        "normal",
        lambda t: t.normal(1.0, -t.ones(2)),
        RuntimeError,
        "normal expects all elements of std >= 0.0",
    ),
    ErrorCase(
        "bernoulli",
        lambda t: t.bernoulli(t.ones(2) * 2),
        RuntimeError,
        "Expected p_in >= 0 && p_in <= 1 to be true",
    ),
    ErrorCase(
        "bernoulli",
        lambda t: t.bernoulli(t.ones(2), 2),
        RuntimeError,
        "expects p to be in [0, 1], but got p=2",
    ),
    ErrorCase(
        "multinomial",
        lambda t: t.multinomial(t.ones(2), 3),
        RuntimeError,
        "cannot sample n_sample > prob_dist.size(-1) samples without replacement",
    ),
    ErrorCase(
        "multinomial",
        lambda t: t.multinomial(t.ones(2), 0),
        RuntimeError,
        "cannot sample n_sample <= 0 samples",
    ),
    ErrorCase(
        "multinomial", lambda t: t.multinomial(t.ones(()), 1), RuntimeError, "must be 1 or 2 dim"
    ),
    ErrorCase(
        "multinomial",
        lambda t: t.multinomial(t.tensor([1]), 1),
        RuntimeError,
        "multinomial only supports floating-point dtypes for input, got:",
    ),
    ErrorCase(
        "multinomial",
        lambda t: t.multinomial(-t.ones(2), 1),
        RuntimeError,
        "probability tensor contains either `inf`, `nan` or element < 0",
    ),
    ErrorCase(
        "multinomial",
        lambda t: t.multinomial(t.zeros(2), 1),
        RuntimeError,
        "invalid multinomial distribution (sum of probabilities <= 0)",
    ),
    ErrorCase("poisson", lambda t: t.poisson(-t.ones(2)), RuntimeError, "invalid Poisson rate, "),
    ErrorCase(
        "uniform_", lambda t: t.ones(1).uniform_(3, 2), RuntimeError, "but found from=3 > to=2"
    ),
    ErrorCase(
        "uniform_",
        lambda t: t.ones(1, requires_grad=True).uniform_(),
        RuntimeError,
        "a leaf Variable that requires grad is being used in an in-place operation",
    ),
    ErrorCase(
        "normal_", lambda t: t.tensor([1]).normal_(), NotImplementedError, "not implemented for"
    ),
    ErrorCase(
        "log_normal_",
        lambda t: t.ones(1).log_normal_(0, -1),
        RuntimeError,
        "log_normal_ expects std > 0.0, but found std=-1",
    ),
    ErrorCase(
        "exponential_",
        lambda t: t.ones(1).exponential_(0),
        RuntimeError,
        "exponential_ expects lambda > 0.0, but found lambda=0",
    ),
    ErrorCase(
        "exponential_",
        lambda t: t.tensor([1]).exponential_(),
        RuntimeError,
        "Exponential distribution is a continuous probability distribution.",
    ),
    ErrorCase(
        "geometric_",
        lambda t: t.ones(1).geometric_(1.5),
        RuntimeError,
        "geometric_ expects p to be in (0, 1), but got p=1.5",
    ),
    ErrorCase(
        "geometric_",
        lambda t: t.tensor([True]).geometric_(0.5),
        NotImplementedError,
        "not implemented for 'Bool'",
    ),
    ErrorCase(
        "cauchy_",
        lambda t: t.ones(1).cauchy_(0, -1),
        RuntimeError,
        "cauchy_ expects sigma > 0.0, but found sigma=-1",
    ),
    ErrorCase(
        "cauchy_",
        lambda t: t.tensor([1]).cauchy_(),
        RuntimeError,
        "Cauchy distribution is a continuous probability distribution.",
    ),
    ErrorCase(
        "bernoulli_",
        lambda t: t.ones(2).bernoulli_(t.ones(3)),
        RuntimeError,
        "The expanded size of the tensor (2",
    ),
    ErrorCase(
        "random_",
        lambda t: t.zeros(1, dtype=t.uint8).random_(-1, 3),
        RuntimeError,
        "from is out of bounds for",
    ),
    ErrorCase("random_", lambda t: t.ones(1).random_(0), RuntimeError, "but got from=0 >= to=0"),
    ErrorCase(
        "Generator",
        lambda t: t.Generator().manual_seed(1.5),
        RuntimeError,
        "manual_seed expected a long, but got float",
    ),
    ErrorCase("manual_seed", lambda t: t.manual_seed(2**64), ValueError, "Overflow when unpacking"),
    ErrorCase(
        "Generator",
        lambda t: t.Generator().set_state(t.ones(3)),
        TypeError,
        "RNG state must be a torch.ByteTensor",
    ),
    ErrorCase(
        "Generator",
        lambda t: t.Generator().set_state(3),
        TypeError,
        "expected a torch.ByteTensor, but got int",
    ),
    ErrorCase(
        "Generator",
        lambda t: t.Generator().set_state(t.zeros(10, dtype=t.uint8)),
        RuntimeError,
        "Expected a CPUGeneratorImplState of size 5056 but found the input RNG state size to be 10",
    ),
    ErrorCase(
        "Generator",
        lambda t: t.Generator().set_state(t.zeros(5056, dtype=t.uint8)),
        RuntimeError,
        "Invalid mt19937 state",
    ),
    ErrorCase(
        "Generator",
        lambda t: t.Generator().set_state(t.zeros(5056, 2, dtype=t.uint8)[:, 0]),
        RuntimeError,
        "RNG state must be contiguous",
    ),
    ErrorCase(
        "Generator",
        lambda t: t.Generator().manual_seed(True),
        RuntimeError,
        "manual_seed expected a long, but got bool",
    ),
    ErrorCase("Generator", lambda t: t.Generator("cuda"), RuntimeError, ""),
    ErrorCase(
        "uniform_",
        lambda t: t.zeros(3).uniform_(0, inf),
        RuntimeError,
        "to is out of bounds for",
    ),
    ErrorCase(
        "uniform_",
        lambda t: t.zeros(3).uniform_(nan, 1),
        RuntimeError,
        "from is out of bounds for",
    ),
    ErrorCase(
        "uniform_",
        lambda t: t.zeros(3, dtype=t.float16).uniform_(-70000, 0),
        RuntimeError,
        "from is out of bounds for",
    ),
    ErrorCase(
        "uniform_",
        lambda t: t.zeros(3).uniform_(-3e38, 3e38),
        RuntimeError,
        "uniform_ expects to-from <= std::numeric_limits<",
    ),
    *(
        ErrorCase(name, filled(name, *values), RuntimeError, phrase)
        for name, values, phrase in (
            ("normal_", (0, nan), "normal expects std >= 0.0, but found std nan"),
            ("log_normal_", (0, nan), "log_normal_ expects std > 0.0, but found std=nan"),
            ("exponential_", (nan,), "exponential_ expects lambda > 0.0, but found lambda=nan"),
            ("geometric_", (nan,), "geometric_ expects p to be in (0, 1), but got p=nan"),
            ("cauchy_", (0, nan), "cauchy_ expects sigma > 0.0, but found sigma=nan"),
            ("bernoulli_", (nan,), "bernoulli_ expects p to be in [0, 1], but got p=nan"),
        )
    ),
    ErrorCase(
        "random_",
        lambda t: t.zeros(3).random_(2.5),
        TypeError,
        "random_() received an invalid combination of arguments",
    ),
    ErrorCase(
        "randint",
        lambda t: t.randint(70000, (3,), dtype=t.float16),
        RuntimeError,
        "to - 1 is out of bounds for",
    ),
    ErrorCase(
        "randperm",
        lambda t: t.randperm(3000, dtype=t.float16),
        RuntimeError,
        "n cannot be greater than 2",
    ),
    # --- Element types, devices
    ErrorCase(
        "finfo", lambda t: t.finfo(t.int8), TypeError, "requires a floating point input type"
    ),
    ErrorCase("iinfo", lambda t: t.iinfo(t.float32), TypeError, "requires an integer input type"),
    ErrorCase("iinfo", lambda t: t.iinfo(t.bool), TypeError, "torch.bool is not supported by"),
    ErrorCase("promote_types", lambda t: t.promote_types(1, 2), TypeError, "must be torch.dtype"),
    ErrorCase("is_floating_point", lambda t: t.is_floating_point(3), TypeError, "must be Tensor"),
    ErrorCase(
        "set_default_dtype",
        lambda t: t.set_default_dtype(t.int64),
        TypeError,
        "only floating-point types are supported as the default type",
    ),
    ErrorCase(
        "device", lambda t: t.device("cpu:a"), RuntimeError, "Invalid device string: 'cpu:a'"
    ),
    ErrorCase(
        "device", lambda t: t.device("foo"), RuntimeError, "device type at start of device s"
    ),
    ErrorCase("type", lambda t: t.ones(1).type("a"), ValueError, "invalid type: 'a'"),
    # --- Out of here
    ErrorCase(
        "__contains__",
        lambda t: "a" in t.ones(2),
        RuntimeError,
        "Tensor.__contains__ only supports Tensor or scalar, but you passed in a <class 'str'>.",
    ),
    ErrorCase(
        "__format__",
        lambda t: f"{t.ones(2):.2f}",
        TypeError,
        "unsupported format string passed to Tensor.__format__",
    ),
    ErrorCase(
        "__index__", lambda t: t.tensor([1, 2]).__index__(), TypeError, "of a single element"
    ),
    ErrorCase("__bool__", lambda t: bool(t.ones(0)), RuntimeError, "with no values is ambiguous"),
    ErrorCase(
        "__dlpack__",
        lambda t: t.ones(1, requires_grad=True).__dlpack__(),
        BufferError,
        "Can't export tensors that require gradient, use tensor.detach()",
    ),
]
