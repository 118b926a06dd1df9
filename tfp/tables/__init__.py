"""Tables in, with the place of each value; workbook data out.

::

    csv_file, excel_file   a file becomes a grid: rows of cells as found, with their numbers
    tidy                   a grid with one header row becomes a Table
    reading                read_table: the two steps, and what can be wrong with a file
    table                  Table: columns as numbers, whole numbers, texts or a frame
    workbook               a workbook as data: sheets, cells with formula and value, charts
    workbook_writing       that data as .xlsx bytes, written whole or not at all
"""
