"""Plans, runs and run folders."""
