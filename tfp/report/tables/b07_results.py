"""B7 and B8: growth, points and shares by year and by period."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tfp.report.result_tables import period_table, yearly_table
from tfp.report.source_lines import source_line
from tfp.report.tables.yearly import Missing

if TYPE_CHECKING:
    from tfp.report.content import RunContent
    from tfp.report.document import Table


def yearly_tables(content: RunContent) -> tuple[Table, ...]:
    """Return B7."""
    table = yearly_table(
        content.accounts,
        content.language,
        output_name=content.output_name,
        source=source_line(content),
    )
    return (replace(table, number="B7"),)


def period_tables(content: RunContent) -> tuple[Table, ...] | Missing:
    """Return B8, or what it lacks."""
    if not content.periods:
        return Missing(("periods",))
    table = period_table(content.periods[0], content.language, source=source_line(content))
    return (replace(table, number="B8"),)
