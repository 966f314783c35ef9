"""How far outputs are from targets. A file a kind, and one of its modules."""
