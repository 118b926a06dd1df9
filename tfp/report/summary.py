"""A result in a few lines: as aligned text, and as HTML in a notebook."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.report.building import finding_texts
from tfp.report.document import show_cell
from tfp.report.lone_result import table_of_result, title_of
from tfp.results.growth_accounts import GrowthAccounts

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.report.document import FindingText, Table
    from tfp.results.result import Result

# A panel of 63 provinces is read as a frame; a summary shows its beginning.
MOST_ROWS = 40
_GAP = "  "


def summary_text(result: Result, language: Language = "en") -> str:
    """Return a result as text: title, table, notes, remarks.

    Parameters
    ----------
    result : Result
    language : {"en", "vi"}
    """
    table = table_of_result(result, language)
    lines = [*_title(result, language), "", *aligned(table, language)]
    lines += [f"{mark} {note}".strip() for mark, note in table.notes]
    for remark in _remarks(result, language):
        lines.append(f"[{remark.label}] {remark.found} {remark.effect} {remark.remedy}")
    return "\n".join(lines)


def summary_html(result: Result, language: Language = "en") -> str:
    """Return a result as a piece of HTML: table and remarks, for a notebook."""
    from markupsafe import escape

    from tfp.report.html import table_markup

    title = "<br>".join(str(escape(line)) for line in _title(result, language))
    remarks = "".join(
        f"<p><b>{escape(remark.label)}</b>: {escape(remark.found)} {escape(remark.effect)} "
        f"{escape(remark.remedy)}</p>"
        for remark in _remarks(result, language)
    )
    table = table_of_result(result, language)
    shown = table_markup(replace(table, rows=table.rows[:MOST_ROWS]), language)
    return f"<div><p>{title}</p>{shown}{remarks}</div>"


def aligned(table: Table, language: Language) -> list[str]:
    """Return a table as lines of text, numbers to the right, words to the left."""
    shown = table.rows[:MOST_ROWS]
    cells = [
        [show_cell(cell, column, language) for cell, column in zip(row, table.columns, strict=True)]
        for row in shown
    ]
    heads = [
        [column.group for column in table.columns],
        [c.label for c in table.columns],
        [c.unit for c in table.columns],
    ]
    heads[0] = [g if n == 0 or heads[0][n - 1] != g else "" for n, g in enumerate(heads[0])]
    widths = [
        max(_width(line[number]) for line in (*heads[1:], *cells))
        for number in range(len(table.columns))
    ]
    lines = [_groups(table, widths)] if table.groups else []
    lines += [_line(head, table, widths) for head in heads[1:] if any(head)]
    lines.append("-" * max(_width(line) for line in lines))
    lines += [_line(row, table, widths) for row in cells]
    if len(table.rows) > MOST_ROWS:
        more = len(table.rows) - MOST_ROWS
        lines.append(text("report.summary.more_rows", language, count=more))
    return lines


def _title(result: Result, language: Language) -> list[str]:
    lines = [title_of(result, language)]
    if isinstance(result, GrowthAccounts):
        rows = result.rows
        years = [rows.time_label(row) for row in range(len(rows))]
        span = text("report.summary.years", language, first=min(years), last=max(years))
        area = rows.entities[0] if len(rows.entities) == 1 else ""
        lines[0] = ", ".join(part for part in (lines[0], area, span) if part)
        lines.append(result.provenance.method)
    return lines


def _remarks(result: Result, language: Language) -> tuple[FindingText, ...]:
    return finding_texts(getattr(result, "warnings", ()), language)


def _line(cells: list[str], table: Table, widths: list[int]) -> str:
    parts = []
    for cell, column, width in zip(cells, table.columns, widths, strict=True):
        space = " " * (width - _width(cell))
        parts.append(cell + space if column.style == "text" else space + cell)
    return _GAP.join(parts).rstrip()


def _groups(table: Table, widths: list[int]) -> str:
    """Return the heads over several columns, each above the first of them."""
    parts, column = [], 0
    for label, span in table.groups:
        width = sum(widths[column : column + span]) + len(_GAP) * (span - 1)
        parts.append(label[:width].ljust(width))
        column += span
    return _GAP.join(parts).rstrip()


def _width(words: str) -> int:
    """Return how many columns of a console some words take."""
    return sum(
        0
        if unicodedata.combining(letter)
        else 2
        if unicodedata.east_asian_width(letter) in "WF"
        else 1
        for letter in words
    )
