"""Linear and bilinear maps, and joining dimensions for them."""
