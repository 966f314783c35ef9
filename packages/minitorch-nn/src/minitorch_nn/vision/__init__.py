"""Pixels rearranged, and images resized (`upsampling.py`) or read through a grid."""
