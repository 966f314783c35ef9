"""The path `nn.modules.module`, at which PyTorch has what belongs to all modules."""

from . import module

__all__ = ["module"]
