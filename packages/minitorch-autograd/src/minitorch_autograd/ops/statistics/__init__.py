"""What is told of many elements: extremes, order, counts, deviations, running sums."""
