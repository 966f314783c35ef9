"""Functions of one element at a time, or of one element of each input."""
