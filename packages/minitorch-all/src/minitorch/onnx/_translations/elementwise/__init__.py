"""Functions of each element: arithmetic, comparisons, element types, activations."""
