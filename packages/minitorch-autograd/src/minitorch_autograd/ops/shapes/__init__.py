"""Shapes: reshaping, broadcasting, joining and splitting, repeating, ranges and diagonals."""
