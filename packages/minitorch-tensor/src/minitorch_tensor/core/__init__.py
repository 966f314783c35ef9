"""What everything else is written in: element types, what a tensor is, how two of them meet."""
