"""How parameters begin, where that takes more than a few lines; `init.py` has the rest."""
