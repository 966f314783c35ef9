"""Operations that are written as a class: `Function`, and the `ctx` of its methods."""
