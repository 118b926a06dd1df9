"""Sheets of yearbooks as published figures: only what the rows mean has to be said."""
