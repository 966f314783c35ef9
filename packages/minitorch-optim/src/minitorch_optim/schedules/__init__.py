"""How learning rates change from epoch to epoch.

Start with `scheduler`, the base of all; then `step_lr`, the simplest.
"""
