"""The sheet of figures of a form: what its columns are becomes ``[data]`` of the plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.errors import Place, PlanError
from tfp.language.catalogue import LANGUAGES, text
from tfp.tables.numerals import certain_sign
from tfp.workflow.forms.form import content
from tfp.workflow.forms.form_values import plan_value
from tfp.workflow.forms.template.lines import COLUMNS, DESCRIPTIONS, Line, label_of
from tfp.workflow.plans.key_paths import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.tables.grid import Grid, GridRow
    from tfp.workflow.forms.form import Form


def read_figures(form: Form, grid: Grid) -> None:
    """Read what the columns of the sheet of figures are, where it holds any."""
    keys = next((row for row in grid.rows if "data.time" in row.cells), None)
    if keys is None:
        where = Place(file=form.file, sheet=grid.sheet)
        raise PlanError("form-keys-missing", places=[where], sheet=grid.sheet, first="data.time")
    named = {
        str(key): column
        for column, key in enumerate(keys.cells, start=1)
        if isinstance(key, str) and key.startswith("data.")
    }
    header = _header(grid, keys.number, named)
    head = keys.number + 1 if header is None else header.number
    below = [row for row in grid.rows if row.number > head]
    shown = {each.key: label_of(each.key, form.language) for each in COLUMNS}
    used = {
        key: at for key, at in named.items() if any(content(row, at) is not None for row in below)
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
        raise PlanError("form-figures-twice", places=[form.place(cell)], sheet=sheet)
    stated = form.tables.setdefault("data", {})
    stated |= {"file": form.file, "sheet": grid.sheet, "header_row": head}
    texts = [
        cell for row in below for at in used.values() if isinstance(cell := content(row, at), str)
    ]
    if "decimal" not in stated and (sign := certain_sign(texts)) is not None:
        # The form takes numbers as the office's computer writes them.
        stated["decimal"] = sign
    form.cells["data.file"] = form.cells["sheet:data.time"]
    for key, column in used.items():
        title = content(header, column) if header is not None else None
        if not isinstance(title, str):
            place = form.place(form.cells[key])
            raise PlanError("form-titles-missing", places=[place], sheet=grid.sheet or "")
        form.put(key, title, form.cells[key])
    _read_descriptions(form, grid, keys.number, used)


def _header(grid: Grid, above: int, named: Mapping[str, int]) -> GridRow | None:
    """Return the row of titles: rows may have been inserted between the keys and it."""
    below = [row for row in grid.rows if row.number > above]
    titled = (
        row for row in below if all(isinstance(content(row, at), str) for at in named.values())
    )
    return next(titled, next((row for row in below if row.number == above + 1), None))


def _read_descriptions(form: Form, grid: Grid, above: int, used: Mapping[str, int]) -> None:
    """Read unit, year of prices and publication, which stand above the columns."""
    labels = {
        text(f"template.described.{name}", language): name
        for name in DESCRIPTIONS
        for language in LANGUAGES
    }
    for row in grid.rows:
        first = content(row, 1)
        name = labels.get(first) if isinstance(first, str) and row.number < above else None
        if name is None:
            continue
        said: dict[str, dict[str, str]] = {}
        for key, column in used.items():
            role, _, part = key.removeprefix("data.columns.").partition(".")
            cell = form.note(f"data.{name}.{role}", grid, row.number, column, str(first))
            found = form.usable(content(row, column), cell)
            if found is not None and key.startswith("data.columns."):
                words = str(plan_value(found, Line(name)))
                said.setdefault(role, {})[f"{role}:{part}" if part else role] = words
        for role, parts in said.items():
            # One word for all parts of a role is said of the role.
            alike = len(set(parts.values())) == 1
            stated = {role: next(iter(parts.values()))} if alike else parts
            form.tables["data"].setdefault(name, {}).update(stated)
