"""Figures in the layouts of yearbooks and of long files."""
