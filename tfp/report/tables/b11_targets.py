"""B11: the TFP share beside the targets, and figures of the nation beside the area's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.panel.keys import bare_spelling
from tfp.report.document import Column, Table
from tfp.report.quantities import quantity_label
from tfp.report.result_tables import weakest
from tfp.report.source_lines import source_line
from tfp.report.tables.yearly import Missing, title
from tfp.report.target_table import target_table
from tfp.report.words import period_name, status_name

if TYPE_CHECKING:
    from tfp.report.content import RunContent
    from tfp.report.quantities import Quantity

NATION = "vietnam"  # as bare spelling has it


@dataclass(frozen=True, kw_only=True)
class NationalFigure:
    """A figure of the nation that the plan names, and the area's own beside it.

    Attributes
    ----------
    quantity : str
        What it is: ``"tfp_share"``, ``"output_growth"``.
    period : str
        ``"2024"`` or ``"2016-2020"``.
    value : float
        Of the nation, in per cent or points.
    source : str
    own : float or None
        Of the area in the same period; None where it has none.
    status : str
        Weakest status behind the area's own figure.
    """

    quantity: Quantity
    period: str
    value: float
    source: str
    own: float | None = None
    status: str = ""


def target_tables(content: RunContent) -> tuple[Table, ...] | Missing:
    """Return B11: targets, and the nation where the plan names its figures; or what it lacks."""
    if content.comparison is None:
        return Missing(("targets",))
    table = target_table(content.comparison, content.language, source=source_line(content))
    if not table.rows:
        return Missing(("targets",))
    return (replace(table, number="B11"),)


def nation_tables(content: RunContent) -> tuple[Table, ...] | Missing:
    """Return the second part of B11, or what it lacks; the nation has none beside itself."""
    language = content.language
    if bare_spelling(content.area) == NATION:
        return ()
    if not content.nation:
        return Missing(("nation",))
    heads = {
        "quantity": Column(label=text("tables.word.quantity", language), style="text"),
        "period": Column(label=text("report.column.period", language), style="text"),
        "own": Column(label=content.area),
        "nation": Column(label=text("tables.word.nation", language)),
        "distance": Column(
            label=text("report.column.distance", language),
            unit=text("report.unit.points", language),
        ),
        "source": Column(label=text("tables.word.nation_source", language), style="text"),
    }
    return (
        Table(
            name="nation",
            number="B11b",
            title=title("B11b", content, area=content.area),
            columns=tuple(heads.values()),
            rows=tuple(
                (
                    quantity_label(item.quantity, language),
                    period_name(item.period),
                    item.own,
                    item.value,
                    None if item.own is None else item.own - item.value,
                    item.source or "–",
                )
                for item in content.nation
            ),
            notes=(("", text("tables.note.nation", language)),),
            source=source_line(content),
            status=status_name(weakest([item.status for item in content.nation]), language),
        ),
    )
