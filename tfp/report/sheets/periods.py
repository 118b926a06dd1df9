"""The sheet of periods: averages by each method, as formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.language.terms import term_name
from tfp.panel.roles import STATUSES
from tfp.report.sheets.averages import Averaging
from tfp.report.sheets.data import UNSETTLED
from tfp.report.sheets.formulas import share_of
from tfp.report.words import meaning_of_average, period_name
from tfp.results.shares import REASONS, growth_share
from tfp.tables.references import cell_reference
from tfp.tables.workbook import Cell, Sheet

if TYPE_CHECKING:
    from tfp.report.sheets.layout import Layout
    from tfp.results.periods import PeriodAccounts
    from tfp.tables.workbook import Role

MISSING = "not_available"


def period_sheet(layout: Layout) -> Sheet:
    """Return one block of rows for each method of averaging."""
    language = layout.language
    rows: list[tuple[Cell | None, ...]] = [
        (Cell(text("workbook.periods.title", language), role="title"),)
    ]
    for periods in layout.content.periods:
        name = meaning_of_average(periods.average, language)
        rows += [(), (Cell(name, role="note"),), *_heads(layout, periods)]
        rows += [
            _row(layout, periods, number, len(rows) + 1 + number)
            for number in range(len(periods.period))
        ]
    hatched = any(
        standing_of(periods, number) == "provisional"
        for periods in layout.content.periods
        for number in range(len(periods.period))
    )
    unsettled = (text("workbook.data.unsettled", language),) if hatched else ()
    return Sheet(
        layout.sheet("periods"),
        tuple(rows),
        widths=_widths(layout),
        notes=(
            text(
                "workbook.results.blank", language, threshold=float(layout.accounts.share_threshold)
            ),
            text("report.note.averages", language),
            *unsettled,
        ),
        landscape=True,
    )


def _widths(layout: Layout) -> dict[int, float]:
    periods = layout.content.periods[0]
    keys = 1 if periods.entity_name is None else 2
    last = keys + 2 + 2 * len(periods.terms)
    head = text("report.column.geometric_mean", layout.language)
    growth = text("report.column.growth", layout.language)
    return {keys: 14, keys + 1: max(18, len(growth) + 2), last: len(head) + 6}


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


def _heads(layout: Layout, periods: PeriodAccounts) -> list[tuple[Cell | None, ...]]:
    """Return the row of shared heads and the row of heads."""
    language, terms = layout.language, periods.term_names
    unit = text(f"report.unit.{'log_points' if periods.average == 'log' else 'points'}", language)
    keys = ["period"] if periods.entity_name is None else ["area", "period"]
    names = [term_name(term, language) for term in terms]
    groups: list[str | None] = [None] * (len(keys) + 2 + 2 * len(terms))
    first = len(keys) + 1
    rate = unit if periods.average == "log" else text("report.unit.percent", language)
    groups[len(keys)] = f"({rate})"
    groups[first] = f"{text('report.column.contribution', language)} ({unit})"
    groups[first + len(terms)] = f"{text('report.column.share', language)} (%)"
    heads = [
        *(text(f"report.column.{key}", language) for key in keys),
        text("report.column.growth", language),
        *names,
        *names,
        f"{text('report.column.geometric_mean', language)} (%)",
    ]
    return [
        tuple(Cell(group, role="note") if group else None for group in groups),
        tuple(Cell(head, role="heading") for head in heads),
    ]


def _row(
    layout: Layout, periods: PeriodAccounts, number: int, sheet_row: int
) -> tuple[Cell | None, ...]:
    keys = [Cell(period_name(periods.period[number]))]
    if periods.entity_name:
        keys.insert(0, Cell(periods.entity[number]))
    terms = periods.term_names
    if np.isnan(periods.total[number]):
        reason = text(f"report.note.blank_{MISSING}_span", layout.language)
        return (*keys, *(Cell(None, reason=reason) for _ in range(2 + 2 * len(terms))))
    averaging = Averaging(layout, periods.average, *rows_of_period(layout, periods, number))
    role = standing_of(periods, number)
    growth_column = len(keys) + 1
    places = {
        name: cell_reference(sheet_row, growth_column + offset)
        for offset, name in enumerate(("growth", *terms))
    }
    growth = Cell(
        100.0 * float(periods.total[number]),
        formula=f"={averaging.growth()}",
        style="points",
        role=role,
    )
    cells = [
        growth,
        *(
            Cell(
                100.0 * float(term[number]),
                formula=_term(averaging, name, places),
                style="points",
                role=role,
            )
            for name, term in zip(terms, periods.terms, strict=True)
        ),
    ]
    cells += [
        share_value(periods, number, name, share_of(places[name], places["growth"]))
        for name in terms
    ]
    cells.append(
        Cell(
            100.0 * float(periods.geometric_mean[number]),
            formula=f"={averaging.geometric()}",
            style="per_cent",
            role=role,
        )
    )
    return (*keys, *cells)


def share_value(periods: PeriodAccounts, number: int, term: str, formula: str) -> Cell:
    """Return the cell of a share of growth of a period; ``x`` where it is not given."""
    at = slice(number, number + 1)
    reasons = periods.blank_reasons[at]
    role = standing_of(periods, number)
    if REASONS[reasons[0]]:
        return Cell("x", formula=formula, style="per_cent", role=role)
    share = growth_share(periods.term(term)[at], periods.total[at], reasons)[0]
    return Cell(float(share), formula=formula, style="per_cent", role=role)


def standing_of(periods: PeriodAccounts, number: int) -> Role:
    """Return how the figures of a period look: hatched where its data are not final."""
    if periods.status is None or STATUSES[int(periods.status[number])] not in UNSETTLED:
        return "body"
    return "provisional"


def _term(averaging: Averaging, name: str, places: dict[str, str]) -> str:
    accounts = averaging.layout.accounts
    if name in accounts.factor_names:
        return f"={averaging.contribution(name)}"
    if name == "returns_to_scale":
        factors = "+".join(places[each] for each in accounts.factor_names)
        return f"=(elasticity_sum-1)*({factors})"
    others = [places[each] for each in accounts.term_names if each != name]
    return f"={places['growth']}-{'-'.join(others)}"
