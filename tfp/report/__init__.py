"""From results to documents: format-free document, HTML page, workbook."""
