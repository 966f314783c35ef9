"""Random numbers: `generator` first, then what is drawn from it."""
