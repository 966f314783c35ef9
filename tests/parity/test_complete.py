"""Every public operation is in the table."""

from __future__ import annotations

from tests.parity.cases_nn import MODULES
from tests.parity.test_operations import CASES

import minitorch_autograd
import minitorch_nn

# What is public and no operation to compare with torch, by why.
ELSEWHERE = {
    "element types and classes": {"Generator", "bool", "dtype", "float32", "float64", "int64"},
    "modes, whose effect tests/autograd has": {
        "enable_grad",
        "is_grad_enabled",
        "no_grad",
        "set_grad_enabled",
    },
    "ways to gradients, which every case takes or the error table has": {
        "backward",
        "grad",
        "gradcheck",
        "gradgradcheck",
        "requires_grad",
    },
    "the seam, which torch has not": {"record", "record_with_output"},
    "random streams, which are not torch's": {"default_generator", "manual_seed"},
    "NumPy's, which a layer may lack; tests/autograd has them": {"from_numpy", "numpy"},
    "values that every comparison reads": {"shape", "ndim"},
    "the base and protocol of modules, not modules": {"Layer", "Module", "Parameter"},
    "submodules": {"functional", "init"},
}
KNOWN = {case.name.split(".")[-1] for case in CASES} | {
    name for names in ELSEWHERE.values() for name in names
}


def test_every_operation_of_autograd_is_in_the_table() -> None:
    assert set(minitorch_autograd.__all__) - KNOWN == set()


def test_every_method_of_tensors_is_in_the_table() -> None:
    methods = {name for name in vars(minitorch_autograd.Tensor) if not name.startswith("_")}
    assert methods - KNOWN == set()


def test_every_function_of_nn_is_in_the_table() -> None:
    assert set(minitorch_nn.functional.__all__) - KNOWN == set()


def test_every_module_is_in_the_table() -> None:
    assert set(minitorch_nn.__all__) - KNOWN - {case.name for case in MODULES} == set()


def test_what_is_elsewhere_exists() -> None:
    public = {
        *minitorch_autograd.__all__,
        *vars(minitorch_autograd.Tensor),
        *minitorch_nn.__all__,
    }
    assert {name for names in ELSEWHERE.values() for name in names} - public <= {
        "gradcheck",
        "gradgradcheck",
    }
