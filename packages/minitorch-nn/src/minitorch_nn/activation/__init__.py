"""Activations: a file for each kind, from `rectifiers.py` to `softmaxes.py`."""
