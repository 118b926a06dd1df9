"""Sheets in yearbook layout, by what their rows mean: ``[[data.sheet]]``."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

from tfp.errors import PanelError, TableError
from tfp.inputs.figures.choosing import MixedVintages
from tfp.inputs.figures.collection import Figures
from tfp.inputs.figures.measures import is_known, measure_of
from tfp.inputs.figures.relations import GrowthOf, JumpsIn, PartsOf
from tfp.inputs.figures.suggesting import USUAL
from tfp.inputs.yearbooks.reading import Wanted, sheet_figures
from tfp.panel.findings import Findings
from tfp.panel.price_bases import price_base_meant
from tfp.panel.roles import ROLES, SEVERAL
from tfp.tables.csv_file import Delimiter
from tfp.tables.numerals import DecimalSign
from tfp.tables.reading import EXCEL_FILES, read_grid
from tfp.tables.wide_table import wide_table
from tfp.workflow.placing import placing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from tfp.errors import Place
    from tfp.inputs.figures.figure import Figure
    from tfp.inputs.figures.relations import Relation
    from tfp.panel.findings import Finding
    from tfp.panel.panel import Panel
    from tfp.workflow.plan import Data, Plan
    from tfp.workflow.plan_keys import Keys

PART = "/"  # between a total and one of its parts that are read to be checked only
CONVERTED = ("money", "persons")
LAST_ROW = 1_000_000


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """``[[data.sheet]]``: a sheet in yearbook layout and what its rows mean.

    Attributes
    ----------
    rows : mapping
        By role the label of its row; by name of the part where a role has several.
    parts : mapping
        By role, labels of the parts that its row must be the sum of: they are checked only.
    further : mapping
        Labels by a name of one's own, for relations of ``[checks]``.
    """

    sheet: str | None = None
    file: str | None = None
    rows: Mapping[str, str | Mapping[str, str]] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    further: Mapping[str, str] = field(default_factory=dict)
    unit: str | None = None
    price_base: str | None = None
    vintage: str | None = None
    section: str | None = None
    column: str | None = None
    header_row: int | None = None
    first_row: int | None = None
    last_row: int | None = None
    decimal: DecimalSign | None = None
    delimiter: Delimiter | None = None
    missing: tuple[str, ...] | None = None

    def labels(self) -> dict[str, str]:
        """Return every label that is read, by the name of its variable."""
        named = {name: label for name, label, _ in self.spelled_out()}
        checked = {
            f"{role}{PART}{part}": label
            for role, parts in self.parts.items()
            for part, label in parts.items()
        }
        return {**named, **checked, **self.further}

    def spelled_out(self) -> Iterator[tuple[str, str, str | None]]:
        """Yield every role, ``role:part`` where it has several, its label and the part."""
        for role, label in self.rows.items():
            if isinstance(label, str):
                yield role, label, None
            else:
                yield from ((f"{role}:{part}", each, part) for part, each in label.items())


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


def read_sheets(keys: Keys) -> tuple[Sheet, ...]:
    """Return every ``[[data.sheet]]``."""
    return tuple(_read_sheet(each) for each in keys.subs("sheet", Sheet))


def _read_sheet(keys: Keys) -> Sheet:
    keys.value("rows")
    rows, parts, further = keys.sub("rows"), keys.sub("parts"), keys.sub("further")
    for part in (rows, parts):
        for role in part.table:
            if role not in ROLES:
                raise part.unknown_role(role, role)

    def row(name: str) -> int | None:
        return keys.optional(name, lambda key: keys.whole(key, 1, LAST_ROW))

    return Sheet(
        sheet=keys.optional("sheet", keys.text),
        file=keys.optional("file", keys.file_name),
        rows={role: _labels(rows, role) for role in rows.table},
        parts={role: parts.sub(role).every(_label) for role in parts.table},
        further=further.every(_label),
        unit=keys.optional("unit", keys.text),
        price_base=keys.optional("price_base", keys.text),
        vintage=keys.optional("vintage", keys.text),
        section=keys.optional("section", keys.text),
        column=keys.optional("column", keys.text),
        header_row=row("header_row"),
        first_row=row("first_row"),
        last_row=row("last_row"),
        decimal=keys.optional("decimal", lambda name: keys.choice(name, get_args(DecimalSign))),
        delimiter=keys.optional("delimiter", lambda name: keys.choice(name, get_args(Delimiter))),
        missing=keys.optional("missing", keys.texts),
    )


def _labels(rows: Keys, role: str) -> str | dict[str, str]:
    if not isinstance(rows.table[role], dict):
        return rows.text(role)
    if role not in SEVERAL:
        raise rows.error("plan-one-column-only", role, key=rows.key(role), several=list(SEVERAL))
    return rows.sub(role).every(_label)


def _label(keys: Keys, name: str) -> str:
    return keys.text(name)


def roles_of(sheets: Iterable[Sheet]) -> dict[str, str | dict[str, str]]:
    """Return the columns of the panel that some sheets make: by role, the variable."""
    columns: dict[str, Any] = {}
    for sheet in sheets:
        for variable, _, part in sheet.spelled_out():
            role = variable.partition(":")[0]
            if part is None:
                columns[role] = variable
            else:
                columns.setdefault(role, {})[part] = variable
    return columns


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
        with placing(f"{key}.sheet[{number}]"):
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
        figures = _merged(every, data)
        figures = figures.rename_vintages(data.same_book)
    panel = _panel(figures, data, price_bases, key)
    return SheetData(figures, panel, files, tuple(findings))


def _file(sheet: Sheet, data: Data) -> str:
    return sheet.file or data.file


def _grid(sheet: Sheet, data: Data, folder: Path) -> Any:
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


def role_relations(figures: Figures) -> Iterator[Relation]:
    """Yield what the rows of sheets must agree on by what they mean."""
    names = set(figures.variables)
    if {"output", "output_growth"} <= names:
        yield GrowthOf("output", "output_growth")
    if "labour" in names:
        yield JumpsIn("labour", "labour", *USUAL["labour"])
    parts: dict[str, list[str]] = defaultdict(list)
    for name in figures.variables:
        total, checked, _ = name.partition(PART)
        if checked and total in names:
            parts[total].append(name)
    for total, of_total in parts.items():
        yield PartsOf(total, tuple(of_total))


def beside_panel(findings: Iterable[Finding], plan: Plan, known: Iterable[Finding]) -> Findings:
    """Return the findings of figures that the check of the panel, or the plan, does not settle.

    The panel's own check names breaks of labour more closely, and says once for all columns
    that data are preliminary.
    """
    codes = {finding.code for finding in known}
    links = (*plan.treatment.splice, *plan.treatment.accept_break)
    settled = {link.at for link in links if link.role == "labour"}
    named = ("labour-break-suspected", "definition-change")
    settled |= {
        place.time for finding in known if finding.code in named for place in finding.places
    }
    return Findings(
        finding
        for finding in findings
        if not (finding.code.startswith("data-") and finding.code in codes)
        and not (finding.code == "labour-fall" and {p.time for p in finding.places} <= settled)
    )


def place_of(figures: Figures, data: Data) -> dict[tuple[str, int | str], Place]:
    """Return the cell of every value of the panel, by variable and year."""
    found: dict[tuple[str, int | str], Place] = {}
    for area, variable in figures.keys:
        role = variable.partition(":")[0]
        books = data.books.get(variable, data.books.get(role))
        order = (books,) if isinstance(books, str) else books
        for year, of_year in figures.series(area, variable).items():
            by_book = {figure.vintage: figure for figure in of_year}
            taken = order or tuple(by_book)
            chosen = next((by_book[book] for book in taken if book in by_book), None)
            if chosen is not None and chosen.found_at is not None:
                found[variable, year] = chosen.found_at
    return found


def check_roles(keys: Keys, sheets: tuple[Sheet, ...], needed: Iterable[str]) -> None:
    """Refuse sheets without a row for the roles that must be there.

    Raises
    ------
    PlanError
        ``plan-row-missing``.
    """
    present = roles_of(sheets)
    missing = [role for role in needed if role not in present]
    if missing:
        raise keys.error("plan-row-missing", "sheet", roles=missing, present=sorted(present))
