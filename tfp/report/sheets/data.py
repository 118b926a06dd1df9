"""The sheet of data: flat, one row for each area and year, with the status of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.language.terms import term_name
from tfp.panel.roles import STATUSES
from tfp.report.data_tables import SMALL, panel_statuses
from tfp.report.pure_profit import profit_notes
from tfp.report.sheets.layout import FIRST_ROW
from tfp.report.words import phrase, role_name, status_name, time_head
from tfp.tables.workbook import Cell, Sheet

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.report.sheets.layout import Layout
    from tfp.tables.workbook import Style

SHARES = ("depreciation", "pure_profit", "weight")
UNSETTLED = ("preliminary", "estimate")


def data_sheet(layout: Layout) -> Sheet:
    """Return the levels and varying weights that the accounts rest on."""
    language, rows = layout.language, layout.accounts.rows
    columns = layout.data_columns
    heads = tuple(Cell(data_head(layout, key), role="heading") for key in columns)
    values = layout.data_values
    statuses = row_statuses(layout)
    body = [
        tuple(_cell(layout, key, values.get(key), row, statuses[row]) for key in columns)
        for row in range(len(rows))
    ]
    notes = [text("workbook.data.hint", language)]
    notes += profit_notes(layout.accounts, language)
    if layout.roles_as_read:
        notes.append(text("workbook.data.changed", language))
    if layout.untraced:
        labels = "; ".join(data_head(layout, key) for key in layout.untraced)
        notes.append(text("workbook.data.untraced", language, columns=labels))
    if any(status in UNSETTLED for status in statuses):
        notes.append(text("workbook.data.unsettled", language))
    return Sheet(
        layout.sheet("data"),
        (
            (Cell(text("workbook.data.title", language), role="title"),),
            (),
            (),
            heads,
            *body,
        ),
        notes=tuple(notes),
        freeze=(FIRST_ROW - 1, columns["year"]),
        repeated_rows=(FIRST_ROW - 1, FIRST_ROW - 1),
        landscape=True,
    )


def key_cell(layout: Layout, key: str, row: int) -> Cell:
    """Return the area or the year of a row."""
    rows = layout.accounts.rows
    if key == "entity":
        return Cell(rows.entity_label(row))
    return Cell(rows.time_label(row), style="year")


def _cell(layout: Layout, key: str, values: FloatArray | None, row: int, status: str) -> Cell:
    if key in ("entity", "year"):
        return key_cell(layout, key, row)
    if key == "status":
        return Cell(status_name(status, layout.language))
    if values is None or np.isnan(values[row]):
        return Cell(None, reason=text("workbook.data.missing", layout.language))
    style: Style = "level"
    # One decimal says too little of figures near one: shares, indices of prices.
    if key.partition(":")[0] in SHARES or np.nanmax(np.abs(values)) < SMALL:
        style = "share"
    own = value_status(layout, key, row) or status
    return Cell(
        float(values[row]),
        formula=layout.data_formula(key, row),
        style=style,
        role="provisional" if own in UNSETTLED else "body",
    )


def value_status(layout: Layout, key: str, row: int) -> str:
    """Return the status of one figure of Data; empty where none is declared for it alone."""
    kind, _, name = key.partition(":")
    panel = layout.content.raw_panel if kind == "raw" else layout.content.panel
    role = name if kind == "raw" else layout.roles.get(key, "")
    if panel is None or role not in panel.columns or len(panel) != len(layout.accounts.rows):
        return ""
    status = panel.column(role).status
    return "" if status is None else STATUSES[int(status[row])]


def row_statuses(layout: Layout) -> tuple[str, ...]:
    """Status of the data of each row; that of its growth where the data are not at hand."""
    panel = layout.content.panel
    if panel is not None and len(panel) == len(layout.accounts.rows):
        return panel_statuses(panel)
    return layout.accounts.statuses


def data_head(layout: Layout, key: str) -> str:
    """Return the head of a column of Data, with its unit."""
    language = layout.language
    kind, _, name = key.partition(":")
    if kind == "year":
        return time_head(layout.accounts.rows, language)
    if kind == "pure_profit":
        return text("report.column.pure_profit", language)
    if kind in ("entity", "status"):
        return text(f"report.column.{'area' if kind == 'entity' else kind}", language)
    if kind == "weight":
        return text("report.column.weight_of", language, factor=term_name(name, language))
    role = layout.roles.get(key) or (name if kind in ("input", "raw") else kind)
    if kind == "depreciation":
        return role_name(layout.roles.get(key, "depreciation_rate"), language)
    label = role_name(role, language)
    if role == "output" and layout.content.output_name:
        label = layout.content.output_name
    unit = unit_of(layout, key)
    label = f"{label} ({unit})" if unit else label
    return text("workbook.data.as_read", language, label=label) if kind == "raw" else label


def unit_of(layout: Layout, key: str) -> str:
    """Return the unit of a column of Data in words; empty where none is declared."""
    kind, _, name = key.partition(":")
    role = layout.roles.get(key) or (name if kind in ("input", "raw") else kind)
    panel = layout.content.raw_panel if kind == "raw" else layout.content.panel
    if panel is not None and role in panel.columns:
        unit = panel.column(role).unit
    else:
        unit = layout.accounts.provenance.described(role, "unit")
    return phrase("unit", unit, layout.language) if unit else ""
