"""On how many threads work is done.

Read `blas` (threads within one product), `sharing` (several of ours), `blocks` (a program on parts
of large tensors).
"""
