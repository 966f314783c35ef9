"""Mean 0 and variance 1, over batches, layers or groups. Begin with `batch.py`."""
