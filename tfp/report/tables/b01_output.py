"""B1: output by sector at constant and at current prices."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.language.catalogue import text
from tfp.report.data_tables import level_head
from tfp.report.document import Column
from tfp.report.source_lines import source_line
from tfp.report.tables.parts import part_name
from tfp.report.tables.yearly import (
    Missing,
    Series,
    columns_in,
    level_statuses,
    title,
    year_table,
)

if TYPE_CHECKING:
    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column as PanelColumn
    from tfp.report.content import RunContent
    from tfp.report.document import Table

ROLES = ("output", "output_by_part", "output_current", "output_current_by_part")
# Parts may differ from the total by the rounding of printed figures; beyond this part of
# the total the difference has a column of its own.
ROUNDING = 1e-4


def output_tables(content: RunContent) -> tuple[Table, ...] | Missing:
    """Return B1, or what it lacks."""
    panel, language = content.panel, content.language
    lacking = lacking_roles(panel, ROLES)
    if panel is None or lacking:
        return Missing(lacking)
    series = [
        *_price_group(panel, "output", "output_by_part", language),
        *_price_group(panel, "output_current", "output_current_by_part", language),
    ]
    used = columns_in(panel, *ROLES)
    return (
        year_table(
            panel.rows,
            series,
            language,
            name="output",
            number="B1",
            title=title("B1", content),
            statuses=level_statuses(used, len(panel)),
            source=source_line(content, ROLES),
            note_missing=True,
        ),
    )


def lacking_roles(panel: Panel | None, roles: tuple[str, ...]) -> tuple[str, ...]:
    """Return the roles of which a panel has no number at all."""
    if panel is None:
        return roles
    return tuple(
        role
        for role in roles
        if not any(np.isfinite(column.values).any() for column in columns_in(panel, role))
    )


def discrepancy(total: FloatArray, parts: list[FloatArray]) -> FloatArray | None:
    """Return the total less the sum of its parts; None where that is rounding only."""
    rest: FloatArray = total - np.sum(parts, axis=0)
    known = np.isfinite(rest)
    return rest if (np.abs(rest[known]) > ROUNDING * np.abs(total[known])).any() else None


def _price_group(panel: Panel, whole: str, parts: str, language: Language) -> list[Series]:
    """Return a total and its parts under one head that says the prices and the unit."""
    total = panel.column(whole)
    head = level_head(total, language)
    kind = "constant" if whole == "output" else "current"
    group = text(f"tables.word.{kind}", language)
    if head.unit:
        group = f"{group} ({head.unit})"
    columns = columns_in(panel, parts)
    found = [Series.of(replace(_bare(total, language), group=group), total.values)]
    found[0] = replace(
        found[0], head=replace(found[0].head, label=text("tables.word.total", language))
    )
    for column in columns:
        name = part_name(column.role.partition(":")[2], language)
        found.append(
            Series.of(replace(_bare(column, language), label=name, group=group), column.values)
        )
    rest = discrepancy(total.values, [column.values for column in columns])
    if rest is not None:
        label = text("tables.word.discrepancy", language)
        found.append(Series.of(Column(label=label, group=group, digits=1), rest))
    return found


def _bare(column: PanelColumn, language: Language) -> Column:
    return replace(level_head(column, language), unit="")
