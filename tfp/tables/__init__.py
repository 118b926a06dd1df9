"""Tables in, with the place of each value; workbook data out.

::

    csv_file, excel_file   a file becomes a grid: rows of cells as found, with their numbers
    tidy                   a grid with one header row becomes a Table
    reading                read_table: the two steps, and what can be wrong with a file
    table                  Table: columns as numbers, whole numbers, texts or a frame
    workbook, chart        a workbook as data: sheets, cells with formula and value, charts
    workbook_checks        what no .xlsx file can hold, refused
    workbook_writing       that data as .xlsx bytes, the same content the same bytes
    whole_file             a file written whole or not at all
    references             F17 is row 17, column 6
"""
