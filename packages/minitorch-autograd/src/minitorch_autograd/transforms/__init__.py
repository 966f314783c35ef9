"""Function transforms: the parts that `func`, `functional` and `checkpoint` are built from.

In reading order: `trees` (nests of tensors), `fresh_inputs`, one call of the function (`tree_call`
of `func`, `tuple_call` of `functional`), `jacobians`, `vmap`, `recomputation` (of checkpoints).
"""
