"""Functions of each element by itself, or of one element of each input."""
