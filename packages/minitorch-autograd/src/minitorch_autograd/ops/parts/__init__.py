"""Parts of a tensor, read and written: by masks, by indices, along a dimension."""
