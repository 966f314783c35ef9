"""Reading and writing parts of a tensor: by masks, by indices, along a dimension."""
