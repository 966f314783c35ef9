"""Functions of functions: what `func`, `functional` and `checkpoint` are made of.

`fresh_inputs` is what they differentiate by; `trees` are nests of tensors.
"""
