"""B13: what changed since the last run, and figures already reported beside today's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.report.document import Column, Table
from tfp.report.quantities import quantity_label
from tfp.report.reconciled import cause_in_words
from tfp.report.result_tables import weakest
from tfp.report.source_lines import source_line
from tfp.report.tables.yearly import Missing, title
from tfp.report.words import day_in_words, period_name, status_name

if TYPE_CHECKING:
    from tfp.report.content import RunContent


def revision_tables(content: RunContent) -> tuple[Table, ...] | Missing:
    """Return the revisions since the last run, or that there was none."""
    if content.revisions is None:
        return Missing(("earlier_run",))
    from tfp.report.revision_tables import revision_table

    table = revision_table(content.revisions, content.language)
    return (replace(table, number="B13"),)


def reported_tables(content: RunContent) -> tuple[Table, ...] | Missing:
    """Return figures already reported beside those of this run, or that the plan names none."""
    language = content.language
    if not content.reconciled:
        return Missing(("reported",))
    heads = (
        Column(label=text("tables.word.quantity", language), style="text"),
        Column(label=text("report.column.period", language), style="text"),
        Column(label=text("tables.word.reported", language)),
        Column(label=text("tables.word.reported_in", language), style="text"),
        Column(label=text("tables.word.recomputed", language)),
        Column(
            label=text("tables.word.difference", language),
            unit=text("report.unit.points", language),
        ),
        Column(label=text("tables.word.causes", language), style="text"),
    )
    return (
        Table(
            name="reported",
            number="B13b",
            title=title("B13b", content),
            columns=heads,
            rows=tuple(
                (
                    ", ".join(
                        part
                        for part in (
                            quantity_label(item.quantity, language),
                            item.entity,
                        )
                        if part
                    ),
                    period_name(item.period),
                    item.value,
                    f"{item.document}, {day_in_words(item.date, language)}",
                    item.recomputed,
                    item.difference,
                    "; ".join(cause_in_words(cause, language) for cause in item.causes) or "–",
                )
                for item in content.reconciled
            ),
            notes=(("", text("tables.note.reported", language)),),
            source=source_line(content),
            status=status_name(weakest([item.status for item in content.reconciled]), language),
        ),
    )
