"""What everything else is written in: what a tensor is, and how NumPy is called for it.

Read `dtypes`, `value`, `promotion`, `broadcasting`, `ufuncs`; `allocator` stands for itself.
"""
