"""What the functions of all families use: sizes, element types, blocks, and the lists of names."""
