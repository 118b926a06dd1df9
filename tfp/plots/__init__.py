"""Charts of results: they show, and never compute."""
