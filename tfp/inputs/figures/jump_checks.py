"""Changes from year to year that no economy makes: of labour, output, investment."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from tfp.panel.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.inputs.figures.collection import Figures
    from tfp.inputs.figures.figure import Figure
    from tfp.inputs.figures.relations import JumpsIn

CODES = {
    "labour": "labour-jump",
    "output": "output-jump",
    "current output": "current-output-jump",
    "investment": "investment-jump",
}


def jumps(figures: Figures, relation: JumpsIn) -> Iterator[Finding]:
    """Yield changes beyond the thresholds of a relation.

    Neighbouring years of one book are compared; labour also across missing years and, where
    no book has both, across two books: the whole fall then counts, because a definition
    changes once, and a rise is taken per year.
    """
    for area in figures.areas:
        years = figures.series(area, relation.variable)
        for before, year in pairwise(years):
            if year != before + 1 and relation.kind != "labour":
                continue
            found = [
                (old, new)
                for old, new in _pairs(years[before], years[year], relation)
                if old.measure == new.measure and old.amount > 0.0
            ]
            for old, new in found:
                change = 100.0 * (new.amount / old.amount - 1.0)
                if change < -relation.fall or change > relation.rise * (year - before):
                    yield _jump(old, new, change, relation)


def _pairs(
    before: tuple[Figure, ...], after: tuple[Figure, ...], relation: JumpsIn
) -> list[tuple[Figure, Figure]]:
    same = [(old, new) for old in before for new in after if old.vintage == new.vintage]
    if same or relation.kind != "labour":
        return same
    return [(before[0], after[0])] if len(before) == len(after) == 1 else []


def _jump(old: Figure, new: Figure, change: float, relation: JumpsIn) -> Finding:
    books = list(dict.fromkeys(figure.vintage for figure in (old, new)))
    fall = relation.kind == "labour" and change < 0.0
    code = "labour-fall" if fall else CODES[relation.kind]
    return Finding(
        code=code,
        severity="warn",
        places=(new.place,),
        fields={
            "variable": new.variable,
            "before": old.year,
            "year": new.year,
            "change": change,
            "size": abs(change),
            "vintage": books,
        },
    )
