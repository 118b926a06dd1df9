"""Profiles and stocks that the British statistics office tests its own inventory with.

The first case is the example of the OECD's manual, section 3.3. The office invests at
the start of the year and counts survivors at that moment: a life has one year more
(``offset=1``) and the profile of a cohort begins at age 1.
"""

from __future__ import annotations

import json

import numpy as np
import pytest

import tfp
from tfp.inputs.capital.cohort_profile import cohort_profiles
from tfp.numerics.cohort_profiles import age_efficiency, age_price, cohort_stock

PRINTED = 5e-7  # seven digits, six decimals
TENTHS = (*(1 - k / 10 for k in range(10)), 0.0)


@pytest.fixture(scope="module")
def cases(reference_data):
    content = json.loads(reference_data("pim_reference_ons.json").read_text(encoding="utf-8"))
    return {case["name"]: case for case in content["cases"]}


def cohort(efficiency, retirement, ages=11, discount_rate=0.05, price_change=0.02):
    return cohort_profiles(
        efficiency,
        retirement,
        discount_rate=discount_rate,
        price_change=price_change,
        n_ages=ages + 1,
    )


def gap(ours, printed):
    ours, printed = np.asarray(ours), np.array(printed)
    assert ours.shape == printed.shape
    return float(np.abs(ours - printed).max())


def test_no_case_is_left_out(cases):
    assert set(cases) == {
        "oecd_age_eff_to_price",
        *COHORTS,
        "cohort_lin_e2p_.05_.02",
        "stock_lin_S5",
        NORMAL,
    }


def test_the_manual_s_example(cases):
    case = cases["oecd_age_eff_to_price"]
    options = {"discount_rate": case["discount"], "price_change": case["inflation"]}
    profiles = cohort(tfp.StraightLine(), tfp.FixedLife(8), ages=8)
    assert profiles.efficiency.tolist() == case["age_efficiency"]
    assert gap(profiles.price, case["age_price"]) <= PRINTED
    # The printed prices are rounded, and a small rental is the difference of two of them.
    back = age_efficiency(np.array(case["age_price"]), **options)
    assert gap(back, case["age_efficiency"]) <= 20 * PRINTED


COHORTS = {
    "cohort_lin": tfp.StraightLine(),
    "cohort_hyp_b0.5": tfp.Hyperbolic(0.5),
    "cohort_geom_.25": tfp.GeometricEfficiency(0.25),
    "cohort_db_.25": tfp.DecliningBalance(0.25),
}
NORMAL = "cohort_lin_normal_surv_min2_max11_mean7_cov3/7"


@pytest.mark.parametrize("name", COHORTS)
def test_the_efficiency_of_a_cohort(cases, name):
    profiles = cohort(COHORTS[name], tfp.StatedSurvival(TENTHS, offset=1))
    assert gap(profiles.efficiency[1:], cases[name]["target"]) <= PRINTED


def test_the_price_of_a_cohort(cases):
    profiles = cohort(tfp.StraightLine(), tfp.StatedSurvival(TENTHS, offset=1))
    assert gap(profiles.price[1:], cases["cohort_lin_e2p_.05_.02"]["target"]) <= PRINTED


def test_service_lives_of_a_normal_distribution_cut_at_both_ends(cases):
    lives = tfp.NormalLife(7, 3 / 7, shortest=2, longest=11, rounding="up", offset=1)
    profiles = cohort(tfp.StraightLine(), lives)
    assert gap(profiles.efficiency[1:], cases[NORMAL]["target"]) <= PRINTED


class TestStocks:
    def fit(self, case, efficiency, **options):
        years = list(range(2001, 2001 + len(case["gfcf"])))
        panel = tfp.Panel({"year": years, "i": case["gfcf"]}, time="year", investment="i")
        method = tfp.CohortInventory(
            efficiency=efficiency,
            retirement=tfp.StatedSurvival(case["survival"], offset=1),
            discount_rate=0.05,
            price_change=0.01,
            initial_stock=tfp.BackcastInvestment(growth=0.0, years=0),
            investment_timing="start_of_year",
            **options,
        )
        return method.fit(panel)

    def test_productive_and_net_stock(self, cases):
        case = cases["stock_lin_S5"]
        stocks = self.fit(case, tfp.StraightLine())
        assert gap(stocks.productive, case["productive"]) <= PRINTED
        assert gap(stocks.net, case["net_from_efficiency_r.05_i.01"]) <= PRINTED

    def test_the_productive_stock_of_geometric_efficiency(self, cases):
        # The office takes this one for all three. Where units are retired the net stock is
        # lower: an asset whose end is nearer is worth less.
        case = cases["stock_lin_S5"]
        stocks = self.fit(case, tfp.GeometricEfficiency(0.01))
        assert gap(stocks.productive, case["geom_.01_all"]) <= PRINTED
        assert (stocks.net < stocks.productive).all()

    def test_productive_stock_from_prices_that_fall_on_a_straight_line(self, cases):
        case = cases["stock_lin_S5"]
        price = cohort(tfp.StraightLine(), tfp.StatedSurvival(case["survival"], offset=1), 6)
        options = {"discount_rate": 0.05, "price_change": 0.01}
        efficiency = age_efficiency(price.efficiency, **options)
        stock = cohort_stock(np.array(case["gfcf"]), efficiency[1:])
        assert gap(stock, case["productive_from_price_r.05_i.01"]) <= PRINTED
        again = age_price(efficiency, **options)
        assert gap(again, price.efficiency) <= 1e-12
