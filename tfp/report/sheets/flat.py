"""The data once more, flat: one header row, one row a value, with where it was read.

Other programs read this sheet; values are formulas of the sheet of data, so that there is
one place to change a figure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.report.sheets.data import SHARES, data_head, key_cell, row_statuses, unit_of, value_status
from tfp.report.words import status_name
from tfp.tables.workbook import Cell, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.errors import Place
    from tfp.report.sheets.layout import Layout
    from tfp.tables.workbook import Style

_HEADS = ("area", "year", "variable", "value", "unit", "status", "source", "sheet", "cell")
_KEYS = ("entity", "year", "status")


def flat_sheet(layout: Layout) -> Sheet:
    """Return every figure of the data in a row of its own."""
    heads = tuple(
        Cell(text(f"workbook.flat.{head}", layout.language), role="heading") for head in _HEADS
    )
    return Sheet(
        layout.sheet("flat"),
        (heads, *_rows(layout)),
        widths={3: 46, 7: 60},
        freeze=(1, 0),
        repeated_rows=(1, 1),
        landscape=True,
        printed_rows=1,  # the sheet of data has the same on a page or two
    )


def _rows(layout: Layout) -> Iterator[tuple[Cell | None, ...]]:
    language = layout.language
    alone = layout.accounts.rows.entity_name is None
    statuses = row_statuses(layout)
    for key in layout.data_columns:
        if key in _KEYS:
            continue
        values = layout.data_values[key]
        label, unit = _variable(layout, key), unit_of(layout, key)
        style: Style = "share" if key.partition(":")[0] in SHARES else "level"
        for row in np.flatnonzero(~np.isnan(values)).tolist():
            area = Cell(layout.content.area) if alone else key_cell(layout, "entity", row)
            status = value_status(layout, key, row) or statuses[row]
            place = _origin(layout, key, row)
            yield (
                area,
                key_cell(layout, "year", row),
                Cell(label),
                Cell(float(values[row]), formula=f"={layout.data_cell(key, row)}", style=style),
                Cell(unit),
                Cell(status_name(status, language) if status else ""),
                Cell(_source(layout, key, row, place)),
                Cell(place.sheet if place is not None else None),
                Cell(place.cell if place is not None else None),
            )


def _variable(layout: Layout, key: str) -> str:
    """Return the name of a column without its unit, which has a column of its own here."""
    head, unit = data_head(layout, key), unit_of(layout, key)
    return head.replace(f" ({unit})", "", 1) if unit else head


def _origin(layout: Layout, key: str, row: int) -> Place | None:
    """Return where a figure was read; None for one that was computed, or is not known."""
    kind, _, name = key.partition(":")
    role = name if kind == "raw" else layout.roles.get(key, "")
    if kind != "raw" and role in layout.roles_as_read:
        return None
    places = layout.content.origins.get(role, ())
    return places[row] if len(places) == len(layout.accounts.rows) else None


def _source(layout: Layout, key: str, row: int, place: Place | None) -> str:
    """Return who says a figure: the source of its column, and the file."""
    if layout.data_formula(key, row) is not None:
        return text("workbook.flat.computed", layout.language)
    kind, _, name = key.partition(":")
    role = name if kind == "raw" else layout.roles.get(key, "")
    sources = layout.content.sources
    named = [source.title for source in sources if role in source.roles]
    named = named or [source.title for source in sources if not source.roles and role]
    words = "; ".join(dict.fromkeys(named))
    file = place.file if place is not None else None
    if file and words:
        return f"{words} ({file})"
    return words or file or ""
