"""One number for each window: its mean, its maximum, ...

Begin with `windows.py`, which says where the windows lie, then `maximum.py`.
"""
