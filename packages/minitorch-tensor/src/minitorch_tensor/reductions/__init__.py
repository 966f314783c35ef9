"""Functions along dimensions. Read `sums`, `extremes`, `scans`, `sorting`."""
