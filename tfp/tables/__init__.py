"""Tables in, with the place of each value; workbook data out.

::

    csv_file, excel_file   a file becomes a grid: rows of cells as found, with their numbers
    old_excel_file         the same for workbooks of Excel 97-2003
    text_encoding          which letters the bytes of a text file write
    old_letters, old_text  TCVN3 and VNI, recognised and converted to Unicode
    wide_table             a sheet in yearbook layout: years, labels, parts and notes
    sheet_lines            the line that a label means
    sheet_cells            the figures in its cells, or why a cell is none
    tidy                   a grid with one header row becomes a Table
    reading                read_table: the two steps, and what can be wrong with a file
    table                  Table: columns as numbers, whole numbers, texts or a frame
    workbook, chart        a workbook as data: sheets, cells with formula and value, charts
    workbook_checks        what no .xlsx file can hold, refused
    workbook_writing       that data as .xlsx bytes, the same content the same bytes
    whole_file             a file written whole or not at all
    references             F17 is row 17, column 6
"""
