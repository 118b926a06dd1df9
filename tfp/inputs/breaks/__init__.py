"""Changes of definition inside a series: known, suspected, linked, or accepted by a word."""
