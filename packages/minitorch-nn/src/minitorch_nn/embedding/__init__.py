"""Rows of a table, one by one and summed in bags."""
