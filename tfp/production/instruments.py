"""Instruments by their names: variables that are no regressors, and inputs of the past."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from tfp.errors import MethodError, check_choice
from tfp.panel.ledger import LedgerEntry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.production.sample import LogSample


@dataclass(frozen=True)
class Lagged:
    """A variable some periods of the calendar ago, never across a gap.

    Parameters
    ----------
    name : str
        Of an input, which is taken in logarithms, or of a control.
    periods : int
        At least one.
    """

    name: str
    periods: int = 1

    def __post_init__(self) -> None:
        if self.periods < 1:
            raise MethodError("lags-negative", lags=self.periods)

    def __str__(self) -> str:
        return f"{self.name}, lag {self.periods}"


def with_instruments(
    sample: LogSample, instruments: Sequence[str | Lagged]
) -> tuple[LogSample, FloatArray]:
    """Return the rows that have all instruments, and the instruments on them, (m, q).

    A control that is an instrument is no control of that sample any more. Lags are taken
    in the sample before rows without one are dropped.

    Raises
    ------
    MethodError
        ``option-unknown`` for a name that is not there; ``no-complete-row``.
    """
    values = dict(
        zip(
            (*sample.factor_names, *sample.control_names),
            (*sample.log_inputs.T, *sample.controls.T),
            strict=True,
        )
    )
    columns = []
    for instrument in instruments:
        if isinstance(instrument, Lagged):
            check_choice("instruments", instrument.name, tuple(values))
            source = rows_before(sample, instrument.periods)
            past = values[instrument.name][source]
            columns.append(np.where(source < 0, np.nan, past))
        else:
            check_choice("instruments", instrument, sample.control_names)
            columns.append(values[instrument])
    tools = np.column_stack(columns)
    missing = np.isnan(tools).any(axis=1)
    if bool(missing.all()):
        raise MethodError("no-complete-row", columns=[str(each) for each in instruments])
    kept = np.flatnonzero(~missing)
    others = [number for number, name in enumerate(sample.control_names) if name not in instruments]
    reduced = replace(
        sample,
        used=sample.used[kept],
        log_output=sample.log_output[kept],
        log_inputs=sample.log_inputs[kept],
        controls=sample.controls[kept][:, others],
        control_names=tuple(sample.control_names[number] for number in others),
        lost=(*sample.lost, *_without_past(sample, instruments, tools)),
    )
    return reduced, tools[kept]


def rows_before(sample: LogSample, periods: int) -> IntArray:
    """Return the row of the same entity so many periods ago, -1 where there is none, (m,)."""
    times = sample.panel.rows.times[sample.used]
    times = times - times.min() + periods
    span = int(times.max()) + 1
    keys = sample.entities * span + times
    wanted = keys - periods
    found = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    return np.where(keys[found] == wanted, found, -1)


def _without_past(
    sample: LogSample, instruments: Sequence[str | Lagged], tools: FloatArray
) -> list[LedgerEntry]:
    """Return the rows that each instrument cost, the first that is missing counting."""
    entries, seen = [], np.zeros(len(sample), dtype=np.bool_)
    for instrument, column in zip(instruments, tools.T, strict=True):
        rows = np.flatnonzero(np.isnan(column) & ~seen)
        seen |= np.isnan(column)
        if isinstance(instrument, Lagged) and len(rows):
            entries.append(
                LedgerEntry(
                    action="lost",
                    role=instrument.name,
                    rows=sample.panel.rows.keys(sample.used[rows]),
                    cause="no_past",
                    fields={"name": instrument.name, "periods": instrument.periods},
                )
            )
    return entries
