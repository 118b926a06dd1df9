"""Viet Nam 2010-2024 as a province sees it: fifteen years of one area."""

from __future__ import annotations

import pytest

import tfp


@pytest.fixture(scope="session")
def national():
    """Return the panel of the main example, with capital."""
    panel = tfp.Panel(
        tfp.datasets.vietnam().frame,
        time="year",
        area="Viet Nam",
        output="gdp",
        labour="employed",
        investment="gfcf",
        definitions={"labour": "labour_definition"},
    )
    panel = tfp.fill_values(panel, "labour", {2017: 53646.9}, reason="mean of the quarters")
    overlap = tfp.PublishedOverlap(50072.01, source="labour force survey, January 2022")
    panel = tfp.splice(panel, "labour", 2021, overlap)
    ratio = tfp.CapitalOutputRatio(2.506790, year=2010)
    return tfp.PerpetualInventory(depreciation=0.05, initial_stock=ratio).fit(panel).panel
