"""The operations by family, each with its derivative. `core` is complete by itself."""
