"""Random tensors, and the generators that their numbers come from."""
