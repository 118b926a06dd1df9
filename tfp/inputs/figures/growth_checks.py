"""Levels against published growth, within a book and across books.

A book that prints a level of one year and growth rates up to it implies the levels of the
years before, L(t-1) = L(t) / (1 + g(t)). Another book's level that lies elsewhere belongs to
another vintage, and chaining the two moves growth by the whole gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from tfp.inputs.figures.comparing import EXACT
from tfp.inputs.figures.relations import IndexOf
from tfp.panel.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.inputs.figures.collection import Figures
    from tfp.inputs.figures.figure import Figure
    from tfp.inputs.figures.relations import GrowthOf, MeanOf


@dataclass(frozen=True)
class _Implied:
    """A level that a book implies for a year, and the relative rounding behind it."""

    level: float
    slack: float


def growth_and_levels(figures: Figures, relation: GrowthOf | IndexOf) -> Iterator[Finding]:
    """Yield levels that contradict published growth."""
    name = relation.index if isinstance(relation, IndexOf) else relation.growth
    for area in figures.areas:
        rates: dict[str, dict[int, Figure]] = {}
        for year, of_year in figures.series(area, name).items():
            for figure in of_year:
                if not figure.derivation and factor_of(figure)[0] > 0.0:
                    rates.setdefault(figure.vintage, {})[year] = figure
        levels = _published(figures, area, relation.level)
        for vintage, of_book in rates.items():
            yield from _within(of_book, levels)
            yield from _across(vintage, of_book, levels)


def means(figures: Figures, relation: MeanOf) -> Iterator[Finding]:
    """Yield published means of growth that the yearly rates do not give."""
    for area in figures.areas:
        rates = figures.series(area, relation.growth)
        years = range(relation.first, relation.last + 1)
        # With several rates of one year there is no telling which of them was averaged.
        if not all(len(rates.get(year, ())) == 1 for year in years):
            continue
        factors, rooms = zip(*(factor_of(rates[year][0]) for year in years), strict=True)
        geometric = 100.0 * (prod(factors) ** (1.0 / len(factors)) - 1.0)
        arithmetic = 100.0 * (sum(factors) / len(factors) - 1.0)
        room = 100.0 * sum(rooms) / len(rooms)
        for mean in figures.series(area, relation.mean).get(relation.last, ()):
            factor, slack = factor_of(mean)
            stated = 100.0 * (factor - 1.0)
            gap = min(abs(stated - geometric), abs(stated - arithmetic))
            if gap > room + 100.0 * slack:
                yield Finding(
                    code="mean-contradicts-growth",
                    severity="warn",
                    places=(mean.place,),
                    fields={
                        "variable": mean.variable,
                        "growth": relation.growth,
                        "years": list(years),
                        "stated": stated,
                        "geometric": geometric,
                        "arithmetic": arithmetic,
                        "gap": gap,
                        "total": gap * len(factors),
                    },
                )


def _published(figures: Figures, area: str, variable: str) -> dict[int, dict[str, Figure]]:
    """Return the levels that are not somebody's arithmetic, by year and book."""
    return {
        year: {f.vintage: f for f in of_year if not f.derivation and f.amount > 0.0}
        for year, of_year in figures.series(area, variable).items()
    }


def factor_of(figure: Figure) -> tuple[float, float]:
    """Return 1 + g of a published growth rate or index, and the rounding of it.

    A rate without a known unit is read as per cent.
    """
    if figure.measure == "index":
        return figure.amount, figure.slack
    if figure.measure == "ratio":
        return 1.0 + figure.amount, figure.slack
    return 1.0 + figure.value / 100.0, 0.5 * figure.step / 100.0


def _within(rates: dict[int, Figure], levels: dict[int, dict[str, Figure]]) -> Iterator[Finding]:
    """Compare growth with that of two neighbouring levels of any one book."""
    for year, rate in rates.items():
        factor, room = factor_of(rate)
        books = [book for book in levels.get(year, {}) if book in levels.get(year - 1, {})]
        # A book is held to its own levels; only where it has none, to those of others.
        for book in [rate.vintage] if rate.vintage in books else books:
            new, old = levels[year][book], levels[year - 1][book]
            found = new.amount / old.amount
            slack = room / factor + new.slack / new.amount + old.slack / old.amount
            if abs(found / factor - 1.0) > slack + EXACT:
                same = book == rate.vintage
                yield Finding(
                    code="level-contradicts-growth" if same else "growth-of-other-vintage",
                    severity="warn",
                    places=(new.place,),
                    fields={
                        "variable": new.variable,
                        "year": year,
                        "published": 100.0 * (factor - 1.0),
                        "implied": 100.0 * (found - 1.0),
                        "gap": 100.0 * abs(found - factor),
                        "first": rate.vintage,
                        "second": book,
                    },
                )


def _across(
    vintage: str, rates: dict[int, Figure], levels: dict[int, dict[str, Figure]]
) -> Iterator[Finding]:
    """Compare the levels that a book implies with those that other books print."""
    for year, implied in _implied(vintage, rates, levels).items():
        for book, level in levels.get(year, {}).items():
            if vintage in levels[year] or book == vintage:
                continue
            ratio = level.amount / implied.level
            if abs(ratio - 1.0) <= implied.slack + level.slack / level.amount + EXACT:
                continue
            yield Finding(
                code="level-of-other-vintage",
                severity="warn",
                places=(level.place,),
                fields={
                    "variable": level.variable,
                    "year": year,
                    "printed": level.value,
                    "implied": implied.level * level.value / level.amount,
                    "unit": level.unit,
                    "gap": 100.0 * (ratio - 1.0),
                    "size": 100.0 * abs(1.0 - 1.0 / ratio),
                    "first": vintage,
                    "second": book,
                    **_mixed(year, rates, ratio),
                },
            )


def _mixed(year: int, rates: dict[int, Figure], ratio: float) -> dict[str, object]:
    """Return what the growth next to a foreign level would become."""
    # The level of the year before is foreign: growth of the year after it suffers.
    after = year + 1 if year + 1 in rates else year
    factor, _ = factor_of(rates[after])
    wrong = factor / ratio if after == year + 1 else factor * ratio
    return {
        "after": after,
        "published": 100.0 * (factor - 1.0),
        "mixed": 100.0 * (wrong - 1.0),
    }


def _implied(
    vintage: str, rates: dict[int, Figure], levels: dict[int, dict[str, Figure]]
) -> dict[int, _Implied]:
    """Chain a book's growth rates away from its own levels, the nearest level first."""
    known = {
        year: _Implied(books[vintage].amount, books[vintage].slack / books[vintage].amount)
        for year, books in levels.items()
        if vintage in books
    }
    edge = dict(known)
    while edge:
        step: dict[int, _Implied] = {}
        for year, implied in edge.items():
            for other, rate, up in ((year + 1, year + 1, True), (year - 1, year, False)):
                if other in known or rate not in rates:
                    continue
                factor, room = factor_of(rates[rate])
                level = implied.level * factor if up else implied.level / factor
                step[other] = _Implied(level, implied.slack + room / factor)
        known |= step
        edge = step
    return known
