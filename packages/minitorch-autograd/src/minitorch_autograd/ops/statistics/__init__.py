"""What is computed of many elements: extremes, order, counts, variances, running sums."""
