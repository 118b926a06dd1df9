"""Current against constant prices: the base year, and the price index that they imply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tfp.inputs.figures.comparing import differ
from tfp.inputs.figures.growth_checks import factor_of
from tfp.panel.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.inputs.figures.collection import Figures
    from tfp.inputs.figures.figure import Figure
    from tfp.inputs.figures.relations import PriceChangeOf, PricesOf


def prices(figures: Figures, relation: PricesOf) -> Iterator[Finding]:
    """Yield base years that are none, and implied price indices far from a reference."""
    for area in figures.areas:
        current = figures.series(area, relation.current)
        for year, of_year in figures.series(area, relation.constant).items():
            for constant in of_year:
                nominal = _beside(constant, current.get(year, ()))
                if nominal is None or constant.amount <= 0.0:
                    continue
                yield from _base_year(nominal, constant, relation)
                yield from _index(nominal, constant, relation)


def price_changes(figures: Figures, relation: PriceChangeOf) -> Iterator[Finding]:
    """Yield years in which growth at current prices and real growth imply odd prices.

    The change of prices is (V(t) / V(t-1)) / (1 + g(t)) - 1. Values and growth are of one
    book.
    """
    for area in figures.areas:
        values = figures.series(area, relation.current)
        for year, of_year in figures.series(area, relation.growth).items():
            for growth in of_year:
                pair = [
                    figure
                    for one in (year - 1, year)
                    for figure in values.get(one, ())
                    if figure.vintage == growth.vintage
                ]
                factor, _ = factor_of(growth)
                if len(pair) == 2 and pair[0].amount > 0.0 and factor > 0.0:
                    yield from _price_change(pair[0], pair[1], factor, relation)


def _price_change(
    old: Figure, new: Figure, factor: float, relation: PriceChangeOf
) -> Iterator[Finding]:
    nominal = new.amount / old.amount
    implied = 100.0 * (nominal / factor - 1.0)
    reference = relation.reference.get(new.year, 0.0)
    if abs(implied - reference) > relation.tolerance:
        yield Finding(
            code="prices-implausible",
            severity="warn",
            places=(new.place,),
            fields={
                "variable": new.variable,
                "year": new.year,
                "nominal": 100.0 * (nominal - 1.0),
                "growth": 100.0 * (factor - 1.0),
                "implied": implied,
                "reference": float(reference),
                "gap": abs(implied - reference),
            },
        )


def _beside(constant: Figure, current: tuple[Figure, ...]) -> Figure | None:
    """Return the figure at current prices of the same book, or the only one there is."""
    own = [figure for figure in current if figure.vintage == constant.vintage]
    found = own or (list(current) if len(current) == 1 else [])
    return found[0] if found and found[0].measure == constant.measure else None


def _base_year(nominal: Figure, constant: Figure, relation: PricesOf) -> Iterator[Finding]:
    apart = differ(nominal, constant)
    in_base = constant.year == relation.base_year
    if nominal.vintage == constant.vintage and in_base == apart:
        yield Finding(
            code="base-year-differs" if in_base else "base-year-other",
            severity="warn",
            places=(constant.place,),
            fields={
                "current": nominal.variable,
                "constant": constant.variable,
                "year": constant.year,
                "base_year": relation.base_year,
                "gap": 100.0 * (nominal.amount / constant.amount - 1.0),
            },
        )


def _index(nominal: Figure, constant: Figure, relation: PricesOf) -> Iterator[Finding]:
    reference = relation.reference.get(constant.year)
    if reference is None:
        return
    implied = nominal.amount / constant.amount
    gap = 100.0 * (implied / reference - 1.0)
    if abs(gap) > relation.tolerance:
        yield Finding(
            code="prices-off-reference",
            severity="warn",
            places=(constant.place,),
            fields={
                "current": nominal.variable,
                "constant": constant.variable,
                "year": constant.year,
                "implied": implied,
                "reference": reference,
                "gap": gap,
                "size": abs(gap),
            },
        )
