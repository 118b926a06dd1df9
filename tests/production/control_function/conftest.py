"""Firms whose productivity can be read off their materials, drawn without a model of choice."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp


def panel(frame, **roles):
    given = {
        "entity": "firm",
        "time": "year",
        "output": "output",
        "capital": "capital",
        "labour": "labour",
        "further_inputs": {"materials": "materials"},
        "investment": "investment",
    }
    return tfp.Panel(frame, **(given | roles))


@pytest.fixture(scope="session")
def panel_of():
    """Return the function that makes a panel of firms."""
    return panel


@pytest.fixture(scope="session")
def firms():
    """Return a frame of the design that the estimators are consistent on."""
    return tfp.datasets.generate_firms("DGP1", 150, 8, rng=5).frame


def plain_firms(n, years, *, seed, research=0.0):
    """Return firms that fix labour and capital a period before, and the true productivity."""
    rng = np.random.default_rng(seed)
    burn, shape = 20, (years + 20, n)
    productivity, labour, capital = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    spends = rng.random(shape) < 0.4
    productivity[0] = rng.normal(0.0, 0.4, n)
    for t in range(1, shape[0]):
        known = productivity[t - 1]
        moved = research * spends[t - 1]
        productivity[t] = 0.7 * known + moved + rng.normal(0.0, 0.3, n)
        labour[t] = 0.6 * labour[t - 1] + 0.5 * known + rng.normal(0.0, 0.4, n)
        capital[t] = 0.8 * capital[t - 1] + 0.3 * known + rng.normal(0.0, 0.3, n)
    output = 0.6 * labour + 0.4 * capital + productivity + rng.normal(0.0, 0.1, shape)
    materials = 0.5 * capital + productivity
    invested = 0.8 * productivity + 0.1 * productivity**2 + 0.1 * capital
    kept = slice(burn, None)
    columns = {
        "output": np.exp(output[kept].T.ravel()),
        "capital": np.exp(capital[kept].T.ravel()),
        "labour": np.exp(labour[kept].T.ravel()),
        "materials": np.exp(materials[kept].T.ravel()),
        "investment": np.exp(invested[kept].T.ravel()),
        "research": spends[kept].T.ravel().astype(float),
        "log_productivity": productivity[kept].T.ravel(),
    }
    return pd.DataFrame(
        {
            "firm": np.repeat(np.arange(n), years),
            "year": np.tile(np.arange(2001, 2001 + years), n),
            **columns,
        }
    )


@pytest.fixture(scope="session")
def plain():
    """Return the function that makes firms with inputs of their own."""
    return plain_firms
