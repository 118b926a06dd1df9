"""Generated firms whose production function is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

TRUTH = {"capital": 0.35, "labour": 0.6}


def firms(n: int = 60, years: int = 8, *, seed: int = 1, drop: float = 0.0) -> pd.DataFrame:
    """Return firms with effects of their own; a part of the rows left out at random."""
    rng = np.random.default_rng(seed)
    firm = np.repeat(np.arange(n), years)
    year = np.tile(np.arange(2000, 2000 + years), n)
    effect = rng.normal(0.0, 0.3, n)[firm]
    log_capital = rng.normal(3.0, 1.0, n)[firm] + rng.normal(0.0, 0.3, n * years)
    log_labour = 0.4 * log_capital + rng.normal(2.0, 0.5, n * years)
    common = rng.normal(0.0, 0.1, years)[year - 2000]
    noise = rng.normal(0.0, 0.1, n * years)
    log_output = 0.35 * log_capital + 0.6 * log_labour + effect + common + noise
    frame = pd.DataFrame(
        {
            "firm": [f"firm {number:03d}" for number in firm],
            "year": year,
            "output": np.exp(log_output),
            "capital": np.exp(log_capital),
            "labour": np.exp(log_labour),
        }
    )
    return frame[rng.uniform(size=len(frame)) >= drop].reset_index(drop=True)


@pytest.fixture(scope="session")
def made():
    """Return the function that makes firms."""
    return firms
