"""How far outputs are from targets: a file for each kind. Begin with `regression.py`."""
