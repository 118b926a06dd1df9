"""Bundled real tables with their sources, and generators with known truth."""
