"""What fused operations are made of: blocks that fit the cache, and sliding windows."""
