"""B9: growth by sector and by ownership; product taxes less subsidies on a line of their own.

No sector produces product taxes: they grow at their own pace, and their contribution to
the growth of the whole is a line, never part of a sector's TFP. What the parts and the
whole differ by is another, the statistical discrepancy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tfp.language.catalogue import text
from tfp.language.terms import term_name
from tfp.report.document import Column, Table
from tfp.report.footnotes import DIGITS
from tfp.report.source_lines import source_line
from tfp.report.tables.parts import part_name
from tfp.report.tables.yearly import Missing, title
from tfp.report.words import period_name, status_name

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tfp.language.catalogue import Language
    from tfp.panel.roles import Status
    from tfp.report.content import RunContent
    from tfp.report.document import Cell

Grouping = Literal["sector", "ownership"]
LineKind = Literal["branch", "product_taxes", "reallocation", "discrepancy", "total"]


@dataclass(frozen=True, kw_only=True)
class BranchLine:
    """One line of B9, in fractions (0.05 is five per cent).

    Attributes
    ----------
    name : str
        ``"agriculture"``, ``"state"``, ``"product_taxes"``; or the user's own name.
    kind : str
    growth : float or None
        Its own growth; None for what has none, such as a discrepancy.
    factors : mapping
        Its growth by factor and TFP, as points of its own growth; empty for lines that
        produce nothing.
    contribution : float
        What it adds to the growth of the whole.
    """

    name: str
    kind: LineKind
    growth: float | None
    factors: Mapping[str, float]
    contribution: float


@dataclass(frozen=True, kw_only=True)
class BranchAccounts:
    """The accounts of one period by branch: lines in the order in which they are printed."""

    grouping: Grouping
    period: str
    lines: tuple[BranchLine, ...]
    status: Status | None = None


def branch_tables(content: RunContent) -> tuple[Table, ...] | Missing:
    """Return B9, a table for each period and grouping, or what it lacks."""
    if not content.branches:
        return Missing(("branches",))
    several = len(content.branches) > 1
    return tuple(
        _table(accounts, content, f"B9{'abcdefgh'[number]}" if several else "B9")
        for number, accounts in enumerate(content.branches)
    )


def _table(accounts: BranchAccounts, content: RunContent, number: str) -> Table:
    language = content.language
    terms = list(dict.fromkeys(name for line in accounts.lines for name in line.factors))
    points = text("report.unit.points", language)
    own = f"{text('tables.word.within', language)} ({points})"
    heads = (
        Column(label=text(f"tables.word.{accounts.grouping}", language), style="text"),
        Column(label=text("report.column.growth", language), unit="%", digits=DIGITS),
        *(Column(label=term_name(name, language), group=own, digits=DIGITS) for name in terms),
        Column(label=text("tables.word.adds", language), unit=points, digits=DIGITS),
    )
    return Table(
        name=f"branches_{accounts.grouping}",
        number=number,
        title=title(
            "B9",
            content,
            grouping=text(f"tables.word.by_{accounts.grouping}", language),
            period=period_name(accounts.period),
        ),
        columns=heads,
        rows=tuple(
            (
                _name(line, language),
                _points(line.growth),
                *(_points(line.factors.get(name)) if line.factors else "–" for name in terms),
                _points(line.contribution),
            )
            for line in accounts.lines
        ),
        notes=(("", text("tables.note.branches", language)),),
        source=source_line(content),
        status=status_name(accounts.status or "", language),
    )


def _name(line: BranchLine, language: Language) -> str:
    if line.kind == "branch":
        return part_name(line.name, language)
    return text(f"tables.line.{line.kind}", language)


def _points(value: float | None) -> Cell:
    return None if value is None else 100.0 * value
