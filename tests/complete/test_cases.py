"""Every public operation and module has a row in the tables of cases, which all laws walk."""

from __future__ import annotations

from tests.cases.nn.table import MODULES
from tests.cases.table import CASES

import minitorch_autograd
import minitorch_nn

# What is public and no operation to compare with torch, by why.
ELSEWHERE = {
    "element types, which tests/parity/test_dtypes.py has": {
        "bool",
        "dtype",
        "float16",
        "float32",
        "float64",
        "int8",
        "int16",
        "int32",
        "int64",
        "set_default_dtype",
        "uint8",
    },
    "how tensors are written, which tests/parity/test_text.py has": {"set_printoptions"},
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
    "the engine, whose programs tests/parity/test_engine.py has": {
        "Function",
        "FunctionCtx",
        "Node",
        "RemovableHandle",
        "detach_",
        "detect_anomaly",
        "inference_mode",
        "is_anomaly_check_nan_enabled",
        "is_anomaly_enabled",
        "is_inference",
        "is_inference_mode_enabled",
        "once_differentiable",
        "output_nr",
        "register_hook",
        "register_post_accumulate_grad_hook",
        "retain_grad",
        "retains_grad",
        "set_detect_anomaly",
    },
    "pictures, which torch has not": {"GraphPicture", "draw_graph"},
    "the seam, which torch has not": {
        "add_windows",
        "matmul_windows",
        "outer_windows",
        "spread_windows",
        "by_blocks",
        "check_calls",
        "refuse_misfits",
        "foreach_copy_",
        "record",
        "record_several",
        "record_with_output",
        "sliding_windows",
    },
    "threads, which change no result": {"get_num_threads", "set_num_threads"},
    "NumPy's, which a layer may lack; tests/autograd has them": {
        "from_dlpack",
        "from_numpy",
        "numpy",
    },
    "values that every comparison reads": {"shape", "ndim"},
    "the bases and protocol of modules, not modules": {
        "Layer",
        "Module",
        "Parameter",
        "RNNBase",
        "RNNCellBase",
    },
    "containers, parameters and lazy modules, whose programs tests/parity/test_programs.py has": {
        "LazyBatchNorm1d",
        "LazyBatchNorm2d",
        "LazyBatchNorm3d",
        "LazyConv1d",
        "LazyConv2d",
        "LazyConv3d",
        "LazyConvTranspose1d",
        "LazyConvTranspose2d",
        "LazyConvTranspose3d",
        "LazyInstanceNorm1d",
        "LazyInstanceNorm2d",
        "LazyInstanceNorm3d",
        "LazyLinear",
        "Buffer",
        "ModuleDict",
        "ModuleList",
        "ParameterDict",
        "ParameterList",
        "UninitializedBuffer",
        "UninitializedParameter",
    },
    "submodules": {"utils", "func", "functional", "init", "linalg", "modules"},
}
IN_THE_TABLE = {case.name.split(".")[-1] for case in CASES}
KNOWN = IN_THE_TABLE | {name for names in ELSEWHERE.values() for name in names}


ADD = "no row in tests/cases, and no reason in ELSEWHERE"


def test_every_operation_of_autograd_is_in_the_table() -> None:
    assert sorted(set(vars(minitorch_autograd)["__all__"]) - KNOWN) == [], ADD


def test_every_method_of_tensors_is_in_the_table() -> None:
    methods = {name for name in dir(minitorch_autograd.Tensor) if not name.startswith("_")}
    assert sorted(methods - KNOWN) == [], ADD


def test_every_function_of_linalg_is_in_the_table() -> None:
    assert sorted(set(minitorch_autograd.linalg.__all__) - KNOWN) == ["LinAlgError"], ADD


def test_every_function_of_nn_is_in_the_table() -> None:
    assert sorted(set(vars(minitorch_nn.functional)["__all__"]) - KNOWN) == [], ADD


def test_every_filling_is_in_the_table_or_drawn_at_random() -> None:
    drawn = {
        name
        for name in minitorch_nn.init.__all__
        if name not in KNOWN - {"normal_", "uniform_"}
        and f"{name}_" not in minitorch_nn.init.__all__  # a deprecated name
    }
    assert drawn == {
        "kaiming_normal_",
        "kaiming_uniform_",
        "normal_",
        "orthogonal_",
        "sparse_",
        "trunc_normal_",
        "uniform_",
        "xavier_normal_",
        "xavier_uniform_",
    }


def test_every_module_is_in_the_table() -> None:
    modules = {case.name for case in MODULES}
    assert sorted(set(vars(minitorch_nn)["__all__"]) - KNOWN - modules) == [], ADD


def test_what_is_elsewhere_exists() -> None:
    public = {
        *vars(minitorch_autograd)["__all__"],
        *dir(minitorch_autograd.Tensor),
        *vars(minitorch_nn)["__all__"],
        *vars(minitorch_nn.functional)["__all__"],
    }
    assert {name for names in ELSEWHERE.values() for name in names} - public <= {
        "gradcheck",
        "gradgradcheck",
    }
