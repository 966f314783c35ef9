"""Our autograd layer has each extension that nn and optim ask for, with its types, for mypy alone.

`requires.py` itself checks the core only, since a replacement may lack the extensions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import minitorch_autograd as below

if TYPE_CHECKING:
    from minitorch_autograd import Tensor, dtype
    from minitorch_nn.requires import (
        Blocks,
        Calls,
        Creation,
        Elementwise,
        Graphs,
        Indexing,
        Matrices,
        Random,
        Reductions,
        Shaping,
        Types,
        Windows,
    )
    from minitorch_optim import requires as optim

    blocks: Blocks[Tensor] = below
    calls: Calls = below
    creation: Creation[Tensor, dtype] = below
    elementwise: Elementwise[Tensor] = below
    graphs: Graphs[Tensor] = below
    indexing: Indexing[Tensor] = below
    matrices: Matrices[Tensor] = below
    random: Random[Tensor] = below
    reductions: Reductions[Tensor] = below
    shaping: Shaping[Tensor] = below
    types: Types[dtype] = below
    windows: Windows[Tensor] = below

    optim_blocks: optim.Blocks[Tensor] = below
    optim_calls: optim.Calls = below
    optim_creation: optim.Creation[dtype] = below
    optim_elementwise: optim.Elementwise[Tensor] = below
    optim_matrices: optim.Matrices[Tensor] = below
    optim_reductions: optim.Reductions[Tensor] = below
    optim_shaping: optim.Shaping[Tensor] = below
