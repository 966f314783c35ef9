"""Where elements are: joined, split, turned around, laid out by strides."""
