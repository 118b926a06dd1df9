"""The accounts beside the targets, as a table and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.datasets.target import area_name, short_name
from tfp.language.catalogue import text
from tfp.language.numbers import show_as_stated
from tfp.report.document import Column, Table
from tfp.report.result_tables import weakest
from tfp.report.words import period_name, status_name

if TYPE_CHECKING:
    from tfp.datasets.target import Target
    from tfp.language.catalogue import Language
    from tfp.results.comparison import TargetComparison, TargetOutcome


def target_table(comparison: TargetComparison, language: Language, *, source: str = "") -> Table:
    """Return what became of each target; those of other areas are left out."""
    outcomes = relevant(comparison)
    heads = ("document", "target", "due", "covered", "tfp_share", "outcome", "distance")
    styles = {"due": "year", "tfp_share": "number", "distance": "number"}
    units = {
        "tfp_share": text("report.unit.percent_of_growth", language),
        "distance": text("report.unit.points", language),
    }
    if not outcomes:
        return _no_targets(comparison, language)
    notes = [text("report.note.distance", language)]
    if any(item.outcome == "not_yet_due" for item in outcomes):
        notes.append(text("report.note.not_yet_due", language))
    names = {item.target.document: short_name(item.target, language) for item in outcomes}
    notes += [note for item in outcomes for note in _notes(item, names, language)]
    return Table(
        name="targets",
        title=text("report.table.targets", language),
        columns=tuple(
            Column(
                label=text(f"report.column.{head}", language),
                unit=units.get(head, ""),
                style=styles.get(head, "text"),  # type: ignore[arg-type]  # literals of one table
            )
            for head in heads
        ),
        rows=tuple(
            (
                short_name(item.target, language),
                target_in_words(item.target, language),
                item.target.due_year,
                period_name(item.covered) or None,
                item.share,
                text(f"report.outcome.{item.outcome}", language),
                item.distance,
            )
            for item in outcomes
        ),
        notes=tuple(("", note) for note in dict.fromkeys(notes)),
        source=source,
        status=status_name(weakest([item.status for item in outcomes]), language),
    )


def documents_table(comparison: TargetComparison, language: Language) -> Table | None:
    """Return the full names of documents that tables call by shorter ones; None if none is."""
    named = {
        short_name(item.target, language): document_name(item.target, language)
        for item in relevant(comparison)
    }
    rows = tuple((short, full) for short, full in named.items() if short != full)
    heads = ("document", "document_full")
    columns = tuple(
        Column(label=text(f"report.column.{head}", language), style="text") for head in heads
    )
    title = text("report.table.target_documents", language)
    return Table(name="target_documents", title=title, columns=columns, rows=rows) if rows else None


def relevant(comparison: TargetComparison) -> tuple[TargetOutcome, ...]:
    """Return the outcomes of the area's own targets, by the year in which they fall due."""
    own = [item for item in comparison.outcomes if item.reason != "area"]
    return tuple(sorted(own, key=lambda item: item.target.due_year))


def document_name(target: Target, language: Language) -> str:
    """Return the name of the document that sets a target."""
    return target.document_vi if language == "vi" else target.document


def target_in_words(target: Target, language: Language) -> str:
    """Return a target in words: ``about 45%, average 2021–2025``."""
    lower = show_as_stated(target.lower, language)
    if target.upper is not None:
        upper = show_as_stated(target.upper, language)
        key = f"report.target.{target.operator}_range"
        wording = text(key, language, lower=lower, upper=upper)
    else:
        bare = target.approximate and target.operator == "at_least"
        key = f"report.target.{'bare' if bare else target.operator}"
        wording = text(key, language, lower=lower)
    if target.approximate:
        wording = text("report.target.about", language, wording=wording)
    if target.basis == "year":
        return text("report.target.year", language, wording=wording, year=target.last_year)
    return text(
        "report.target.period",
        language,
        wording=wording,
        first=target.first_year,
        last=target.last_year,
    )


def _no_targets(comparison: TargetComparison, language: Language) -> Table:
    """Return a table without rows, whose note says whose the targets are."""
    areas = list(
        dict.fromkeys(area_name(item.target.area, language) for item in comparison.outcomes)
    )
    note = text(
        "report.summary.no_targets", language, area=comparison.area or "–", areas=areas or ["–"]
    )
    title = text("report.table.targets", language)
    return Table(name="targets", title=title, columns=(), rows=(), notes=(("", note),))


def _notes(item: TargetOutcome, names: dict[str, str], language: Language) -> list[str]:
    document = short_name(item.target, language)
    notes = []
    if item.outcome == "not_comparable":
        reason = text(f"report.not_comparable.{item.reason}", language)
        notes.append(text("report.note.not_comparable", language, document=document, reason=reason))
    if item.target.superseded_by:
        later = names.get(item.target.superseded_by, item.target.superseded_by)
        notes.append(text("report.note.superseded", language, document=document, other=later))
    return notes
