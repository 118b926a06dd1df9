"""Breaks that the data suggest, held against those that are known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from tfp.inputs.breaks.known import KnownBreak, known_breaks
from tfp.inputs.checks.relations import explained_by_parts, late_parts
from tfp.inputs.checks.suspects import find_suspects
from tfp.language.catalogue import text
from tfp.language.terms import role_name
from tfp.panel.checks import labour_breaks
from tfp.panel.panel import require_panel

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from tfp.inputs.checks.suspects import Nature
    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import IntArray
    from tfp.panel.panel import Panel

Kind = Literal["common", "break", "first", "last", "unit", "labour", "classification"]
# What stands out and may be a break: a figure that comes back is none.
BREAKS: dict[Nature, Kind] = {
    "common": "common",
    "break": "break",
    "first": "first",
    "last": "last",
    "unit": "unit",
}


@dataclass(frozen=True, kw_only=True)
class SuspectedBreak:
    """A place where a series may have changed its definition, boundary or classification.

    Attributes
    ----------
    role, column : str
        The column, by its role and by its name in the frame.
    time : int or str
        First period on what may be the new footing.
    entities : tuple of str
        Whose series.
    kind : str
        How it shows: most entities at once (``"common"``), one series (``"break"``), its
        first or last period only, a change by a power of a thousand (``"unit"``), labour
        falling while output grows (``"labour"``), parts that begin (``"classification"``).
    change : float
        How far the level after is off what was usual, in per cent; the median of several
        entities; NaN for a classification.
    known : tuple of KnownBreak
        Those that match in area, role and year; empty if none does.
    """

    role: str
    column: str
    time: int | str
    entities: tuple[str, ...]
    kind: Kind
    change: float
    known: tuple[KnownBreak, ...] = ()

    def explanation(self, language: Language = "en") -> str:
        """Return what is known of it, in words."""
        if not self.known:
            return text("breaks.unknown.what", language)
        return " ".join(
            f"{known.what(language)} ({known.said_source(language)})" for known in self.known
        )

    def advice(self, language: Language = "en") -> str:
        """Return how the two sides may be brought together, in words."""
        if not self.known:
            several = "common" if len(self.entities) > 1 else "single"
            return text(f"breaks.unknown.{several}", language)
        return " ".join(known.link(language) for known in self.known)

    def where(self, language: Language = "en") -> str:
        """Return whose series and when, in words."""
        if len(self.entities) > 1:
            return text("breaks.label.many", language, count=len(self.entities), time=self.time)
        named = "entity" if self.entities[0] else "one"
        return text(f"breaks.label.{named}", language, entity=self.entities[0], time=self.time)


class SuspectedBreaks(tuple[SuspectedBreak, ...]):
    """Suspected breaks, in the order of the columns and of time."""

    __slots__ = ()

    def frame(self, language: Language = "en") -> pd.DataFrame:
        """Return them as a frame, one row each."""
        import pandas as pd

        return pd.DataFrame(
            [
                (
                    item.role,
                    item.time,
                    item.where(language),
                    text(f"breaks.kind.{item.kind}", language),
                    item.change,
                    ", ".join(known.name for known in item.known),
                    item.explanation(language),
                    item.advice(language),
                )
                for item in self
            ],
            columns=["role", "time", "where", "kind", "change", "known", "what", "link"],
        )

    def show(self, language: Language = "en") -> str:
        """Return them in words, a paragraph each."""
        shown = "\n\n".join(_paragraph(item, language) for item in self)
        return shown or text("breaks.label.none", language)

    def __repr__(self) -> str:
        return self.show()

    def _repr_html_(self) -> str:
        return str(self.frame().to_html(index=False))


def suspected_breaks(panel: Panel, role: str | None = None) -> SuspectedBreaks:
    """Return where series may break, what is known of it, and how it may be linked.

    Parameters
    ----------
    panel : Panel
    role : str, optional
        One column, by its role; all columns if None.

    Returns
    -------
    SuspectedBreaks
        Breaks that were declared, spliced or accepted are not among them.

    Examples
    --------
    >>> from tfp.datasets.national import vietnam
    >>> from tfp.panel.panel import Panel
    >>> panel = Panel(vietnam().frame, time="year", area="Viet Nam", output="gdp",
    ...               labour="employed")
    >>> for item in suspected_breaks(panel):
    ...     print(item.time, item.role, [known.name for known in item.known])
    2021 labour ['icls-19']
    """
    require_panel(panel)
    if role is not None:
        panel.column(role)
    found = [item for item in _found(panel) if role in (None, item.role)]
    order = list(panel.columns)
    return SuspectedBreaks(
        sorted(found, key=lambda item: (order.index(item.role), str(item.time), item.entities))
    )


def _found(panel: Panel) -> Iterator[SuspectedBreak]:
    explained = explained_by_parts(panel)
    told: set[tuple[str, int]] = set()
    for suspect in find_suspects(panel):
        kind = BREAKS.get(suspect.nature)
        if kind is None:
            continue
        # Where only the first period is off, the new footing begins with the one after.
        rows = suspect.rows + 1 if suspect.nature == "first" else suspect.rows
        if (suspect.role, int(rows[0])) in explained:
            continue
        sign = -1.0 if suspect.nature == "first" else 1.0
        told |= {(suspect.role, int(row)) for row in rows}
        change = float(100.0 * np.expm1(sign * suspect.size))
        yield _break(panel, suspect.role, rows, kind, change)
    if "labour" in panel.columns:
        yield from _labour(panel, told)
    for part, rows in late_parts(panel):
        yield _break(panel, part.role, rows, "classification", float("nan"))


def _labour(panel: Panel, told: set[tuple[str, int]]) -> Iterator[SuspectedBreak]:
    """Yield the falls of labour beside growing output that are no news of the screening."""
    labour = panel.values("labour")
    for finding in labour_breaks(panel):
        for place in finding.places:
            if place.time is None:
                continue
            row = panel.rows.rows_at(place.time, [place.entity or ""])
            if finding.severity == "block" and ("labour", int(row[0])) not in told:
                change = float(100.0 * (labour[row] / labour[row - 1] - 1.0)[0])
                yield _break(panel, "labour", row, "labour", change)


def _break(panel: Panel, role: str, rows: IntArray, kind: Kind, change: float) -> SuspectedBreak:
    time = panel.rows.time_label(int(rows[0]))
    entities = tuple(panel.rows.entity_label(int(row)) for row in rows)
    year = int(str(time)[:4])
    known = tuple(
        item
        for item in known_breaks(role=role)
        if item.first == year and 2 * sum(map(item.covers, entities)) > len(entities)
    )
    return SuspectedBreak(
        role=role,
        column=panel.column(role).name,
        time=time,
        entities=entities,
        kind=kind,
        change=change,
        known=known,
    )


def _paragraph(item: SuspectedBreak, language: Language) -> str:
    kind = text(f"breaks.kind.{item.kind}", language)
    change = role_name(item.role, language)
    if not np.isnan(item.change):
        change = text("breaks.label.change", language, role=change, change=item.change)
    heading = f"{item.where(language)}: {change} ({kind})"
    return "\n    ".join((heading, item.explanation(language), item.advice(language)))
