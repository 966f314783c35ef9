"""Saving and loading: `files` has `save` and `load`.

`archive` reads and writes PyTorch's archives, through `pickle_reading` and `pickle_writing`;
`safetensors_files` the format safetensors. Reading either runs no code.
"""
