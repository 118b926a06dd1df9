"""The plan as an Excel form: its template, and what is read from it."""
