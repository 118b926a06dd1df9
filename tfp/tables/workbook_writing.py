"""A workbook as .xlsx, by XlsxWriter.

Numbers are written with the shortest digits that read back to the same double, and
the same workbook gives the same bytes.
"""

from __future__ import annotations

import io
import math
import textwrap
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tfp.tables.whole_file import write_whole_file

if TYPE_CHECKING:
    import os

    from tfp.tables.chart import Block, ChartSpec, Series
    from tfp.tables.workbook import Cell, Entry, Role, Sheet, Style, Workbook

_NUMBER_FORMATS: dict[Style, str] = {
    # "@" keeps text that looks like a formula as text when somebody edits the cell.
    "text": "@",
    "number": "General",
    "whole": "#,##0",
    "level": "#,##0.0",
    "points": "0.00",
    "per_cent": "0.00",
    "share": "0.0000",
    "index": "0.000",
    "year": "0",
    "date": "yyyy-mm-dd",
    "day": "dd/mm/yyyy",
}
_RULE = "#BFBFBF"
_LOOKS: dict[Role, dict[str, Any]] = {
    "body": {},
    "title": {"bold": True, "font_size": 14},
    "heading": {
        "bold": True,
        "text_wrap": True,
        "align": "center",
        "valign": "vcenter",
        "bg_color": "#DCE6F1",
        "border": 1,
        "border_color": "#7F7F7F",
    },
    "total": {"bold": True, "top": 1},
    "parameter": {"bg_color": "#FFF2CC", "border": 1, "border_color": "#BF9000"},
    "note": {"italic": True, "font_color": "#404040"},
    "banner": {"bold": True, "font_color": "#9C0006"},
    "warning": {"bold": True, "font_color": "#9C0006", "bg_color": "#FFC7CE"},
    "provisional": {"italic": True, "pattern": 6, "fg_color": "#D9D9D9"},
    "band": {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79"},
    "label": {"bottom": 4, "border_color": _RULE},
    "aside": {"font_color": "#595959", "bottom": 4, "border_color": _RULE},
    "input": {"bg_color": "#FFF8DC", "border": 1, "border_color": "#BF9000", "locked": False},
    "key": {"font_color": "#A6A6A6", "font_size": 8, "bottom": 4, "border_color": _RULE},
}
_INDENTED: tuple[Role, ...] = ("body", "provisional", "label", "aside", "input")
_A4 = 9
_NARROWEST, _WIDEST = 9, 40
_LINE_HEIGHT = 15
_TALLEST = 409  # points, the most that the file format takes
# A column's width counts digits; bold letters are wider than they.
_BOLD = 1.1
# These overflow into the cells beside them, and say nothing about a column's width.
_ACROSS: tuple[Role, ...] = ("title", "note", "banner", "band", "key")


class _Exact(float):
    """A double that formats itself with all its digits, whatever it is asked for.

    XlsxWriter writes 16 significant digits, one less than a double may need.
    """

    def __format__(self, _spec: str, /) -> str:
        return float.__repr__(self).removesuffix(".0")


class _EmptyText(str):
    """The empty text as the value of a formula, which XlsxWriter would leave out.

    It leaves out what equals "", and the formula would look as if never computed.
    """

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other


def workbook_bytes(workbook: Workbook) -> bytes:
    """Return the workbook as the bytes of an .xlsx file; the same content, the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            **(
                {"default_format_properties": {"font_name": workbook.font}} if workbook.font else {}
            ),
        },
    )
    book.set_properties(
        {**workbook.properties, "title": workbook.title, "created": workbook.created}
    )
    formats = _Formats(book, workbook.font)
    for sheet in workbook.sheets:
        _write_sheet(book, formats, sheet)
    for name, address in workbook.names().items():
        book.define_name(name, f"={address}")
    book.close()
    return stream.getvalue()


def write_workbook(workbook: Workbook, path: str | os.PathLike[str]) -> None:
    """Write the workbook as an .xlsx file, whole or not at all.

    Parameters
    ----------
    workbook
        What to write.
    path
        Where; a file already there is replaced.

    Raises
    ------
    OutputError
        As :func:`tfp.tables.whole_file.write_whole_file`.
    """
    write_whole_file(path, workbook_bytes(workbook))


class _Formats:
    """XlsxWriter's formats, one for each look that occurs."""

    def __init__(self, book: Any, font: str = "") -> None:
        self._book = book
        self._font = {"font_name": font} if font else {}
        self._made: dict[tuple[str, str, bool], Any] = {}

    def of(self, style: Style, role: Role, *, wrap: bool = False) -> Any:
        """Return the format of a style in a role."""
        key = (style, role, wrap)
        if key not in self._made:
            look: dict[str, Any] = {"num_format": _NUMBER_FORMATS[style], **_LOOKS[role]}
            look |= self._font
            # Numbers stand beside the first line of a text, not beside its last.
            look.setdefault("valign", "top")
            if wrap:
                look["text_wrap"] = True
            if style == "text" and role in _INDENTED:
                # Clear of a number that stands left of it.
                look |= {"align": "left", "indent": 1}
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def _write_sheet(book: Any, formats: _Formats, sheet: Sheet) -> None:
    worksheet = book.add_worksheet(sheet.name)
    widths = _widths(sheet)
    for column, width in widths.items():
        worksheet.set_column(column - 1, column - 1, width)
    for row, lines in _lines_of_rows(sheet, widths).items():
        worksheet.set_row(row - 1, min(_LINE_HEIGHT * lines, _TALLEST))
    for row, column, cell in sheet.cells():
        wrap = cell.role not in _ACROSS and _lines(cell, widths[column]) > 1
        look = formats.of(cell.style, cell.role, wrap=wrap)
        _write_cell(worksheet, row - 1, column - 1, cell, look)
        if cell.entry is not None:
            worksheet.data_validation(
                row - 1, column - 1, row - 1, column - 1, _validation(cell.entry)
            )
    _write_notes(worksheet, sheet, widths, formats.of("text", "note", wrap=True))
    for chart in sheet.charts:
        drawn = _draw(book, chart)
        worksheet.insert_chart(chart.row - 1, chart.column - 1, drawn)
    _set_page(worksheet, sheet)


def _write_cell(worksheet: Any, row: int, column: int, cell: Cell, look: Any) -> None:
    value = cell.plain_value
    if cell.reason is not None and value is None:
        worksheet.write_comment(row, column, cell.reason)
    if cell.formula is not None:
        computed = _EmptyText() if value is None or value == "" else value
        worksheet.write_formula(row, column, cell.formula, look, computed)
    elif value is None or value == "":
        worksheet.write_blank(row, column, None, look)
    elif isinstance(value, bool):
        worksheet.write_boolean(row, column, value, look)
    elif isinstance(value, str):
        worksheet.write_string(row, column, value, look)
    elif isinstance(value, datetime):
        worksheet.write_datetime(row, column, value, look)
    else:
        worksheet.write_number(row, column, _Exact(value), look)


def _validation(entry: Entry) -> dict[str, Any]:
    if entry.choices:
        return {"validate": "list", "source": f"={entry.choices}", "error_type": "warning"}
    return {
        "validate": "decimal",
        "criteria": "between",
        "minimum": entry.low,
        "maximum": entry.high,
        "error_type": "warning",
    }


def _widths(sheet: Sheet) -> dict[int, float]:
    """Return the width of each column: as declared, else as wide as its longest content."""
    widths: dict[int, float] = dict.fromkeys(range(1, sheet.width + 1), _NARROWEST)
    for _, column, cell in sheet.cells():
        if cell.role in _ACROSS:
            continue
        # A heading wraps: its longest word counts.
        parts = _shown(cell).split() if cell.role == "heading" else [_shown(cell)]
        longest = max((len(part) for part in parts), default=0)
        longest = math.ceil(longest * _BOLD) + 1 if cell.role == "heading" else longest + 3
        widths[column] = min(max(widths[column], longest), _WIDEST)
    return widths | dict(sheet.widths)


def _lines_of_rows(sheet: Sheet, widths: dict[int, float]) -> dict[int, int]:
    """Return how many lines the rows with wrapped text take, by row.

    Nobody else works it out before printing: LibreOffice cuts what a row has no room for.
    """
    found: dict[int, int] = {}
    for row, column, cell in sheet.cells():
        lines = 1 if cell.role in _ACROSS else _lines(cell, widths[column])
        if lines > 1:
            found[row] = max(lines, found.get(row, 1))
    return found


def _lines(cell: Cell, width: float) -> int:
    """Return how many lines a text takes in a column of some width."""
    if not isinstance(cell.plain_value, str) or cell.formula is not None:
        return 1
    room = max(1, int(width / _BOLD if cell.role == "heading" else width - 1))
    return sum(len(textwrap.wrap(line, room)) or 1 for line in cell.plain_value.splitlines()) or 1


def _shown(cell: Cell) -> str:
    value = cell.plain_value
    if isinstance(value, float):
        return f"{value:,.4f}" if cell.style in {"share", "number"} else f"{value:,.2f}"
    return "" if value is None else str(value)


def _write_notes(worksheet: Any, sheet: Sheet, widths: dict[int, float], look: Any) -> None:
    across = sum(widths.get(column, _NARROWEST) for column in range(1, sheet.width + 1))
    start = len(sheet.rows) + 1 if sheet.rows else 0
    for row, note in enumerate(sheet.notes, start=start):
        # Merged cells do not grow with their text: the height is ours to set.
        room = max(across, _NARROWEST)
        worksheet.set_row(row, _LINE_HEIGHT * math.ceil(len(note) / room))
        if sheet.width > 1:
            worksheet.merge_range(row, 0, row, sheet.width - 1, "", look)
        worksheet.write_string(row, 0, note, look)


def _set_page(worksheet: Any, sheet: Sheet) -> None:
    worksheet.set_paper(_A4)
    if sheet.landscape:
        worksheet.set_landscape()
    worksheet.fit_to_pages(1, 0)
    worksheet.set_footer("&C&P / &N")
    if sheet.header:
        # An ampersand begins a command there.
        worksheet.set_header("&C&B" + sheet.header.replace("&", "&&"))
    if sheet.printed_rows is not None:
        worksheet.print_area(0, 0, sheet.printed_rows - 1, max(sheet.width, 1) - 1)
    if sheet.tab:
        worksheet.set_tab_color(sheet.tab)
    if any(sheet.freeze):
        worksheet.freeze_panes(*sheet.freeze)
    if sheet.repeated_rows is not None:
        first, last = sheet.repeated_rows
        worksheet.repeat_rows(first - 1, last - 1)


def _draw(book: Any, spec: ChartSpec) -> Any:
    kind = {"type": "column", "subtype": "stacked"} if spec.stacked else {"type": "column"}
    chart = book.add_chart(kind)
    for series in spec.columns:
        chart.add_series(
            {
                **_series(series, spec.categories),
                "fill": {"color": series.colour},
                "border": {"color": "#FFFFFF", "width": 0.5},
                "gap": 60,
                "points": _points(series, spec),
            }
        )
    if spec.total is not None:
        line = book.add_chart({"type": "line"})
        line.add_series(
            {
                **_series(spec.total, spec.categories),
                # What stands beside other things, not after them, is not joined by a line.
                "line": {"color": spec.total.colour, "width": 1.5}
                if spec.stacked
                else {"none": True},
                "marker": {
                    "type": "diamond",
                    "size": 7,
                    "fill": {"color": spec.total.colour},
                    "border": {"color": "#FFFFFF"},
                },
            }
        )
        chart.combine(line)
    chart.set_title({"name": spec.title, "name_font": {"size": 12}})
    # Below the plot, also where columns reach under zero.
    chart.set_x_axis({"name": spec.category_title, "label_position": "low"})
    chart.set_y_axis(
        {
            "name": spec.value_title,
            "major_gridlines": {"visible": True, "line": {"color": "#D9D9D9"}},
        }
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": spec.width, "height": spec.height})
    return chart


def _points(series: Series, spec: ChartSpec) -> list[dict[str, Any] | None]:
    """Return how each column of a series looks, where it does not look like the others."""
    count = series.values.last_row - series.values.first_row + 1
    hatch = {"pattern": "wide_upward_diagonal", "fg_color": series.colour, "bg_color": "#FFFFFF"}
    return [
        {"pattern": hatch, "border": {"color": series.colour}} if number in spec.hatched else None
        for number in range(count)
    ]


def _series(series: Series, categories: Block) -> dict[str, Any]:
    return {
        "name": series.name,
        "categories": _range(categories),
        "values": _range(series.values),
    }


def _range(block: Block) -> list[Any]:
    column = block.column - 1
    return [block.sheet, block.first_row - 1, column, block.last_row - 1, column]
