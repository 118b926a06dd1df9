"""The tables that readers of a report expect, B1 to B13, one module for each."""
