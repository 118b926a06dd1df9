"""What stands on top of every sheet: that it is a draft, or not the approved calculation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.report.approval import banner
from tfp.tables.workbook import Cell

if TYPE_CHECKING:
    from tfp.report.content import RunContent
    from tfp.tables.workbook import Sheet

ROW = 2  # below the title, kept free on every sheet


def standing(content: RunContent) -> str:
    """Return the short marks of a run in one line; empty for one that is final and approved."""
    marks = []
    if content.draft_reasons:
        marks.append(text("workbook.standing.draft", content.language))
    above = banner(content.approval, content.language)
    if above:
        marks.append(above)
    return " · ".join(marks)


def with_standing(sheet: Sheet, content: RunContent) -> Sheet:
    """Return a sheet with these marks below its title, and above every printed page."""
    marks = standing(content)
    if not marks:
        return sheet
    title, _, *rest = (*sheet.rows, ())
    below = (Cell(marks, role="banner"),)
    if len(sheet.rows) >= ROW and sheet.rows[ROW - 1]:
        return replace(sheet, header=marks)  # a flat sheet, whose only head is its first row
    return replace(sheet, rows=(title, below, *rest[: max(0, len(sheet.rows) - ROW)]), header=marks)
