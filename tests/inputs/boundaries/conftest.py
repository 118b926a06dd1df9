"""Panels of provinces on the old boundary, drawn at random."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

ADDITIVE = ("output", "capital", "labour", "investment", "income")


def draw_frame(seed, units=None, years=range(2019, 2025)):
    """Return figures of every part of some new units: all sizes, all kinds of roles."""
    rng = np.random.default_rng(seed)
    concordance = tfp.viet_nam_concordance()
    chosen = [area.name for area in concordance.new.members] if units is None else units
    names = [part.name for unit in chosen for part in concordance.parts(unit)]
    rng.shuffle(names)
    n, years = len(names), list(years)
    size = np.exp(rng.normal(4.0, 1.5, n))[:, None]
    paths = {
        "output": size * np.cumprod(1 + rng.normal(0.06, 0.04, (n, len(years))), axis=1),
        "capital": 2.5 * size * np.cumprod(1 + rng.normal(0.08, 0.05, (n, len(years))), axis=1),
        "labour": 9 * size * np.cumprod(1 + rng.normal(0.01, 0.02, (n, len(years))), axis=1),
        "investment": 0.3 * size * rng.uniform(0.2, 1.8, (n, len(years))),
        "labour_share": rng.uniform(0.4, 0.7, (n, len(years))),
    }
    paths["income"] = paths["output"] * rng.uniform(1.0, 2.0, (n, len(years)))
    frame = pd.DataFrame({name: values.ravel() for name, values in paths.items()})
    frame["province"], frame["year"] = np.repeat(names, len(years)), np.tile(years, n)
    return frame


@pytest.fixture(scope="session")
def make_panel():
    """Return a function from seed, units and roles to a panel on the 63 provinces."""

    def make(seed=0, units=None, *, roles=ADDITIVE, years=range(2019, 2025), **options):
        frame = draw_frame(seed, units, years)
        panel = tfp.Panel(
            frame, entity="province", time="year", **{role: role for role in roles}, **options
        )
        return tfp.assign_areas(panel, "63 provinces")

    return make
