"""Modules that hold modules or parameters, in order or by name. Begin with `sequential.py`."""
