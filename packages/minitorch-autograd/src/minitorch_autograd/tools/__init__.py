"""To look at derivatives: whether they are right, and how the graph looks."""
