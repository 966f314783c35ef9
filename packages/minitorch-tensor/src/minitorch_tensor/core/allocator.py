"""Keeping the memory of freed arrays for the next ones.

Theory of operation. The allocator of glibc returns the memory of a large array to the system when
it is freed, and the system clears each page of the next array when it is first touched: that can
take longer than the operation. But once an array of up to 32 MB has been freed, the allocator
expects more of that size, and keeps twice as much. So one is freed here; it is never touched, and
takes no memory. Other allocators are not affected.

Source: mallopt(3), "M_MMAP_THRESHOLD", on its dynamic adjustment.
"""

from __future__ import annotations

from typing import Final

import numpy as np

LARGEST: Final = 2**25 - 2**16  # bytes: with what the allocator adds it must stay below 32 MB


def keep_freed_memory() -> None:
    """Let the allocator keep the memory of freed arrays of up to 32 MB, up to 64 MB in all."""
    np.empty(LARGEST, np.uint8)
