"""The paper that a report is printed on, and how its tables go onto it.

A4 with the margins of Decree 30/2020/NĐ-CP: top and bottom 20 mm, left 30, right 20.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.report.captions import below
from tfp.report.document import show_cell
from tfp.report.widths import balanced_widths, least_width, parts_within

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.report.document import Table

SHORT_SIDE, LONG_SIDE = 210, 297  # mm
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 20  # mm
TWIPS = 1440 / 25.4  # a millimetre
# Sizes of letters from the one that is liked to the one that can still be read.
_UPRIGHT_SIZES = (10.0, 9.5, 9.0)
_LYING_SIZES = (10.0, 9.5, 9.0, 8.5, 8.0)
# Texts of more letters than this are set small in the first place.
_LONG, _SMALL = 60, 9.5
_LETTER = 0.5  # a letter of the average width, in sizes of letters
_DENSER = 1.08  # small letters are narrower than that
_LINE, _ROW = 1.17, 3.0  # height of a line in sizes of letters; what a row adds, in points
_TWIPS = 20  # a point
_NOTE, _NOTE_DENSER = 10.0, 1.15  # size of the letters of notes, and how much narrower they are
# How high charts are at most, with their captions on the same page, in mm.
_CHART_HEIGHT = {False: 200, True: 132}
CHART_DPI = {False: 220, True: 330}  # so that the larger picture has 200 dots an inch, too
# Height of a page's text without the caption of a table, in points.
_PAGE = {False: 670.0, True: 430.0}


def text_width(*, lying: bool) -> int:
    """Return the width of the text in twentieths of a point."""
    return int(((LONG_SIDE if lying else SHORT_SIDE) - LEFT - RIGHT) * TWIPS)


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


def fits_a_page(fit: Fitted, language: Language) -> bool:
    """Tell whether the rows of a table, as they will about be, fit one page."""
    return _height(fit, language) <= _PAGE[fit.lying]


def fits_with_notes(fit: Fitted, language: Language) -> bool:
    """Tell whether a table fits one page with all that stands below it."""
    letters = _NOTE_DENSER * text_width(lying=fit.lying) / (_TWIPS * _LETTER * _NOTE)
    lines = sum(-(-len(words) // int(letters)) for _, words in below(fit.table, language))
    notes = lines * (_LINE * _NOTE + _ROW / 2)
    return _height(fit, language) + notes <= _PAGE[fit.lying]


def chart_size(wide: float, high: float, *, lying: bool) -> float:
    """Return how many mm wide a chart of this shape is printed."""
    room = (LONG_SIDE if lying else SHORT_SIDE) - LEFT - RIGHT
    return min(room, _CHART_HEIGHT[lying] * wide / high)


def _height(fit: Fitted, language: Language) -> float:
    """Return about how high a table is, in points."""
    room = [_DENSER * width / (_TWIPS * _LETTER * fit.points) for width in fit.widths]
    rows = [
        [
            show_cell(value, column, language)
            for value, column in zip(row, fit.table.columns, strict=True)
        ]
        for row in fit.table.rows
    ]
    heads = [f"{column.label} {column.unit}" for column in fit.table.columns]
    lines = [
        max(-(-len(words) // max(1, int(wide))) for words, wide in zip(row, room, strict=True))
        for row in (heads, *rows)
    ]
    return sum(_LINE * fit.points * count + _ROW for count in lines) + _LINE * fit.points
