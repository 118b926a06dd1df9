"""A `Panel` goes into a method; out comes a result."""

__version__ = "0.1.0"
