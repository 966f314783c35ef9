"""The operations that a network can't do without."""
