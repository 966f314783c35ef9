"""Pixels rearranged, and images resized and sampled."""
