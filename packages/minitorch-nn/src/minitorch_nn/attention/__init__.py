"""Attention, and the Transformer.

Begin with `scaled_dot_product.py`; `kernels.py` has the mathematics.
"""
