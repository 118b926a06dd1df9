"""What was done to the figures, in sentences: what, where, which figure, why, from where.

The table of the ledger says the same row by row; the section on the method says it to be
read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.language.catalogue import text
from tfp.report.document import Paragraph
from tfp.report.words import role_name, years_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tfp.language.catalogue import Language
    from tfp.panel.ledger import LedgerEntry
    from tfp.report.document import Block

ONWARDS = "inventory"
MOST_AREAS = 5  # named in a sentence; the ledger has them all


def treatment_blocks(entries: Sequence[LedgerEntry], language: Language) -> tuple[Block, ...]:
    """Return a sentence for each thing done to the figures, in the order in which it was.

    The same thing done to several areas is one sentence.
    """
    if not entries:
        return ()
    return (
        Paragraph(text=text("report.treatment.order", language)),
        *(Paragraph(text=sentence) for sentence in treatment_sentences(entries, language)),
    )


def treatment_sentences(entries: Iterable[LedgerEntry], language: Language) -> list[str]:
    """Return what was done, a sentence for each thing."""
    alike: dict[tuple[str, ...], list[LedgerEntry]] = {}
    for entry in entries:
        key = (entry.action, entry.role, entry.why(language), entry.figure, entry.source)
        alike.setdefault(key, []).append(entry)
    return [_sentence(group, language) for group in alike.values()]


def touched_years(entry: LedgerEntry, years: Sequence[int | str], language: Language) -> str:
    """Return the years of an entry in words; an inventory goes on from where it begins."""
    words = years_in_words(years)
    return text("report.treatment.on", language, year=words) if entry.cause == ONWARDS else words


def _sentence(group: list[LedgerEntry], language: Language) -> str:
    first = group[0]
    words = text(
        "report.treatment.what",
        language,
        series=role_name(first.role, language),
        rows=_rows_in_words(group, language),
        action=first.what(language),
    )
    details = list(dict.fromkeys(detail for e in group if (detail := e.detail(language))))
    if len(details) == 1:
        words += text("report.treatment.figure", language, figure=details[0])
    elif details:
        words += text("report.treatment.figures", language, count=len(details))
    why = first.why(language).rstrip(".")
    words += text("report.treatment.reason", language, reason=why) if why else ""
    source = first.source.rstrip(".")
    words += text("report.treatment.source", language, source=source) if source else ""
    return f"{words}."


def _rows_in_words(group: list[LedgerEntry], language: Language) -> str:
    rows = [key for entry in group for key in entry.rows]
    years = touched_years(group[0], sorted({time for _, time in rows}, key=str), language)
    areas = list(dict.fromkeys(entity for entity, _ in rows if entity))
    if len(areas) <= 1:
        return years
    if len(areas) > MOST_AREAS:
        named = text("report.treatment.areas", language, count=len(areas))
    else:
        named = ", ".join(areas)
    return f"{named}; {years}" if years else named
