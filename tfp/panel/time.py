"""Time as calendar numbers, so that a difference counts periods and nothing else.

A year is its own number, a quarter is 4 y + q - 1, a month is 12 y + m - 1. Growth
is taken between neighbours in these numbers, never between neighbouring rows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

from tfp.errors import PanelError
from tfp.panel.columns import RawColumn, column_of_values, fail_at, whole_number
from tfp.panel.keys import distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Frequency = Literal["year", "quarter", "month"]
FREQUENCIES: tuple[Frequency, ...] = get_args(Frequency)
PER_YEAR: dict[Frequency, int] = {"year": 1, "quarter": 4, "month": 12}
FIRST_YEAR, LAST_YEAR = 1000, 3000
# numpy and pandas count from this year.
_EPOCH = 1970

_WRITTEN: dict[Frequency, re.Pattern[str]] = {
    "year": re.compile(r"([0-9]{4})()"),
    "quarter": re.compile(r"([0-9]{4})[- ]?[Qq]([1-4])"),
    "month": re.compile(r"([0-9]{4})(?:-|-?[Mm])(0?[1-9]|1[0-2])"),
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNIT: dict[Frequency, tuple[str, int]] = {
    "year": ("M8[Y]", 1),
    "quarter": ("M8[M]", 3),
    "month": ("M8[M]", 1),
}


@dataclass(frozen=True, eq=False)
class TimeIndex:
    """The period of each row.

    Attributes
    ----------
    ordinals
        shape (rows,), int64: calendar numbers of the periods.
    frequency
        What one step of them is.
    """

    ordinals: NDArray[np.int64]
    frequency: Frequency

    def label(self, row: int) -> int | str:
        """Return the period of a row as people write it."""
        return label(int(self.ordinals[row]), self.frequency)


def encode_time(raw: RawColumn | Any, frequency: Frequency = "year") -> TimeIndex:
    """Return the period of each row as a calendar number.

    Parameters
    ----------
    raw
        A column of a frame, or any list or array: whole numbers or text like "2019"
        for years, "2019Q1" for quarters, "2019-03" for months; dates for any of
        them; pandas Periods, whose own frequency holds.
    frequency
        How long a period is.

    Returns
    -------
    TimeIndex
        With an array of its own.

    Raises
    ------
    PanelError
        ``missing-time``, ``time-not-understood``, ``implausible-year``,
        ``frequency-not-supported`` or ``frequencies-mixed``.

    Examples
    --------
    >>> encode_time(["2019Q4", "2020Q1"], "quarter").ordinals
    array([8079, 8080])
    """
    column = raw if isinstance(raw, RawColumn) else column_of_values(raw, "time")
    if frequency not in FREQUENCIES:
        raise PanelError("frequency-not-supported", column=column.name, frequency=str(frequency))
    arithmetic = column.frequency is not None or column.values.dtype.kind == "M"
    if frequency == "year" and column.values.dtype.kind in "iuf":
        arithmetic = True
    read = _read_rows if arithmetic and column.labels is None else _read_distinct
    times = read(column, frequency)
    _check_plausible(times, column)
    return times


def label(ordinal: int, frequency: Frequency = "year") -> int | str:
    """Return a calendar number as people write it: 2019, "2019Q1", "2019-03".

    Examples
    --------
    >>> label(2019), label(8079, "quarter"), label(24230, "month")
    (2019, '2019Q4', '2019-03')
    """
    year, part = divmod(ordinal, PER_YEAR[frequency])
    if frequency == "year":
        return year
    return f"{year:04d}Q{part + 1}" if frequency == "quarter" else f"{year:04d}-{part + 1:02d}"


def parse_label(written: int | str, frequency: Frequency = "year") -> int:
    """Return the calendar number of a period that is written as :func:`label` writes it.

    Raises
    ------
    PanelError
        ``time-not-understood``.

    Examples
    --------
    >>> parse_label("2019Q4", "quarter") - parse_label("2018Q4", "quarter")
    4
    """
    ordinal = _parse(written, frequency)
    if ordinal is None:
        column = column_of_values([written], "time")
        raise fail_at("time-not-understood", column, [0], frequency=frequency)
    return ordinal


def period_frequency(step: Any) -> tuple[Frequency, int] | None:
    """Return the frequency of a pandas Period's step, and its ordinals' distance from ours.

    None stands for steps that are no year, quarter or month, such as days or two years.
    """
    name = type(step).__name__.removesuffix("End").lower()
    if name not in PER_YEAR or step.n != 1:
        return None
    frequency: Frequency = name
    return frequency, _EPOCH * PER_YEAR[frequency]


def looks_swapped(entity: RawColumn | Any, time: RawColumn | Any) -> bool:
    """Tell whether the entity column holds periods and the time column does not.

    Examples
    --------
    >>> looks_swapped([2019, 2020], ["Hà Nội", "Hà Nội"])
    True
    """
    first = entity if isinstance(entity, RawColumn) else column_of_values(entity, "entity")
    second = time if isinstance(time, RawColumn) else column_of_values(time, "time")
    return _holds_periods(first) and not _holds_periods(second)


def _read_rows(column: RawColumn, frequency: Frequency) -> TimeIndex:
    """Read years, dates and periods, for which arithmetic on the rows is enough."""
    absent = column.absent()
    if absent is not None:
        raise fail_at("missing-time", column, np.flatnonzero(absent))
    values = column.values
    if column.frequency is not None:
        return TimeIndex(np.array(values, dtype=np.int64), column.frequency)
    if values.dtype.kind == "M":
        return TimeIndex(_of_dates(values, frequency), frequency)
    if values.dtype.kind != "f":
        return TimeIndex(values.astype(np.int64), frequency)
    years = np.where(np.isfinite(values), values, 0).astype(np.int64)
    if not np.array_equal(years, values):
        rows = np.flatnonzero(years != values)
        raise fail_at("time-not-understood", column, rows, frequency=frequency)
    return TimeIndex(years, frequency)


def _read_distinct(column: RawColumn, frequency: Frequency) -> TimeIndex:
    """Read text, categories and objects, each distinct value once."""
    codes, written = distinct(column)
    if codes.min(initial=0) < 0:
        raise fail_at("missing-time", column, np.flatnonzero(codes < 0))
    if written and all(type(value).__name__ == "Period" for value in written):
        frequency, shift = _frequency_of(column, written)
        table = [value.ordinal + shift for value in written]
    else:
        parsed = [_parse(value, frequency) for value in written]
        table = [ordinal for ordinal in parsed if ordinal is not None]
        if len(table) < len(parsed):
            wrong = [code for code, ordinal in enumerate(parsed) if ordinal is None]
            rows = np.flatnonzero(np.isin(codes, wrong))
            raise fail_at("time-not-understood", column, rows, frequency=frequency)
    return TimeIndex(np.array(table, dtype=np.int64)[codes], frequency)


def _of_dates(values: NDArray[np.datetime64], frequency: Frequency) -> NDArray[np.int64]:
    """Read the calendar once for each day between the first and the last, if these are few."""
    days = values.astype("M8[D]")
    first, last = days.min(), days.max()
    n_days = int((last - first).astype(np.int64)) + 1
    calendar = np.arange(first, last + 1) if n_days < days.size else days
    unit, months = _UNIT[frequency]
    ordinals = calendar.astype(unit).astype(np.int64) // months + _EPOCH * PER_YEAR[frequency]
    return ordinals[(days - first).astype(np.int64)] if n_days < days.size else ordinals


def _frequency_of(column: RawColumn, periods: Sequence[Any]) -> tuple[Frequency, int]:
    """Return the one frequency of Period objects, such as the levels of an index."""
    steps = {period.freqstr: period.freq for period in periods}
    if len(steps) > 1:
        raise PanelError("frequencies-mixed", column=column.name, frequencies=list(steps))
    (written, step), *_ = steps.items()
    found = period_frequency(step)
    if found is None:
        raise PanelError("frequency-not-supported", column=column.name, frequency=written)
    return found


def _parse(value: Any, frequency: Frequency) -> int | None:
    """Return the calendar number of one value, or None if it is no such period."""
    if isinstance(value, np.datetime64):
        value = value.astype("M8[D]").item()
    if isinstance(value, str):
        value = value.strip()
        if _DAY.fullmatch(value):
            try:
                value = date.fromisoformat(value)
            except ValueError:
                return None
    if isinstance(value, date):
        per_year = PER_YEAR[frequency]
        return value.year * per_year + (value.month - 1) * per_year // 12
    if isinstance(value, str):
        match = _WRITTEN[frequency].fullmatch(value)
        if match is None:
            return None
        return int(match[1]) * PER_YEAR[frequency] + int(match[2] or 1) - 1
    return whole_number(value) if frequency == "year" else None


def _check_plausible(times: TimeIndex, column: RawColumn) -> None:
    """Refuse years that are no years: codes, amounts, entities put in time's place."""
    ordinals, per_year = times.ordinals, PER_YEAR[times.frequency]
    low, high = FIRST_YEAR * per_year, (LAST_YEAR + 1) * per_year
    if ordinals.size and (ordinals.min() < low or ordinals.max() >= high):
        rows = np.flatnonzero((ordinals < low) | (ordinals >= high))
        raise fail_at("implausible-year", column, rows, first=FIRST_YEAR, last=LAST_YEAR)


def _holds_periods(column: RawColumn) -> bool:
    """Tell whether every value present reads as a plausible period of some frequency."""
    if column.frequency is not None or (column.labels is None and column.values.dtype.kind == "M"):
        return True
    absent = column.absent()
    rows = np.arange(len(column.values)) if absent is None else np.flatnonzero(~absent)
    # The first value settles nearly every column without looking at the others.
    if not rows.size or not _is_period(column.value(int(rows[0]))):
        return False
    return all(map(_is_period, distinct(column)[1]))


def _is_period(value: Any) -> bool:
    if type(value).__name__ == "Period":
        return True
    for frequency in FREQUENCIES:
        ordinal = _parse(value, frequency)
        if ordinal is not None:
            return FIRST_YEAR <= ordinal // PER_YEAR[frequency] <= LAST_YEAR
    return False
