"""The sheet of targets: the share over the years of each target, distance, outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

import numpy as np

from tfp.language.catalogue import text
from tfp.report.sheets.averages import Averaging
from tfp.report.sheets.data import UNSETTLED
from tfp.report.sheets.periods import rows_of_period
from tfp.report.target_table import document_name, relevant, target_in_words
from tfp.report.words import period_name
from tfp.results.decomposition import PeriodAverage
from tfp.results.shares import growth_share
from tfp.tables.references import cell_reference
from tfp.tables.workbook import Cell, Sheet

if TYPE_CHECKING:
    from tfp.report.sheets.layout import Layout
    from tfp.results.comparison import TargetComparison, TargetOutcome
    from tfp.tables.workbook import Role

_HEADS = ("document", "target", "due", "covered", "lower", "tfp_share", "distance", "outcome")
TARGET, LOWER, SHARE = 2, 5, 6  # columns
FIRST_TARGET = 4  # row of the first target
_CLOSE = 1e-9


def target_sheet(layout: Layout, comparison: TargetComparison) -> Sheet:
    """Return the targets of the area beside the share that its years come to."""
    language = layout.language
    rows: list[tuple[Cell | None, ...]] = [
        (Cell(text("report.table.targets", language), role="title"),),
        (),
        tuple(Cell(text(f"workbook.targets.{head}", language), role="heading") for head in _HEADS),
    ]
    unsettled = any(item.status in UNSETTLED for item in relevant(comparison))
    rows += [
        _row(layout, comparison.area, item, row)
        for row, item in enumerate(relevant(comparison), start=FIRST_TARGET)
    ]
    return Sheet(
        layout.sheet("targets"),
        tuple(rows),
        notes=(
            text("report.note.distance", language),
            text("workbook.targets.hint", language),
            *((text("workbook.data.unsettled", language),) if unsettled else ()),
        ),
        widths={1: 48, 2: 30, 8: 22},
        landscape=True,
    )


def _row(layout: Layout, area: str, item: TargetOutcome, sheet_row: int) -> tuple[Cell | None, ...]:
    language, target = layout.language, item.target
    outcome = text(f"report.outcome.{item.outcome}", language)
    settled = item.outcome in ("reached", "not_reached")
    role: Role = "provisional" if item.status in UNSETTLED else "body"
    share_at = cell_reference(sheet_row, SHARE)
    lower_at = cell_reference(sheet_row, LOWER)
    if item.share is None or item.distance is None:
        share = distance = Cell(None, reason=outcome)
        verdict = Cell(outcome)
    else:
        formula = _share_formula(layout, area, item)
        share = Cell(item.share, formula=formula, style="per_cent", role=role)
        formula = f"={share_at}-{lower_at}"
        distance = Cell(item.distance, formula=formula, style="points", role=role)
        sign = ">" if target.operator == "over" else ">="
        reached, missed = (
            text(f"report.outcome.{o}", language) for o in ("reached", "not_reached")
        )
        verdict = Cell(
            outcome,
            formula=f'=IF({share_at}{sign}{lower_at},"{reached}","{missed}")' if settled else None,
        )
    return (
        Cell(document_name(target, language)),
        Cell(target_in_words(target, language)),
        Cell(target.due_year, style="year"),
        Cell(period_name(item.covered)),
        Cell(target.lower, style="per_cent", role="parameter"),
        share,
        distance,
        verdict,
    )


def _share_formula(layout: Layout, area: str, item: TargetOutcome) -> str | None:
    """Return the formula of the share over the years covered.

    The comparison does not keep its method of averaging; it is the one whose share is
    the comparison's.
    """
    accounts = layout.accounts
    averages = (accounts.period_average, *get_args(PeriodAverage))
    for average in dict.fromkeys(averages):
        periods = accounts.periods([item.covered], average=average)
        number = periods.entity.index(area)
        share = growth_share(periods.term("tfp"), periods.total, periods.blank_reasons)[number]
        if item.share is not None and np.isclose(share, item.share, rtol=_CLOSE, atol=0.0):
            first, last = rows_of_period(layout, periods, number)
            averaging = Averaging(layout, average, first, last)
            growth = averaging.growth()
            inputs = "-".join(averaging.contribution(name) for name in accounts.factor_names)
            if "returns_to_scale" in accounts.term_names:
                summed = "+".join(averaging.contribution(n) for n in accounts.factor_names)
                inputs = f"elasticity_sum*({summed})"
            return f"=100*({growth}-{inputs})/({growth})"
    return None
