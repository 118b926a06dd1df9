"""A document as PDF, set by typst."""
