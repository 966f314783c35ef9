"""What the layers above compute fused operations and convolutions with; torch has no such thing.

`blocks`: running a program on blocks that fit the cache. `windows`: for convolution and pooling.
"""
