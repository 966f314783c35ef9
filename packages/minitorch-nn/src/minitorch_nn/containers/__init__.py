"""Modules that hold modules or parameters in an order, or by name."""
