"""Tables in, with the place of each value; workbook data out."""
