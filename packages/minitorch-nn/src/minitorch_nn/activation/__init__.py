"""Functions that are applied elementwise, and softmax. A file a kind, and one of its modules."""
