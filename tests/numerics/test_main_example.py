"""The account of Viet Nam 2011-2024, straight from columns of numbers to its printed digits.

GDP and gross fixed capital formation in billion dong at constant 2010 prices (vintage
re-evaluated in 2019), employed persons in thousands (2017: mean of the quarters).
"""

from __future__ import annotations

import numpy as np
import pytest

from tfp.numerics.averages import average_of_increments, average_of_rates
from tfp.numerics.growth import growth_terms
from tfp.numerics.perpetual_inventory import perpetual_inventory, stock_in_use

FIRST_YEAR = 2010
GDP = [
    2739843.2, 2915553.9, 3076041.9, 3246870.2, 3455392.1, 3696825.7, 3944143.7, 4217874.8,
    4532739.4, 4866315.6, 5005755.7, 5133589.1, 5571869.2, 5854085.8, 6269210.0,
]  # fmt: skip
INVESTMENT = [
    963320.3, 917334.3, 938799.9, 993719.7, 1085936.9, 1192358.7, 1311594.5, 1449312.0,
    1568735.3, 1689198.9, 1758456.0, 1807700.9, 1913744.3, 2001585.1, 2143569.4,
]  # fmt: skip
EMPLOYED = [
    49048.5, 50352.0, 51422.4, 52207.8, 52744.5, 52840.0, 53302.8, 53646.9, 54282.48, 54659.19,
    53609.58, 49072.01, 50604.71, 51287.0, 51860.3,
]  # fmt: skip
CAPITAL_OUTPUT_RATIO = 2.5067903632755035
# Employment of 2020 by the definition that holds from 2021 on.
EMPLOYED_2020_AS_IN_2021 = 50072.01

# Growth of output and contributions of capital, labour and TFP, per cent and points.
POINTS = [
    (6.413166, 3.342492, 1.594544, 1.476130),
    (5.504546, 3.045863, 1.275500, 1.183183),
    (5.553510, 2.963121, 0.916410, 1.673979),
    (6.422243, 3.049632, 0.616804, 2.755807),
    (6.987155, 3.151724, 0.108637, 3.726794),
    (6.690010, 3.252996, 0.525511, 2.911502),
    (6.940191, 3.368008, 0.387334, 3.184848),
    (7.465006, 3.359095, 0.710848, 3.395062),
    (7.359263, 3.323563, 0.416388, 3.619311),
    (2.865414, 3.116688, -1.152169, 0.900895),
    (2.553728, 2.879761, -1.198274, 0.872241),
    (8.537499, 2.819074, 1.874021, 3.844404),
    (5.065026, 2.708433, 0.808964, 1.547628),
    (7.091187, 2.722656, 0.670696, 3.697836),
]
# TFP's share of growth, per cent: by the sum of rates, by increments, by logs.
SHARES = {
    (2011, 2015): (35.0249, 36.0179, 35.0933),
    (2016, 2019): (46.0762, 46.2169, 46.1175),
    (2016, 2020): (44.7371, 44.6427, 45.0763),
    (2021, 2024): (42.8525, 43.0348, 42.8373),
    (2011, 2024): (40.7144, 41.7285, 40.8545),
}


def capital_stock(ratio):
    gdp, nothing = np.array(GDP), np.array([0])
    stocks = perpetual_inventory(
        np.array(INVESTMENT), 0.05, ratio * gdp[:1], nothing, nothing, np.array([gdp.size])
    )
    return stock_in_use(stocks, "end")


def employed(employed_2020):
    """Return employment with all years up to 2020 brought to the definition of 2021."""
    series, last_old = np.array(EMPLOYED), 2020 - FIRST_YEAR
    series[: last_old + 1] *= employed_2020 / series[last_old]
    return series


def account(rates, employed_2020=EMPLOYED_2020_AS_IN_2021, ratio=CAPITAL_OUTPUT_RATIO):
    return growth_terms(
        np.array(GDP),
        [capital_stock(ratio), employed(employed_2020)],
        [0.40, None],
        np.array([0]),
        rates=rates,
        share_timing="average",
    )


def share_of_growth(terms, first, last, *, by_increments=False):
    years = slice(first - FIRST_YEAR, last - FIRST_YEAR + 1)
    pair = [terms.residual[years], terms.output_growth[years]]
    if by_increments:
        previous = np.array(GDP)[years.start - 1 : years.stop - 1]
        part, whole = average_of_increments(pair, previous, np.array([0]))
    else:
        part, whole = average_of_rates(pair, np.array([0]))
    return 100 * part[0] / whole[0]


def test_every_printed_point():
    terms = account("simple")
    rows = np.array([terms.output_growth, *terms.contributions, terms.residual])[:, 1:].T
    assert np.abs(100 * rows - POINTS).max() <= 0.5e-6


@pytest.mark.parametrize("period", SHARES, ids=lambda period: "{}-{}".format(*period))
def test_every_printed_share(period):
    simple = account("simple")
    ours = (
        share_of_growth(simple, *period),
        share_of_growth(simple, *period, by_increments=True),
        share_of_growth(account("log"), *period),
    )
    assert np.abs(np.subtract(ours, SHARES[period])).max() <= 0.5e-4


@pytest.mark.parametrize(
    ("employed_2020", "ratio", "share"),
    [
        (EMPLOYED_2020_AS_IN_2021, CAPITAL_OUTPUT_RATIO, 42.8525),
        (53609.58, CAPITAL_OUTPUT_RATIO, 59.5433),  # unspliced
        (49072.01, CAPITAL_OUTPUT_RATIO, 37.6981),  # no growth into 2021
        (EMPLOYED_2020_AS_IN_2021, 2.45, 42.4131),
        (53609.58, 2.45, 59.1040),
        (49072.01, 2.45, 37.2587),
    ],
)
def test_sensitivity_of_2021_to_2024(employed_2020, ratio, share):
    terms = account("simple", employed_2020, ratio)
    assert share_of_growth(terms, 2021, 2024) == pytest.approx(share, abs=0.5e-4)
