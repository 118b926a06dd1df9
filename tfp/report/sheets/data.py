"""The sheet of data: flat, one row for each area and year, with the status of each row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.language.terms import term_name
from tfp.report.data_tables import panel_statuses
from tfp.report.pure_profit import profit_notes
from tfp.report.sheets.layout import FIRST_ROW
from tfp.report.words import phrase, role_name, status_name, time_head
from tfp.tables.workbook import Cell, Sheet

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray
    from tfp.report.sheets.layout import Layout
    from tfp.tables.workbook import Style

SHARES = ("depreciation", "pure_profit")
UNSETTLED = ("preliminary", "estimate")


def data_sheet(layout: Layout) -> Sheet:
    """Return the levels and varying weights that the accounts rest on."""
    language, rows = layout.language, layout.accounts.rows
    columns = layout.data_columns
    heads = tuple(Cell(_head(layout, key), role="heading") for key in columns)
    values = _values(layout)
    statuses = _row_statuses(layout)
    body = [
        tuple(_cell(layout, key, values.get(key), row, statuses[row]) for key in columns)
        for row in range(len(rows))
    ]
    notes = [text("workbook.data.hint", language)]
    notes += profit_notes(layout.accounts, language)
    if layout.changed_roles:
        notes.append(text("workbook.data.changed", language))
    if any(status in UNSETTLED for status in layout.accounts.statuses):
        notes.append(text("workbook.data.unsettled", language))
    return Sheet(
        layout.sheet("data"),
        (
            (Cell(text("workbook.data.title", language), role="title"),),
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
    style: Style = "share" if key.startswith("weight:") or key in SHARES else "level"
    return Cell(
        float(values[row]), style=style, role="provisional" if status in UNSETTLED else "body"
    )


def _row_statuses(layout: Layout) -> tuple[str, ...]:
    """Status of the data of each row; that of its growth where the data are not at hand."""
    panel = layout.content.panel
    if panel is not None and len(panel) == len(layout.accounts.rows):
        return panel_statuses(panel)
    return layout.accounts.statuses


def _values(layout: Layout) -> dict[str, FloatArray]:
    """Return the numbers of every column, in row order."""
    accounts, raw = layout.accounts, layout.content.raw_panel
    found: dict[str, FloatArray] = {"output": accounts.output}
    if layout.inventory is not None:
        found["investment"] = layout.inventory.panel.values("investment")
        found["depreciation"] = np.asarray(layout.depreciation)
    for name, level, weight in zip(
        accounts.factor_names, accounts.inputs, accounts.weight_arrays, strict=True
    ):
        found[f"input:{name}"] = level
        found[f"weight:{name}"] = weight
    if accounts.pure_profit_share is not None:
        found["pure_profit"] = accounts.pure_profit_share
    if raw is not None:
        found |= {f"raw:{role}": raw.values(role) for role in layout.changed_roles}
    return found


def _head(layout: Layout, key: str) -> str:
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
    role = name if kind in ("input", "raw") else kind
    if kind == "depreciation":
        return role_name("depreciation_rate", language)
    label = role_name(role, language)
    if role == "output" and layout.content.output_name:
        label = layout.content.output_name
    unit = _unit(layout, role)
    label = f"{label} ({unit})" if unit else label
    return text("workbook.data.as_read", language, label=label) if kind == "raw" else label


def _unit(layout: Layout, role: str) -> str:
    if layout.content.panel is not None and role in layout.content.panel.columns:
        unit = layout.content.panel.column(role).unit
    else:
        unit = layout.accounts.provenance.described(role, "unit")
    return phrase("unit", unit, layout.language) if unit else ""
