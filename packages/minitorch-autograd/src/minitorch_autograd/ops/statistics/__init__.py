"""Reductions beyond the core: extremes, order, counts, running sums."""
