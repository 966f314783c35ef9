"""Functions of each element, or of two elements at the same place.

Read `arithmetic`, `comparisons`, `conditional`, then as you like: `exponentials`, `trigonometry`,
`rounding`, `bitwise`, and the special functions `error_function` and `gamma_function`.
"""
