"""Functions that move elements, or only the way they are seen: views, copies, indexing."""
