"""Arrays in, arrays or small frozen records out: NumPy and SciPy only."""
