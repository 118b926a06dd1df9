"""A yearbook's sheet as lines with labels, headings and the cells below each year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfp.errors import Place, TableError
from tfp.tables.lattice import Lattice
from tfp.tables.line_labels import folded, readings
from tfp.tables.marked_numbers import DASHES, UNKNOWN
from tfp.tables.year_header import find_headers, is_unit_heading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.tables.grid import Found, Grid
    from tfp.tables.year_header import YearColumn, YearHeader

_NOTES = (
    "nguon:",
    "nguon so lieu",
    "source:",
    "sources:",
    "ghi chu",
    "note:",
    "notes:",
    "(*)",
    "(1)",
)
# Words of a heading that begins another part of the table, whatever stands where.
_PARTS = (
    "gia so sanh",
    "gia hien hanh",
    "gia thuc te",
    "constant",
    "current price",
    "co cau",
    "structure",
    "chi so",
    "index",
    "toc do",
    "growth",
    "ty dong",
    "trieu dong",
    "nghin dong",
    "dongs",
    "nghin nguoi",
    "thous",
    "%",
)


@dataclass(frozen=True)
class Label:
    """A text that names a line, and its position."""

    text: str
    position: int


@dataclass(frozen=True)
class Heading:
    """A line without figures, and whether it begins another part of the table."""

    line: int
    text: str
    begins_part: bool


@dataclass(frozen=True, eq=False)
class Line:
    """A line with figures.

    Attributes
    ----------
    number : int
    labels : tuple of Label
    cells : dict of int to found
        What stands at each position of a year.
    headings : tuple of Heading
        All that stand above it below the same header, the nearest last.
    unit : str
        What stands in the column of units; empty where there is none.
    header : YearHeader
    """

    number: int
    labels: tuple[Label, ...]
    cells: dict[int, Found]
    headings: tuple[Heading, ...]
    unit: str
    header: YearHeader

    @property
    def part(self) -> Heading | None:
        """The heading that begins the part of the table in which the line stands."""
        parts = [heading for heading in self.headings if heading.begins_part]
        return parts[-1] if parts else None

    def is_called(self, wanted: frozenset[str]) -> bool:
        """Tell whether one of its labels reads like the one that is wanted."""
        return any(wanted.intersection(readings(label.text)) for label in self.labels)

    @property
    def shown(self) -> str:
        """Its label as it is printed."""
        return " ".join(self.labels[0].text.split()) if self.labels else ""


@dataclass(frozen=True, eq=False)
class WideTable:
    """A sheet whose years run one way and whose indicators run the other.

    Attributes
    ----------
    lattice : Lattice
    headers : tuple of YearHeader
    lines : tuple of Line
        Those that have figures.
    above : tuple of str
        The texts above the first header, the nearest first: titles, units.
    headings : tuple of Heading
        Every line without figures below a header.
    notes : tuple of str
        Notes and sources below the table.
    """

    lattice: Lattice
    headers: tuple[YearHeader, ...]
    lines: tuple[Line, ...]
    above: tuple[str, ...]
    headings: tuple[Heading, ...]
    notes: tuple[str, ...]

    @property
    def file(self) -> str:
        """The file's name."""
        return self.lattice.grid.file

    @property
    def sheet(self) -> str | None:
        """The sheet's name."""
        return self.lattice.grid.sheet

    def place(self, line: Line, position: int | None = None, name: str | None = None) -> Place:
        """Return the place of one of a line's cells; of its label where no position is given."""
        if position is None:
            position = line.labels[0].position if line.labels else line.header.start
        return self.lattice.place(line.number, position, name)


def wide_table(
    grid: Grid,
    *,
    header_row: int | None = None,
    first_row: int | None = None,
    last_row: int | None = None,
) -> WideTable:
    """Return the lines of a sheet in yearbook layout, whichever way its years run.

    Parameters
    ----------
    grid
        The sheet as found.
    header_row
        A row of the header, where the years are not found by themselves.
    first_row, last_row
        Rows outside these are not looked at.

    Raises
    ------
    TableError
        ``years-not-found``.
    """
    first = first_row or 1
    if header_row is not None:
        first = min(first, max(1, header_row))
    across = Lattice(grid, turned=False, first_row=first, last_row=last_row)
    headers = find_headers(across, header_row)
    if headers:
        return _table(across, headers)
    down = Lattice(grid, turned=True, first_row=first, last_row=last_row)
    # Rows count from the top here too: a declared header is the row of the names of columns.
    headers = find_headers(down)
    if headers:
        return _table(down, headers[:1])
    raise TableError(
        "years-not-found",
        places=[Place(file=grid.file, sheet=grid.sheet)],
        row=header_row or "–",
    )


def _table(lattice: Lattice, headers: tuple[YearHeader, ...]) -> WideTable:
    lines: list[Line] = []
    headings: list[Heading] = []
    notes: list[str] = []
    bounds = [header.first for header in headers[1:]]
    for header, following in zip(headers, [*bounds, None], strict=True):
        for part in _parts(lattice, header, following):
            lines += part[0]
            headings += part[1]
            notes += part[2]
    return WideTable(
        lattice, headers, tuple(lines), _above(lattice, headers[0]), tuple(headings), tuple(notes)
    )


def _above(lattice: Lattice, header: YearHeader) -> tuple[str, ...]:
    """Return the texts above a header, and in it left of the years, the nearest first."""
    texts = []
    for line in sorted(lattice.lines, reverse=True):
        if line > header.last:
            continue
        for position, cell in lattice.lines[line].items():
            outside = line < header.first or position < header.start
            if isinstance(cell, str) and outside:
                texts.append(cell)
    return tuple(texts)


def _parts(
    lattice: Lattice, header: YearHeader, following: int | None
) -> Iterator[tuple[list[Line], list[Heading], list[str]]]:
    positions = [column.position for column in header.years]
    units = _unit_position(lattice, header)
    lines: list[Line] = []
    headings: list[Heading] = []
    notes: list[str] = []
    for number, cells in lattice.lines.items():
        if number <= header.last or (following is not None and number >= following):
            continue
        own = {position: cells[position] for position in positions if position in cells}
        has_figures = any(map(_is_figure, own.values()))
        text = next((cell for cell in cells.values() if isinstance(cell, str)), "")
        if notes or (not has_figures and folded(text).startswith(_NOTES)):
            notes.append(text)
        elif has_figures:
            unit = lattice.at(number, units) if units is not None else None
            labels = tuple(_labels(lattice, number, header, units, headings))
            said = unit if isinstance(unit, str) else ""
            lines.append(Line(number, labels, own, tuple(headings), said, header))
        elif text:
            headings.append(_heading(lattice, number, cells, header))
    yield lines, headings, notes


def _is_figure(cell: Found) -> bool:
    """Tell whether a cell under a year is a figure, a sign for none, or a formula's trouble."""
    if not isinstance(cell, str):
        return cell is not None
    text = cell.strip()
    return text in DASHES or text in UNKNOWN or any(map(str.isdigit, text[:1] + text[1:2]))


def _unit_position(lattice: Lattice, header: YearHeader) -> int | None:
    for line in range(header.first, header.last + 1):
        for position in range(1, header.start):
            if is_unit_heading(lattice.at(line, position)):
                return position
    return None


def _labels(
    lattice: Lattice,
    number: int,
    header: YearHeader,
    units: int | None,
    headings: list[Heading],
) -> Iterator[Label]:
    cells = lattice.lines[number]
    before = [position for position in range(1, header.start) if position != units]
    after = [position for position in cells if position > header.end]
    for position in (*before, *after):
        cell = lattice.at(number, position)
        if isinstance(cell, str) and any(map(str.isalpha, cell)):
            yield Label(cell, position)
            # A label over two rows: the figures stand beside its second half.
            above = headings[-1] if headings else None
            first = cell.lstrip()[:1]
            if above is not None and above.line == number - 1 and first.islower():
                yield Label(f"{above.text} {cell}", position)


def _heading(lattice: Lattice, number: int, cells: dict[int, Found], header: YearHeader) -> Heading:
    texts = [cell for cell in cells.values() if isinstance(cell, str)]
    text = " ".join(" ".join(texts).split())
    first = min(cells)
    spans = lattice.wide_blocks.get((number, first), first) >= header.start
    words = folded(text)
    return Heading(number, text, spans or any(part in words for part in _PARTS))


def year_columns(table: WideTable, line: Line, column: str | None) -> tuple[YearColumn, ...]:
    """Return one position for each year of a line.

    Parameters
    ----------
    table, line
    column
        What the heading of the columns to take holds, where years have several.

    Raises
    ------
    TableError
        ``year-columns-several``.
    """
    chosen = line.header.years
    if column is not None:
        wanted = frozenset(readings(column))
        chosen = tuple(
            each
            for each in chosen
            if any(
                wanted.intersection(readings(group)) or folded(column) in folded(group)
                for group in each.groups
            )
        )
    years = [each.year for each in chosen]
    if not years or len(set(years)) < len(years):
        groups = dict.fromkeys(group for each in line.header.years for group in each.groups)
        raise TableError(
            "year-columns-several" if years else "year-columns-none",
            places=[table.lattice.place(line.header.anchor, each.position) for each in chosen],
            column=column or "",
            years=sorted({year for year in years if years.count(year) > 1}),
            known=list(groups),
        )
    return chosen
