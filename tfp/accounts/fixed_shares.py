r"""Shares that the user states: one for all years, or a table by period of validity.

A statistics office takes them from an input-output table and keeps them until the
next table. There is no default share: it is always given, with its source.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.panel.columns import is_number, show_value
from tfp.panel.spans import parse_span
from tfp.results.weights import OutputConcept, Weighting

if TYPE_CHECKING:
    from tfp.panel.panel import Panel

PER_CENT_SUSPECTED = 1.5  # 1.2 is a slip, 40 a per cent
TOLERANCE = 1e-9  # of shares typed with a few decimals, summed in floating point


@dataclass(frozen=True, eq=False)
class FixedShares:
    r"""Shares that do not depend on the data.

    .. math:: \sum_i s_i = 1

    Parameters
    ----------
    capital : float or mapping, optional
        Capital's share of income, or one share for each asset.
    labour : float, optional
        Labour's share. Left out, it is what the other shares leave to one.
    further : mapping, optional
        Shares of further inputs by their names.
    by_period : mapping, optional
        Instead of the above, the same by period of validity:
        ``{"2011-2015": {"capital": 0.40}, "2016-2020": {"capital": 0.42}}``.
    source : str
        Where the shares come from, for the report.

    Raises
    ------
    MethodError
        ``share-not-a-number``, ``shares-table-needed``,
        ``share-outside-unit-interval``, ``shares-do-not-add``, ``shares-missing``,
        ``shares-overlap`` here; ``shares-do-not-cover`` when growth of the panel falls
        outside the table.

    Examples
    --------
    >>> FixedShares(capital=0.40, source="input-output table 2012").name
    'fixed shares'
    """

    capital: float | Mapping[str, float] | None = None
    labour: float | None = None
    further: Mapping[str, float] | None = None
    by_period: Mapping[str, Mapping[str, Any]] | None = None
    source: str = ""

    name = "fixed shares"

    def __post_init__(self) -> None:
        single = self.capital, self.labour, self.further
        if (self.by_period is None) == all(part is None for part in single):
            raise MethodError("shares-missing")
        for shares in self._tables().values():
            check_shares(shares)

    def options(self) -> dict[str, object]:
        """Return the shares by period of validity, and their source."""
        return {
            "shares": {period or "all": s for period, s in self._tables().items()},
            "source": self.source,
        }

    def _tables(self) -> dict[str, dict[str, float]]:
        if self.by_period is not None:
            for shares in _table("by_period", self.by_period).values():
                for part in _table("by_period", shares):
                    check_choice("by_period", part, ("capital", "labour", "further"))
            return {period: _flat(**shares) for period, shares in self.by_period.items()}
        return {"": _flat(self.capital, self.labour, self.further)}

    def weigh(
        self, panel: Panel, factors: tuple[str, ...], output_concept: OutputConcept
    ) -> Weighting:
        """Return the weights of `factors`; the period's own share in each period."""
        del output_concept
        tables = self._tables()
        for shares in tables.values():
            _check_factors(shares, factors)
        if self.by_period is None:
            shares = _scaled(tables[""], factors)
            return Weighting(weights=tuple(shares.get(factor) for factor in factors))
        number = self._table_of_each_row(panel)
        columns = []
        for factor in factors:
            values = [_completed(shares, factors)[factor] for shares in tables.values()]
            # Row number -1, without a table and without growth, takes the NaN at the end.
            columns.append(np.array([*values, np.nan])[number])
        return Weighting(weights=tuple(columns))

    def _table_of_each_row(self, panel: Panel) -> np.ndarray[Any, np.dtype[np.intp]]:
        times = panel.rows.times
        number = np.full(len(times), -1, dtype=np.intp)
        for k, period in enumerate(self.by_period or {}):
            first, last = parse_span(period, panel.rows.frequency)
            inside = (times >= first) & (times <= last)
            if bool((number[inside] >= 0).any()):
                raise MethodError("shares-overlap", period=period)
            number[inside] = k
        # A table for 2011-2015 gives the weights of growth from 2010 to 2011 on; a year
        # without growth, before the first or a gap, takes the table of the year after it.
        breaks = panel.rows.breaks
        early = np.setdiff1d(breaks[number[breaks] < 0], np.append(breaks - 1, len(times) - 1))
        number[early] = number[early + 1]
        uncovered = np.setdiff1d(np.flatnonzero(number < 0), breaks)
        if len(uncovered):
            raise MethodError(
                "shares-do-not-cover",
                places=panel.rows.places(uncovered[:6]),
                count=len(uncovered),
                periods=list(self.by_period or {}),
            )
        return number


def _flat(
    capital: float | Mapping[str, float] | None = None,
    labour: float | None = None,
    further: Mapping[str, float] | None = None,
) -> dict[str, float]:
    given: dict[str, Any] = {}
    if isinstance(capital, Mapping):
        given.update({f"capital:{asset}": share for asset, share in capital.items()})
    elif capital is not None:
        given["capital"] = capital
    if labour is not None:
        given["labour"] = labour
    if further is not None:
        given.update(_table("further", further))
    return {name: share_number(name, share) for name, share in given.items()}


def _table(option: str, given: Mapping[str, Any]) -> Mapping[str, Any]:
    if not isinstance(given, Mapping):
        raise MethodError("shares-table-needed", option=option, found=show_value(given))
    return given


def share_number(name: str, share: float) -> float:
    """Return a share as a float; refuse what is no number, such as ``(0, 4)`` for 0,4."""
    if not is_number(share) or math.isnan(share):
        raise MethodError("share-not-a-number", name=name, found=show_value(share))
    return float(share)


def check_shares(shares: Mapping[str, float]) -> None:
    """Refuse shares outside (0, 1)."""
    wrong = {name: share for name, share in shares.items() if not 0.0 < share < 1.0}
    if wrong:
        per_cent = [share for share in wrong.values() if share >= PER_CENT_SUSPECTED]
        raise MethodError(
            "share-outside-unit-interval",
            names=list(wrong),
            shares=list(wrong.values()),
            as_fraction=[share / 100.0 for share in per_cent],
        )


def _check_factors(shares: Mapping[str, float], factors: tuple[str, ...]) -> None:
    surplus = [name for name in shares if name not in factors]
    absent = [factor for factor in factors if factor not in shares]
    if surplus:
        raise MethodError("share-without-factor", names=surplus, factors=list(factors))
    if len(absent) > 1:
        raise MethodError("shares-too-few", absent=absent)
    total = sum(shares.values())
    if not absent and abs(total - 1.0) > TOLERANCE:
        raise MethodError("shares-do-not-add", total=float(total), names=list(shares))
    if absent and total >= 1.0:
        raise MethodError("shares-leave-nothing", absent=absent[0], total=float(total))


def _scaled(shares: Mapping[str, float], factors: tuple[str, ...]) -> dict[str, float]:
    """Return shares of all factors scaled to add to one; others as they are."""
    total = sum(shares.values()) if len(shares) == len(factors) else 1.0
    return {factor: share / total for factor, share in shares.items()}


def _completed(shares: Mapping[str, float], factors: tuple[str, ...]) -> dict[str, float]:
    rest = 1.0 - sum(shares.values())
    return {factor: _scaled(shares, factors).get(factor, rest) for factor in factors}
