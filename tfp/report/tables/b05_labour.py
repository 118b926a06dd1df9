"""B5: labour as published and as used, by which definition it was counted, and its growth."""

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
    from tfp.report.content import RunContent
    from tfp.report.document import Table

# What multiplies persons stands beside them.
MULTIPLIERS = ("hours_per_worker", "human_capital", "labour_composition")


def labour_tables(content: RunContent) -> tuple[Table, ...] | Missing:
    """Return B5, or what it lacks."""
    accounts, language, panel = content.accounts, content.language, content.panel
    if "labour" not in accounts.factor_names or panel is None or not panel.has("labour"):
        return Missing(("labour",))
    rows, used = panel.rows, panel.column("labour")
    head = level_head(used, language)
    series = [
        *_as_published(content),
        Series.of(replace(head, label=text("tables.word.labour_used", language)), used.values),
        Series.of(
            Column(label=text("report.column.growth", language), unit="%", digits=DIGITS),
            growth_of(used.values, accounts.rows),
        ),
    ]
    for role in MULTIPLIERS:
        if role in accounts.factor_names and panel.has(role):
            column = panel.column(role)
            series.append(Series.of(level_head(column, language), column.values))
    raw = content.raw_panel
    defined = used if raw is None or not raw.has("labour") else raw.column("labour")
    if defined.definitions and len(defined.values) == len(rows):
        words: list[str | None] = [defined.definition_of(row) or None for row in range(len(rows))]
        label = text("tables.word.definition", language)
        series.append(Series(Column(label=label, style="text"), words))
    changed = len(series) and series[0].head.label == text("tables.word.as_published", language)
    return (
        year_table(
            rows,
            series,
            language,
            name="labour",
            number="B5",
            title=title("B5", content),
            statuses=level_statuses(columns_in(panel, "labour", *MULTIPLIERS), len(panel)),
            notes=[("", text("tables.note.labour_changed", language))] if changed else [],
            source=source_line(content, ("labour", *MULTIPLIERS)),
            note_missing=True,
        ),
    )


def _as_published(content: RunContent) -> list[Series]:
    """Return labour as it was read, where what was used differs from it."""
    raw, panel = content.raw_panel, content.panel
    if raw is None or panel is None or not raw.has("labour"):
        return []
    read = raw.column("labour")
    if not same_rows(raw.rows, panel.rows) or np.array_equal(
        read.values, panel.values("labour"), equal_nan=True
    ):
        return []
    label = text("tables.word.as_published", content.language)
    return [Series.of(replace(level_head(read, content.language), label=label), read.values)]
