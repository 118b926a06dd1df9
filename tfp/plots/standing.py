"""One term of all entities in one year or period, as a ranking reads it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import MethodError
from tfp.numerics.records import Record
from tfp.panel.time import label
from tfp.plots.view import NOT_AVAILABLE, blank_words, status_at
from tfp.results.periods import PeriodAccounts

if TYPE_CHECKING:
    from tfp.numerics.arrays import FloatArray, IntArray


@dataclass(frozen=True, eq=False, kw_only=True)
class Standing(Record):
    """Values of several entities at one time.

    Attributes
    ----------
    period : str
        The year or period.
    entities : tuple of str
    values : (m,) array
        In points, or in per cent of growth; NaN where there is none.
    statuses, reasons : tuple of str
        Status behind each value; why a share is blank.
    """

    period: str
    entities: tuple[str, ...]
    values: FloatArray
    statuses: tuple[str, ...]
    reasons: tuple[str, ...]

    def ranked(self) -> Standing:
        """Return the same, largest value first, entities without one last."""
        order = np.argsort(-self.values, kind="stable")  # NaN sorts last
        return replace(
            self,
            entities=tuple(self.entities[i] for i in order),
            values=self.values[order],
            statuses=tuple(self.statuses[i] for i in order),
            reasons=tuple(self.reasons[i] for i in order),
        )


def standing(
    result: Any, entities: list[str], period: int | str | None, term: str, *, share: bool
) -> Standing:
    """Return one term of `entities` in a year or period; the last one if None.

    An entity whose data do not reach that time has no value.

    Raises
    ------
    MethodError
        ``term-unknown``, ``chart-period-unknown``, ``chart-nothing-to-draw``.
    """
    if term not in result.term_names:
        raise MethodError("term-unknown", name=term, known=list(result.term_names))
    owners, times, rows = _frame_keys(result)
    names = [*dict.fromkeys(times[i] for i in np.argsort(_order(result, rows), kind="stable"))]
    chosen = names[-1] if period is None and names else str(period)
    if chosen not in names:
        raise MethodError("chart-period-unknown", period=chosen, known=names)
    frame = result.share_of_growth if share else result.contributions
    column = frame[term].to_numpy(dtype=np.float64)
    blank = blank_words(column, frame["reason"]) if share else ("",) * len(column)
    place = {
        owner: i
        for i, (owner, time) in enumerate(zip(owners, times, strict=True))
        if time == chosen
    }
    found = [place.get(entity, -1) for entity in entities]
    values = np.array([column[i] if i >= 0 else np.nan for i in found])
    if not np.isfinite(values).any():
        raise MethodError("chart-nothing-to-draw", entity=chosen)
    return Standing(
        period=chosen,
        entities=tuple(entities),
        values=values,
        statuses=tuple(status_at(result, int(rows[i])) if i >= 0 else "" for i in found),
        reasons=tuple(blank[i] if i >= 0 else NOT_AVAILABLE for i in found),
    )


def _frame_keys(result: Any) -> tuple[list[str], list[str], IntArray]:
    """Return entity, time and row in the result's arrays of each row of its frames."""
    if isinstance(result, PeriodAccounts):
        return list(result.entity), list(result.period), np.arange(len(result.total))
    rows = result.rows
    kept = rows.growth_rows
    owners = [rows.entities[code] for code in rows.codes[kept]]
    return owners, [str(label(int(time), rows.frequency)) for time in rows.times[kept]], kept


def _order(result: Any, rows: IntArray) -> IntArray:
    """Return what sorts the rows in time: periods stand as they were asked for."""
    if isinstance(result, PeriodAccounts):
        return rows
    times: IntArray = result.rows.times[rows]
    return times
