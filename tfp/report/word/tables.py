"""Tables of a Word report: caption above, head on every page, notes and source below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.report.captions import below
from tfp.report.document import Blank, show_cell
from tfp.report.paper import fits_a_page, fits_with_notes
from tfp.report.word.elements import (
    above_line,
    cell,
    element,
    paragraph,
    row,
    run,
    size,
    table,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.language.catalogue import Language
    from tfp.report.document import Cell, Column
    from tfp.report.paper import Fitted
    from tfp.report.word.elements import Element

_USUAL = 10.0  # points of the style Table Text
# Rows at both ends of a long table that a page break does not cut off alone.
_TOGETHER = 3


def table_elements(fit: Fitted, label: str, language: Language) -> Iterator[Element]:
    """Give the caption, the table, and what stands below it."""
    content = fit.table
    yield paragraph("Caption", run(f"{label} {content.title}".strip()))
    under = list(below(content, language))
    yield table(
        fit.widths,
        *_heads(fit),
        *_rows(fit, language, followed=bool(under)),
        style="ReportTable",
    )
    together = fits_with_notes(fit, language)
    for number, (mark, words) in enumerate(under, start=1):
        marked = [above_line(mark), run(" ")] if mark else []
        keep = together and number < len(under)
        yield paragraph("TableNote", *marked, run(words), keep_next=keep)
    if not under:
        yield paragraph("TableNote")


def _heads(fit: Fitted) -> Iterator[Element]:
    """Give one row of heads, or two where columns share one."""
    columns, groups = fit.table.columns, fit.table.groups
    if not groups:
        cells = [
            cell(width, *_head(column.label, column.unit, fit.points), head=True)
            for column, width in zip(columns, fit.widths, strict=True)
        ]
        yield row(*cells, head=True)
        return
    upper, lower, at = [], [], 0
    for label, span in groups:
        wide = sum(fit.widths[at : at + span])
        if label:
            upper.append(cell(wide, *_head(label, "", fit.points), span=span, head=True))
            lower += [
                cell(
                    fit.widths[n], *_head(columns[n].label, columns[n].unit, fit.points), head=True
                )
                for n in range(at, at + span)
            ]
        else:
            column = columns[at]
            head = _head(column.label, column.unit, fit.points)
            upper.append(cell(wide, *head, merge="restart", head=True))
            lower.append(cell(wide, paragraph("TableHead"), merge="continue", head=True))
        at += span
    yield row(*upper, head=True)
    yield row(*lower, head=True)


def _head(label: str, unit: str, points: float) -> Iterator[Element]:
    yield paragraph("TableHead", run(label, *size(points, _USUAL)))
    if unit:
        plain = (element("b", val=0), element("bCs", val=0), element("i"), element("iCs"))
        yield paragraph("TableHead", run(f"({unit})", *plain, *size(points, _USUAL)))


def _rows(fit: Fitted, language: Language, *, followed: bool) -> Iterator[Element]:
    """Give the rows; where the table fits a page, no break parts them."""
    count, whole = len(fit.table.rows), fits_a_page(fit, language)
    for number, values in enumerate(fit.table.rows, start=1):
        last = number == count
        near_an_end = number < _TOGETHER or count - number < _TOGETHER
        keep = followed if last else whole or near_an_end
        yield row(
            *(
                cell(width, _cell(value, column, language, fit.points, keep=keep))
                for value, column, width in zip(values, fit.table.columns, fit.widths, strict=True)
            )
        )


def _cell(value: Cell, column: Column, language: Language, points: float, *, keep: bool) -> Element:
    runs = [run(show_cell(value, column, language), *size(points, _USUAL))]
    if isinstance(value, Blank):
        runs.append(above_line(value.mark))
    style = {"text": "TableText", "year": "TableYear"}.get(column.style, "TableNumber")
    return paragraph(style, *runs, keep_next=keep)
