"""A plan that was filled in as an Excel form: its sheets as the tables of ``tfp.toml``.

Each line is known by its key in the grey column, so that rows and sheets may be inserted
and moved. What the cells say becomes the same tables as a written plan's, and the same
reader looks at them: every rule of plans holds, and every error names a cell.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfp.errors import Place, PlanError, TableError
from tfp.language.catalogue import LANGUAGES, text
from tfp.tables.excel_file import excel_grid
from tfp.tables.references import cell_reference
from tfp.workflow.forms.form import Form, content
from tfp.workflow.forms.form_figures import read_figures
from tfp.workflow.forms.form_gaps import capital_is_known
from tfp.workflow.forms.form_tables import read_tables
from tfp.workflow.forms.template.lines import (
    LINES,
    Line,
    label_of,
)
from tfp.workflow.plans.key_paths import steps_of, value_at
from tfp.workflow.plans.written import FormCell

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.tables.grid import Grid, GridRow

_FREE = Line("", "figure")
_TIMINGS = {"timing", "investment_timing"}


def read_form(data: bytes, file: str) -> Form:
    """Return what an Excel plan says.

    Parameters
    ----------
    data
        The bytes of the workbook.
    file
        Its name, for messages and as the file of its own figures.

    Raises
    ------
    PlanError
        ``form-sheet``, ``form-line-missing``, ``form-keys-missing``,
        ``form-titles-missing``, ``form-columns``, ``form-cell``, ``form-key``,
        ``form-figures-twice``.
    TableError
        For a file that is no workbook.
    """
    found = _sheet(data, file, "declaration")
    if found is None:
        raise _sheet_missing(file, "declaration")
    language, grid = found
    form = Form(file, language, data)
    further: list[tuple[str, Any, FormCell]] = []
    _read_declaration(form, grid)
    figures = _sheet(data, file, "data", language)
    if figures is not None:
        read_figures(form, figures[1])
    listed = _sheet(data, file, "tables", language)
    if listed is None:
        raise _sheet_missing(file, "tables", language)
    further = read_tables(form, listed[1])
    for key, value, cell in further:
        form.put(key, value, cell)
    if figures is None and not {"file", "sheet"} & set(form.tables.get("data", ())):
        raise _sheet_missing(file, "data", language)
    if set(form.tables.get("capital", ())) <= _TIMINGS and capital_is_known(form.tables):
        # What an empty form says of the timing of an inventory that there is not.
        form.tables.pop("capital", None)
    return form


def language_of_form(data: bytes, file: str) -> Language | None:
    """Return the language that a form asks for, as far as it can be told."""
    try:
        found = _sheet(data, file, "declaration")
        if found is None:
            return None
        form = Form(file, found[0])
        _read_declaration(form, found[1])
    except (PlanError, TableError):
        return None
    asked = value_at(form.tables, ("plan", "language"))
    return asked if asked in LANGUAGES else form.language


def _sheet(
    data: bytes, file: str, name: str, likely: Language = "vi"
) -> tuple[Language, Grid] | None:
    """Return a sheet and the language of its name, the likely one first; None without it."""
    for language in sorted(LANGUAGES, key=lambda each: each != likely):
        try:
            return language, excel_grid(data, file, sheet=text(f"template.sheet.{name}", language))
        except TableError as error:
            if error.code != "unknown-sheet":
                raise
    return None


def _sheet_missing(file: str, name: str, language: Language = "vi") -> PlanError:
    names = [text(f"template.sheet.{name}", each) for each in LANGUAGES]
    sheet = text(f"template.sheet.{name}", language)
    return PlanError("form-sheet", places=[Place(file=file)], sheet=sheet, names=names)


def _read_declaration(form: Form, grid: Grid) -> None:
    """Read the sheet of single lines."""
    columns = _heads(form, grid)
    for row in grid.rows:
        key = content(row, columns["key"])
        if key is None and row.number > columns["row"]:
            _check_no_line(form, grid, row, columns)
        if not isinstance(key, str) or steps_of(key) is None or row.number <= columns["row"]:
            continue
        line = LINES.get(key, _FREE)
        label = str(content(row, columns["label"]) or key).removesuffix("*").strip()
        cell = form.note(key, grid, row.number, columns["input"], label)
        found = form.usable(content(row, columns["input"]), cell)
        if found is not None:
            form.put(key, form.value(found, line, cell), cell)


def _check_no_line(form: Form, grid: Grid, row: GridRow, columns: dict[str, int]) -> None:
    """Refuse a line of the form that is filled in and whose key was deleted."""
    label, found = content(row, columns["label"]), content(row, columns["input"])
    if found is None or not isinstance(label, str):
        return
    said = label.removesuffix("*").strip()
    for key in LINES:
        if said in {label_of(key, language) for language in LANGUAGES}:
            cell = FormCell(grid.sheet or "", cell_reference(row.number, columns["key"]), said)
            where = [form.place(cell)]
            raise PlanError("form-line-missing", places=where, labels=[said], keys=[key])


def _heads(form: Form, grid: Grid) -> dict[str, int]:
    """Return in which columns label, input and key stand, and the row that says so."""
    names = {
        text(f"template.head.{name}", language): name
        for language in LANGUAGES
        for name in ("label", "input", "key")
    }
    for row in grid.rows:
        found = {
            names[cell]: column
            for column, cell in enumerate(row.cells, start=1)
            if isinstance(cell, str) and cell in names
        }
        if len(found) == len(set(names.values())):
            return {**found, "row": row.number}
    where = [Place(file=form.file, sheet=grid.sheet)]
    heads = [text(f"template.head.{name}", form.language) for name in ("label", "input", "key")]
    raise PlanError("form-columns", places=where, heads=heads)
