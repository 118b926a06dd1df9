"""What answers are: results that never change, can be checked and can be shown."""
