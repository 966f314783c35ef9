"""Functions along dimensions: sums, the extremes, what is gathered on the way, sorting."""
