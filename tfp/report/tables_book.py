"""The tables of a document as a workbook of values: one sheet for each, no formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.tables.workbook import Workbook
from tfp.tables.workbook_writing import workbook_bytes

if TYPE_CHECKING:
    from tfp.report.document import Document

_LONGEST = 31


def tables_workbook(document: Document) -> Workbook:
    """Return the workbook; a sheet bears its table's number, and its name where that is all."""
    from tfp.report.workbook import sheet_name, table_sheet

    sheets = []
    taken: set[str] = set()
    for table in document.tables():
        wanted = table.number or sheet_name(table, document.language)
        name, count = wanted[:_LONGEST], 2
        while name.casefold() in taken:
            tail = f" {count}"
            name, count = wanted[: _LONGEST - len(tail)] + tail, count + 1
        taken.add(name.casefold())
        sheets.append(table_sheet(table, name))
    return Workbook(document.title, tuple(sheets))


def tables_bytes(document: Document) -> bytes:
    """Return the workbook's file."""
    return workbook_bytes(tables_workbook(document))
