"""The files that a plan names, as panels: every value with its file, sheet and cell."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tfp.errors import TableError
from tfp.panel.panel import Panel
from tfp.tables.reading import MISSING, read_table
from tfp.tables.table import Table
from tfp.workflow.plans.placing import placed, placing
from tfp.workflow.yearbooks.long_form import figures_of, panel_of_figures
from tfp.workflow.yearbooks.yearbook_data import sheet_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np

    from tfp.inputs.figures.collection import Figures
    from tfp.panel.findings import Finding
    from tfp.workflow.plans.plan import Data, Plan


# The option of [data] that mends an error of reading.
OPTIONS = {
    "unknown-sheet": "sheet",
    "sheet-not-named": "sheet",
    "header-missing": "header_row",
    "header-merged": "header_row",
    "header-cell-empty": "header_row",
    "delimiter-ambiguous": "delimiter",
}
FURTHER_OPTIONS = ("sheet",)  # those that a further file has, too


@dataclass(frozen=True)
class InputFile:
    """A file that a run has read.

    Attributes
    ----------
    name : str
        As the plan names it, without folders above the plan's own.
    sha256 : str
    rows : int
        How many rows of figures it has.
    """

    name: str
    sha256: str
    rows: int


@dataclass(frozen=True, eq=False)
class PlanData:
    """The data of a plan as they were read.

    Attributes
    ----------
    panel : Panel
    table : Table
        The file that the panel comes from, for columns that have no role; without any for
        sheets in yearbook layout.
    file : InputFile
    figures : Figures or None
        All figures of sheets in yearbook layout, each with its cell, whichever are used.
    findings : tuple of Finding
        What was noticed while reading.
    further_files : tuple of InputFile
    """

    panel: Panel
    table: Table
    file: InputFile
    figures: Figures | None = None
    findings: tuple[Finding, ...] = ()
    further_files: tuple[InputFile, ...] = ()

    @property
    def files(self) -> tuple[InputFile, ...]:
        """Every file that was read."""
        return (self.file, *self.further_files)


def read_data_file(plan: Plan, folder: Path) -> PlanData:
    """Return the data that ``[data]`` describes.

    Raises
    ------
    TableError, PanelError
        With the key of the plan beside sheet and cell.
    """
    return read_panel(plan.data, folder, plan.heading.area, "data")


def read_panel(data: Data, folder: Path, area: str, key: str) -> PlanData:
    """Return the data that a table such as ``[data]`` describes.

    Parameters
    ----------
    data : Data
    folder : Path
        Where the plan stands.
    area : str
        Name of the area, where the file is about one only.
    key : str
        Key of the plan at which the table stands.
    """
    if data.sheets:
        return _read_sheets(data, folder, area, key)
    sheet = data.sheet if isinstance(data.sheet, str) else None
    table, file = read_input(data, folder, data.file, sheet, f"{key}.file")
    return PlanData(_panel(data, table, area, key), table, file)


def read_further(
    plan: Plan, folder: Path, data: Data, key: str, area: str | None = None
) -> PlanData:
    """Return a further file of a plan, described as ``[data]`` is.

    Its decimal sign and its texts for missing values are those of ``[data]`` unless it has
    its own.

    Parameters
    ----------
    plan : Plan
    folder : Path
    data : Data
    key : str
        Key of the plan at which the table stands.
    area : str, optional
        Name of the area, where the file is about one only; that of the plan if None.
    """
    main = plan.data
    alike = replace(
        data,
        decimal=main.decimal if data.decimal is None else data.decimal,
        missing=main.missing if data.missing is None else data.missing,
    )
    return read_panel(alike, folder, plan.heading.area if area is None else area, key)


def with_columns(
    plan: Plan,
    data: PlanData,
    others: Mapping[str, str | Mapping[str, str] | None],
    key: str,
    folder: Path,
) -> PlanData:
    """Return the data with other columns of the same file in some of the roles.

    Unit, price base, vintage and whatever else is declared for a role stay.

    Parameters
    ----------
    plan : Plan
    data : PlanData
        As read for the plan itself.
    others : mapping
        Role -> column.
    key : str
        Key of the plan below which ``columns`` names them.
    folder : Path
        Where the plan stands.

    Raises
    ------
    TableError, PanelError
        With the key of the plan.
    """
    changed = plan.data.with_columns(others)
    if data.figures is not None:
        return _read_sheets(changed, folder, plan.heading.area, key)
    return replace(data, panel=_panel(changed, data.table, plan.heading.area, key))


def _read_sheets(data: Data, folder: Path, area: str, key: str) -> PlanData:
    read = sheet_data(data, folder, area, key)
    files = tuple(_input_file(folder / name, name, rows) for name, rows in read.files.items())
    return PlanData(
        read.panel,
        Table(files[0].name, None, (), (), (), (), data.decimal, frozenset()),
        files[0],
        figures=read.figures,
        findings=read.findings,
        further_files=files[1:],
    )


def _panel(data: Data, table: Table, area: str, key: str) -> Panel:
    if data.long is not None:
        figures = figures_of(table, data, data.long, key)
        return panel_of_figures(figures, data, data.long, key)
    columns = _columns(table, data, key)
    roles: dict[str, Any] = dict(data.columns)
    with placing(key):
        return Panel(
            columns,
            time=data.time,
            entity=data.entity,
            area="" if data.entity else area,
            units=data.units,
            price_bases=data.price_bases,
            vintages=data.vintages,
            boundaries=data.boundaries,
            definitions=data.definitions,
            status=data.status,
            **roles,
        )


def read_input(
    data: Data, folder: Path, name: str, sheet: str | None, key: str
) -> tuple[Table, InputFile]:
    """Return a file of figures, written as ``[data]`` says, and its fingerprint."""
    path = folder / name
    with _placing_option(key), placing(key):
        table = read_table(
            path,
            sheet=sheet,
            header_row=data.header_row if name == data.file else None,
            decimal=data.decimal,
            missing=MISSING if data.missing is None else data.missing,
            delimiter=data.delimiter,
        )
    return table, _input_file(path, name, len(table))


def _input_file(path: Path, name: str, rows: int) -> InputFile:
    """Return the fingerprint of a file."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    # A plan may name a file anywhere; what is kept of it must not show the user's folders.
    shown = path.name if Path(name).is_absolute() or ".." in Path(name).parts else name
    return InputFile(Path(shown).as_posix(), digest, rows)


@contextmanager
def _placing_option(key: str) -> Iterator[None]:
    """Name the key of the option that mends an error of reading, beside that of the file."""
    try:
        yield
    except TableError as error:
        option = OPTIONS.get(error.code)
        described = key.rpartition(".")[0].rpartition(".")[2] == "data"
        if option is None or (option not in FURTHER_OPTIONS and not described):
            raise
        raise placed(error, f"{key.rpartition('.')[0]}.{option}") from error


def column_values(table: Table, column: str, key: str) -> np.ndarray[Any, Any]:
    """Return a column of numbers, saying at which key of the plan it is named."""
    with placing(key):
        return table.numbers(column)


def _columns(table: Table, data: Data, where: str) -> dict[str, Any]:
    """Return every column that the plan names, as what its role makes it."""
    with placing(f"{where}.time"):
        columns: dict[str, Any] = {data.time: table.integers(data.time)}
    if data.entity is not None:
        with placing(f"{where}.entity"):
            columns[data.entity] = list(table.texts(data.entity))
    for key, name in _named_columns(data.columns):
        columns[name] = column_values(table, name, f"{where}.columns.{key}")
    words = {f"definitions.{role}": name for role, name in data.definitions.items()}
    if isinstance(data.status, str):
        words["status"] = data.status
    elif data.status is not None:
        words |= {f"status.{role}": name for role, name in data.status.items()}
    for key, name in words.items():
        with placing(f"{where}.{key}"):
            columns[name] = list(table.texts(name))
    return columns


def _named_columns(
    columns: Mapping[str, str | Mapping[str, str]],
) -> Iterator[tuple[str, str]]:
    for role, named in columns.items():
        if isinstance(named, str):
            yield role, named
        else:
            yield from ((f"{role}.{asset}", name) for asset, name in named.items())
