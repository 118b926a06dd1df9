"""The range of labour shares: each variant is the account with that share, and none is lost."""

from __future__ import annotations

import numpy as np
import pytest

import tfp

YEARS = range(2014, 2020)
PERIODS = ["2015-2017", "2018-2019"]
IDENTITY = 1e-12


def frame():
    growth = np.arange(len(YEARS))
    return {
        "year": list(YEARS),
        "y": 100.0 * 1.06**growth,
        "k": 250.0 * 1.08**growth,
        "l": 50.0 * 1.01**growth,
        "gdp": 130.0 * 1.09**growth,
        "taxes": 13.0 * 1.08**growth,
        "wages": 35.0 * 1.11**growth,
        "mixed": 30.0 * 1.06**growth,
        "staff": 25.0 * 1.03**growth,
    }


MONEY = {
    "income": "gdp", "product_taxes": "taxes", "compensation": "wages", "mixed_income": "mixed",
    "employees": "staff",
}  # fmt: skip
METHOD = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.40))


def panel_of(data=None, **roles):
    given = frame() if data is None else data
    roles = roles or MONEY
    return tfp.Panel(given, time="year", area="Huế", output="y", capital="k", labour="l", **roles)


def range_of(panel=None, method=METHOD, **options):
    given = {"source": "yearbook", **options}
    return tfp.labour_share_range(panel_of() if panel is None else panel, method, PERIODS, **given)


def test_each_variant_is_the_account_with_its_yearly_share():
    found = range_of()
    panel = panel_of()
    for code, used in zip(found.variants, found.used_shares, strict=True):
        treatment, taxes = code.split(", taxes ")
        way = tfp.LabourShare(treatment=treatment, production_taxes=taxes, source="yearbook")
        np.testing.assert_array_equal(used, way.shares(panel))
        weighted = tfp.GrowthAccounting(factor_weights=tfp.IncomeShares()).fit(way.add_to(panel))
        expected = weighted.periods(PERIODS)
        assert found.tfp_share[code].tolist() == expected.share_of_growth["tfp"].tolist()
        assert found.tfp_growth[code].tolist() == expected.contributions["tfp"].tolist()
    assert len(found.variants) == 8  # four treatments, taxes in and out


def test_a_held_share_gives_the_accounts_of_that_fixed_share():
    found = range_of(hold=2016)
    for code in found.variants:
        share = found.labour_share.loc[2016, code]
        fixed = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(labour=share))
        expected = fixed.fit(panel_of()).periods(PERIODS).share_of_growth["tfp"]
        np.testing.assert_allclose(found.tfp_share[code], expected, rtol=IDENTITY)
    # The yearly shares stay to be seen beside the one that was used.
    assert found.labour_share["mixed_as_rest, taxes in"].nunique() == len(YEARS)


def test_a_larger_labour_share_gives_more_tfp_where_capital_grows_faster():
    found = range_of(hold="mean")
    shares = [used[0] for used in found.used_shares]
    order = np.argsort(shares)
    ranked = found.tfp_growth.loc["2015-2017"].to_numpy()[order]
    assert (np.diff(ranked) > 0).all()


def test_the_methods_other_options_are_kept():
    method = tfp.preset("national", factor_weights=tfp.FixedShares(capital=0.40))
    found = range_of(method=method)
    assert {item.average for item in found.periods} == {"increments"}
    logs = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.4), rates="log")
    assert {item.provenance.options["rates"] for item in range_of(method=logs).periods} == {"log"}


def test_incomes_of_few_years_hold_for_the_others_or_leave_periods_blank():
    short = {name: np.asarray(values)[1:3] for name, values in frame().items()}
    bare = panel_of(hours_per_worker="l")
    held = range_of(bare, incomes=panel_of(short), hold=2016)
    assert held.tfp_share.notna().all(axis=None)
    assert held.labour_share.notna().sum().tolist() == [2] * len(held.variants)
    yearly = range_of(bare, incomes=panel_of(short))
    assert yearly.tfp_share.isna().all(axis=None)
    assert set(yearly.tidy()["reason"]) == {"not_available"}


def test_an_impossible_variant_is_left_out_and_named():
    staff = frame() | {"staff": np.full(len(YEARS), 5.0)}
    found = range_of(panel_of(staff))
    assert not [code for code in found.variants if code.startswith("average_wage")]
    assert [item.fields["variant"] for item in found.warnings] == [
        "average_wage, taxes in", "average_wage, taxes out",
    ]  # fmt: skip
    with pytest.raises(tfp.MethodError, match="labour-share-impossible"):
        range_of(
            panel_of(staff),
            variants=[tfp.LabourShare(treatment="average_wage", production_taxes="in", source="s")],
        )


def test_variants_of_ones_own_and_two_of_one_code():
    ways = [
        tfp.LabourShare(treatment="mixed_as_rest", production_taxes="out", source="s", hold=year)
        for year in (2014, 2019)
    ]
    found = range_of(variants=ways)
    assert found.variants == ("mixed_as_rest, taxes out", "mixed_as_rest, taxes out (2)")
    first, second = (used[0] for used in found.used_shares)
    assert first != second


def test_the_long_frame_says_which_share_made_which_tfp():
    found = range_of()
    tidy = found.tidy()
    assert len(tidy) == len(found.variants) * len(PERIODS)
    row = tidy.query(
        "treatment == 'compensation_only' and production_taxes == 'in' and period == '2015-2017'"
    ).iloc[0]
    expected = found.labour_share["compensation_only, taxes in"].loc[2015:2017].mean()
    assert row["labour_share"] == pytest.approx(expected, rel=1e-15)
    assert row["tfp_share"] == found.tfp_share.loc["2015-2017", "compensation_only, taxes in"]


def test_several_areas_each_with_its_own_shares():
    one = frame()
    data = {name: np.concatenate([values, values]) for name, values in one.items()}
    data["area"] = np.repeat(["a", "b"], len(YEARS))
    data["wages"] = np.concatenate([one["wages"], 1.2 * one["wages"]])
    panel = tfp.Panel(
        data, entity="area", time="year", output="y", capital="k", labour="l", **MONEY
    )
    found = range_of(panel)
    share = found.labour_share["compensation_only, taxes in"]
    np.testing.assert_allclose(share.loc["b"], 1.2 * share.loc["a"], rtol=1e-14)
    assert found.tfp_share.index.names == ["area", "period"]
    assert "area" in found.tidy().columns


def test_without_incomes_there_is_no_range():
    with pytest.raises(tfp.MethodError) as error:
        range_of(panel_of(hours_per_worker="l"))
    assert error.value.code == "labour-share-range-empty"
