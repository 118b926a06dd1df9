"""Dynamic panels by instruments from their own past: differences, and the system."""
