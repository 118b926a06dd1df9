"""The training exercise: a province that does not exist, with the mistakes that real ones meet."""
