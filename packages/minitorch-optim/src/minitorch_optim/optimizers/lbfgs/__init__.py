"""L-BFGS: `two_loop_recursion` finds a direction, `strong_wolfe` how far to go in it.

`objective` is the loss as a function of one vector; `lbfgs` makes the steps.
"""
