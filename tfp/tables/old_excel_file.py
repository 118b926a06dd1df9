"""Workbooks of Excel 97-2003 (.xls): bytes to a grid of one sheet."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from tfp.errors import Place, TableError, nearest
from tfp.tables.grid import Found, Grid, GridRow, Unusable, tidy_text
from tfp.tables.old_letters import encoding_of_font
from tfp.tables.old_text import in_unicode

if TYPE_CHECKING:
    from collections.abc import Iterator


def old_excel_grid(data: bytes, file: str, *, sheet: str | None = None) -> Grid:
    """Return the rows of one sheet of an old workbook.

    Parameters
    ----------
    data
        The file's bytes.
    file
        The file's name, for messages.
    sheet
        The sheet's name; None where the workbook has one visible sheet.

    Raises
    ------
    TableError
        ``old-excel-unreadable``, ``unknown-sheet``, ``sheet-not-named``.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, logfile=io.StringIO(), on_demand=True
        )
        worksheet = _choose_sheet(book, file, sheet)
        rows = tuple(row for row in _rows(book, worksheet) if not row.is_empty)
        fonts = dict(_old_fonts(book, worksheet))
        per_cent = frozenset(_per_cent(book, worksheet))
    except TableError:
        raise
    except Exception as error:  # a damaged file makes the reader fail in every possible way
        raise TableError(
            "old-excel-unreadable", places=[Place(file=file)], file=file, reason=str(error)
        ) from error
    grid = Grid(
        file,
        tidy_text(worksheet.name),
        rows,
        merged=tuple(
            (top + 1, left + 1, bottom, right)
            for top, bottom, left, right in worksheet.merged_cells
        ),
        hidden_rows=frozenset(
            row + 1 for row, about in worksheet.rowinfo_map.items() if about.hidden
        ),
        per_cent=per_cent,
    )
    return in_unicode(grid, fonts)


def _choose_sheet(book: Any, file: str, sheet: str | None) -> Any:
    names = [tidy_text(name) for name in book.sheet_names()]
    if sheet is None:
        sheets = [book.sheet_by_index(number) for number in range(book.nsheets)]
        visible = [each for each in sheets if each.visibility == 0]
        if len(visible) == 1:
            return visible[0]
        raise TableError("sheet-not-named", places=[Place(file=file)], file=file, known=names)
    wanted = tidy_text(sheet)
    if wanted not in names:
        raise TableError(
            "unknown-sheet",
            places=[Place(file=file)],
            sheet=sheet,
            known=names,
            nearest=nearest(wanted, names),
        )
    return book.sheet_by_index(names.index(wanted))


def _rows(book: Any, worksheet: Any) -> Iterator[GridRow]:
    for row in range(worksheet.nrows):
        yield GridRow(row + 1, tuple(_found(book, cell) for cell in worksheet.row(row)))


def _found(book: Any, cell: Any) -> Found:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_TEXT:
        return tidy_text(cell.value) or None
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return float(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Unusable(str(xlrd.error_text_from_code.get(cell.value, "#ERR")))
    if cell.ctype == xlrd.XL_CELL_DATE:
        date: Found = xlrd.xldate_as_datetime(cell.value, book.datemode)
        return date
    return None


def _per_cent(book: Any, worksheet: Any) -> Iterator[tuple[int, int]]:
    """Give every cell whose number is shown in per cent."""
    formats = {number for number, form in book.format_map.items() if "%" in (form.format_str or "")}
    for row in range(worksheet.nrows):
        for column in range(worksheet.row_len(row)):
            if book.xf_list[worksheet.cell_xf_index(row, column)].format_key in formats:
                yield row + 1, column + 1


def _old_fonts(book: Any, worksheet: Any) -> Iterator[tuple[tuple[int, int], str]]:
    """Give the font of every cell that is written in one from before Unicode."""
    names = [font.name for font in book.font_list]
    if not any(map(encoding_of_font, names)):
        return
    for row in range(worksheet.nrows):
        for column in range(worksheet.row_len(row)):
            number = book.xf_list[worksheet.cell_xf_index(row, column)].font_index
            runs = worksheet.rich_text_runlist_map.get((row, column), ())
            used = [names[number], *(names[font] for _, font in runs)]
            old = next((name for name in used if encoding_of_font(name)), None)
            if old is not None:
                yield (row + 1, column + 1), old
