"""Boundaries: areas that merge, and names and codes that mean different areas in time."""
