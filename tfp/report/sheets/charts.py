"""Native charts: contributions with their total, and shares against targets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.language.terms import term_name
from tfp.report.sheets.data import UNSETTLED
from tfp.report.sheets.layout import FIRST_ROW
from tfp.report.sheets.targets import FIRST_TARGET, LOWER, SHARE, TARGET
from tfp.report.target_table import relevant
from tfp.report.words import time_head
from tfp.tables.chart import Block, ChartSpec, Series
from tfp.tables.workbook import Cell, Sheet

if TYPE_CHECKING:
    from tfp.report.sheets.layout import Layout

MOST_CHARTS = 12
_CHART_ROWS = 22
_WIDTH, _HEIGHT = 860, 420
_DARK = "#222222"


def chart_sheet(layout: Layout) -> Sheet | None:
    """Return the charts; None where there is nothing to draw.

    One of contributions for each area, none beyond a dozen of them; one of the shares over
    the years of targets, where any has a share.
    """
    charts = _contributions(layout)
    charts += _against_targets(layout, 3 + len(charts) * _CHART_ROWS)
    if not charts:
        return None
    language = layout.language
    # The charts lie over empty rows, which are counted for what is printed and noted below.
    # Columns keep their narrow width: a page is fitted to whole columns.
    last = max(chart.row for chart in charts) + _CHART_ROWS
    rows: list[tuple[Cell | None, ...]] = [
        (Cell(text("workbook.chart.sheet_title", language), role="title"),),
        *((),) * (last - 1),
    ]
    if any(chart.hatched for chart in charts):
        rows.append((Cell(text("workbook.chart.hatched", language), role="note"),))
    return Sheet(layout.sheet("chart"), tuple(rows), charts=tuple(charts))


def _contributions(layout: Layout) -> list[ChartSpec]:
    from tfp.plots.style import term_colours

    accounts, language = layout.accounts, layout.language
    rows = accounts.rows
    spans = [
        (start + 1, start + length - 1)
        for start, length in zip(rows.starts.tolist(), rows.lengths.tolist(), strict=True)
        if length > 1
    ]
    if len(spans) > MOST_CHARTS:
        return []
    colours = term_colours(accounts.term_names)
    unit = text(f"report.unit.{'log_points' if accounts.rates == 'log' else 'points'}", language)
    charts = []
    for number, (first, last) in enumerate(spans):
        area = rows.entity_label(first) or layout.content.area
        charts.append(
            ChartSpec(
                title=text("workbook.chart.title", language, area=area).strip(" :"),
                categories=_block(layout, "year", first, last),
                columns=tuple(
                    Series(
                        term_name(name, language),
                        _block(layout, f"points:{name}", first, last),
                        colours[name],
                    )
                    for name in accounts.term_names
                ),
                total=Series(
                    text("workbook.chart.total", language),
                    _block(layout, "growth:output", first, last),
                    _DARK,
                ),
                category_title=time_head(rows, language),
                value_title=unit,
                row=3 + number * _CHART_ROWS,
                width=_WIDTH,
                height=_HEIGHT,
                hatched=tuple(
                    at
                    for at, row in enumerate(range(first, last + 1))
                    if accounts.statuses[row] in UNSETTLED
                ),
            )
        )
    return charts


def _against_targets(layout: Layout, row: int) -> list[ChartSpec]:
    """Return the chart of shares beside lower bounds, over the targets that have a share."""
    from tfp.plots.style import term_colours

    comparison, language = layout.content.comparison, layout.language
    items = () if comparison is None else relevant(comparison)
    known = [number for number, item in enumerate(items) if item.share is not None]
    if not known:
        return []
    first, last = known[0], known[-1]

    def block(column: int) -> Block:
        name = layout.sheet("targets")
        return Block(name, column, FIRST_TARGET + first, FIRST_TARGET + last)

    return [
        ChartSpec(
            title=text("workbook.chart.targets", language),
            categories=block(TARGET),
            columns=(
                Series(
                    text("workbook.targets.tfp_share", language),
                    block(SHARE),
                    term_colours(("tfp",))["tfp"],
                ),
            ),
            total=Series(text("workbook.targets.lower", language), block(LOWER), _DARK),
            value_title="%",
            row=row,
            width=_WIDTH,
            height=_HEIGHT,
            stacked=False,
            hatched=tuple(
                at for at, item in enumerate(items[first : last + 1]) if item.status in UNSETTLED
            ),
        )
    ]


def _block(layout: Layout, key: str, first: int, last: int) -> Block:
    column = layout.result_columns[key]
    return Block(layout.sheet("results"), column, FIRST_ROW + first, FIRST_ROW + last)
