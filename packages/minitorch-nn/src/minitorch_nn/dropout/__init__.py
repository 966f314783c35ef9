"""Dropping elements or channels at random while training."""
