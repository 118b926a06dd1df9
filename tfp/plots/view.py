"""One entity of a result as a chart reads it: positions, labels, points, statuses."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from tfp.errors import MethodError, nearest
from tfp.numerics.records import Record
from tfp.panel.roles import STATUSES
from tfp.panel.time import label
from tfp.plots.style import PROVISIONAL
from tfp.results.decomposition import Decomposition
from tfp.results.periods import PeriodAccounts

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.panel.time import Frequency

NOT_AVAILABLE = "not_available"
TOLERANCE = 1e-12  # of the identity, relative to max(1, sum of sizes)


@dataclass(frozen=True, eq=False, kw_only=True)
class View(Record):
    """Growth and its terms for one entity.

    Attributes
    ----------
    entity : str
        Label of the entity; may be empty for a single area.
    rows : (m,) array of int
        Rows of the result that are shown.
    at : (m,) array of int
        Position of each on the axis: its calendar number, or 0, 1, ... for periods.
    names : tuple of str
        Label of each: the year, or ``"2011-2015"``.
    total_name, total, term_names, terms
        As in the result, in points.
    statuses : tuple of str
        Weakest status behind each; empty where none is declared.
    frequency : {"year", "quarter", "month"} or None
        What one step of `at` is; None for averages over periods.
    """

    entity: str
    rows: IntArray
    at: IntArray
    names: tuple[str, ...]
    total_name: str
    total: FloatArray
    term_names: tuple[str, ...]
    terms: tuple[FloatArray, ...]
    statuses: tuple[str, ...]
    frequency: Frequency | None

    def __post_init__(self) -> None:
        super().__post_init__()
        sizes = np.maximum(1.0, np.abs(self.terms).sum(axis=0))
        gap = np.abs(self.total - np.sum(self.terms, axis=0)) / sizes
        if bool((gap > TOLERANCE).any()):
            raise MethodError(
                "chart-terms-do-not-add",
                total=self.total_name,
                at=[self.names[i] for i in np.flatnonzero(gap > TOLERANCE)[:5]],
                gap=float(np.nanmax(gap)),
            )
        if not self.known.any():
            raise MethodError("chart-nothing-to-draw", entity=self.entity)

    def term(self, name: str) -> FloatArray:
        """Return one term, (m,).

        Raises
        ------
        MethodError
            ``term-unknown``.
        """
        if name not in self.term_names:
            raise MethodError("term-unknown", name=name, known=list(self.term_names))
        return self.terms[self.term_names.index(name)]

    @cached_property
    def known(self) -> Any:
        """Where growth and every term are known, (m,) of bool."""
        return np.isfinite(self.total) & np.isfinite(self.terms).all(axis=0)

    @property
    def provisional(self) -> Any:
        """Where the figures rest on preliminary or estimated data, (m,) of bool."""
        return np.isin(self.statuses, PROVISIONAL)

    @cached_property
    def calendar(self) -> IntArray:
        """Every position from the first to the last, gaps included."""
        return np.arange(self.at[0], self.at[-1] + 1)

    @property
    def calendar_names(self) -> tuple[str, ...]:
        """Label of every position of :attr:`calendar`."""
        if self.frequency is None:
            return self.names
        return tuple(str(label(int(time), self.frequency)) for time in self.calendar)

    def missing(self, first: int | None = None, last: int | None = None) -> IntArray:
        """Return the positions without growth: gaps in the data, values that are not there.

        From `first` to `last`; within :attr:`calendar` if None.
        """
        low = self.calendar[0] if first is None else first
        high = self.calendar[-1] if last is None else last
        return np.setdiff1d(np.arange(low, high + 1), self.at[self.known])

    def name_of(self, at: int) -> str:
        """Return the label of one position of :attr:`calendar`."""
        return self.calendar_names[at - int(self.calendar[0])]

    def on_calendar(self, values: FloatArray) -> FloatArray:
        """Return values at every position of :attr:`calendar`, NaN in gaps."""
        spread = np.full(len(self.calendar), np.nan)
        spread[self.at - self.at[0]] = values
        return spread

    def index_of(self, period: int | str | None) -> int:
        """Return where a year or period stands; the last one known if None."""
        if period is None:
            return int(np.flatnonzero(self.known)[-1])
        usable = [name for name, known in zip(self.names, self.known, strict=True) if known]
        if str(period) not in usable:
            raise MethodError("chart-period-unknown", period=str(period), known=usable)
        return self.names.index(str(period))


def view(result: Any, entity: str | None = None) -> View:
    """Return one entity of a decomposition or of period accounts, in points.

    The entity may be left out where there is only one.

    Raises
    ------
    MethodError
        ``chart-not-for-result``, ``entity-needed``, ``entity-unknown``,
        ``chart-terms-do-not-add``, ``chart-nothing-to-draw``.
    """
    check_kind(result, Decomposition, PeriodAccounts)
    return views(result, [choose_entity(entities_of(result), entity)])[0]


def views(result: Any, entities: Sequence[str]) -> list[View]:
    """Return several entities, in the order asked for."""
    points = result.contributions
    return [_view(result, points, entity) for entity in entities]


def _view(result: Any, points: pd.DataFrame, entity: str) -> View:
    rows, frame_rows = _rows_of(result, entity)
    if not len(rows):
        raise MethodError("chart-nothing-to-draw", entity=entity)
    if isinstance(result, Decomposition):
        at = result.rows.times[rows]
        names = tuple(str(label(int(time), result.rows.frequency)) for time in at)
        frequency = result.rows.frequency
    else:
        at, names, frequency = np.arange(len(rows)), tuple(result.period[r] for r in rows), None
    return View(
        entity=entity,
        rows=rows,
        at=at,
        names=names,
        total_name=result.total_name,
        total=_column(points, result.total_name, frame_rows),
        term_names=result.term_names,
        terms=tuple(_column(points, name, frame_rows) for name in result.term_names),
        statuses=_statuses(result, rows),
        frequency=frequency,
    )


def shares_of(result: Any, shown: View, term: str) -> tuple[FloatArray, tuple[str, ...]]:
    """Return the share of one term at each position of a view, and why it is blank.

    Raises
    ------
    MethodError
        ``term-unknown`` if the result has no such term.
    """
    shown.term(term)
    _, frame_rows = _rows_of(result, shown.entity)
    frame = result.share_of_growth
    shares = _column(frame, term, frame_rows)
    return shares, blank_words(shares, frame["reason"].to_numpy()[frame_rows])


def blank_words(shares: FloatArray, reasons: Any) -> tuple[str, ...]:
    """Return why each share is blank; a term may be missing though growth is known."""
    pairs = zip(shares, reasons, strict=True)
    return tuple(str(why) or ("" if np.isfinite(share) else NOT_AVAILABLE) for share, why in pairs)


def entities_of(result: Any) -> tuple[str, ...]:
    """Return the entities of a result, in its order."""
    if isinstance(result, PeriodAccounts):
        return tuple(dict.fromkeys(result.entity))
    entities: tuple[str, ...] = result.rows.entities
    return entities


def check_kind(result: Any, *kinds: type) -> None:
    """Refuse a result that a chart cannot read."""
    if not isinstance(result, kinds):
        raise MethodError(
            "chart-not-for-result",
            found=getattr(result, "kind", type(result).__name__),
            known=[getattr(kind, "kind", kind.__name__) for kind in kinds],
        )


def choose_entity(entities: tuple[str, ...], entity: str | None) -> str:
    """Return the entity to draw: the one named, or the only one there is."""
    if entity is None:
        if len(entities) != 1:
            raise MethodError("entity-needed", count=len(entities), known=list(entities[:5]))
        return entities[0]
    check_entities(entities, [entity])
    return entity


def check_entities(entities: tuple[str, ...], chosen: list[str]) -> None:
    """Refuse names that the result does not hold."""
    for name in chosen:
        if name not in entities:
            close = nearest(name, entities)
            known = [close] if close else list(entities[:5])
            raise MethodError("entity-unknown", entity=name, known=known)


def check_band(band: Any, result: Any) -> None:
    """Refuse a band that does not have one value for each row of the result."""
    rows = len(result.total)
    if len(band.low) != rows:
        raise MethodError("chart-band-length", found=len(band.low), needed=rows)


def status_at(result: Any, row: int) -> str:
    """Return the weakest status behind a row of a result; empty where none is declared."""
    status = getattr(result, "status", None)
    return "" if status is None or status[row] < 0 else STATUSES[status[row]]


def log_rates(result: Any) -> bool:
    """Tell whether a result is in logarithms."""
    if isinstance(result, Decomposition):
        return result.rates == "log"
    options = result.provenance.options
    return bool(result.average == "log" or options.get("rates") == "log")


def _rows_of(result: Any, entity: str) -> tuple[IntArray, IntArray]:
    """Return the rows of an entity in the result's arrays, and in its frames."""
    if isinstance(result, PeriodAccounts):
        rows = np.flatnonzero(np.array(result.entity, dtype=object) == entity)
        return rows, rows
    kept = result.rows.growth_rows
    inside = result.rows.codes[kept] == result.rows.entities.index(entity)
    return kept[inside], np.flatnonzero(inside)


def _column(frame: pd.DataFrame, name: str, rows: IntArray) -> FloatArray:
    values: FloatArray = frame[name].to_numpy(dtype=np.float64)[rows]
    return values


def _statuses(result: Any, rows: IntArray) -> tuple[str, ...]:
    return tuple(status_at(result, int(row)) for row in rows)
