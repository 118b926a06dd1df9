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

    from tfp.language.catalogue import Language
    from tfp.report.sheets.layout import Layout

_FIRST = 7
Check = tuple[tuple[Cell, ...], str, str, float]


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
    found = width + 2
    last = _FIRST + len(checks) - 1
    heads: tuple[str, ...] = ("year", "item", "found", "engine", "difference", "verdict")
    if width > 1:
        heads = ("area", *heads)
    return Sheet(
        layout.sheet("checks"),
        (
            (Cell(text("workbook.checks.title", language), role="title"),),
            (),
            *_totals(found, last, language),
            (),
            tuple(
                Cell(text(f"workbook.checks.{head}", language), role="heading") for head in heads
            ),
            *(
                _compared(check, row, found, language)
                for row, check in enumerate(checks, start=_FIRST)
            ),
        ),
        notes=(text("workbook.checks.hint", language, tolerance=f"{TOLERANCE:g}"),),
        widths={width: 9, found - 1: 44, found: 22, found + 1: 22, found + 2: 16},
        freeze=(_FIRST - 1, 0),
        repeated_rows=(_FIRST - 1, _FIRST - 1),
        landscape=True,
    )


def _totals(found: int, last: int, language: Language) -> tuple[tuple[Cell | None, ...], ...]:
    """Return the rows above the checks: the largest difference, and how many differ."""
    differences = range_reference((_FIRST, found + 2), (last, found + 2))
    verdicts = range_reference((_FIRST, found + 3), (last, found + 3))
    bad = text("workbook.checks.bad", language)
    cells = {
        "largest": Cell(
            0.0,
            formula=f"=MAX(MAX({differences}),-MIN({differences}))",
            style="number",
            role="total",
            name="largest_difference",
        ),
        "failed": Cell(
            0,
            formula=f'=COUNTIF({verdicts},"{bad}")',
            style="whole",
            role="total",
            name="failed_checks",
        ),
    }
    return tuple(
        (Cell(text(f"workbook.checks.{name}", language), role="note"), *(None,) * (found - 1), cell)
        for name, cell in cells.items()
    )


def _compared(check: Check, row: int, found: int, language: Language) -> tuple[Cell, ...]:
    """Return one row: the formula's value, the engine's, their difference, a verdict."""
    keys, words, formula, value = check
    good, bad = (text(f"workbook.checks.{word}", language) for word in ("good", "bad"))
    by_formula, engine, difference = (
        cell_reference(row, column) for column in (found, found + 1, found + 2)
    )
    within = f"ABS({difference})<=check_tolerance*MAX(1,ABS({engine}))"
    return (
        *keys,
        Cell(words),
        Cell(value, formula=formula, style="number"),
        Cell(value, style="number"),
        Cell(0.0, formula=f"={by_formula}-{engine}", style="number"),
        Cell(good, formula=f'=IF({within},"{good}","{bad}")'),
    )


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
