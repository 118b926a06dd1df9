"""Targets as a chart shows them: a letter each, and a key under the chart."""

from __future__ import annotations

from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING

from tfp.datasets.target import short_name
from tfp.errors import MethodError
from tfp.language.catalogue import text
from tfp.language.numbers import show_as_stated
from tfp.panel.keys import bare_spelling
from tfp.results.comparison import TargetComparison

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tfp.datasets.target import Target
    from tfp.language.catalogue import Language
    from tfp.plots.view import View
    from tfp.results.comparison import TargetOutcome

LONGEST_DOCUMENT = 90  # letters; full names stand in the report's table


@dataclass(frozen=True)
class Demand:
    """One target, its letter, and what became of it where that is known."""

    letter: str
    target: Target
    outcome: TargetOutcome | None = None

    def bounds(self, language: Language) -> str:
        """Return the bounds in per cent: "45" or "30–35"."""
        target = self.target
        numbers = [target.lower] + ([] if target.upper is None else [target.upper])
        return "–".join(show_as_stated(number, language) for number in numbers)

    def sentence(self, language: Language) -> str:
        """Return the target in words: what is demanded, and when."""
        target = self.target
        kind = target.operator if target.upper is None else f"{target.operator}_range"
        hedged = "_approximate" if target.approximate else ""
        demand = text(
            f"plots.target.{kind}{hedged}",
            language,
            bounds=self.bounds(language),
            lower=show_as_stated(target.lower, language),
            upper="" if target.upper is None else show_as_stated(target.upper, language),
        )
        when = text(
            f"plots.target.{target.basis}",
            language,
            first=str(target.first_year),
            last=str(target.last_year),
        )
        return f"{demand} {when}"


def demands_of(
    targets: TargetComparison | Sequence[Target], shown: View, *, superseded: bool
) -> tuple[list[Demand], int]:
    """Return the targets of the area shown, by year, and how many superseded were left out.

    Raises
    ------
    MethodError
        ``chart-targets-of-areas`` where it is not certain which targets are meant.
    """
    pairs: list[tuple[Target, TargetOutcome | None]]
    if isinstance(targets, TargetComparison):
        pairs = [(item.target, item) for item in targets.outcomes]
        meant = targets.area
    else:
        pairs = [(target, None) for target in targets]
        meant = _area_of(pairs, shown)
    mine = [pair for pair in pairs if bare_spelling(pair[0].area) == bare_spelling(meant)]
    kept = [pair for pair in mine if superseded or pair[0].superseded_by is None]
    kept.sort(key=lambda pair: (pair[0].last_year, pair[0].first_year, pair[0].lower))
    if len(kept) > len(ascii_lowercase):
        raise MethodError("chart-too-many", count=len(kept), most=len(ascii_lowercase))
    demands = [Demand(ascii_lowercase[i], *pair) for i, pair in enumerate(kept)]
    return demands, len(mine) - len(kept)


def key_lines(demands: Iterable[Demand], language: Language) -> list[str]:
    """Return one line a target: letter, document, what it demands, what became of it."""
    lines = []
    for demand in demands:
        target = demand.target
        document = _short(short_name(target, language))
        line = f"{demand.letter})  {document}: {demand.sentence(language)}."
        if demand.outcome is not None:
            line += " " + _outcome(demand.outcome, language)
        lines.append(line)
    return lines


def _area_of(pairs: Sequence[tuple[Target, object]], shown: View) -> str:
    areas = {bare_spelling(target.area): target.area for target, _ in pairs}
    if bare_spelling(shown.entity) in areas or not areas:
        return shown.entity
    if len(areas) > 1:
        raise MethodError(
            "chart-targets-of-areas", areas=sorted(areas.values()), entity=shown.entity or "–"
        )
    return next(iter(areas.values()))


def _outcome(outcome: TargetOutcome, language: Language) -> str:
    words = text(f"plots.outcome.{outcome.outcome}", language)
    if outcome.share is None:
        return text("plots.outcome.alone", language, outcome=words)
    return text(
        "plots.outcome.with_share",
        language,
        outcome=words,
        share=float(outcome.share),
        covered=outcome.covered,
    )


def _short(document: str) -> str:
    """Return a document's name without its explanation, where it is long."""
    if len(document) <= LONGEST_DOCUMENT:
        return document
    name = document.partition(" (")[0]
    if len(name) <= LONGEST_DOCUMENT:
        return name
    return name[:LONGEST_DOCUMENT].rpartition(" ")[0] + " …"
