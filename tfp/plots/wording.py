"""The words on charts: names of terms, units, notes, and the line that says the source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.language.catalogue import text, text_or
from tfp.language.terms import average_name
from tfp.plots.view import log_rates
from tfp.results.periods import PeriodAccounts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from tfp.language.catalogue import Language
    from tfp.numerics.arrays import IntArray
    from tfp.plots.view import View


def total_label(name: str, language: Language) -> str:
    """Return what grows, as words inside a sentence: "output growth"."""
    return text_or(f"plots.total.{name}", language, name)


def capitalised(words: str) -> str:
    """Return words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def unit_of(result: Any, language: Language) -> str:
    """Return the unit of contributions."""
    return text("plots.unit.log_points" if log_rates(result) else "plots.unit.points", language)


def contributions_subtitle(result: Any, entity: str, language: Language) -> str:
    """Return the line above a chart of contributions: where, what, in which unit."""
    fields = {"total": total_label(result.total_name, language), "unit": unit_of(result, language)}
    if isinstance(result, PeriodAccounts):
        average = average_name(result.average, language)
        words = text("plots.subtitle.mean_contributions", language, average=average, **fields)
    else:
        words = text("plots.subtitle.contributions", language, **fields)
    return in_area(entity, words)


def in_area(entity: str, words: str) -> str:
    """Return words with the entity before them, if it has a name."""
    return f"{entity}. {words}" if entity else words


def listed(names: Iterable[str], language: Language, shown: int = 8) -> str:
    """Return names joined by commas, the surplus counted."""
    names = list(names)
    words = ", ".join(names[:shown])
    more = len(names) - shown
    return words + (text("plots.note.more", language, count=more) if more > 0 else "")


def runs(positions: IntArray) -> list[IntArray]:
    """Return positions in groups without a gap between them.

    Examples
    --------
    >>> [group.tolist() for group in runs(np.array([2013, 2014, 2017]))]
    [[2013, 2014], [2017]]
    """
    return np.split(positions, np.flatnonzero(np.diff(positions) > 1) + 1) if len(positions) else []


def spanned(positions: IntArray, name: Callable[[int], str]) -> list[str]:
    """Return positions by their names, neighbours as a span: "2013–2014"."""
    return [
        "–".join(name(int(at)) for at in (group if len(group) == 1 else group[[0, -1]]))
        for group in runs(positions)
    ]


def missing_note(shown: View, positions: IntArray, language: Language) -> list[str]:
    """Return the note on positions without growth, if there are any."""
    absent = spanned(positions, shown.name_of)
    if not absent:
        return []
    return [text("plots.note.missing", language, years=listed(absent, language))]


def origin_note(result: Any, source: str | None, language: Language) -> list[str]:
    """Return the last line: source, vintage of the data, and what calculated the figures."""
    parts = []
    if source:
        parts.append(text("plots.note.source", language, source=source.rstrip(". ")))
    provenance = getattr(result, "provenance", None)
    if provenance is not None:
        vintage = provenance.described("output", "vintage")
        if vintage:
            parts.append(text("plots.note.vintage", language, vintage=vintage))
        parts.append(text("plots.note.version", language, version=provenance.version))
    return [" ".join(parts)] if parts else []


def reasons_note(
    blanks: Iterable[tuple[str, str]], threshold: float, language: Language
) -> list[str]:
    """Return why shares are blank: pairs of a name (year, entity) and a reason, by reason."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in blanks:
        by_reason.setdefault(reason, []).append(name)
    if not by_reason:
        return []
    parts = [
        text(
            f"plots.reason.{reason}",
            language,
            names=listed(names, language),
            threshold=float(threshold),
        )
        for reason, names in by_reason.items()
    ]
    return [text("plots.note.blank", language, reasons="; ".join(parts))]
