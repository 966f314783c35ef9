"""Functions of one element, or of one element of each input."""
