"""The sheet of periods: averages by each method, as formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.report.sheets.averages import Averaging
from tfp.report.sheets.formulas import share_of
from tfp.report.words import factor_name, period_name
from tfp.results.shares import REASONS, growth_share
from tfp.tables.references import cell_reference
from tfp.tables.workbook import Cell, Sheet

if TYPE_CHECKING:
    from tfp.report.sheets.layout import Layout
    from tfp.results.periods import PeriodAccounts

MISSING = "not_available"


def period_sheet(layout: Layout) -> Sheet:
    """Return one block of rows for each method of averaging."""
    language = layout.language
    rows: list[tuple[Cell | None, ...]] = [
        (Cell(text("workbook.periods.title", language), role="title"),)
    ]
    for periods in layout.content.periods:
        name = text(f"report.average.{periods.average}", language)
        rows += [(), (Cell(name, role="note"),), _heads(layout, periods)]
        rows += [_row(layout, periods, number, len(rows) + 1 + number)
                 for number in range(len(periods.period))]
    return Sheet(
        layout.sheet("periods"),
        tuple(rows),
        notes=(
            text("workbook.results.blank", language,
                 threshold=float(layout.accounts.share_threshold)),
            text("report.note.averages", language),
        ),
        landscape=True,
    )


def rows_of_period(layout: Layout, periods: PeriodAccounts, number: int) -> tuple[int, int]:
    """Return the first and last row of the accounts that a period rests on."""
    rows = layout.accounts.rows
    code = rows.entities.index(periods.entity[number])
    at = np.flatnonzero(
        (rows.codes == code)
        & (rows.times >= periods.first[number])
        & (rows.times <= periods.last[number])
    )
    return int(at[0]), int(at[-1])


def _heads(layout: Layout, periods: PeriodAccounts) -> tuple[Cell, ...]:
    language = layout.language
    unit = text(f"report.unit.{'log_points' if periods.average == 'log' else 'points'}", language)
    growth = layout.content.output_name or factor_name("output", language)
    words = [
        *((text("report.column.area", language),) if periods.entity_name else ()),
        text("report.column.period", language),
        text("workbook.results.growth", language, factor=growth, unit=unit, points=unit),
        *(
            text(f"workbook.results.{kind}", language, factor=factor_name(term, language),
                 unit=unit, points=unit)
            for kind in ("points", "share")
            for term in periods.term_names
        ),
        f"{text('report.column.geometric_mean', language)} (%)",
    ]
    return tuple(Cell(word, role="heading") for word in words)


def _row(
    layout: Layout, periods: PeriodAccounts, number: int, sheet_row: int
) -> tuple[Cell | None, ...]:
    keys = [Cell(period_name(periods.period[number]))]
    if periods.entity_name:
        keys.insert(0, Cell(periods.entity[number]))
    terms = periods.term_names
    if np.isnan(periods.total[number]):
        reason = text(f"report.note.blank_{MISSING}", layout.language)
        return (*keys, *(Cell(None, reason=reason) for _ in range(2 + 2 * len(terms))))
    averaging = Averaging(layout, periods.average, *rows_of_period(layout, periods, number))
    growth_column = len(keys) + 1
    places = {
        name: cell_reference(sheet_row, growth_column + offset)
        for offset, name in enumerate(("growth", *terms))
    }
    cells = [
        Cell(100.0 * float(periods.total[number]), formula=f"={averaging.growth()}",
             style="points")
    ]
    cells += [
        Cell(100.0 * float(term[number]), formula=_term(averaging, name, places), style="points")
        for name, term in zip(terms, periods.terms, strict=True)
    ]
    cells += [
        share_value(periods, number, name, share_of(places[name], places["growth"]))
        for name in terms
    ]
    cells.append(
        Cell(100.0 * float(periods.geometric_mean[number]), formula=f"={averaging.geometric()}",
             style="per_cent")
    )
    return (*keys, *cells)


def share_value(periods: PeriodAccounts, number: int, term: str, formula: str) -> Cell:
    """Return the cell of a share of growth of a period; ``x`` where it is not given."""
    at = slice(number, number + 1)
    reasons = periods.blank_reasons[at]
    if REASONS[reasons[0]]:
        return Cell("x", formula=formula, style="per_cent")
    share = growth_share(periods.term(term)[at], periods.total[at], reasons)[0]
    return Cell(float(share), formula=formula, style="per_cent")


def _term(averaging: Averaging, name: str, places: dict[str, str]) -> str:
    accounts = averaging.layout.accounts
    if name in accounts.factor_names:
        return f"={averaging.contribution(name)}"
    if name == "returns_to_scale":
        factors = "+".join(places[each] for each in accounts.factor_names)
        return f"=(elasticity_sum-1)*({factors})"
    others = [places[each] for each in accounts.term_names if each != name]
    return f"={places['growth']}-{'-'.join(others)}"
