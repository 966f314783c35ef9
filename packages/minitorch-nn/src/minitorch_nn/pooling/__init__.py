"""One number for each window. Begin with `windows.py`, which all kinds share."""
