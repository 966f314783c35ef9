"""What a module is: parameters, buffers, submodules, hooks, state. Begin with `module.py`."""
