"""A plan that was filled in as an Excel form: its sheets as the tables of ``tfp.toml``.

Each line is known by its key in the grey column, so that rows and sheets may be inserted
and moved. What the cells say becomes the same tables as a written plan's, and the same
reader looks at them: every rule of plans holds, and every error names a cell.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tfp.errors import Place, PlanError, TableError
from tfp.language.catalogue import LANGUAGES, text
from tfp.tables.excel_file import excel_grid
from tfp.tables.grid import Unusable
from tfp.tables.references import cell_reference
from tfp.workflow.form_gaps import capital_is_known
from tfp.workflow.form_values import plan_value
from tfp.workflow.key_paths import put_at, steps_of, value_at
from tfp.workflow.template.lines import (
    BLOCKS,
    COLUMNS,
    DESCRIPTIONS,
    LINES,
    Line,
    label_of,
)
from tfp.workflow.written import FormCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tfp.language.catalogue import Language
    from tfp.tables.grid import Grid, GridRow

_MARK = re.compile(r"\[\[([\w.]+)\]\]")
_BLOCKS = {block.name: block for block in BLOCKS}
_FREE = Line("", "figure")
_TIMINGS = {"timing", "investment_timing"}
# Keys that choose a rule: a sensitivity that gives one states the whole table around it.
_RULES = ("method", "rule", "preset")


@dataclass
class Form:
    """What a form says, filled while its sheets are read.

    Attributes
    ----------
    file : str
    tables : dict
        As the reader of TOML gives them.
    cells : dict
        Cell by key, also of lines that are empty.
    language : str
        Of the labels.
    """

    file: str
    language: Language
    tables: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, FormCell] = field(default_factory=dict)

    def note(self, key: str, grid: Grid, row: int, column: int, label: str) -> FormCell:
        """Keep the cell of a key."""
        cell = FormCell(grid.sheet or "", cell_reference(row, column), label)
        self.cells.setdefault(key, cell)
        return cell

    def put(self, key: str, value: Any, cell: FormCell) -> None:
        """Put the value of a cell where its key says."""
        steps = steps_of(key)
        if steps is None or not put_at(self.tables, steps, value):
            raise PlanError("form-key", places=[_place(self.file, cell)], key=key)


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
        ``form-sheet``, ``form-columns``, ``form-cell``, ``form-key``,
        ``form-figures-twice``.
    TableError
        For a file that is no workbook.
    """
    found = _sheet(data, file, "declaration")
    if found is None:
        names = [text("template.sheet.declaration", language) for language in LANGUAGES]
        raise PlanError("form-sheet", places=[Place(file=file)], sheet=names[1], names=names)
    language, grid = found
    form = Form(file, language)
    further: list[tuple[str, Any, FormCell]] = []
    _read_declaration(form, grid)
    figures = _sheet(data, file, "data")
    if figures is not None:
        _read_figures(form, figures[1])
    listed = _sheet(data, file, "tables")
    if listed is not None:
        further = _read_tables(form, listed[1])
    for key, value, cell in further:
        form.put(key, value, cell)
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


def _sheet(data: bytes, file: str, name: str) -> tuple[Language, Grid] | None:
    for language in LANGUAGES:
        try:
            return language, excel_grid(data, file, sheet=text(f"template.sheet.{name}", language))
        except TableError as error:
            if error.code != "unknown-sheet":
                raise
    return None


def _read_declaration(form: Form, grid: Grid) -> None:
    """Read the sheet of single lines."""
    columns = _heads(form, grid)
    for row in grid.rows:
        key = _cell(row, columns["key"])
        if not isinstance(key, str) or steps_of(key) is None or row.number <= columns["row"]:
            continue
        line = LINES.get(key, _FREE)
        label = str(_cell(row, columns["label"]) or key).removesuffix("*").strip()
        cell = form.note(key, grid, row.number, columns["input"], label)
        found = _usable(form, _cell(row, columns["input"]), cell)
        if found is not None:
            form.put(key, plan_value(found, line), cell)


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


def _read_figures(form: Form, grid: Grid) -> None:
    """Read what the columns of the sheet of figures are, where it holds any."""
    keys = next((row for row in grid.rows if "data.time" in row.cells), None)
    if keys is None:
        return
    head = keys.number + 1
    header = next((row for row in grid.rows if row.number == head), None)
    below = [row for row in grid.rows if row.number > head]
    named = {
        str(key): column
        for column, key in enumerate(keys.cells, start=1)
        if isinstance(key, str) and key.startswith("data.")
    }
    shown = {each.key: label_of(each.key, form.language) for each in COLUMNS}
    used = {
        key: at for key, at in named.items() if any(_cell(row, at) is not None for row in below)
    }
    for key, column in named.items():
        label = shown.get(key, key)
        form.note(f"sheet:{key}", grid, head + 1, column, label)
        if (used and key not in form.cells) or key in used:
            form.cells[key] = form.cells[f"sheet:{key}"]
    if not used:
        return
    if value_at(form.tables, ("data", "file")) is not None:
        cell = form.cells["data.file"]
        sheet = grid.sheet or ""
        raise PlanError("form-figures-twice", places=[_place(form.file, cell)], sheet=sheet)
    stated = form.tables.setdefault("data", {})
    stated |= {"file": form.file, "sheet": grid.sheet, "header_row": head}
    form.cells["data.file"] = form.cells["sheet:data.time"]
    for key, column in used.items():
        title = _cell(header, column) if header is not None else None
        form.put(key, str(title or ""), form.cells[key])
    _read_descriptions(form, grid, keys.number, used)


def _read_descriptions(form: Form, grid: Grid, above: int, used: Mapping[str, int]) -> None:
    """Read unit, year of prices and publication, which stand above the columns."""
    labels = {
        text(f"template.described.{name}", language): name
        for name in DESCRIPTIONS
        for language in LANGUAGES
    }
    for row in grid.rows:
        first = _cell(row, 1)
        name = labels.get(first) if isinstance(first, str) and row.number < above else None
        if name is None:
            continue
        said: dict[str, dict[str, str]] = {}
        for key, column in used.items():
            role, _, part = key.removeprefix("data.columns.").partition(".")
            cell = form.note(f"data.{name}.{role}", grid, row.number, column, str(first))
            found = _usable(form, _cell(row, column), cell)
            if found is not None and key.startswith("data.columns."):
                words = str(plan_value(found, Line(name)))
                said.setdefault(role, {})[f"{role}:{part}" if part else role] = words
        for role, parts in said.items():
            # One word for all parts of a role is said of the role.
            alike = len(set(parts.values())) == 1
            stated = {role: next(iter(parts.values()))} if alike else parts
            form.tables["data"].setdefault(name, {}).update(stated)


def _read_tables(form: Form, grid: Grid) -> list[tuple[str, Any, FormCell]]:
    """Read the tables of several lines; return the further keys, which come last."""
    further: list[tuple[str, Any, FormCell]] = []
    sensitivities: list[tuple[dict[str, Any], dict[str, FormCell]]] = []
    for name, values, cells in _lines(form, grid):
        if name == "further":
            if "key" in values and "value" in values:
                further.append((str(values["key"]), values["value"], cells["value"]))
        elif name == "sensitivity":
            sensitivities.append((values, cells))
        elif name == "data.sheet":
            _put_row(form, values, cells)
        else:
            _put_line(form, name, values, cells)
    _put_sensitivities(form, sensitivities)
    return further


def _lines(form: Form, grid: Grid) -> Iterator[tuple[str, dict[str, Any], dict[str, FormCell]]]:
    """Give each line that is filled in: the table, its values and their cells by field."""
    name, fields = "", dict[int, str]()
    for row in grid.rows:
        first = _cell(row, 1)
        mark = _MARK.fullmatch(first) if isinstance(first, str) else None
        if mark is not None:
            name = mark[1]
            fields = {
                column: cell
                for column, cell in enumerate(row.cells, start=1)
                if column > 1 and isinstance(cell, str)
            }
        elif isinstance(first, str):
            name = ""
        elif name:
            yield from _line(form, grid, row, name, fields)


def _line(
    form: Form, grid: Grid, row: GridRow, name: str, fields: Mapping[int, str]
) -> Iterator[tuple[str, dict[str, Any], dict[str, FormCell]]]:
    block = _BLOCKS.get(name)
    kinds = {line.key: line for line in block.fields} if block else {}
    values: dict[str, Any] = {}
    cells: dict[str, FormCell] = {}
    for column, key in fields.items():
        label = label_of(f"{name}.{key}", form.language) if key in kinds else key
        where = FormCell(grid.sheet or "", cell_reference(row.number, column), label)
        cells[key] = where
        found = _usable(form, _cell(row, column), where)
        if found is not None:
            values[key] = plan_value(found, kinds.get(key, _FREE))
    if values:
        yield name, values, cells


def _put_line(form: Form, name: str, values: dict[str, Any], cells: dict[str, FormCell]) -> None:
    steps = tuple(name.split("."))
    number = len(value_at(form.tables, steps) or ()) + 1
    if name == "fill" and ("year" in values or "value" in values):
        year, value = values.pop("year", None), values.pop("value", None)
        if value is None:
            values["years"] = [year]
            cells["years"] = cells["year"]
        else:
            values["values"] = {str(year): value}
            cells[f"values.{year}"] = cells["value"]
    if name == "target":
        values.setdefault("area", value_at(form.tables, ("plan", "area")))
    for key, cell in cells.items():
        form.cells[f"{name}[{number}].{key}"] = cell
    put_at(form.tables, (*steps, number), values)


def _put_row(form: Form, values: dict[str, Any], cells: dict[str, FormCell]) -> None:
    """Put one row of a yearbook's sheet to the others of the same sheet."""
    said = {key: value for key, value in values.items() if key not in ("role", "part", "label")}
    data = form.tables.setdefault("data", {})
    if not isinstance(data.get("sheet", []), list):
        raise PlanError(
            "form-figures-twice", places=[_place(form.file, cells["sheet"])], sheet=data["sheet"]
        )
    sheets: list[dict[str, Any]] = data.setdefault("sheet", [])
    if "file" not in said:
        data.setdefault("file", form.file)
    known = [{key: value for key, value in sheet.items() if key != "rows"} for sheet in sheets]
    if said not in known:
        sheets.append({**said, "rows": {}})
        known.append(said)
    number = known.index(said) + 1
    for key, cell in cells.items():
        form.cells.setdefault(f"data.sheet[{number}].{key}", cell)
    row = [str(values[key]) for key in ("role", "part") if key in values]
    form.cells[".".join((f"data.sheet[{number}].rows", *row))] = cells["label"]
    put_at(sheets[number - 1], ("rows", *row), values.get("label", ""))


def _put_sensitivities(form: Form, lines: list[tuple[dict[str, Any], dict[str, FormCell]]]) -> None:
    """Put together the lines of each name; what is not said stays as in the plan."""
    named: dict[str, list[tuple[dict[str, Any], dict[str, FormCell]]]] = {}
    for values, cells in lines:
        named.setdefault(str(values.get("name", "")), []).append((values, cells))
    for number, (name, group) in enumerate(named.items(), start=1):
        made: dict[str, Any] = {"name": name} if name else {}
        stated = [_changed_key(values) for values, _ in group]
        for key, (values, cells) in zip(stated, group, strict=True):
            form.cells.setdefault(f"sensitivity[{number}].name", cells["name"])
            form.cells[f"sensitivity[{number}].{key}"] = cells["value"]
            if key and not _change(form, made, key, values, stated):
                raise PlanError("form-key", places=[_place(form.file, cells["key"])], key=key)
        form.tables.setdefault("sensitivity", []).append(made)


def _change(
    form: Form, made: dict[str, Any], key: str, values: dict[str, Any], stated: list[str]
) -> bool:
    """Put one change into a sensitivity; tell whether there is such a key."""
    steps = steps_of(key)
    if steps is None or "value" not in values:
        return False
    around = steps[:-1]
    chooses = any(f"{'.'.join(map(str, around))}.{rule}" in stated for rule in _RULES)
    if len(around) > 1 and value_at(made, around) is None and not chooses:
        # A table inside a table is replaced whole: what it says otherwise is the plan's.
        before = value_at(form.tables, around)
        kept = deepcopy(before) if isinstance(before, dict) else {}
        kept.pop("source", None)
        put_at(made, around, kept)
    line = LINES.get(key, _FREE)
    placed = put_at(made, steps, plan_value(values["value"], line))
    if "source" in values:
        placed = placed and put_at(made, (*around, "source"), values["source"])
    return placed


def _changed_key(values: dict[str, Any]) -> str:
    """Return the key that a sensitivity changes, which may be given by the label of its line."""
    written = " ".join(str(values.get("key", "")).split())
    for key in LINES:
        if written.casefold() in {label_of(key, each).casefold() for each in LANGUAGES}:
            return key
    return written


def _cell(row: GridRow, column: int) -> Any:
    found = row.cells[column - 1] if column <= len(row.cells) else None
    return None if found == "" else found


def _usable(form: Form, found: Any, cell: FormCell) -> Any:
    """Return what a cell holds, refusing the error of a formula."""
    if isinstance(found, Unusable):
        raise PlanError(
            "form-cell", places=[_place(form.file, cell)], key=cell.name, found=found.shown
        )
    return found


def _place(file: str, cell: FormCell) -> Place:
    return Place(file=file, sheet=cell.sheet, cell=cell.cell, line=cell.label)
