"""From a yearbook's sheet to figures: every value with its file, sheet, cell, unit and status."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tfp.errors import SHOWN_PLACES, TableError
from tfp.inputs.figures.figure import Figure
from tfp.inputs.figures.measures import measure_of
from tfp.inputs.figures.reading import with_steps
from tfp.inputs.yearbooks.said_above import (
    PREVIOUS_YEAR,
    is_growth_said,
    prices_said,
    unit_beside,
    unit_said,
)
from tfp.panel.findings import MOST_PLACES, Finding
from tfp.panel.price_bases import at_current_prices
from tfp.tables.sheet_cells import SheetCells
from tfp.tables.sheet_lines import lines_called, lines_in_section
from tfp.tables.wide_table import year_columns
from tfp.tables.year_words import weaker

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tfp.errors import Place
    from tfp.tables.numerals import DecimalSign
    from tfp.tables.wide_table import Line, WideTable
    from tfp.tables.year_header import YearColumn

# A rate of growth beyond this many per cent, year after year, is an index near 100.
LOOKS_LIKE_INDEX = 60.0
CONSTANT_PRICES = ("output", "output_by_part", "investment", "capital")
CURRENT_PRICES = ("output_current", "output_current_by_part", "investment_current")
GROWTH = "output_growth"


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is asked of a sheet.

    Attributes
    ----------
    rows : mapping
        Label by variable; a variable is a role, ``role:part``, or a name of one's own.
    unit, price_base : str or None
        In place of what the sheet says.
    vintage : str
        The book; empty where only one is used.
    section, column : str or None
        The part of the sheet, and the heading of the columns, where it has several.
    decimal : {".", ","} or None
        In place of what is certain from the sheet's numbers.
    missing : tuple of str
        Further texts for a missing value.
    """

    rows: Mapping[str, str]
    unit: str | None = None
    price_base: str | None = None
    vintage: str = ""
    section: str | None = None
    column: str | None = None
    decimal: DecimalSign | None = None
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class SheetFigures:
    """What a sheet gave.

    Attributes
    ----------
    figures : tuple of Figure
    price_bases : dict
        By variable the year of the prices that the sheet says.
    findings : tuple of Finding
        What was understood rather than read: dashes as zero, marks of missing values, units
        that are nowhere said.
    """

    figures: tuple[Figure, ...]
    price_bases: Mapping[str, str]
    findings: tuple[Finding, ...] = ()


@dataclass
class _Seen:
    """Places of what is told at the end."""

    zeros: list[Place] = field(default_factory=list)
    missing: list[Place] = field(default_factory=list)
    footnotes: list[Place] = field(default_factory=list)
    indices: list[Place] = field(default_factory=list)
    first_index: tuple[float, float] | None = None
    without_unit: list[Place] = field(default_factory=list)


def sheet_figures(table: WideTable, wanted: Wanted, area: str) -> SheetFigures:
    """Return the figures of the rows that are asked for.

    Parameters
    ----------
    table : WideTable
    wanted : Wanted
    area : str
        Of what the sheet is.

    Raises
    ------
    TableError
        ``label-unknown``, ``label-several``, ``section-unknown``, ``section-several``,
        ``year-columns-several``, ``label-without-figures``, ``yearbook-cell``,
        ``number-ambiguous``, ``decimal-signs-mixed``, ``rows-at-current-prices``,
        ``rows-at-constant-prices``, ``growth-or-index``.
    """
    seen = _Seen()
    cells = SheetCells(table, wanted.decimal, frozenset(wanted.missing))
    lines = lines_in_section(table, wanted.section)
    figures: list[Figure] = []
    price_bases: dict[str, str] = {}
    for variable, label in wanted.rows.items():
        for line in lines_called(table, lines, label, variable):
            row = _row(table, line, variable, wanted, area)
            if row.prices is not None:
                price_bases[variable] = row.prices
            found = list(_figures(row, cells, wanted, seen))
            if not found:
                where = [table.place(line)]
                raise TableError("label-without-figures", places=where, label=line.shown)
            figures += _as_growth(row, found, seen) if variable == GROWTH else found
            if not found[0].unit:
                seen.without_unit.append(table.place(line, name=variable))
    findings = (*_letters(table), *_findings(seen))
    return SheetFigures(tuple(with_steps(figures)), price_bases, findings)


def _letters(table: WideTable) -> Iterator[Finding]:
    """Tell of texts that were written in an encoding from before Unicode."""
    grid = table.lattice.grid
    if grid.converted:
        first = max(grid.converted, key=lambda text: len(text.after))
        places = [grid.place(text.row, text.column) for text in grid.converted]
        about = {"encoding": first.encoding, "before": first.before, "after": first.after}
        yield _note("old-letters-converted", places, **about)


def _labels(line: Line) -> tuple[str, ...]:
    return tuple(label.text for label in line.labels)


def _row(table: WideTable, line: Line, variable: str, wanted: Wanted, area: str) -> _Row:
    columns = year_columns(table, line, wanted.column)
    said = _said(table, line, columns)
    unit = _unit(line, variable, wanted, said)
    stated = wanted.price_base or prices_said((*_labels(line), *said))
    prices = _prices(table, line, variable, stated)
    return _Row(table, line, variable, columns, unit, prices, area)


def _said(table: WideTable, line: Line, columns: tuple[YearColumn, ...]) -> tuple[str, ...]:
    """Return what is said above a line, the nearest first: part, groups of columns, titles."""
    part = (line.part.text,) if line.part is not None else ()
    groups = [group for group in columns[0].groups if all(group in c.groups for c in columns)]
    return (*part, *groups, *table.above)


def _unit(line: Line, variable: str, wanted: Wanted, said: tuple[str, ...]) -> str:
    labels = _labels(line)
    unit = wanted.unit or unit_said([line.unit]) or unit_beside(labels) or unit_said(said) or ""
    if variable == GROWTH and not unit and is_growth_said((*labels, *said)):
        return "%"
    return unit


def _prices(table: WideTable, line: Line, variable: str, prices: str | None) -> str | None:
    """Return the base year of a row's prices; refuse prices that its role does not have."""
    role = variable.partition(":")[0]
    current = prices is not None and at_current_prices(prices)
    if role in CONSTANT_PRICES and current:
        raise _at_other_prices("rows-at-current-prices", table, line, variable)
    if role in CURRENT_PRICES and prices is not None and not current:
        raise _at_other_prices("rows-at-constant-prices", table, line, variable)
    return prices if role in CONSTANT_PRICES else None


def _at_other_prices(code: str, table: WideTable, line: Line, variable: str) -> TableError:
    role = variable.partition(":")[0]
    return TableError(code, places=[table.place(line)], label=line.shown, role=role)


@dataclass(frozen=True)
class _Row:
    """A line that is read, and what is known of all its figures."""

    table: WideTable
    line: Line
    variable: str
    columns: tuple[YearColumn, ...]
    unit: str
    prices: str | None
    area: str


def _figures(row: _Row, cells: SheetCells, wanted: Wanted, seen: _Seen) -> Iterator[Figure]:
    """Give the figures of a row that has any."""
    # Nobody counts fractions of a person.
    whole = measure_of(row.unit) == ("persons", 1.0)
    source = _cells_of(row)
    for column in row.columns:
        place = row.table.place(row.line, column.position, row.variable)
        cell = cells.read(row.line, column.position, place, whole=whole)
        if cell is None:
            continue
        if cell.zero:
            seen.zeros.append(place)
        if cell.footnote:
            seen.footnotes.append(place)
        if cell.value is None:
            seen.missing.append(place)
            continue
        if cell.per_cent and measure_of(row.unit)[0] not in ("ratio", ""):
            raise TableError("yearbook-cell", places=[place], value=f"{cell.value:g}%")
        yield Figure(
            area=row.area,
            variable=row.variable,
            year=column.year,
            value=cell.value,
            unit=row.unit or ("%" if cell.per_cent else ""),
            vintage=wanted.vintage,
            status=weaker(column.status, cell.status),
            source=source,
            found_at=place,
        )


def _cells_of(row: _Row) -> str:
    """Return the cells of a line as a spreadsheet names them from elsewhere."""
    first, last = (
        row.table.place(row.line, position).cell
        for position in (row.columns[0].position, row.columns[-1].position)
    )
    cells = str(first) if first == last else f"{first}:{last}"
    file, sheet = row.table.file, row.table.sheet
    return f"{file}!{cells}" if sheet is None else f"[{file}]{sheet}!{cells}"


def _as_growth(row: _Row, figures: list[Figure], seen: _Seen) -> Iterator[Figure]:
    """Give published growth in per cent: an index of 106.41 is growth of 6.41."""
    values = sorted(abs(figure.value) for figure in figures)
    is_index = figures[0].unit == PREVIOUS_YEAR or figures[0].measure == "index"
    if (values[len(values) // 2] > LOOKS_LIKE_INDEX) is not is_index:
        raise TableError(
            "growth-or-index",
            places=[row.table.place(row.line)],
            label=row.line.shown,
            middle=values[len(values) // 2],
            unit=figures[0].unit,
        )
    for figure in figures:
        if not is_index:
            yield figure
            continue
        growth = float(Decimal(repr(figure.value)) - 100)
        if figure.found_at is not None:
            seen.indices.append(figure.found_at)
            seen.first_index = seen.first_index or (figure.value, growth)
        yield replace(figure, value=growth, unit="%")


def _findings(seen: _Seen) -> Iterator[Finding]:
    told = {
        "dashes-read-as-zero": seen.zeros,
        "marked-missing": seen.missing,
        "footnotes-passed-over": seen.footnotes,
    }
    for code, places in told.items():
        if places:
            yield _note(code, places)
    if seen.first_index is not None:
        before, after = seen.first_index
        yield _note("indices-read-as-growth", seen.indices, before=before, after=after)
    if seen.without_unit:
        names = [str(place.column) for place in seen.without_unit[:SHOWN_PLACES]]
        yield _note("unit-not-said", seen.without_unit, severity="warn", variables=names)


def _note(code: str, places: list[Place], severity: str = "note", **fields: object) -> Finding:
    return Finding(
        code=code,
        severity="warn" if severity == "warn" else "note",
        places=tuple(places[:MOST_PLACES]),
        fields={"count": len(places), **fields},
        more_places=max(0, len(places) - MOST_PLACES),
    )
