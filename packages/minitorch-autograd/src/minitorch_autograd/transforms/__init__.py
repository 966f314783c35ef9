"""Functions of functions: derivatives by `func` and `functional`, `vmap`, checkpoints."""
