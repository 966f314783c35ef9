"""Moving elements, and making tensors by a law: joined, split, turned, diagonal, in windows."""
