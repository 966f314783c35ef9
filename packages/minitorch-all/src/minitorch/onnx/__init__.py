"""Export to ONNX, the format in which other runtimes read models: `minitorch.onnx.export`.

Needs the package onnx, which the extra `onnx` of `minitorch-all` brings.
"""

try:
    import onnx as _onnx  # noqa: F401
except ModuleNotFoundError as missing:
    raise ImportError("minitorch.onnx needs the package onnx: pip install onnx") from missing

from ._export import export

__all__ = ["export"]
