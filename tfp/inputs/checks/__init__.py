"""Checks of raw figures: what typing, vintages and definitions leave in yearbook tables."""
