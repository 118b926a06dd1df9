"""The sheet of results: every figure a formula, with the engine's figure as its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.language.terms import term_name
from tfp.report.sheets.data import UNSETTLED, key_cell
from tfp.report.sheets.formulas import formula_of
from tfp.report.sheets.layout import FIRST_ROW
from tfp.report.words import phrase, time_head
from tfp.results.shares import REASONS
from tfp.tables.workbook import Cell, Sheet

if TYPE_CHECKING:
    from tfp.report.sheets.layout import Layout
    from tfp.tables.workbook import Role, Style

_STYLES: dict[str, Style] = {
    "stock_at_end": "level",
    "stock": "level",
    "growth": "per_cent",
    "weight": "share",
    "points": "points",
    "share": "per_cent",
    "level": "index",
}
STOCKS = ("stock_at_end", "stock")
WITHHELD = ("negative_growth", "growth_below_threshold")


def results_sheet(layout: Layout) -> Sheet:
    """Return capital, growth, points, TFP and shares, row by row."""
    columns = layout.result_columns
    body = [
        tuple(result_cell(layout, key, row) for key in columns)
        for row in range(len(layout.accounts.rows))
    ]
    language = layout.language
    return Sheet(
        layout.sheet("results"),
        (
            (Cell(text("workbook.results.title", language), role="title"),),
            (),
            group_row(layout, tuple(columns)),
            tuple(Cell(short_heading(layout, key), role="heading") for key in columns),
            *body,
        ),
        notes=(
            text("workbook.results.hint", language),
            text(
                "workbook.results.blank", language, threshold=float(layout.accounts.share_threshold)
            ),
            *_standing_of_capital(layout),
            *_standing_of_years(layout),
        ),
        freeze=(FIRST_ROW - 1, columns["year"]),
        repeated_rows=(FIRST_ROW - 2, FIRST_ROW - 1),
        landscape=True,
    )


def _standing_of_capital(layout: Layout) -> tuple[str, ...]:
    """Return that capital comes from a calculation that no formula here repeats."""
    content = layout.content
    made = [n for n in layout.accounts.factor_names if n.partition("_")[0] == "capital"]
    known = content.capital is not None or content.further_results
    if not known or all(name in layout.inventories for name in made):
        return ()
    return (text("workbook.results.capital_stated", layout.language),)


def _standing_of_years(layout: Layout) -> tuple[str, ...]:
    if not any(status in UNSETTLED for status in layout.accounts.statuses):
        return ()
    return (text("workbook.data.unsettled", layout.language),)


def result_cell(layout: Layout, key: str, row: int) -> Cell:
    """Return one cell of Results: formula and value, ``x`` for a share that is not given."""
    if key in ("entity", "year"):
        return key_cell(layout, key, row)
    kind = key.partition(":")[0]
    style = _STYLES[kind]
    role: Role = "provisional" if layout.accounts.statuses[row] in UNSETTLED else "body"
    value = float(layout.figures[key][row])
    if kind == "share" and np.isnan(value):
        reason = REASONS[layout.accounts.blank_reasons[row]]
        if reason in WITHHELD:
            return Cell("x", formula=formula_of(layout, key, row), style=style, role=role)
    if np.isnan(value):
        return Cell(None, style=style, reason=_why_missing(layout, row))
    formula = formula_of(layout, key, row)
    if kind == "stock_at_end" and formula is None:
        return Cell(value, style=style, role="parameter")
    return Cell(value, formula=formula, style=style, role=role)


def group_row(layout: Layout, keys: tuple[str, ...]) -> tuple[Cell | None, ...]:
    """Return the heads that neighbouring columns share, each above the first of them."""
    cells: list[Cell | None] = []
    before = ""
    for key in keys:
        kind = key.partition(":")[0]
        grouped = kind in ("growth", "weight", "points", "share") and kind != before
        cells.append(Cell(_group(layout, kind), role="note") if grouped else None)
        before = kind
    return tuple(cells)


def short_heading(layout: Layout, key: str) -> str:
    """Return the head of a column below the head that it shares with its neighbours."""
    kind, _, name = key.partition(":")
    if not name or kind in STOCKS:
        return heading(layout, key)
    if name == "output" and layout.content.output_name:
        return layout.content.output_name
    return term_name(name, layout.language)


def _group(layout: Layout, kind: str) -> str:
    language = layout.language
    log = layout.accounts.rates == "log"
    if kind == "weight":
        return text("report.column.weight", language)
    unit = {
        "growth": "log_points" if log else "percent",
        "points": "log_points" if log else "points",
        "share": "percent",
    }[kind]
    column = {"growth": "growth", "points": "contribution", "share": "share"}[kind]
    words = text(f"report.column.{column}", language)
    return f"{words} ({text(f'report.unit.{unit}', language)})"


def heading(layout: Layout, key: str) -> str:
    """Return the head of a column of Results in full, with its unit."""
    language = layout.language
    kind, _, name = key.partition(":")
    if kind == "entity":
        return text("report.column.area", language)
    if kind == "year":
        return time_head(layout.accounts.rows, language)
    factor = term_name(name, language)
    if name == "output" and layout.content.output_name:
        factor = layout.content.output_name
    log = layout.accounts.rates == "log"
    unit = text(f"report.unit.{'log_points' if log else 'percent'}", language)
    points = text(f"report.unit.{'log_points' if log else 'points'}", language)
    if kind in STOCKS:
        stated = layout.inventories[name].panel.column("investment").unit
        unit = phrase("unit", stated, language) if stated else ""
        head = text(f"workbook.results.{kind}", language)
        if name != "capital":
            head = f"{head}: {factor}"
        return f"{head} ({unit})" if unit else head
    return text(f"workbook.results.{kind}", language, factor=factor, unit=unit, points=points)


def _why_missing(layout: Layout, row: int) -> str:
    first = row in set(layout.accounts.rows.breaks.tolist())
    return text(f"workbook.results.{'first' if first else 'missing'}", layout.language)
