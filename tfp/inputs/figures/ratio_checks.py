"""Published ratios against the figures that they are computed from."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from tfp.inputs.figures.comparing import EXACT
from tfp.panel.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.inputs.figures.collection import Figures
    from tfp.inputs.figures.figure import Figure
    from tfp.inputs.figures.relations import AverageOf, IncludedIn, RatioOf


def ratios(figures: Figures, relation: RatioOf) -> Iterator[Finding]:
    """Yield ratios that no published numerator and denominator give.

    A book is held to its own figures where it prints both; otherwise every pair counts.
    What is somebody's arithmetic proves nothing and is left out.
    """
    for area in figures.areas:
        above, below = (
            figures.series(area, name) for name in (relation.numerator, relation.denominator)
        )
        for year, of_year in figures.series(area, relation.ratio).items():
            for ratio in of_year:
                pairs = _pairs(ratio, above.get(year, ()), below.get(year, ()))
                if ratio.derivation or not pairs:
                    continue
                quotients = [_quotient(pair, relation.scale) for pair in pairs]
                gaps = [abs(ratio.amount - value) - room for value, room in quotients]
                best = min(range(len(gaps)), key=gaps.__getitem__)
                if gaps[best] > ratio.slack + EXACT * abs(ratio.amount):
                    yield _contradiction(ratio, pairs[best], quotients[best][0], relation)


def _pairs(
    ratio: Figure, above: tuple[Figure, ...], below: tuple[Figure, ...]
) -> list[tuple[Figure, Figure]]:
    every = [pair for pair in product(above, below) if pair[1].amount != 0.0]
    own = [pair for pair in every if {f.vintage for f in pair} == {ratio.vintage}]
    return own or every


def _quotient(pair: tuple[Figure, Figure], scale: float) -> tuple[float, float]:
    above, below = pair
    value = scale * above.amount / below.amount
    room = abs(scale) * above.slack / abs(below.amount) + abs(value) * below.slack / abs(
        below.amount
    )
    return value, room


def _contradiction(
    ratio: Figure, pair: tuple[Figure, Figure], value: float, relation: RatioOf
) -> Finding:
    size = ratio.value / ratio.amount if ratio.amount else 1.0
    return Finding(
        code="ratio-contradicted",
        severity="warn",
        places=(ratio.place,),
        fields={
            "variable": ratio.variable,
            "year": ratio.year,
            "printed": ratio.value,
            "implied": value * size,
            "unit": ratio.unit,
            "numerator": relation.numerator,
            "denominator": relation.denominator,
            "vintage": list(dict.fromkeys(f.vintage for f in pair)),
            "gap": 100.0 * abs(value / ratio.amount - 1.0) if ratio.amount else float("nan"),
        },
    )


def inclusions(figures: Figures, relation: IncludedIn) -> Iterator[Finding]:
    """Yield parts that exceed their whole, or whose share of it swings from year to year."""
    for area in figures.areas:
        parts, wholes = (figures.series(area, name) for name in (relation.part, relation.whole))
        shares: dict[str, dict[int, tuple[float, Figure]]] = {}
        for year, of_year in parts.items():
            for part in of_year:
                whole = next((w for w in wholes.get(year, ()) if w.vintage == part.vintage), None)
                if whole is None or whole.measure != part.measure or whole.amount <= 0.0:
                    continue
                share = 100.0 * part.amount / whole.amount
                shares.setdefault(part.vintage, {})[year] = share, part
                if part.amount - whole.amount > part.slack + whole.slack:
                    yield Finding(
                        code="part-exceeds-whole",
                        severity="warn",
                        places=(part.place, whole.place),
                        fields={
                            "variable": part.variable,
                            "whole": whole.variable,
                            "year": year,
                            "share": share,
                        },
                    )
        for of_book in shares.values():
            yield from _swings(of_book, relation)


def _swings(shares: dict[int, tuple[float, Figure]], relation: IncludedIn) -> Iterator[Finding]:
    for year, (share, part) in shares.items():
        if year - 1 not in shares or abs(share - shares[year - 1][0]) <= relation.swing:
            continue
        before = shares[year - 1][0]
        back = year - 2 in shares and abs(share - shares[year - 2][0]) < relation.swing
        if back:
            continue  # the year before stood out, and was reported
        yield Finding(
            code="share-swing",
            severity="warn",
            places=(part.place,),
            fields={
                "variable": part.variable,
                "whole": relation.whole,
                "year": year,
                "before": before,
                "after": share,
                "change": share - before,
            },
        )


def averages(figures: Figures, relation: AverageOf) -> Iterator[Finding]:
    """Yield growth of a whole outside that of all its parts, and parts that move as one."""
    for area in figures.areas:
        for year, of_year in figures.series(area, relation.whole).items():
            for whole in of_year:
                parts = [
                    part
                    for name in relation.parts
                    for part in figures.series(area, name).get(year, ())
                    if part.vintage == whole.vintage
                ]
                if len(parts) == len(relation.parts):
                    yield from _outside(whole, parts)
                    yield from _as_one(whole, parts)


def _outside(whole: Figure, parts: list[Figure]) -> Iterator[Finding]:
    low = min(parts, key=lambda part: part.amount)
    high = max(parts, key=lambda part: part.amount)
    below = low.amount - whole.amount - low.slack - whole.slack
    above = whole.amount - high.amount - high.slack - whole.slack
    if max(below, above) > EXACT:
        yield Finding(
            code="growth-outside-parts",
            severity="warn",
            places=(whole.place,),
            fields={
                "variable": whole.variable,
                "year": whole.year,
                "printed": whole.value,
                "low": low.value,
                "high": high.value,
                "vintage": whole.vintage,
            },
        )


def _as_one(whole: Figure, parts: list[Figure]) -> Iterator[Finding]:
    """Three parts or more with exactly one growth rate: split by a key, not measured."""
    by_value: dict[float, list[Figure]] = {}
    for part in parts:
        by_value.setdefault(part.value, []).append(part)
    alike = max(by_value.values(), key=len)
    if len(alike) >= 3:
        yield Finding(
            code="parts-move-as-one",
            severity="warn",
            places=tuple(part.place for part in alike),
            fields={
                "parts": [part.variable for part in alike],
                "year": whole.year,
                "printed": alike[0].value,
                "vintage": whole.vintage,
            },
        )
