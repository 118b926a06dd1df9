"""Viet Nam 2010-2024 through the public calls, from the bundled figures to every printed digit.

The figures expected here were computed once from the published tables by a script that
shares nothing with the package; they stand in the conventions of the project.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

import tfp
from tfp.panel.roles import STATUSES

PRINTED_POINTS = 0.5e-6  # yearly points are printed with six decimals
PRINTED_SHARES = 0.5e-4  # shares of growth with four
PRINTED_ROUGHLY = 0.5e-2  # the sensitivity to the capital share with two

# What the office said in January 2022: 1.0 million fewer than in 2020 on the same definition.
EMPLOYED_2020_AS_IN_2021 = tfp.PublishedOverlap(
    50072.01, source="labour force survey, January 2022"
)
NO_GROWTH = tfp.AssumedGrowth(0.0, name="zero growth")
FITTED_RATIO = 2.45  # fitted to the shares that the office published: a sensitivity only

# Growth of output and contributions of capital, labour and TFP.
POINTS = {
    2011: (6.413166, 3.342492, 1.594544, 1.476130),
    2012: (5.504546, 3.045863, 1.275500, 1.183183),
    2013: (5.553510, 2.963121, 0.916410, 1.673979),
    2014: (6.422243, 3.049632, 0.616804, 2.755807),
    2015: (6.987155, 3.151724, 0.108637, 3.726794),
    2016: (6.690010, 3.252996, 0.525511, 2.911502),
    2017: (6.940191, 3.368008, 0.387334, 3.184848),
    2018: (7.465006, 3.359095, 0.710848, 3.395062),
    2019: (7.359263, 3.323563, 0.416388, 3.619311),
    2020: (2.865414, 3.116688, -1.152169, 0.900895),
    2021: (2.553728, 2.879761, -1.198274, 0.872241),
    2022: (8.537499, 2.819074, 1.874021, 3.844404),
    2023: (5.065026, 2.708433, 0.808964, 1.547628),
    2024: (7.091187, 2.722656, 0.670696, 3.697836),
}
PERIODS = ("2011-2015", "2016-2019", "2016-2020", "2021-2024", "2011-2024")
TFP_SHARES = {
    "sum_of_rates": (35.0249, 46.0762, 44.7371, 42.8525, 40.7144),
    "increments": (36.0179, 46.2169, 44.6427, 43.0348, 41.7285),
    "log": (35.0933, 46.1175, 45.0763, 42.8373, 40.8545),
}


def accounts_panel(frame, **options):
    return tfp.Panel(
        frame,
        time="year",
        area="Viet Nam",
        output="gdp",
        labour="employed",
        investment="gfcf",
        price_bases={"output": "2010", "investment": "2010"},
        **options,
    )


def old_vintage():
    """Return the accounts' inputs 2005-2016, with the capital-output ratio 1.90 in 2005."""
    panel = accounts_panel(
        tfp.datasets.vietnam_old_vintage().frame,
        vintages={"output": "before 2019", "investment": "before 2019"},
    )
    panel = tfp.interpolate(panel, "labour", [2006], reason="no figure for 2006 is published")
    return with_capital(panel, tfp.CapitalOutputRatio(1.90, year=2005))


def with_capital(panel, initial_stock):
    method = tfp.PerpetualInventory(depreciation=0.05, initial_stock=initial_stock)
    return method.fit(panel).panel


def derived_ratio():
    """Return the ratio of 2010 on the new vintage, carried over from the old one."""
    old = old_vintage().frame.loc[2010]
    new = tfp.datasets.vietnam().frame.set_index("year").loc[2010]
    return tfp.rescaled_ratio(
        old["capital"] / old["output"],
        old_investment=old["investment"],
        old_output=old["output"],
        new_investment=new["gfcf"],
        new_output=new["gdp"],
    )


def raw_panel():
    """Return the new vintage with the one employment figure that has to be filled."""
    frame = tfp.datasets.vietnam().frame
    mean = frame.set_index("year").loc[2017, "employed_quarterly_mean"]
    panel = accounts_panel(
        frame,
        vintages={"output": "re-evaluated 2019", "investment": "re-evaluated 2019"},
        definitions={"labour": "labour_definition"},
        status="status",
    )
    return tfp.fill_values(panel, "labour", {2017: mean}, reason="mean of the four quarters")


def broken_panel(ratio=None):
    """Return everything but the splice of 2021."""
    stock = tfp.CapitalOutputRatio(derived_ratio() if ratio is None else ratio, year=2010)
    return with_capital(raw_panel(), stock)


def spliced(panel, link=EMPLOYED_2020_AS_IN_2021):
    if link is None:
        return tfp.accept_break(panel, "labour", 2021, reason="unspliced, as a sensitivity")
    return tfp.splice(panel, "labour", 2021, link)


def fit(panel, capital_share=0.40, **options):
    shares = tfp.FixedShares(capital=capital_share)
    return tfp.GrowthAccounting(factor_weights=shares, **options).fit(panel)


def tfp_share(accounts, period, average="sum_of_rates"):
    return accounts.periods([period], average=average).share_of_growth["tfp"].item()


@pytest.fixture(scope="module")
def broken():
    return broken_panel()


@pytest.fixture(scope="module")
def main(broken):
    return fit(spliced(broken))


def test_every_digit_of_the_yearly_table(main):
    points = main.contributions
    assert points.index.tolist() == list(POINTS)
    assert points.columns.tolist() == ["output", "capital", "labour", "tfp"]
    assert np.abs(points.to_numpy() - list(POINTS.values())).max() <= PRINTED_POINTS


@pytest.mark.parametrize("average", TFP_SHARES)
def test_every_digit_of_the_period_shares(main, average):
    shares = main.periods(PERIODS, average=average).share_of_growth
    assert shares.index.tolist() == list(PERIODS)
    assert np.abs(shares["tfp"].to_numpy() - TFP_SHARES[average]).max() <= PRINTED_SHARES
    assert shares["reason"].tolist() == [""] * len(PERIODS)


@pytest.mark.parametrize("average", TFP_SHARES)
def test_the_preset_of_the_national_indicator_gives_the_same(broken, main, average):
    preset = tfp.preset("national", factor_weights=tfp.FixedShares(capital=0.40))
    accounts = preset.fit(spliced(broken))
    assert accounts.contributions.equals(main.contributions)
    assert accounts.periods(PERIODS).average == "increments"
    assert tfp_share(accounts, "2011-2024", average) == tfp_share(main, "2011-2024", average)


def test_logs_are_averaged_alike_from_either_kind_of_rates(broken, main):
    logs = fit(spliced(broken), rates="log")
    for average in TFP_SHARES:
        ours, other = (a.periods(PERIODS, average=average).share_of_growth for a in (main, logs))
        assert ours.equals(other)


def test_the_short_way_is_the_long_way(broken, main):
    short = tfp.growth_accounts(spliced(broken), capital_share=0.40)
    assert short.contributions.equals(main.contributions)
    assert short.fingerprint == main.fingerprint


def test_the_ratio_of_2010_is_derived_not_fitted():
    old = old_vintage().frame
    assert old.loc[2010, "capital"] / old.loc[2010, "output"] == pytest.approx(2.327427, abs=5e-7)
    assert derived_ratio() == pytest.approx(2.5067903632755035, rel=1e-15)


@pytest.mark.parametrize(
    ("period", "share"), [("2011-2015", 34.9053), ("2006-2016", 21.8557)], ids=str
)
def test_the_old_vintage(period, share):
    assert tfp_share(fit(old_vintage()), period) == pytest.approx(share, abs=PRINTED_SHARES)


def test_the_interpolated_year_is_in_the_ledger():
    ledger = fit(old_vintage()).ledger.query("action == 'interpolated'")
    assert ledger[["role", "time", "reason", "detail"]].to_numpy().tolist() == [
        ["labour", 2006, "no figure for 2006 is published", "along a straight line"]
    ]


@pytest.mark.parametrize(
    ("link", "ratio", "share"),
    [
        (EMPLOYED_2020_AS_IN_2021, None, 42.8525),
        (None, None, 59.5433),
        (NO_GROWTH, None, 37.6981),
        (EMPLOYED_2020_AS_IN_2021, FITTED_RATIO, 42.4131),
        (None, FITTED_RATIO, 59.1040),
        (NO_GROWTH, FITTED_RATIO, 37.2587),
    ],
)
def test_what_the_break_of_2021_is_worth(link, ratio, share):
    accounts = fit(spliced(broken_panel(ratio), link))
    assert tfp_share(accounts, "2021-2024") == pytest.approx(share, abs=PRINTED_SHARES)


@pytest.mark.parametrize(("period", "share"), [("2011-2015", 33.5167), ("2016-2019", 45.3191)])
def test_the_fitted_ratio(period, share):
    accounts = fit(spliced(broken_panel(FITTED_RATIO)))
    assert tfp_share(accounts, period) == pytest.approx(share, abs=PRINTED_SHARES)


@pytest.mark.parametrize(
    ("capital_share", "first", "last"),
    [(0.36, 39.09, 47.02), (0.40, 35.02, 42.85), (0.46, 28.93, 36.60), (0.61, 13.70, 20.96)],
)
def test_the_capital_share(broken, capital_share, first, last):
    accounts = fit(spliced(broken), capital_share)
    for period, share in (("2011-2015", first), ("2021-2024", last)):
        assert tfp_share(accounts, period) == pytest.approx(share, abs=PRINTED_ROUGHLY)


class TestBreakOf2021:
    def test_the_check_finds_it(self, broken):
        (found,) = [f for f in broken.check() if f.code == "definition-change"]
        assert found.severity == "block"
        assert [place.time for place in found.places] == [2021]
        assert "-8.46" in found.part("found")

    def test_fit_refuses_it_and_says_where(self, broken):
        with pytest.raises(tfp.MethodError) as error:
            fit(broken)
        assert error.value.code == "unspliced-break"
        assert [place.time for place in error.value.places] == [2021]
        assert error.value.fields["role"] == "labour"
        assert error.value.fields["change"] == pytest.approx(-8.464, abs=5e-4)

    @pytest.mark.parametrize(
        ("link", "action", "finding"),
        [
            (EMPLOYED_2020_AS_IN_2021, "spliced", None),
            (NO_GROWTH, "assumed", "link-assumed"),
            (None, "break accepted", "break-accepted"),
        ],
        ids=["spliced", "assumed", "accepted"],
    )
    def test_only_an_explicit_word_passes_it_and_stays_visible(self, broken, link, action, finding):
        panel = spliced(broken, link)
        codes = {f.code for f in panel.check()}
        assert "definition-change" not in codes
        assert not panel.check().blocking
        assert ({"link-assumed", "break-accepted"} & codes) == ({finding} if finding else set())
        entries = fit(panel).ledger.query("role == 'labour' and action != 'filled'")
        assert set(entries["action"]) == {action}
        # A splice moves all years before the break; a break accepted is one year.
        assert entries["time"].tolist() == ([2021] if link is None else list(range(2010, 2021)))

    def test_the_published_growth_is_met_to_the_last_digit(self, broken):
        labour = spliced(broken).values("labour")
        assert labour[10] == 50072.01
        assert labour[11] / labour[10] == 49072.01 / 50072.01

    def test_growth_before_the_break_is_untouched(self, broken):
        before, after = (panel.values("labour")[:11] for panel in (broken, spliced(broken)))
        np.testing.assert_allclose(after[1:] / after[:-1], before[1:] / before[:-1], rtol=1e-15)


def mixed(role):
    panel = broken_panel()
    column = replace(panel.column(role), vintage="before 2019")
    return panel.with_column(column)


@pytest.mark.parametrize("role", ["output", "capital"])
def test_vintages_are_never_mixed(role):
    with pytest.raises(tfp.MethodError) as error:
        fit(spliced(mixed(role)))
    assert error.value.code == "mixed-vintages"
    assert len(error.value.fields["stated"]) == 2


def test_capital_is_not_built_from_another_vintage_than_output():
    with pytest.raises(tfp.MethodError) as error:
        with_capital(mixed("investment"), tfp.CapitalOutputRatio(2.5, year=2010))
    assert error.value.code == "mixed-vintages"


def test_price_bases_are_never_mixed(broken):
    current = replace(broken.column("output"), price_base="current")
    with pytest.raises(tfp.MethodError) as error:
        fit(spliced(broken.with_column(current)))
    assert error.value.code == "mixed-price-bases"


def test_preliminary_years_are_marked(main):
    by_year = dict(zip(main.rows.times.tolist(), main.statuses, strict=True))
    assert [by_year[year] for year in (2021, 2022, 2023)] == ["final", "revised", "preliminary"]
    weakest = main.periods(["2011-2015", "2021-2022", "2021-2024"]).status
    assert [STATUSES[number] for number in weakest] == ["final", "revised", "preliminary"]
