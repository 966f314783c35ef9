"""The graph and the walk through it: what an operation leaves behind, and what `backward` does.

In reading order: `value`, `node`, `graph` (how an operation is recorded), `walk`, `roots`,
`backward`; then what complicates it: `modes`, `hooks`, `views`, `writes`, `staleness`, `outputs`,
`notes`, `propagate`, `piecewise`, `anomaly`.
"""
