"""Keeping the memory of freed arrays for those that come next.

Theory of operation. The allocator of glibc hands the memory of a large array back to the system as
soon as it is freed, and the system clears each page of the next array when it is first touched:
that can take longer than the operation. But once the allocator has seen one array of up to 32 MB
go, it takes arrays of that size for ordinary, and keeps twice as much at hand. One goes here, which
is never touched and so takes no memory. Other allocators do not mind.

Source: mallopt(3), "M_MMAP_THRESHOLD", on its dynamic adjustment.
"""

from __future__ import annotations

from typing import Final

import numpy as np

LARGEST: Final = 2**25 - 2**16  # bytes: what the allocator adds must still fit below 32 MB


def keep_freed_memory() -> None:
    """Let the allocator keep what arrays of up to 32 MB leave, up to 64 MB."""
    np.empty(LARGEST, np.uint8)
