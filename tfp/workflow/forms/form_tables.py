"""The sheet of tables of a form: each of its lines is one ``[[table]]`` of the plan."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import TYPE_CHECKING, Any

from tfp.errors import Place, PlanError
from tfp.language.catalogue import LANGUAGES
from tfp.tables.references import cell_reference
from tfp.workflow.forms.form import content
from tfp.workflow.forms.form_values import plan_value
from tfp.workflow.forms.template.lines import BLOCKS, LINES, Line, label_of
from tfp.workflow.plans.key_paths import put_at, steps_of, value_at
from tfp.workflow.plans.written import FormCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tfp.tables.grid import Grid, GridRow
    from tfp.workflow.forms.form import Form

_MARK = re.compile(r"\[\[([\w.]+)\]\]")
_BLOCKS = {block.name: block for block in BLOCKS}
_FREE = Line("", "figure")
# Keys that choose a rule: a sensitivity that gives one states the whole table around it.
_RULES = ("method", "rule", "preset")


def read_tables(form: Form, grid: Grid) -> list[tuple[str, Any, FormCell]]:
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
    seen = {
        mark[1]
        for row in grid.rows
        if isinstance(first := content(row, 1), str) and (mark := _MARK.fullmatch(first))
    }
    for row in grid.rows:
        first = content(row, 1)
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
        elif isinstance(first, (int, float)) and _is_filled(row):
            # A numbered line of a table whose row of keys was deleted.
            where = Place(file=form.file, sheet=grid.sheet, cell=cell_reference(row.number, 1))
            lost = " / ".join(f"[[{each.name}]]" for each in BLOCKS if each.name not in seen)
            raise PlanError("form-keys-missing", places=[where], sheet=grid.sheet, first=lost)


def _is_filled(row: GridRow) -> bool:
    return any(content(row, column) is not None for column in range(2, len(row.cells) + 1))


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
        found = form.usable(content(row, column), where)
        if found is not None:
            values[key] = form.value(found, kinds.get(key, _FREE), where)
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
            "form-figures-twice", places=[form.place(cells["sheet"])], sheet=data["sheet"]
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
                raise PlanError("form-key", places=[form.place(cells["key"])], key=key)
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
