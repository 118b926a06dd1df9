"""Two books, one figure, two values."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from tfp.panel.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.inputs.figures.collection import Figures
    from tfp.inputs.figures.figure import Figure

# Per cent: below, two books round or revise; above, they measure another thing.
SMALL_GAP = 0.1
# Points of growth: below, the gap is that of printed digits.
SMALL_GROWTH_GAP = 0.05
EXACT = 1e-9
RATES = ("ratio", "index")

Pairs = dict[int, tuple["Figure", "Figure"]]


def vintage_differences(figures: Figures) -> Iterator[Finding]:
    """Yield where two vintages of one figure disagree by more than printed digits explain."""
    for area, variable in figures.keys:
        for books in combinations(figures.vintages(variable, area), 2):
            pairs = _shared(figures, area, variable, books)
            if pairs:
                yield from _disagreement(pairs)
                yield from _growth_disagreement(pairs)


def differ(first: Figure, second: Figure) -> bool:
    """Tell whether two figures differ by more than the rounding of what is printed."""
    room = first.slack + second.slack + EXACT * abs(first.amount)
    return abs(second.amount - first.amount) > room


def _shared(figures: Figures, area: str, variable: str, vintages: tuple[str, ...]) -> Pairs:
    pairs: Pairs = {}
    for year, of_year in figures.series(area, variable).items():
        by_vintage = {figure.vintage: figure for figure in of_year}
        if all(vintage in by_vintage for vintage in vintages):
            first, second = by_vintage[vintages[0]], by_vintage[vintages[1]]
            if first.measure == second.measure:
                pairs[year] = (first, second)
    return pairs


def _disagreement(pairs: Pairs) -> Iterator[Finding]:
    apart = {year: pair for year, pair in pairs.items() if differ(*pair)}
    if not apart:
        return
    first, second = next(iter(apart.values()))
    rates = first.measure in RATES
    gaps = {year: 100.0 * _gap(*pair, in_points=rates) for year, pair in apart.items()}
    worst = max(gaps, key=lambda year: abs(gaps[year]))
    one, other = apart[worst]
    yield Finding(
        code="vintages-disagree-rate" if rates else "vintages-disagree",
        severity="note" if not rates and abs(gaps[worst]) < SMALL_GAP else "warn",
        places=tuple(pair[0].place for pair in apart.values()),
        fields={
            "variable": first.variable,
            "years": list(apart),
            "year": worst,
            "first": first.vintage,
            "second": second.vintage,
            "first_value": one.value,
            "second_value": other.value,
            "unit": one.unit,
            "gap": gaps[worst],
            "size": abs(gaps[worst]),
        },
    )


def _gap(first: Figure, second: Figure, *, in_points: bool) -> float:
    difference = second.amount - first.amount
    return difference if in_points else difference / (abs(first.amount) or abs(second.amount))


def _growth_disagreement(pairs: Pairs) -> Iterator[Finding]:
    """Levels may differ by a factor and growth agree: whether it does is a question of its own."""
    gaps: dict[int, float] = {}
    for before, year in pairwise(sorted(pairs)):
        old, new = pairs[before], pairs[year]
        if year != before + 1 or min(f.amount for f in (*old, *new)) <= 0.0:
            continue
        growth = [100.0 * (new[side].amount / old[side].amount - 1.0) for side in (0, 1)]
        room = sum(100.0 * f.slack / f.amount for f in (*old, *new))
        if abs(growth[1] - growth[0]) > max(SMALL_GROWTH_GAP, room):
            gaps[year] = growth[1] - growth[0]
    if not gaps or pairs[min(pairs)][0].measure in RATES:
        return
    worst = max(gaps, key=lambda year: abs(gaps[year]))
    first, second = pairs[worst]
    yield Finding(
        code="vintages-growth",
        severity="warn",
        places=tuple(pairs[year][0].place for year in gaps),
        fields={
            "variable": first.variable,
            "first": first.vintage,
            "second": second.vintage,
            "gap": abs(gaps[worst]),
            "year": worst,
        },
    )
