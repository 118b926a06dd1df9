r"""Which numbers of some tables must be withheld so that others cannot be computed.

Withholding the number of an enterprise is not enough where the table prints the total
and the other parts: the number follows by subtraction. It also follows by way of another
table: from growth and last year's level, from a contribution and its weight, from a share
and its points, from productivity and labour. So further numbers are withheld, as few as
can be found.

**The rule.** What is printed is known, and so is the same figure of other years (a
yearbook has it); what is not printed or withheld is unknown, and all
hold the identities of :mod:`tfp.report.identities` and the sums that the tables show.
A withheld number is *safe* if these identities, to first order, let it move by
`protection` of its value while no amount becomes negative or more than doubles. With a
protection of 0 it is safe if it is not determined: if the null space of the identities of
the unknowns moves it.

**The choice.** While a secret is not safe, the ways in which it can be computed are asked
for, and of the printed numbers that stand on one, the one is withheld that leaves the
fewest secrets unsafe, then is of a year near by, is not what the copy is for, and stands
in few identities and cells. In the end each number
withheld in this way is printed again if the secrets stay safe.

**What this guarantees.** No secret can be computed from the tables by any combination of
these identities, whatever the rounding. With a protection above zero, two or more values
of every secret that far apart agree with all that is printed.

**What it does not.** Other publications are not known to it (a yearbook with the same
total, an earlier copy of the same report), nor what an enterprise knows of itself; the
range is a statement about small changes; and the numbers withheld beside the secrets may
be more than the fewest possible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from tfp.numerics.determined import determined, eliminated, freedom, route

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from tfp.report.document import Cell, Table
    from tfp.report.identities import Identities

# Place of a number in some tables: table, row, column, counted from 0.
Spot = tuple[int, int, int]

_TRIED = 8
_TIMES = re.compile(r"(?<!\d)(\d{4})(?:\s*[-–]\s*(\d{4}))?(?!\d)")
_SUM = 1e-3  # of the size of the parts: what rounding may leave between them and a total
_FEWEST_PARTS = 2


@dataclass(frozen=True)
class Withheld:
    """What a copy does not print.

    Attributes
    ----------
    secrets : frozenset of Spot
        Cells that hold what was marked.
    others : frozenset of Spot
        Cells from which that could be computed.
    numbers : tuple of float
        The values of all of them, so that sentences and charts can be searched.
    quantities : frozenset of int
        Their numbers among the identities.
    exposed : tuple of int
        Secrets that can be computed although all that could be withheld is.
    """

    secrets: frozenset[Spot] = frozenset()
    others: frozenset[Spot] = frozenset()
    numbers: tuple[float, ...] = ()
    quantities: frozenset[int] = frozenset()
    exposed: tuple[int, ...] = ()

    def __contains__(self, spot: Spot) -> bool:
        return spot in self.secrets or spot in self.others


class Printed:
    """Which quantity each number of some tables shows.

    A number is recognised by itself: cells hold numbers at full precision, so one that
    equals a quantity of the run in the year or period of its row or column is that
    quantity, wherever it stands. Numbers that no quantity equals become quantities of
    their own, and sums that rows and columns show become identities.

    Parameters
    ----------
    tables
    system
        Of the run; the tables' own numbers and sums are added to it.
    """

    def __init__(self, tables: Sequence[Table], system: Identities) -> None:
        self.tables = tables
        self.system = system
        self.shown: dict[Spot, list[int]] = {}
        self.own: set[int] = set()
        for number, table in enumerate(tables):
            for spot, value in _numbers(number, table):
                self.shown[spot] = self._quantities(spot, value)
            self._sums(number, table)

    @cached_property
    def spots(self) -> dict[int, list[Spot]]:
        """The cells in which each quantity is printed."""
        found: dict[int, list[Spot]] = {}
        for spot, numbers in self.shown.items():
            for number in numbers:
                found.setdefault(number, []).append(spot)
        return found

    def times(self, spot: Spot) -> tuple[str, ...]:
        """Return the years and periods that a cell is about, by its row and column."""
        number, row, column = spot
        table = self.tables[number]
        head = table.columns[column]
        words = [head.label, head.group]
        words += [
            str(cell)
            for cell, each in zip(table.rows[row], table.columns, strict=True)
            if each.style == "year" or isinstance(cell, str)
        ]
        return times_in(" ".join(words))

    def _quantities(self, spot: Spot, value: float) -> list[int]:
        times = self.times(spot)
        found = self.system.found(value, times)
        if found:
            return found
        number = self.system.add(f"cell:{spot}", "", ", ".join(times), value, level=True)
        self.own |= {number} if number is not None else set()
        return [] if number is None else [number]

    def _sums(self, number: int, table: Table) -> None:
        """Add what rows and columns show: a cell that is the sum of those beside it."""
        rows, columns = range(len(table.rows)), range(len(table.columns))
        lines = [[(number, row, column) for column in columns] for row in rows]
        lines += [[(number, row, column) for row in rows] for column in columns]
        for line in lines:
            cells = [spot for spot in line if spot in self.shown]
            for total, parts in _sums_in(cells, [_value(self.tables, spot) for spot in cells]):
                quantities = [self.shown[spot][0] for spot in (total, *parts)]
                if len(set(quantities)) == len(quantities):
                    self.system.hold(lambda whole, *rest: whole - sum(rest), *quantities)


class _Search:
    """The search for what must be withheld beside the secrets."""

    def __init__(
        self, printed: Printed, secrets: Iterable[int], known: Iterable[int], protection: float
    ) -> None:
        self.printed = printed
        self.secrets = sorted(set(secrets))
        self.protection = protection
        quantities = printed.system.quantities
        names = {(quantities[each].name, quantities[each].entity) for each in self.secrets}
        self.elsewhere = np.array(
            [
                each.name in ("one", "hundred")
                or _is_weight(each.name)
                or (each.name, each.entity) in names
                for each in quantities
            ],
            dtype=bool,
        )
        self.elsewhere[list(known)] = True
        self.elsewhere[self.secrets] = False
        self.known = self.elsewhere.copy()
        self.known[list(printed.spots)] = True
        self.known[self.secrets] = False
        matrix = printed.system.matrix()
        self.links = (matrix != 0.0).sum(axis=0)
        concerned = self.known.copy()
        concerned[self.secrets] = True
        self.matrix = eliminated(matrix, ~concerned)
        self.levels = np.array([quantity.level for quantity in quantities], dtype=bool)
        self.years = {year for each in self.secrets for year in years_of(quantities[each].time)}
        self.printable = self.known & ~self.elsewhere

    def unsafe(self, withheld: Iterable[int]) -> list[int]:
        """Return the secrets that could be computed, or known too closely."""
        unknown = self._unknown(withheld)
        fixed = determined(self.matrix, unknown)
        found = [secret for secret in self.secrets if fixed[secret]]
        if found or not self.protection:
            return found
        return [
            secret for secret in self.secrets if self._freedom(unknown, secret) < self.protection
        ]

    def run(self) -> tuple[list[int], list[int]]:
        """Return what is withheld beside the secrets, and the secrets that nothing protects."""
        withheld: list[int] = []
        while unsafe := self.unsafe(withheld):
            candidates = self._candidates(unsafe[0], withheld)
            if not candidates:
                break
            ranked = sorted(candidates, key=self._loss)[:_TRIED]
            left = {each: self._left(unsafe[0], [*withheld, each]) for each in ranked}
            best = min(ranked, key=lambda each: (left[each], self._loss(each)))
            # A cell that equals two quantities withholds both.
            spots = self.printed.spots[best]
            together = {number for spot in spots for number in self.printed.shown[spot]}
            withheld += sorted(n for n in together if self.printable[n] and n not in withheld)
        if unsafe:
            return withheld, unsafe
        for each in withheld[-2::-1]:
            fewer = [other for other in withheld if other != each]
            if not self.unsafe(fewer):
                withheld = fewer
        return withheld, []

    def _left(self, secret: int, withheld: list[int]) -> tuple[int, float]:
        """Return how many secrets can be computed still, and how little one can move."""
        unknown = self._unknown(withheld)
        fixed = int(determined(self.matrix, unknown)[self.secrets].sum())
        if fixed or not self.protection:
            return fixed, 0.0
        return 0, -min(self.protection, self._freedom(unknown, secret))

    def _freedom(self, unknown: NDArray[np.bool_], secret: int) -> float:
        return freedom(self.matrix, unknown, self.levels, secret)

    def _unknown(self, withheld: Iterable[int]) -> NDArray[np.bool_]:
        known = self.known.copy()
        known[list(withheld)] = False
        unknown: NDArray[np.bool_] = ~known & (self.matrix != 0.0).any(axis=0)
        return unknown

    def _candidates(self, secret: int, withheld: list[int]) -> list[int]:
        unknown = self._unknown(withheld)
        if determined(self.matrix, unknown)[secret]:
            used = route(self.matrix, unknown, secret)
        else:
            # Known too closely: what is printed beside it and beside what is withheld.
            beside = (self.matrix[:, [*withheld, secret]] != 0.0).any(axis=1)
            used = np.flatnonzero((self.matrix[beside] != 0.0).any(axis=0))
        return [each for each in used.tolist() if self.printable[each] and each not in withheld]

    def _loss(self, number: int) -> tuple[int, int, int, int, int]:
        """Return what withholding a quantity costs, the worst first.

        What is far away in time has nothing to do with it. Results and totals are what the
        copy is for. Then what few identities hold of, since others would have to follow
        it, and what is printed once.
        """
        quantity = self.printed.system.quantities[number]
        rank = 2 if "tfp" in quantity.name else int(quantity.name in ("output", "growth:output"))
        years = years_of(quantity.time)
        away = min((abs(a - b) for a in years for b in self.years), default=0)
        return away, rank, int(self.links[number]), len(self.printed.spots[number]), number


def withheld_cells(
    tables: Sequence[Table],
    system: Identities,
    secrets: Iterable[int],
    marked: Iterable[Spot] = (),
    *,
    known: Iterable[int] = (),
    protection: float = 0.0,
) -> Withheld:
    """Return what some tables must not print so that the secrets cannot be computed.

    Parameters
    ----------
    tables
        All that the copy holds.
    system
        Quantities and identities of the run; what the tables show is added.
    secrets
        Numbers of the quantities that are secret.
    marked
        Cells that are secret, whatever they hold.
    known
        Numbers of quantities that everybody knows although no table prints them.
    protection
        How far, relative to its value, each secret must remain uncertain.

    Returns
    -------
    Withheld
    """
    printed = Printed(tables, system)
    marked = [spot for spot in marked if spot in printed.shown]
    wanted = {*secrets, *(number for spot in marked for number in printed.shown[spot])}
    if not wanted:
        return Withheld()
    search = _Search(printed, wanted, known, protection)
    chosen, exposed = search.run()
    beside = set(chosen)
    hidden = wanted | beside
    beside |= _unrelated(printed, hidden)
    hidden |= beside
    secret_spots = {spot for number in wanted for spot in printed.spots.get(number, ())}
    other_spots = {spot for number in beside for spot in printed.spots.get(number, ())}
    values = {system.quantities[number].value for number in hidden}
    return Withheld(
        secrets=frozenset(secret_spots | set(marked)),
        others=frozenset(other_spots - secret_spots),
        numbers=tuple(sorted(values)),
        quantities=frozenset(hidden),
        exposed=tuple(exposed),
    )


def times_in(words: str) -> tuple[str, ...]:
    """Return the years and periods that some words name.

    Examples
    --------
    >>> times_in("Bình quân 2011–2015"), times_in("year 2024")
    (('2011-2015',), ('2024',))
    """
    found = [f"{first}-{last}" if last else first for first, last in _TIMES.findall(words)]
    return tuple(dict.fromkeys(found))


def _unrelated(printed: Printed, hidden: set[int]) -> set[int]:
    """Return numbers of which nothing is known, of the years in which something is hidden.

    How they were computed is not known here, so neither is what they tell.
    """
    quantities = printed.system.quantities
    years = {year for number in hidden for year in years_of(quantities[number].time)}
    return {
        number
        for number in printed.own - hidden
        if not quantities[number].time or years & years_of(quantities[number].time)
    }


def years_of(times: str) -> set[int]:
    """Return every year that some words name, those inside a period among them."""
    found: set[int] = set()
    for first, last in _TIMES.findall(times):
        found |= set(range(int(first), int(last or first) + 1))
    return found


def _is_weight(name: str) -> bool:
    return name.startswith(("weight:", "applied_weight:"))


def _numbers(number: int, table: Table) -> Iterator[tuple[Spot, float]]:
    for row, cells in enumerate(table.rows):
        for column, (cell, head) in enumerate(zip(cells, table.columns, strict=True)):
            if head.style == "number" and _is_number(cell):
                yield (number, row, column), float(cell)  # type: ignore[arg-type]


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, (int, float)) and not isinstance(cell, bool)


def _value(tables: Sequence[Table], spot: Spot) -> float:
    number, row, column = spot
    return float(tables[number].rows[row][column])  # type: ignore[arg-type]  # _numbers took it


def _sums_in(
    cells: Sequence[Spot], values: Sequence[float]
) -> Iterator[tuple[Spot, tuple[Spot, ...]]]:
    """Give each cell of a line that is the sum of the cells before or after it."""
    count = len(cells)
    for place in range(count):
        runs = [range(place + 1, end) for end in range(place + 1 + _FEWEST_PARTS, count + 1)]
        runs += [range(start, place) for start in range(place - _FEWEST_PARTS + 1)]
        for run in runs:
            parts = [values[each] for each in run]
            size = sum(map(abs, parts))
            if size and abs(sum(parts) - values[place]) <= _SUM * size:
                yield cells[place], tuple(cells[each] for each in run)
