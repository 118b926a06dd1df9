"""Prices: deflating, changing the base, chaining, and telling vintages apart."""
