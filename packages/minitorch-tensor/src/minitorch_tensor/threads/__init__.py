"""On how many threads work is done: those of BLAS, and ours that share blocks of a tensor."""
