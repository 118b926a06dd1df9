"""The sheet of checks: every formula beside the engine's figure, and the identities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.report.sheets.data import key_cell
from tfp.report.sheets.formulas import formula_of
from tfp.report.sheets.parameters import TOLERANCE
from tfp.report.sheets.results import heading
from tfp.tables.references import cell_reference, range_reference
from tfp.tables.workbook import Cell, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.report.sheets.layout import Layout

_FIRST = 7


def check_sheet(layout: Layout, others: tuple[Sheet, ...] = ()) -> Sheet:
    """Return the differences of all formulas from the engine's figures.

    Parameters
    ----------
    layout : Layout
    others : tuple of Sheet
        Further sheets (periods, targets) whose numeric formulas are checked too.
    """
    language = layout.language
    checks = [*_results(layout), *_identities(layout), *_others(layout, others)]
    width = 1 if layout.accounts.rows.entity_name is None else 2
    item, found, engine, difference = (width + step for step in range(1, 5))
    last = _FIRST + len(checks) - 1
    differences = range_reference((_FIRST, difference), (last, difference))
    verdicts = range_reference((_FIRST, difference + 1), (last, difference + 1))
    good, bad = (text(f"workbook.checks.{word}", language) for word in ("good", "bad"))
    body = []
    for number, (keys, words, formula, value) in enumerate(checks):
        row = _FIRST + number
        places = [cell_reference(row, column) for column in (found, engine, difference)]
        body.append(
            (
                *keys,
                Cell(words),
                Cell(value, formula=formula, style="number"),
                Cell(value, style="number"),
                Cell(0.0, formula=f"={places[0]}-{places[1]}", style="number"),
                Cell(
                    good,
                    formula=f"=IF(ABS({places[2]})<=check_tolerance*MAX(1,ABS({places[1]})),"
                    f'"{good}","{bad}")',
                ),
            )
        )
    heads = [
        *(("area",) if width == 2 else ()),
        "year",
        "item",
        "found",
        "engine",
        "difference",
        "verdict",
    ]
    return Sheet(
        layout.sheet("checks"),
        (
            (Cell(text("workbook.checks.title", language), role="title"),),
            (),
            (
                Cell(text("workbook.checks.largest", language), role="note"),
                *(None,) * (width + 1),
                Cell(
                    0.0,
                    formula=f"=MAX(MAX({differences}),-MIN({differences}))",
                    style="number",
                    role="total",
                    name="largest_difference",
                ),
            ),
            (
                Cell(text("workbook.checks.failed", language), role="note"),
                *(None,) * (width + 1),
                Cell(
                    0,
                    formula=f'=COUNTIF({verdicts},"{bad}")',
                    style="whole",
                    role="total",
                    name="failed_checks",
                ),
            ),
            (),
            tuple(
                Cell(text(f"workbook.checks.{head}", language), role="heading") for head in heads
            ),
            *body,
        ),
        notes=(text("workbook.checks.hint", language, tolerance=f"{TOLERANCE:g}"),),
        widths={width: 9, item: 44, found: 22, engine: 22, difference: 16},
        freeze=(_FIRST - 1, 0),
        repeated_rows=(_FIRST - 1, _FIRST - 1),
        landscape=True,
    )


Check = tuple[tuple[Cell, ...], str, str, float]


def _results(layout: Layout) -> Iterator[Check]:
    keys = [key for key in layout.result_columns if key not in ("entity", "year")]
    for row in range(len(layout.accounts.rows)):
        for key in keys:
            value = float(layout.figures[key][row])
            if not np.isnan(value) and formula_of(layout, key, row) is not None:
                place = layout.result_cell(key, row, outside=True)
                yield _keys(layout, row), heading(layout, key), f"={place}", value


def _identities(layout: Layout) -> Iterator[Check]:
    accounts, language = layout.accounts, layout.language
    for row in range(len(accounts.rows)):
        if np.isnan(layout.figures["points:tfp"][row]):
            continue
        terms = [layout.result_cell(f"points:{t}", row, outside=True) for t in accounts.term_names]
        growth = layout.result_cell("growth:output", row, outside=True)
        words = text("workbook.checks.sum_of_points", language)
        yield _keys(layout, row), words, f"={'+'.join(terms)}-{growth}", 0.0
        if not np.isnan(layout.figures["share:tfp"][row]):
            shares = [
                layout.result_cell(f"share:{t}", row, outside=True) for t in accounts.term_names
            ]
            words = text("workbook.checks.sum_of_shares", language)
            yield _keys(layout, row), words, f"={'+'.join(shares)}", 100.0


def _others(layout: Layout, sheets: tuple[Sheet, ...]) -> Iterator[Check]:
    blanks = (Cell(None),) * (1 if layout.accounts.rows.entity_name is None else 2)
    for sheet in sheets:
        for row, column, cell in sheet.cells():
            value = cell.plain_value
            if cell.formula is None or not isinstance(value, float):
                continue
            place = cell_reference(row, column, sheet=sheet.name)
            yield blanks, f"{sheet.name} {cell_reference(row, column)}", f"={place}", value


def _keys(layout: Layout, row: int) -> tuple[Cell, ...]:
    several = layout.accounts.rows.entity_name is not None
    return tuple(key_cell(layout, key, row) for key in (("entity",) if several else ()) + ("year",))
