"""What all optimizers share: groups of parameters, rules, the step, hooks, saving and loading.

Start with `groups`, `rule` and `optimizer`. `blockwise`, `buckets` and `group_loop` make a step
fast; a step is the same without them.
"""
