"""The sheet of checks: every formula beside the engine's figure, and the identities.

Above stands one line for each kind of figure, which is what is printed; below, for the
screen, one line for each figure.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.report.sheets.data import data_head, key_cell
from tfp.report.sheets.formulas import formula_of
from tfp.report.sheets.layout import FIRST_ROW
from tfp.report.sheets.parameters import TOLERANCE
from tfp.report.sheets.results import heading
from tfp.report.words import time_head
from tfp.tables.references import cell_reference, range_reference
from tfp.tables.workbook import Cell, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.language.catalogue import Language
    from tfp.report.sheets.layout import Layout

_TOP = 7  # first line of the summary
_AREA, _YEAR, _ITEM, _FOUND, _ENGINE, _DIFFERENCE, _VERDICT = range(1, 8)


@dataclass(frozen=True)
class Check:
    """One formula: what it is of, where it stands, and the engine's figure."""

    group: str
    area: Cell
    year: Cell
    formula: str
    value: float


def check_sheet(layout: Layout, others: tuple[Sheet, ...] = ()) -> Sheet:
    """Return the differences of all formulas from the engine's figures.

    Parameters
    ----------
    layout : Layout
    others : tuple of Sheet
        Further sheets (periods, targets) whose numeric formulas are checked too.
    """
    language = layout.language
    checks = [*_data(layout), *_results(layout), *_identities(layout), *_others(layout, others)]
    groups: dict[str, list[Check]] = {}
    for check in checks:
        groups.setdefault(check.group, []).append(check)
    first = _TOP + len(groups) + 4
    summary, start = [], first
    for group, members in groups.items():
        summary.append(_summed(group, start, len(members), language))
        start += len(members)
    ordered = [check for members in groups.values() for check in members]
    printed = _TOP + len(groups)
    return Sheet(
        layout.sheet("checks"),
        (
            (Cell(text("workbook.checks.title", language), role="title"),),
            (),
            *_totals(first, len(ordered), language),
            (),
            _heads(language, ("", "", "item", "count", "largest", "failed")),
            *summary,
            (
                Cell(
                    text("workbook.checks.hint", language, tolerance=f"{TOLERANCE:g}"), role="note"
                ),
            ),
            (),
            (Cell(text("workbook.checks.each", language), role="note"),),
            _heads(
                language,
                ("area", "year", "item", "found", "engine", "difference", "verdict"),
                year=time_head(layout.accounts.rows, language),
            ),
            *(_compared(check, row, language) for row, check in enumerate(ordered, start=first)),
        ),
        widths={
            _AREA: 22 if layout.accounts.rows.entity_name else 9,
            _YEAR: 9,
            _ITEM: 58,
            _FOUND: 22,
            _ENGINE: 22,
            _DIFFERENCE: 22,
            _VERDICT: 14,
        },
        repeated_rows=(_TOP - 1, _TOP - 1),
        landscape=True,
        printed_rows=printed,
    )


def _heads(language: Language, names: tuple[str, ...], year: str = "") -> tuple[Cell | None, ...]:
    return tuple(
        Cell(year if name == "year" else text(f"workbook.checks.{name}", language), role="heading")
        if name
        else None
        for name in names
    )


def _totals(first: int, count: int, language: Language) -> tuple[tuple[Cell | None, ...], ...]:
    """Return the rows above the checks: the largest difference, and how many differ."""
    cells = {
        "largest": Cell(
            0.0,
            formula=f"={_largest(first, count)}",
            style="number",
            role="total",
            name="largest_difference",
        ),
        "failed": Cell(
            0,
            formula=f"={_failed(first, count, language)}",
            style="whole",
            role="total",
            name="failed_checks",
        ),
    }
    blanks = (None,) * (_FOUND - 2)
    return tuple(
        (Cell(text(f"workbook.checks.{name}", language), role="note"), *blanks, cell)
        for name, cell in cells.items()
    )


def _summed(group: str, first: int, count: int, language: Language) -> tuple[Cell | None, ...]:
    """Return one line of the summary: how many checks of a kind, and how they came out."""
    return (
        None,
        None,
        Cell(group),
        Cell(count, style="whole"),
        Cell(0.0, formula=f"={_largest(first, count)}", style="number"),
        Cell(0, formula=f"={_failed(first, count, language)}", style="whole"),
    )


def _largest(first: int, count: int) -> str:
    over = range_reference((first, _DIFFERENCE), (first + count - 1, _DIFFERENCE))
    return f"MAX(MAX({over}),-MIN({over}))"


def _failed(first: int, count: int, language: Language) -> str:
    over = range_reference((first, _VERDICT), (first + count - 1, _VERDICT))
    return f'COUNTIF({over},"{text("workbook.checks.bad", language)}")'


def _compared(check: Check, row: int, language: Language) -> tuple[Cell, ...]:
    """Return one row: the formula's value, the engine's, their difference, a verdict."""
    good, bad = (text(f"workbook.checks.{word}", language) for word in ("good", "bad"))
    by_formula, engine, difference = (
        cell_reference(row, column) for column in (_FOUND, _ENGINE, _DIFFERENCE)
    )
    within = f"ABS({difference})<=check_tolerance*MAX(1,ABS({engine}))"
    return (
        check.area,
        check.year,
        Cell(check.group),
        Cell(check.value, formula=check.formula, style="number"),
        Cell(check.value, style="number"),
        Cell(0.0, formula=f"={by_formula}-{engine}", style="number"),
        Cell(good, formula=f'=IF({within},"{good}","{bad}")'),
    )


def _data(layout: Layout) -> Iterator[Check]:
    """Give the figures of Data that are made of others there."""
    for key, column in layout.data_columns.items():
        if key not in layout.roles:
            continue
        for row in range(len(layout.accounts.rows)):
            value = float(layout.data_values[key][row])
            if layout.data_formula(key, row) is not None and not np.isnan(value):
                place = cell_reference(FIRST_ROW + row, column, sheet=layout.sheet("data"))
                yield _check(layout, data_head(layout, key), row, f"={place}", value)


def _results(layout: Layout) -> Iterator[Check]:
    for key in layout.result_columns:
        if key in ("entity", "year"):
            continue
        for row in range(len(layout.accounts.rows)):
            value = float(layout.figures[key][row])
            if not np.isnan(value) and formula_of(layout, key, row) is not None:
                place = layout.result_cell(key, row, outside=True)
                yield _check(layout, heading(layout, key), row, f"={place}", value)


def _identities(layout: Layout) -> Iterator[Check]:
    accounts, language = layout.accounts, layout.language
    for row in range(len(accounts.rows)):
        if np.isnan(layout.figures["points:tfp"][row]):
            continue
        terms = [layout.result_cell(f"points:{t}", row, outside=True) for t in accounts.term_names]
        growth = layout.result_cell("growth:output", row, outside=True)
        words = text("workbook.checks.sum_of_points", language)
        yield _check(layout, words, row, f"={'+'.join(terms)}-{growth}", 0.0)
        if not np.isnan(layout.figures["share:tfp"][row]):
            shares = [
                layout.result_cell(f"share:{t}", row, outside=True) for t in accounts.term_names
            ]
            words = text("workbook.checks.sum_of_shares", language)
            yield _check(layout, words, row, f"={'+'.join(shares)}", 100.0)


def _others(layout: Layout, sheets: tuple[Sheet, ...]) -> Iterator[Check]:
    for sheet in sheets:
        words = text("workbook.checks.on_sheet", layout.language, sheet=sheet.name)
        for row, column, cell in sheet.cells():
            value = cell.plain_value
            if cell.formula is None or not isinstance(value, float):
                continue
            place = cell_reference(row, column, sheet=sheet.name)
            yield Check(words, Cell(cell_reference(row, column)), Cell(None), f"={place}", value)


def _check(layout: Layout, words: str, row: int, formula: str, value: float) -> Check:
    several = layout.accounts.rows.entity_name is not None
    area = key_cell(layout, "entity", row) if several else Cell(None)
    return Check(words, area, key_cell(layout, "year", row), formula, value)
