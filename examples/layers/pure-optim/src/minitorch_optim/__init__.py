"""MiniTorch's optimizers from pure update rules: an alternative to ours, and smaller.

It has the names that the front asks for in its `requires.py`, and no other public one. The
mathematics is in `_rules.py`; the classes in `_shell.py` only apply it.
"""

from ._shell import SGD, Adam, AdamW

__all__ = ["SGD", "Adam", "AdamW"]
