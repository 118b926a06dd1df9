"""Tables of a Word report: caption above, head on every page, notes and source below."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.report.document import Blank, show_cell
from tfp.report.widths import balanced_widths, least_width, parts_within
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
from tfp.report.word.pages import text_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.language.catalogue import Language
    from tfp.report.document import Cell, Column, Table
    from tfp.report.word.elements import Element

# Sizes of letters from the one that is liked to the one that can still be read.
_UPRIGHT_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0)
_LYING_SIZES = (11.0, 10.5, 10.0, 9.5, 9.0, 8.5, 8.0)
# Texts of more letters than this are set small in the first place.
_LONG, _SMALL = 60, 9.5
_LETTER = 0.5  # a letter of the average width, in sizes of letters
_LINE = 1.35  # a line with the space around it, in sizes of letters
_TWIPS = 20  # a point
# Height of a page's text without the caption of a table, in points.
_PAGE = {False: 670.0, True: 430.0}
# Rows at both ends of a long table that a page break does not cut off alone.
_TOGETHER = 3


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """A table, or a part of one, as it goes onto paper."""

    table: Table
    points: float
    widths: tuple[int, ...]
    lying: bool


def fitted(content: Table, language: Language) -> tuple[Fitted, ...]:
    """Return how a table goes onto paper: standing, lying, or in parts that lie.

    Letters become smaller before paper is turned, and paper is turned before a table is
    parted.
    """
    long = any(
        isinstance(value, str) and len(value) > _LONG for each in content.rows for value in each
    )
    for lying, sizes in ((False, _UPRIGHT_SIZES), (True, _LYING_SIZES)):
        for points in (each for each in sizes if not long or each <= _SMALL):
            if least_width(content, language) <= _room(points, lying=lying):
                return (_fit(content, language, points, lying=lying),)
    points = _LYING_SIZES[-2]
    parts = parts_within(content, language, _room(points, lying=True))
    return tuple(
        _fit(
            part if len(parts) == 1 else _part(part, number, len(parts), language),
            language,
            points,
            lying=True,
        )
        for number, part in enumerate(parts, start=1)
    )


def table_elements(fit: Fitted, label: str, language: Language) -> Iterator[Element]:
    """Give the caption, the table, and what stands below it."""
    content = fit.table
    yield paragraph("Caption", run(f"{label} {content.title}".strip()))
    whole = _height(fit, language) <= _PAGE[fit.lying]
    below = list(_below(content, language))
    yield table(
        fit.widths,
        *_heads(fit),
        *_rows(fit, language, whole=whole, followed=bool(below)),
        style="ReportTable",
    )
    for mark, words in below:
        marked = [above_line(mark), run(" ")] if mark else []
        yield paragraph("TableNote", *marked, run(words))
    if not below:
        yield paragraph("TableNote")


def _below(content: Table, language: Language) -> Iterator[tuple[str, str]]:
    yield from content.notes
    if content.status:
        yield "", text("report.page.status", language, status=content.status)
    if content.source:
        yield "", f"{text('report.page.source', language)} {content.source}"


def _room(points: float, *, lying: bool) -> float:
    return text_width(lying=lying) / (_TWIPS * _LETTER * points)


def _fit(content: Table, language: Language, points: float, *, lying: bool) -> Fitted:
    letters = balanced_widths(content, language, _room(points, lying=lying))
    share = text_width(lying=lying) / sum(letters)
    return Fitted(
        table=content,
        points=points,
        widths=tuple(int(width * share) for width in letters),
        lying=lying,
    )


def _part(content: Table, number: int, count: int, language: Language) -> Table:
    title = text("office.part", language, title=content.title, number=number, count=count)
    return replace(content, title=title)


def _height(fit: Fitted, language: Language) -> float:
    """Return about how high a table is, in points."""
    line = fit.points * _LINE
    letters = [width / (_TWIPS * _LETTER * fit.points) for width in fit.widths]
    rows = sum(
        max(
            -(-len(show_cell(value, column, language)) // max(1, int(room)))
            for value, column, room in zip(each, fit.table.columns, letters, strict=True)
        )
        for each in fit.table.rows
    )
    heads = 2 + max(
        -(-len(column.label) // max(1, int(room)))
        for column, room in zip(fit.table.columns, letters, strict=True)
    )
    return line * (rows + heads)


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
    yield paragraph("TableHead", run(label, *size(points)))
    if unit:
        plain = (element("b", val=0), element("bCs", val=0), element("i"), element("iCs"))
        yield paragraph("TableHead", run(f"({unit})", *plain, *size(points)))


def _rows(fit: Fitted, language: Language, *, whole: bool, followed: bool) -> Iterator[Element]:
    """Give the rows; where the table fits a page, no break parts them."""
    count = len(fit.table.rows)
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
    runs = [run(show_cell(value, column, language), *size(points))]
    if isinstance(value, Blank):
        runs.append(above_line(value.mark))
    style = {"text": "TableText", "year": "TableYear"}.get(column.style, "TableNumber")
    return paragraph(style, *runs, keep_next=keep)
