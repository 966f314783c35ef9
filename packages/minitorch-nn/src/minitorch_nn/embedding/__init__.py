"""Rows of a table that are learned: one by one (`rows.py`), or summed in bags (`bags.py`)."""
