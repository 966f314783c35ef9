"""Many elements into few: sums, means, the largest, sorting, products of matrices."""
