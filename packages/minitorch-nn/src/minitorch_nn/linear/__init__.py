"""Linear and bilinear maps, and what brings dimensions into one before them."""
