r"""Investment against the change of the stock that it builds, and against growth.

What investment leaves unexplained of the change of a stock is depreciation,

.. math:: \delta_t = \frac{K_{t-1} + I_t - K_t}{K_{t-1}},

with :math:`I_{t-1}`, or the mean of both, where stocks are those of the start or the middle
of the year. The incremental capital-output ratio is taken over several years, because that of
a single one divides by a growth that may be nearly none:

.. math:: \frac{\sum_{s=t-n+1}^{t} I_s}{Y_t - Y_{t-n}}.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from tfp.panel.findings import Finding, finding_at
from tfp.panel.units import units_differ

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfp.numerics.arrays import FloatArray
    from tfp.panel.panel import Panel
    from tfp.panel.roles import Column

# Whole economies lose 3 to 8 per cent of their stock a year; single assets, such as software,
# up to a half. Below zero nothing can be lost: one point is for rounding.
DEPRECIATION, DEPRECIATION_OF_ASSET = (-0.01, 0.15), (-0.01, 0.60)
# Where a rate is given, two points off it is another stock or another investment.
RATE_MARGIN = 0.02
ICOR, ICOR_PERIODS = (1.0, 20.0), 5


def stocks_and_investment(panel: Panel) -> Iterator[Finding]:
    """Yield a finding for each stock whose changes its investment does not explain."""
    for key in panel.columns:
        role, _, asset = key.partition(":")
        flow = f"investment:{asset}" if asset else "investment"
        if role != "capital" or flow not in panel.columns:
            continue
        stock, investment = panel.column(key), panel.column(flow)
        if units_differ(stock, investment):
            continue
        implied = _implied_depreciation(panel, stock, investment)
        low, high = _range(panel, asset)
        # Whatever the timing of the stock, one of the three must be possible.
        known = ~np.isnan(implied).any(axis=0)
        wrong = known & ((implied < low).all(axis=0) | (implied > high).all(axis=0))
        rows = np.flatnonzero(wrong)
        if len(rows):
            yield finding_at(
                "stock-and-investment",
                "warn",
                panel,
                rows,
                stock,
                investment=investment.name,
                implied=float(100.0 * implied[0, rows[0]]),
                count=len(rows),
                time=panel.rows.time_label(int(rows[0])),
            )


def _implied_depreciation(panel: Panel, stock: Column, investment: Column) -> FloatArray:
    """Return depreciation by end-of-year, start-of-year and mid-year timing, (3, n)."""
    implied = np.full((3, len(panel)), np.nan)
    now = np.setdiff1d(np.arange(len(panel)), panel.rows.breaks)
    before = now - 1
    k, i = stock.values, investment.values
    kept = np.where(k[before] > 0.0, k[before], np.nan)
    for n, flow in enumerate((i[now], i[before], (i[now] + i[before]) / 2.0)):
        implied[n, now] = (k[before] + flow - k[now]) / kept
    return implied


def _range(panel: Panel, asset: str) -> tuple[FloatArray | float, FloatArray | float]:
    for role in (f"depreciation_rate:{asset}", "depreciation_rate"):
        if role in panel.columns:
            rate = panel.values(role)
            return rate - RATE_MARGIN, rate + RATE_MARGIN
    return DEPRECIATION_OF_ASSET if asset else DEPRECIATION


def incremental_ratios(panel: Panel) -> Iterator[Finding]:
    """Yield a finding for incremental capital-output ratios that are out of range."""
    if not {"output", "investment"} <= set(panel.columns):
        return
    output, investment = panel.column("output"), panel.column("investment")
    if units_differ(output, investment):
        return
    now = np.arange(ICOR_PERIODS, len(panel))
    before = now - ICOR_PERIODS
    codes, times = panel.rows.codes, panel.rows.times
    whole = (codes[now] == codes[before]) & (times[now] - times[before] == ICOR_PERIODS)
    now, before = now[whole], before[whole]
    summed = sum(investment.values[now - lag] for lag in range(ICOR_PERIODS))
    growth = output.values[now] - output.values[before]
    ratio = summed / np.where(growth > 0.0, growth, np.nan)
    low, high = ICOR
    out = np.flatnonzero((ratio < low) | (ratio > high))
    if len(out):
        yield finding_at(
            "incremental-ratio",
            "warn",
            panel,
            now[out],
            investment,
            ratio=float(ratio[out[0]]),
            low=low,
            high=high,
            periods=ICOR_PERIODS,
            time=panel.rows.time_label(int(now[out[0]])),
            count=len(out),
        )
