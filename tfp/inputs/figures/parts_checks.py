"""Parts against totals: sums, shares that swing, growth outside that of the parts."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tfp.inputs.figures.comparing import EXACT
from tfp.inputs.figures.diagnosis import repairs
from tfp.inputs.figures.measures import measure_of
from tfp.inputs.figures.relations import RatioOf
from tfp.panel.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfp.inputs.figures.collection import Figures
    from tfp.inputs.figures.diagnosis import Repair
    from tfp.inputs.figures.figure import Figure
    from tfp.inputs.figures.relations import PartsOf, Relation

# Points of the total by which a part's share may move in a year.
SHARE_SWING = 10.0


@dataclass(frozen=True)
class Split:
    """The parts of one total in one year, all from one book where one has them all.

    Attributes
    ----------
    area : str
    year : int
    total : Figure or None
        None where the parts add to a number.
    amount, room : float
        The total and its rounding, in the measure's own unit.
    parts : tuple of Figure
    complete : bool
        Whether the optional parts are there as well, or the relation has none.
    """

    area: str
    year: int
    total: Figure | None
    amount: float
    room: float
    parts: tuple[Figure, ...]
    complete: bool

    @property
    def excess(self) -> float:
        """The parts' sum less the total."""
        return sum(part.amount for part in self.parts) - self.amount

    @property
    def slack(self) -> float:
        """What the rounding of all printed digits leaves open."""
        return self.room + sum(part.slack for part in self.parts)

    def share(self, part: Figure) -> float:
        """Return a part's share of the total, in per cent."""
        return 100.0 * part.amount / self.amount


def splits(figures: Figures, relation: PartsOf, area: str) -> list[Split]:
    """Return every year's parts and total of an area, by book; totals above zero only."""
    names = relation.parts
    if isinstance(relation.total, str):
        names = (relation.total, *names)
    series = {name: figures.series(area, name) for name in (*names, *relation.optional)}
    found = []
    for year in series[names[0]]:
        by_name = {
            name: {f.vintage: f for f in of_years.get(year, ())}
            for name, of_years in series.items()
        }
        books = [book for book in by_name[names[0]] if all(book in by_name[n] for n in names)]
        if books:
            found += [
                _split(relation, {n: f[book] for n, f in by_name.items() if book in f})
                for book in books
            ]
        elif all(len(by_name[name]) == 1 for name in names):
            # No book has all of them, but there is no choice either.
            found.append(
                _split(relation, {n: next(iter(f.values())) for n, f in by_name.items() if f})
            )
    return [split for split in found if _one_measure(split) and split.amount > 0.0]


def _split(relation: PartsOf, figures: dict[str, Figure]) -> Split:
    names = [n for n in (*relation.parts, *relation.optional) if n in figures]
    parts = tuple(figures[name] for name in names)
    total = figures[relation.total] if isinstance(relation.total, str) else None
    stated = 0.0 if isinstance(relation.total, str) else relation.total
    amount = total.amount if total else stated * measure_of(parts[0].unit)[1]
    slack = total.slack if total else 0.0
    return Split(
        area=parts[0].area,
        year=parts[0].year,
        total=total,
        amount=amount,
        room=slack + abs(amount) * (relation.tolerance / 100.0 + EXACT),
        parts=parts,
        complete=all(name in figures for name in relation.optional),
    )


def _one_measure(split: Split) -> bool:
    figures = (*split.parts, *((split.total,) if split.total else ()))
    return len({figure.measure for figure in figures}) == 1


def parts_and_totals(
    figures: Figures, relation: PartsOf, relations: Iterable[Relation]
) -> Iterator[Finding]:
    """Yield parts that do not add, shares that swing, and years that repeat."""
    shares = [one for one in relations if isinstance(one, RatioOf)]
    for area in figures.areas:
        found = splits(figures, relation, area)
        for split in found:
            apart = abs(split.excess) > split.slack
            if apart and (split.complete or split.excess > 0.0):
                yield from _gap(figures, split, shares)
        yield from _remainders(found)
        for before, after in _neighbours(found):
            yield from _swing(before, after)
            yield from _repeat(before, after)


def _gap(figures: Figures, split: Split, shares: list[RatioOf]) -> Iterator[Finding]:
    candidates = _candidates(split)
    confirmed = [
        (repair, share)
        for repair in candidates
        for share in _shares(figures, shares, split, repair)
    ]
    if confirmed:
        candidates = [confirmed[0][0]]
    if len(candidates) != 1:
        yield _unexplained(split, candidates)
        return
    repair = candidates[0]
    fields = {
        "variable": repair.figure.variable,
        "printed": repair.figure.value,
        "repaired": repair.value,
        "unit": repair.figure.unit,
        **_gap_fields(split),
    }
    yield Finding(
        code=f"parts-{repair.how}", severity="warn", places=(repair.figure.place,), fields=fields
    )
    if confirmed:
        yield Finding(
            code="parts-share-confirms",
            severity="note",
            places=(repair.figure.place,),
            fields={**fields, "share": confirmed[0][1].value, "ratio": confirmed[0][1].variable},
        )


def _candidates(split: Split) -> list[Repair]:
    signed = [(part, -split.excess) for part in split.parts]
    if split.total is not None:
        signed.append((split.total, split.excess))
    needed = []
    for figure, change in signed:
        size = measure_of(figure.unit)[1]
        needed.append((figure, (figure.amount + change) / size, split.slack / size))
    return repairs(needed)


def _shares(
    figures: Figures, relations: list[RatioOf], split: Split, repair: Repair
) -> Iterator[Figure]:
    """Yield printed shares that agree with a repaired part, and not with the printed one."""
    part = repair.figure
    for relation in relations:
        if relation.numerator != part.variable or split.total is None:
            continue
        if relation.denominator != split.total.variable:
            continue
        for share in figures.series(split.area, relation.ratio).get(split.year, ()):
            scale = relation.scale * measure_of(part.unit)[1] / split.amount
            close = abs(repair.value * scale - share.amount) <= 1.01 * share.slack
            if close and abs(part.value * scale - share.amount) > 1.01 * share.slack:
                yield share


def _unexplained(split: Split, candidates: list[Repair]) -> Finding:
    total = split.total or split.parts[0]
    if candidates:
        return Finding(
            code="parts-several-repairs",
            severity="warn",
            places=tuple(repair.figure.place for repair in candidates),
            fields={
                **_gap_fields(split),
                "suspects": [repair.figure.variable for repair in candidates],
                "printed": [repair.figure.value for repair in candidates],
                "repaired": [repair.value for repair in candidates],
            },
        )
    return Finding(
        code="parts-differ", severity="warn", places=(total.place,), fields=_gap_fields(split)
    )


def _gap_fields(split: Split) -> dict[str, object]:
    first = split.total or split.parts[0]
    size = measure_of(first.unit)[1]
    return {
        "parts": [part.variable for part in split.parts],
        "total": split.total.variable if split.total else "100",
        "year": split.year,
        "excess": split.excess / size,
        "per_cent": 100.0 * split.excess / split.amount,
        "size": abs(100.0 * split.excess / split.amount),
        "total_unit": first.unit,
        "vintage": list(dict.fromkeys(part.vintage for part in (first, *split.parts))),
    }


def _remainders(found: list[Split]) -> Iterator[Finding]:
    """Find totals that exceed their parts in some years of a book and not in others.

    One year with a remainder may be a book that leaves out product taxes; a remainder that
    comes and goes is a change of what the total holds.
    """
    by_book: dict[str, list[Split]] = {}
    for split in found:
        if split.total is not None and not split.complete:
            by_book.setdefault(split.total.vintage, []).append(split)
    for book, of_book in by_book.items():
        left = [split for split in of_book if split.excess < -split.slack]
        if left and len(left) < len(of_book):
            total = left[0].total
            largest = min(left, key=lambda split: split.excess / split.amount)
            yield Finding(
                code="parts-remainder",
                severity="warn",
                places=tuple(split.total.place for split in left if split.total),
                fields={
                    "total": total.variable if total else "",
                    "vintage": book,
                    "years": [split.year for split in left],
                    "count": len(of_book),
                    "size": abs(100.0 * largest.excess / largest.amount),
                    "year": largest.year,
                },
            )


def _neighbours(found: list[Split]) -> Iterator[tuple[Split, Split]]:
    """Yield the splits of neighbouring years, of one book each."""
    by_book: dict[str, list[Split]] = {}
    for split in found:
        by_book.setdefault(split.parts[0].vintage, []).append(split)
    for of_book in by_book.values():
        yield from (pair for pair in pairwise(of_book) if pair[1].year == pair[0].year + 1)


def _swing(before: Split, after: Split) -> Iterator[Finding]:
    if after.total is None:
        return
    old = {part.variable: before.share(part) for part in before.parts}
    for part in after.parts:
        change = after.share(part) - old.get(part.variable, after.share(part))
        if abs(change) > SHARE_SWING:
            yield Finding(
                code="share-swing",
                severity="warn",
                places=(part.place,),
                fields={
                    "variable": part.variable,
                    "whole": after.total.variable,
                    "year": after.year,
                    "before": old[part.variable],
                    "after": after.share(part),
                    "change": change,
                },
            )


def _repeat(before: Split, after: Split) -> Iterator[Finding]:
    """All parts of a year printed as those of the year before: a column copied twice."""
    old = {part.variable: part.value for part in before.parts}
    if all(old.get(part.variable) == part.value for part in after.parts):
        yield Finding(
            code="year-repeated",
            severity="warn",
            places=tuple(part.place for part in after.parts),
            fields={
                "parts": [part.variable for part in after.parts],
                "year": after.year,
                "before": before.year,
            },
        )
