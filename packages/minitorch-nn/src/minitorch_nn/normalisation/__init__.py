"""Mean 0 and variance 1, over batches, layers or groups.

Begin with `layer.py`, which stands alone; batches and groups share `kernels.py`.
"""
