"""The header of a yearbook's table: which positions are which years, over several lines.

A header is found by its years: a line on which they rise from left to right, with the lines
around it that say ``Sơ bộ``, repeat the year in English or head groups of columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tfp.tables.line_labels import folded
from tfp.tables.year_words import YearMark, status_words, weaker, year_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.tables.grid import Found
    from tfp.tables.lattice import Lattice
    from tfp.tables.year_words import MarkedStatus

LINES_ABOVE = 4  # of group headings that a year may have
LINES_BELOW = 3
UNIT_HEADINGS = frozenset(
    {"dvt", "dv tinh", "don vi", "don vi tinh", "unit", "units", "dvt - unit", "don vi tinh - unit"}
)


@dataclass(frozen=True)
class YearColumn:
    """A position below a year.

    Attributes
    ----------
    position : int
    year : int
    status : str or None
        As the header's words give it.
    groups : tuple of str
        What else stands above it: the headings of groups of columns.
    """

    position: int
    year: int
    status: MarkedStatus | None
    groups: tuple[str, ...] = ()


@dataclass(frozen=True)
class YearHeader:
    """A header's lines, from `first` to `last`, and its years."""

    first: int
    last: int
    anchor: int
    years: tuple[YearColumn, ...]

    @property
    def start(self) -> int:
        """The first position of a year; labels stand before it."""
        return self.years[0].position

    @property
    def end(self) -> int:
        """The last position of a year."""
        return self.years[-1].position


def find_headers(lattice: Lattice, header: int | None = None) -> tuple[YearHeader, ...]:
    """Return every header of a sheet, the first first; several where a table is continued.

    Parameters
    ----------
    lattice
    header
        A line of the header where it is declared; then only this one is looked for.
    """
    if header is not None:
        lines = range(header, header + LINES_BELOW + 1)
        marked = {line: _marks(lattice, line) for line in lines}
        anchor = next((line for line, marks in marked.items() if marks), None)
        return () if anchor is None else (_around(lattice, anchor, marked[anchor]),)
    found: list[YearHeader] = []
    for line in lattice.lines:
        marks = _marks(lattice, line)
        if len({mark.year for mark in marks.values()}) < 2 or not _rise(marks):
            continue
        if found and (line <= found[-1].last or _is_row(lattice, line, marks, found[0])):
            continue
        found.append(_around(lattice, line, marks))
    return tuple(found) or _single_year(lattice)


def _marks(lattice: Lattice, line: int) -> dict[int, YearMark]:
    cells = lattice.lines.get(line, {})
    marks = {position: year_mark(cell) for position, cell in cells.items()}
    return {position: mark for position, mark in marks.items() if mark is not None}


def _rise(marks: dict[int, YearMark]) -> bool:
    """Tell whether years rise, or rise anew in groups of two and more."""
    runs = [1]
    for before, after in pairwise(mark.year for mark in marks.values()):
        if after > before:
            runs[-1] += 1
        elif after < before:
            runs.append(1)
    return len(runs) == 1 or min(runs) > 1


def _is_row(lattice: Lattice, line: int, marks: dict[int, YearMark], first: YearHeader) -> bool:
    """Tell whether figures happen to look like years: their line has a label of its own."""
    start = min(marks)
    labels = {p: c for p, c in lattice.lines[line].items() if p < start and isinstance(c, str)}
    known = {lattice.at(first.anchor, position) for position in labels}
    return any(label not in known for label in labels.values())


def _single_year(lattice: Lattice) -> tuple[YearHeader, ...]:
    """Return the header of a table of one year: numbers stand below its year alone."""
    for line, cells in lattice.lines.items():
        marks = _marks(lattice, line)
        if len(marks) != 1:
            continue
        position = next(iter(marks))
        before = [cell for at, cell in cells.items() if at < position]
        if any(_is_number(cell) for cell in before):
            continue
        below = (lattice.lines[other].get(position) for other in lattice.lines if other > line)
        labelled = position > min(min(each) for each in lattice.lines.values())
        if labelled and any(_is_number(cell) for cell in below):
            return (_around(lattice, line, marks),)
    return ()


def _around(lattice: Lattice, anchor: int, marks: dict[int, YearMark]) -> YearHeader:
    start = min(marks)
    last = anchor
    while last < anchor + LINES_BELOW and _continues(lattice, last + 1, start, marks):
        last += 1
    first = anchor
    while first > max(1, anchor - LINES_ABOVE) and _heads(lattice, first - 1, start):
        first -= 1
    # Years without a mark may stand one line above those that have one.
    every = dict(marks)
    for line in range(first, last + 1):
        every = _marks(lattice, line) | every
    years = tuple(_columns(lattice, range(first, last + 1), every))
    return YearHeader(first, last, anchor, years)


def _continues(lattice: Lattice, line: int, start: int, marks: dict[int, YearMark]) -> bool:
    """Tell whether a line below the years still belongs to the header."""
    cells = lattice.lines.get(line, {})
    texts = {p: c for p, c in cells.items() if p >= start}
    own_label = any(p < start for p in cells)
    if not texts or any(_is_number(c) and year_mark(c) is None for c in texts.values()):
        return False
    if all(_says_of_year(cell, marks.get(position)) for position, cell in texts.items()):
        return not own_label or any(isinstance(cell, str) for cell in texts.values())
    # Headings of columns below a year: Tổng số, Nam, Nữ.
    blocks = [p for p in texts if (line, p) in lattice.wide_blocks]
    years = [c for c in texts.values() if year_mark(c) is not None]
    words = all(isinstance(c, str) and any(map(str.isalpha, c)) for c in texts.values())
    return words and not own_label and not blocks and not years and len(texts) > 1


def _says_of_year(cell: Found, above: YearMark | None) -> bool:
    """Tell whether a cell repeats the year above it, is a further one, or says its status."""
    mark = year_mark(cell)
    if mark is not None:
        return above is None or mark.year == above.year
    return isinstance(cell, str) and status_words(cell)[1] is not None


def _heads(lattice: Lattice, line: int, start: int) -> bool:
    """Tell whether a line above the years heads columns: merged blocks, or words of status."""
    cells = {p: c for p, c in lattice.lines.get(line, {}).items() if p >= start}
    return any(
        (line, position) in lattice.wide_blocks or (isinstance(cell, str) and status_words(cell)[0])
        for position, cell in cells.items()
    )


def _columns(lattice: Lattice, lines: range, marks: dict[int, YearMark]) -> Iterator[YearColumn]:
    """Give every position below a year, also those of further columns of a merged year."""
    for position in range(min(marks), _end(lattice, lines, marks) + 1):
        words = [lattice.at(line, position) for line in lines]
        found = [mark for mark in map(year_mark, words) if mark is not None]
        if not found:
            continue
        status = None
        groups = []
        for mark in found:
            status = weaker(status, mark.status)
        for cell in words:
            if isinstance(cell, str) and year_mark(cell) is None:
                known, said = status_words(cell)
                status = weaker(status, said)
                if not known:
                    groups.append(cell)
        yield YearColumn(position, found[0].year, status, tuple(dict.fromkeys(groups)))


def _end(lattice: Lattice, lines: range, marks: dict[int, YearMark]) -> int:
    ends = [lattice.wide_blocks.get((line, p), p) for p in marks for line in lines]
    return max(ends)


def _is_number(cell: object) -> bool:
    if isinstance(cell, str):
        return any(map(str.isdigit, cell)) and not any(map(str.isalpha, cell))
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def is_unit_heading(cell: object) -> bool:
    """Tell whether a column's heading says that units stand below it."""
    return isinstance(cell, str) and folded(cell).rstrip(":") in UNIT_HEADINGS
