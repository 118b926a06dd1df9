"""B12: what science, technology and innovation are held to contribute to TFP growth.

Attributed by convention: each line is one convention, said in one sentence; what is left
is the unexplained residual, never technology alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tfp.language.catalogue import text
from tfp.report.document import Blank, Column, Table
from tfp.report.footnotes import DIGITS
from tfp.report.source_lines import source_line
from tfp.report.tables.yearly import Missing, title
from tfp.report.words import innovation_words, period_name, status_name

if TYPE_CHECKING:
    from tfp.panel.roles import Status
    from tfp.report.content import RunContent


@dataclass(frozen=True, kw_only=True)
class InnovationLine:
    """One driver of TFP growth: its name, points, and the convention that gives them."""

    name: str
    points: float
    convention: str
    kind: Literal["attributed", "residual"] = "attributed"


@dataclass(frozen=True, kw_only=True)
class Innovation:
    """TFP growth of one period by drivers, in points; the lines add to it."""

    period: str
    tfp_points: float
    lines: tuple[InnovationLine, ...]
    threshold: float = 1.0
    status: Status | None = None


def innovation_tables(content: RunContent) -> tuple[Table, ...] | Missing:
    """Return B12, a table for each period, or what it lacks."""
    if not content.innovation:
        return Missing(("innovation",))
    several = len(content.innovation) > 1
    return tuple(
        _table(item, content, f"B12{'abcdefgh'[number]}" if several else "B12")
        for number, item in enumerate(content.innovation)
    )


def _table(item: Innovation, content: RunContent, number: str) -> Table:
    language = content.language
    # Of a fall, or of almost nothing, there are no shares.
    shown = item.tfp_points >= item.threshold
    blank = ("a", text("tables.note.no_share_of_tfp", language, threshold=item.threshold))
    lines = [(line.name, line.points, line.convention) for line in item.lines]
    total = (text("tables.word.tfp_growth", language), item.tfp_points, "–")
    return Table(
        name="innovation",
        number=number,
        title=title(
            "B12",
            content,
            words=innovation_words(content.prepared_on, language),
            period=period_name(item.period),
        ),
        columns=(
            Column(label=text("tables.word.driver", language), style="text"),
            Column(
                label=text("report.column.contribution", language),
                unit=text("report.unit.points", language),
                digits=DIGITS,
            ),
            Column(
                label=text("tables.word.share_of_tfp", language),
                unit=text("tables.unit.percent_of_tfp", language),
                digits=DIGITS,
            ),
            Column(label=text("tables.word.convention", language), style="text"),
        ),
        rows=tuple(
            (
                name,
                points,
                100.0 * points / item.tfp_points if shown else Blank("a"),
                convention or "–",
            )
            for name, points, convention in (*lines, total)
        ),
        notes=(*((blank,) if not shown else ()), ("", text("tables.note.innovation", language))),
        source=source_line(content),
        status=status_name(item.status or "", language),
    )
