"""The figures of sheets in yearbook layout, merged by year into a panel."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfp.errors import PanelError, TableError
from tfp.inputs.figures.choosing import MixedVintages
from tfp.inputs.figures.collection import Figures
from tfp.inputs.figures.measures import is_known, measure_of
from tfp.inputs.yearbooks.reading import Wanted, sheet_figures
from tfp.panel.price_bases import price_base_meant
from tfp.tables.reading import EXCEL_FILES, read_grid
from tfp.tables.wide_table import wide_table
from tfp.workflow.plans.placing import placed, placing
from tfp.workflow.yearbooks.yearbook_form import PART

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tfp.inputs.figures.figure import Figure
    from tfp.panel.findings import Finding
    from tfp.panel.panel import Panel
    from tfp.tables.grid import Grid
    from tfp.workflow.plans.plan import Data
    from tfp.workflow.yearbooks.yearbook_form import Sheet

CONVERTED = ("money", "persons")


@dataclass(frozen=True, eq=False)
class SheetData:
    """The figures of all sheets of a plan.

    Attributes
    ----------
    figures : Figures
        As printed: books side by side, in the units of the sheets.
    panel : Panel
    files : dict of str to int
        How many figures came from each file.
    findings : tuple of Finding
    """

    figures: Figures
    panel: Panel
    files: Mapping[str, int]
    findings: tuple[Finding, ...]


def sheet_data(data: Data, folder: Path, area: str, key: str) -> SheetData:
    """Return the figures of all sheets, merged by year into a panel.

    Parameters
    ----------
    data : Data
    folder : Path
        Where the plan stands.
    area : str
        Whose figures they are.
    key : str
        Key of the plan at which the table stands.

    Raises
    ------
    TableError, PanelError, PlanError
        With the key of the plan beside sheet and cell; ``sheets-disagree`` where two sheets
        give a role different figures for one year.
    """
    read: list[tuple[Sheet, tuple[Figure, ...]]] = []
    price_bases: dict[str, str] = {}
    findings: list[Finding] = []
    for number, sheet in enumerate(data.sheets, start=1):
        with _placing(f"{key}.sheet[{number}]", sheet):
            grid = _grid(sheet, data, folder)
            table = wide_table(
                grid,
                header_row=sheet.header_row,
                first_row=sheet.first_row,
                last_row=sheet.last_row,
            )
            found = sheet_figures(table, _wanted(sheet, data), area)
            _add_price_bases(price_bases, found.price_bases, found.figures)
        read.append((sheet, found.figures))
        findings += [*found.findings]
    files: dict[str, int] = defaultdict(int)
    for sheet, figures in read:
        files[_file(sheet, data)] += len(figures)
    every = _by_book(read, data)
    with placing(f"{key}.sheet"):
        merged = _merged(every, data).rename_vintages(data.same_book)
    panel = _panel(merged, data, price_bases, key)
    return SheetData(merged, panel, files, tuple(findings))


@contextmanager
def _placing(key: str, sheet: Sheet) -> Iterator[None]:
    """Say of an error inside which word about a sheet of a yearbook it comes from."""
    with placing(key):
        try:
            yield
        except TableError as error:
            said = _said_wrongly(error, sheet)
            if said is None:
                raise
            raise placed(error, f"{key}.{said}") from error


def _said_wrongly(error: TableError, sheet: Sheet) -> str | None:
    """Return the key of a sheet that an error speaks of; None where it is the sheet itself."""
    if error.code == "unknown-sheet":
        return "sheet"
    if error.code.startswith("section-"):
        return "section"
    label = error.fields.get("label")
    named = (name for name, each, _ in sheet.spelled_out() if each == label)
    name = next(named, None) if error.code.startswith("label-") else None
    return None if name is None else f"rows.{name.replace(':', '.')}"


def _file(sheet: Sheet, data: Data) -> str:
    return sheet.file or data.file


def _grid(sheet: Sheet, data: Data, folder: Path) -> Grid:
    name = _file(sheet, data)
    is_book = Path(name).suffix.casefold() in EXCEL_FILES
    return read_grid(
        folder / name,
        sheet=sheet.sheet,
        delimiter=None if is_book else sheet.delimiter or data.delimiter,
    )


def _wanted(sheet: Sheet, data: Data) -> Wanted:
    missing = sheet.missing if sheet.missing is not None else data.missing
    return Wanted(
        rows=sheet.labels(),
        unit=sheet.unit,
        price_base=sheet.price_base,
        vintage=sheet.vintage or "",
        section=sheet.section,
        column=sheet.column,
        decimal=sheet.decimal or data.decimal,
        missing=tuple(unicodedata.normalize("NFC", each) for each in missing or ()),
    )


def _add_price_bases(
    known: dict[str, str], found: Mapping[str, str], figures: Iterable[Figure]
) -> None:
    """Refuse one role at the prices of two years: such levels are linked, never chained."""
    for variable, base in found.items():
        before = known.setdefault(variable, base)
        if price_base_meant(before) != price_base_meant(base):
            places = [each.place for each in figures if each.variable == variable]
            raise TableError(
                "sheets-at-two-prices", places=places, role=variable, bases=[before, base]
            )


def _by_book(read: Iterable[tuple[Sheet, tuple[Figure, ...]]], data: Data) -> list[Figure]:
    """Return all figures; one that several files print belongs to the book of its file."""
    read = list(read)
    files: dict[str, set[str]] = defaultdict(set)
    for sheet, figures in read:
        for figure in figures:
            files[figure.variable].add(_file(sheet, data))
    # A level and its growth are held against each other: what parts one parts both.
    both = files.get("output", set()) | files.get("output_growth", set())
    for name in ("output", "output_growth"):
        if len(files.get(name, ())) > 1 or (len(both) > 1 and name in files):
            files[name] = both
    found = []
    for sheet, figures in read:
        for figure in figures:
            several = len(files[figure.variable]) > 1 and sheet.vintage is None
            book = Path(_file(sheet, data)).stem if several else figure.vintage
            found.append(replace(figure, vintage=book))
    return found


def _merged(every: list[Figure], data: Data) -> Figures:
    """Return the figures as one collection in common units; refuse two values of one."""
    try:
        figures = Figures.of(every)
    except PanelError as error:
        raise TableError("sheets-disagree", places=error.places, **error.fields) from error
    return figures.convert(_common_units(figures, data))


def _common_units(figures: Figures, data: Data) -> dict[str, str]:
    """Return the unit of each variable: as declared, else that of the first of its measure."""
    declared = {role: unit for role, unit in data.units.items() if unit}
    first: dict[str, str] = {}
    wanted: dict[str, str] = {}
    for figure in figures.figures:
        role = figure.variable.partition(":")[0].partition(PART)[0]
        said = declared.get(figure.variable, declared.get(role))
        if not figure.unit or not is_known(figure.unit):
            continue
        measure = measure_of(figure.unit)[0]
        if said is not None:
            wanted.setdefault(figure.variable, said)
        if measure in CONVERTED:
            first.setdefault(measure, said or figure.unit)
            wanted.setdefault(figure.variable, first[measure])
    return wanted


def _panel(figures: Figures, data: Data, found: Mapping[str, str], key: str) -> Panel:
    books: dict[str, Any] = {
        role: MixedVintages(book, reason=data.books_reason) if isinstance(book, tuple) else book
        for role, book in data.books.items()
    }
    columns: dict[str, Any] = dict(data.columns)
    bases = {name: base for name, base in found.items() if _is_column(name, columns)}
    with placing(f"{key}.books"):
        return figures.panel(
            vintages=books or None,
            price_bases={**bases, **data.price_bases},
            boundaries=data.boundaries,
            **columns,
        )


def _is_column(variable: str, columns: Mapping[str, Any]) -> bool:
    role, _, part = variable.partition(":")
    named = columns.get(role)
    return named == variable or (isinstance(named, dict) and named.get(part) == variable)
