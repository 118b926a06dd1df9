r"""Averages over periods of several years.

Three ways, always named:

``increments``
    The statistics office's: :math:`\sum_t g_{i,t} Y_{t-1} / \sum_t Y_{t-1}`, so that the
    TFP share is the sum of TFP increments over the sum of output increments.
``sum_of_rates``
    Mean of yearly rates; the share is :math:`\sum_t g_{A,t} / \sum_t g_{Y,t}`.
``log``
    Mean of log changes, computed in logs whatever the rates of the accounts.

The mean of yearly shares is not offered: it weighs a year of no growth like any other
and has no meaning. The geometric mean growth of output stands beside each average.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from tfp.accounts.admission import WEIGHT_ROLES
from tfp.accounts.restated import restate
from tfp.errors import SHOWN_PLACES, MethodError, Place, check_choice
from tfp.numerics.averages import average_of_increments, average_of_rates, geometric_mean_growth
from tfp.numerics.growth import growth_rates
from tfp.panel.spans import parse_span
from tfp.panel.time import label
from tfp.results.decomposition import PeriodAverage
from tfp.results.periods import PeriodAccounts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tfp.numerics.arrays import FloatArray, IntArray
    from tfp.results.growth_accounts import GrowthAccounts


def period_accounts(
    accounts: GrowthAccounts,
    periods: Iterable[str],
    *,
    average: PeriodAverage | None = None,
    uncovered: Literal["refuse", "blank"] = "refuse",
) -> PeriodAccounts:
    """Return mean growth and contributions of each period, for each entity.

    Parameters
    ----------
    accounts : GrowthAccounts
    periods : iterable of str
        First and last period of each: ``"2011-2015"``, ``"2019"``.
    average : {"increments", "sum_of_rates", "log"}, optional
        How to average; the method's own way if None.
    uncovered : {"refuse", "blank"}
        What becomes of a period of which no entity has every year: an error, or NaN as for
        an entity that lacks a year.

    Returns
    -------
    PeriodAccounts
        NaN, with the reason in its frames, where an entity lacks a year of a period.

    Raises
    ------
    PanelError
        ``span-not-understood``.
    MethodError
        ``period-not-covered`` if no entity has all years of a period and `uncovered` is
        ``"refuse"``, with the years and cells that are missing; ``periods-missing`` if none
        is given.
    """
    chosen: PeriodAverage = accounts.period_average if average is None else average
    check_choice("average", chosen, get_args(PeriodAverage))
    check_choice("uncovered", uncovered, ("refuse", "blank"))
    labels = [periods] if isinstance(periods, str) else [str(period) for period in periods]
    if not labels:
        raise MethodError("periods-missing")
    bounds = [parse_span(text, accounts.rows.frequency) for text in labels]
    stated = restate(accounts, "log" if chosen == "log" else "simple")
    rows, starts, complete = _rows_of_periods(stated, bounds)
    if uncovered == "refuse":
        _check_covered(stated, labels, bounds, complete)
    terms = _averaged(stated, rows, starts, chosen)
    geometric = geometric_mean_growth(
        growth_rates(stated.output, stated.rows.breaks, "log")[rows], starts, "log"
    )
    n_periods, n_entities = len(labels), len(accounts.rows.entities)
    total, *values, geometric = (_spread(part, complete) for part in (*terms, geometric))
    status = None
    if accounts.status is not None:
        status = np.full(complete.size, -1, dtype=np.int8)
        status[complete] = np.maximum.reduceat(accounts.status[rows], starts)
    return PeriodAccounts(
        entity_name=accounts.rows.entity_name,
        entity=tuple(np.repeat(np.array(accounts.rows.entities, dtype=object), n_periods)),
        period=tuple(labels) * n_entities,
        first=np.tile([first for first, _ in bounds], n_entities),
        last=np.tile([last for _, last in bounds], n_entities),
        average=chosen,
        total_name=accounts.total_name,
        total=total,
        term_names=accounts.term_names,
        terms=tuple(values),
        geometric_mean=geometric,
        status=status,
        share_threshold=accounts.share_threshold,
        origin=accounts.rows.origin,
        provenance=accounts.provenance,
    )


def _rows_of_periods(
    accounts: GrowthAccounts, bounds: list[tuple[int, int]]
) -> tuple[IntArray, IntArray, np.ndarray]:
    """Return the rows of all complete groups (entity, period), group starts, and which are.

    A group is complete when every period from first to last has growth.
    """
    times, codes = accounts.rows.times, accounts.rows.codes
    known = ~np.isnan(accounts.total) & ~np.isnan(accounts.term("tfp"))
    n_entities = len(accounts.rows.entities)
    complete = np.empty((n_entities, len(bounds)), dtype=bool)
    picked, groups = [], []
    for k, (first, last) in enumerate(bounds):
        rows = np.flatnonzero(known & (times >= first) & (times <= last))
        complete[:, k] = np.bincount(codes[rows], minlength=n_entities) == last - first + 1
        rows = rows[complete[codes[rows], k]]
        picked.append(rows)
        groups.append(codes[rows].astype(np.intp) * len(bounds) + k)
    rows, group = np.concatenate(picked), np.concatenate(groups)
    order = np.argsort(group, kind="stable")
    rows, group = rows[order], group[order]
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    return rows, starts, complete.ravel()


def _check_covered(
    accounts: GrowthAccounts,
    labels: list[str],
    bounds: list[tuple[int, int]],
    complete: np.ndarray,
) -> None:
    covered = complete.reshape(-1, len(labels)).any(axis=0)
    if not covered.all():
        times, frequency = accounts.rows.times, accounts.rows.frequency
        earliest, latest = int(times.min()), int(times.max())
        worst = int(np.argmin(covered))
        first, last = bounds[worst]
        # Beyond the data everything is missing: there is nothing to name.
        apart = first > latest or last < earliest
        absent = iter(()) if apart else _absent(accounts, first, last)
        raise MethodError(
            "period-not-covered",
            places=tuple(islice(absent, SHOWN_PLACES + 1)),
            period=labels[worst],
            first=label(earliest, frequency),
            last=label(latest, frequency),
        )


def _absent(accounts: GrowthAccounts, first: int, last: int) -> Iterator[Place]:
    """Yield the rows and cells that growth from `first` to `last` lacks, by entity."""
    rows = accounts.rows
    columns = _columns(accounts)
    for code, entity in enumerate(rows.entities):
        own = rows.starts[code] + np.arange(rows.lengths[code])
        row_of = dict(zip(rows.times[own].tolist(), own.tolist(), strict=True))
        for time in range(first - 1, last + 1):
            place = Place(entity=entity or None, time=label(time, rows.frequency))
            if time not in row_of:
                yield place
                continue
            for name, values in columns:
                if np.isnan(values[row_of[time]]):
                    yield replace(place, column=name)


def _columns(accounts: GrowthAccounts) -> list[tuple[str, FloatArray]]:
    """Return the columns that the accounts are made of, by their names in the data."""
    names = [str(column["name"]) for column in accounts.provenance.columns]
    columns = list(zip(names, (accounts.output, *accounts.inputs), strict=False))
    if accounts.panel is not None and any(isinstance(w, np.ndarray) for w in accounts.weights):
        columns += [
            (column.name, column.values)
            for role, column in accounts.panel.columns.items()
            if role.partition(":")[0] in WEIGHT_ROLES
        ]
    return columns


def _averaged(
    accounts: GrowthAccounts, rows: IntArray, starts: IntArray, average: PeriodAverage
) -> tuple[FloatArray, ...]:
    parts = [part[rows] for part in (accounts.total, *accounts.terms)]
    if average == "increments":
        return average_of_increments(parts, accounts.output[rows - 1], starts)
    return average_of_rates(parts, starts)


def _spread(values: FloatArray, complete: np.ndarray) -> FloatArray:
    spread = np.full(complete.size, np.nan)
    spread[complete] = values
    return spread
