"""The Excel plan as an empty form: which cells it has, and how they look."""
