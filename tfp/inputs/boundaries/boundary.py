"""A boundary: a list of territorial units by its name, and the days it held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from tfp.errors import MethodError
from tfp.panel.keys import bare_spelling
from tfp.panel.time import PER_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.panel.time import Frequency

Vintage = "Boundary | str | int | date"


@dataclass(frozen=True, kw_only=True)
class Boundary:
    """A list of units that held from one day to another.

    Parameters
    ----------
    name : str
        How columns, ledgers and reports call it: ``"34 units (from 1 July 2025)"``.
    first_day, last_day : datetime.date, optional
        Days between which it held, both included; open where None.
    also_called : tuple of str
        Other names by which it may be asked for.

    Examples
    --------
    >>> import tfp
    >>> from datetime import date
    >>> tfp.Boundary(name="64 provinces", last_day=date(2008, 7, 31)).held_in(2007)
    True
    """

    name: str
    first_day: date | None = None
    last_day: date | None = None
    also_called: tuple[str, ...] = ()

    def is_called(self, name: object) -> bool:
        """Tell whether this is one of the boundary's names, however it is spelled."""
        return bare_spelling(str(name)) in map(bare_spelling, (self.name, *self.also_called))

    def held_on(self, day: date) -> bool:
        """Tell whether the boundary held on a day."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )

    def held_in(self, year: int) -> bool:
        """Tell whether the boundary held on some day of a year."""
        return (self.first_day is None or self.first_day.year <= year) and (
            self.last_day is None or year <= self.last_day.year
        )

    def has_ended_before(self, ordinal: int, frequency: Frequency) -> bool:
        """Tell whether a period, by its calendar number, begins after the last day."""
        if self.last_day is None:
            return False
        per_year = PER_YEAR[frequency]
        last = self.last_day.year * per_year + (self.last_day.month - 1) * per_year // 12
        return ordinal > last


def choose_boundary(vintage: Boundary | str | int | date, known: Sequence[Boundary]) -> Boundary:
    """Return the boundary that a name, a year or a day means.

    Parameters
    ----------
    vintage : Boundary, str, int or date
        A boundary itself or its name; a year (``2024``, ``"2024"``) or a day (a date, or
        ``"2025-03-31"``) on which it held.
    known : sequence of Boundary

    Raises
    ------
    MethodError
        ``boundary-unknown``; ``year-of-both-boundaries`` for a year in which one
        boundary gave way to another.
    """
    named = [b for b in known if b == vintage or b.is_called(vintage)]
    if not named:
        named = _in_force(vintage, known)
    if len(named) > 1:
        raise MethodError(
            "year-of-both-boundaries", vintage=str(vintage), known=[b.name for b in named]
        )
    if not named:
        name = vintage.name if isinstance(vintage, Boundary) else str(vintage)
        raise MethodError("boundary-unknown", vintage=name, known=[b.name for b in known])
    return named[0]


def _in_force(vintage: object, known: Sequence[Boundary]) -> list[Boundary]:
    written = str(vintage).strip()
    if written.isdecimal():
        return [b for b in known if b.held_in(int(written))]
    try:
        day = date.fromisoformat(written[:10])
    except ValueError:
        return []
    return [b for b in known if b.held_on(day)]
