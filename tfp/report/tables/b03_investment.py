"""B3: investment realised, at current and constant prices, and its price index.

Where the plan has both values and no index, the index is their ratio.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.report.data_tables import level_head, same_rows
from tfp.report.document import Column
from tfp.report.footnotes import DIGITS
from tfp.report.source_lines import source_line
from tfp.report.tables.yearly import (
    Missing,
    Series,
    columns_in,
    growth_of,
    level_statuses,
    title,
    year_table,
)

if TYPE_CHECKING:
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column as PanelColumn
    from tfp.report.content import RunContent
    from tfp.report.document import Table

ROLES = ("investment", "investment_current", "investment_price")


def investment_tables(content: RunContent) -> tuple[Table, ...] | Missing:
    """Return B3, or what it lacks."""
    panel, language = content.panel, content.language
    assets = () if panel is None else _assets(panel)
    if panel is None or not assets:
        return Missing(("investment",))
    if not all(_has_price(panel, asset) for asset in assets):
        return Missing(("investment_price",))
    rows, series = panel.rows, []
    for asset in assets:
        constant = panel.column(f"investment{asset}")
        current, price = (
            panel.columns.get(role)
            for role in (f"investment_current{asset}", f"investment_price{asset}")
        )
        series += _as_published(content, f"investment_current{asset}", current)
        series += [
            Series.of(level_head(column, language), column.values)
            for column in (current, constant)
            if column is not None
        ]
        if price is not None:
            index = price.values
            head = Column(label=text("tables.word.price_index", language), digits=DIGITS)
        else:
            assert current is not None  # _has_price  # noqa: S101
            index = 100.0 * current.values / constant.values
            base = constant.price_base or ""
            head = Column(
                label=text("tables.word.price_index", language),
                unit=text("tables.unit.base", language, base=base) if base else "",
                digits=DIGITS,
            )
        series.append(Series.of(head, index))
        change = Column(label=text("tables.word.price_change", language), unit="%", digits=DIGITS)
        series.append(Series.of(change, growth_of(index, rows)))
    implicit = any(f"investment_price{asset}" not in panel.columns for asset in assets)
    return (
        year_table(
            rows,
            series,
            language,
            name="investment",
            number="B3",
            title=title("B3", content),
            statuses=level_statuses(columns_in(panel, *ROLES), len(panel)),
            notes=[("", text("tables.note.implicit_price", language))] if implicit else [],
            source=source_line(content, ROLES),
            note_missing=True,
        ),
    )


def _assets(panel: Panel) -> tuple[str, ...]:
    """Return what follows the role of investment: nothing, or one suffix an asset."""
    found = [
        column for column in columns_in(panel, "investment") if np.isfinite(column.values).any()
    ]
    return tuple(column.role.removeprefix("investment") for column in found)


def _has_price(panel: Panel, asset: str) -> bool:
    return any(
        f"{role}{asset}" in panel.columns and np.isfinite(panel.values(f"{role}{asset}")).any()
        for role in ("investment_current", "investment_price")
    )


def _as_published(content: RunContent, role: str, used: PanelColumn | None) -> list[Series]:
    """Return investment as it was read, where what was used differs from it."""
    raw = content.raw_panel
    if raw is None or used is None or role not in raw.columns:
        return []
    read = raw.column(role)
    if not same_rows(raw.rows, content.accounts.rows) or np.array_equal(
        read.values, used.values, equal_nan=True
    ):
        return []
    label = text("tables.word.as_published", content.language)
    return [Series.of(replace(level_head(read, content.language), label=label), read.values)]
