"""Generated firms with effects, persistent productivity, and inputs that answer to both."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

TRUTH = {"capital": 0.3, "labour": 0.6}
PERSISTENCE = 0.5
BURN_IN = 30


def persistent_firms(n=300, years=7, *, seed=1, drop=0.0):
    """Return firms whose productivity is an effect plus a shock with one lag.

    Inputs know the effect and the shock of the period. Their prices have a memory of their
    own: without one, nothing of the past would say more about inputs than the lag in the
    equation does, and no instrument would be left.
    """
    rng = np.random.default_rng(seed)
    effect = rng.normal(0.0, 0.3, n)
    shock, capital, labour, rent, wage = (np.zeros(n) for _ in range(5))
    rows = []
    for year in range(BURN_IN + years):
        news = rng.normal(0.0, 0.2, n)
        shock = PERSISTENCE * shock + news
        rent = 0.8 * rent + rng.normal(0.0, 0.3, n)
        wage = 0.8 * wage + rng.normal(0.0, 0.3, n)
        capital = 0.6 * capital + 0.3 * effect + 0.4 * news - rent
        labour = 0.3 * labour + 0.5 * effect + 0.7 * news - wage
        output = 0.3 * capital + 0.6 * labour + effect + shock + 0.02 * year
        if year >= BURN_IN:
            rows.append(np.column_stack([np.arange(n), np.full(n, year), output, capital, labour]))
    table = np.concatenate(rows)
    frame = pd.DataFrame(
        {
            "firm": table[:, 0].astype(int),
            "year": 2000 + table[:, 1].astype(int) - BURN_IN,
            **{
                name: np.exp(table[:, 2 + place])
                for place, name in enumerate(("output", "capital", "labour"))
            },
        }
    )
    kept = frame[rng.uniform(size=len(frame)) >= drop]
    return kept.sort_values(["firm", "year"], ignore_index=True)


def panel_of(frame, **columns):
    """Return the panel of generated firms."""
    return tfp.Panel(
        frame.assign(**columns),
        entity="firm",
        time="year",
        output="output",
        capital="capital",
        labour="labour",
    )


@pytest.fixture(scope="session")
def dynamic_firms():
    """Return the function that makes the frame."""
    return persistent_firms


@pytest.fixture(scope="session")
def dynamic_panel():
    """Return the function that makes the panel of a frame."""
    return panel_of
