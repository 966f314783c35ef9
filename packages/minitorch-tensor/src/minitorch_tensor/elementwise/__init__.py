"""Functions of one element, or of two at the same place: arithmetic first."""
