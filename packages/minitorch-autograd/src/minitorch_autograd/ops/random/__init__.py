"""Random tensors, and the generators that they come from."""
