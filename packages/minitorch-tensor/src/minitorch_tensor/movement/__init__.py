"""Functions that move elements, or only change how they are seen.

Read `views`, `copies`, `indexing`, `scatter`, `sliding_windows`.
"""
