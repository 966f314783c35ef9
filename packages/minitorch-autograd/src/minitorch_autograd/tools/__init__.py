"""Tools that look at derivatives: `gradcheck` whether they are right, `picture` how the graph is."""
