"""Tools: `gradcheck` compares derivatives with differences, `picture` draws the graph."""
