"""Accounts to draw: the national ones, several areas, and data that give trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

import tfp

if TYPE_CHECKING:
    from tfp.results.growth_accounts import GrowthAccounts

# Gross capital stock at the end of 2010 over GDP of 2010; any plausible number would do.
RATIO = 2.5


@pytest.fixture(scope="session")
def national() -> GrowthAccounts:
    """Viet Nam 2010-2024: two years of falling employment, the last two preliminary."""
    data = tfp.datasets.vietnam().frame
    employed = data["employed"].fillna(data["employed_quarterly_mean"])
    panel = tfp.Panel(
        data.assign(employed=employed),
        time="year",
        area="Viet Nam",
        output="gdp",
        investment="gfcf",
        labour="employed",
        status="status",
        vintages={"output": "June 2025"},
        definitions={"labour": "labour_definition"},
    )
    level = tfp.AssumedGrowth(-0.02, name="official growth", source="press release")
    panel = tfp.splice(panel, "labour", at=2021, link=level)
    stocks = tfp.PerpetualInventory(
        depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(RATIO, year=2010)
    ).fit(panel)
    return tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.40)).fit(stocks.panel)


@pytest.fixture(scope="session")
def areas() -> GrowthAccounts:
    """Three areas, three years of growth each."""
    names = ["Hà Nội", "Hưng Yên", "Đà Nẵng"]
    growth = {"y": [1.06, 1.08, 1.04], "k": [1.07, 1.05, 1.06], "l": [1.02, 0.99, 1.01]}
    frame = {
        "area": np.repeat(names, 4),
        "year": np.tile(np.arange(2020, 2024), 3),
        **{
            column: np.concatenate([100.0 * np.cumprod([1.0, *(rate,) * 3]) for rate in rates])
            for column, rates in growth.items()
        },
    }
    panel = tfp.Panel(frame, entity="area", time="year", output="y", capital="k", labour="l")
    return tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.40)).fit(panel)


@pytest.fixture(scope="session")
def troubled() -> GrowthAccounts:
    """Build a fall, hardly any growth, a missing year and value, estimates, own input names."""
    frame = {
        "year": [2010, 2011, 2012, 2013, 2015, 2016, 2017, 2018, 2019, 2020],
        "y": [100.0, 106.0, 101.0, 101.5, 118.0, 125.0, 130.0, np.nan, 140.0, 149.0],
        "ict": [25.0, 26.0, 27.0, 28.0, 30.0, 31.0, 33.0, 34.0, 35.0, 36.0],
        "other": [250.0, 262.0, 270.0, 281.0, 300.0, 318.0, 330.0, 345.0, 351.0, 360.0],
        "l": [50.0, 51.0, 50.0, 52.0, 53.0, 54.0, 55.0, 54.0, 53.0, 55.0],
        "m": [10.0, 12.0, 11.0, 10.0, 14.0, 15.0, 13.0, 14.0, 15.0, 16.0],
        "status": ["final"] * 8 + ["preliminary", "estimate"],
    }
    panel = tfp.Panel(
        frame,
        time="year",
        output="y",
        capital={"ict": "ict", "other": "other"},
        labour="l",
        further_inputs={"$materials$": "m"},
        status="status",
    )
    shares = tfp.FixedShares(
        capital={"ict": 0.1, "other": 0.3}, labour=0.4, further={"$materials$": 0.2}
    )
    return tfp.GrowthAccounting(factor_weights=shares).fit(panel)


@pytest.fixture(scope="session")
def targets() -> tuple[tfp.Target, ...]:
    """All official targets, of several areas."""
    return tfp.datasets.targets()


class Reader:
    """Reads a chart as a reader would: bars, lines and words."""

    @staticmethod
    def stacks(ax):
        """Return the bars of each term as arrays: middle, foot, height, hatch."""
        return [
            {
                "label": bars.get_label(),
                "at": np.array([bar.get_x() + bar.get_width() / 2 for bar in bars]),
                "foot": np.array([bar.get_y() for bar in bars]),
                "height": np.array([bar.get_height() for bar in bars]),
                "hatch": [bar.get_hatch() or "" for bar in bars],
                "colour": bars[0].get_facecolor(),
            }
            for bars in ax.containers
            if hasattr(bars, "patches")
        ]

    @staticmethod
    def total_line(ax):
        return next(line for line in ax.lines if line.get_marker() == "D")

    @staticmethod
    def legend_words(ax):
        """Return the legend row by row, each from left to right."""
        ax.figure.canvas.draw()
        places = [
            (*words.get_transform().transform(words.get_position()), words.get_text())
            for words in ax.get_legend().get_texts()
        ]
        return [
            words for _, _, words in sorted(places, key=lambda place: (-round(place[1]), place[0]))
        ]

    @staticmethod
    def tick_words(ax):
        return [words.get_text() for words in ax.get_xticklabels()]

    @staticmethod
    def written(ax):
        """Return all words on the chart, legend and ticks aside, as one line."""
        return " ".join(" ".join(words.get_text() for words in ax.texts).split())


@pytest.fixture(scope="session")
def read():
    return Reader
