"""A document as a Word file: styles, letterhead, tables, pages."""
