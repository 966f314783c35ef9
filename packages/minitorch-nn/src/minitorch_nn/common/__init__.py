"""What the functions of all families are built on: sizes, element types, blocks, publishing."""
