"""The graph and the walk through it: what every operation leaves behind, and what `backward` does."""
