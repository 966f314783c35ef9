"""Operations that are written as a class: `Function` and its `ctx`."""
