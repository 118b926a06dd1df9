"""Files of every schema version ever written still load, to the numbers typed in here."""

from __future__ import annotations

import math

import pytest

import tfp

VERSIONS = [1]
KINDS = {
    "growth_accounts": "growth_accounts",
    "growth_accounts_of_provinces": "growth_accounts",
    "decomposition": "decomposition",
    "period_accounts": "period_accounts",
    "target_comparison": "target_comparison",
    "capital_stocks": "capital_stocks",
    "cohort_stocks": "cohort_stocks",
    "asset_stocks": "asset_stocks",
    "capital_service_index": "capital_service_index",
    "initial_stock_range": "initial_stock_range",
    "labour_share_range": "labour_share_range",
    "production_estimate": "production_estimate",
    "production_estimate_with_roots": "production_estimate",
    "production_estimate_of_replications": "production_estimate",
    "production_estimate_of_draws": "production_estimate",
    "markup_ratios": "markup_ratios",
    "left_out_years": "left_out_years",
    "estimate_comparison": "estimate_comparison",
    "index_series": "index_series",
    "value_added_accounts": "value_added_accounts",
}


@pytest.fixture(params=VERSIONS)
def load(request, examples):
    """Return the function that loads one result of a schema version by its name."""
    return lambda name: tfp.load(examples.SCHEMA_FILES / f"v{request.param}-{name}.tfp")


def test_there_is_a_file_for_each_kind_and_no_other(examples) -> None:
    assert sorted(path.name for path in examples.SCHEMA_FILES.iterdir()) == sorted(
        f"v{version}-{name}.tfp" for version in VERSIONS for name in KINDS
    )


@pytest.mark.parametrize("name", KINDS)
def test_a_file_loads_as_its_kind(load, name) -> None:
    result = load(name)

    assert result.kind == KINDS[name]
    assert len(result.tidy()) > 0
    assert len(result.summary("vi").splitlines()) > 2


def test_growth_accounts(load) -> None:
    accounts = load("growth_accounts")

    assert accounts.rows.entities == ("Huế",)
    assert accounts.rows.times.tolist() == [2018, 2019, 2020, 2021]
    assert accounts.term_names == ("capital", "labour", "tfp")
    assert math.isnan(accounts.total[0])
    assert accounts.total[1:].tolist() == [0.07, -0.037383177570093455, 0.06796116504854369]
    assert accounts.term("capital")[1:].tolist() == [
        0.031200000000000002, 0.02897959183673466, 0.02843871637401607,
    ]  # fmt: skip
    assert accounts.term("tfp")[1:].tolist() == [
        0.03279999999999994, -0.07230336346623402, 0.03307083577130181,
    ]  # fmt: skip
    assert accounts.statuses == ("final", "final", "final", "preliminary")
    assert accounts.provenance.options["factor_weights"]["shares"] == {"all": {"capital": 0.4}}
    assert accounts.provenance.described("output", "vintage") == "yearbook 2022"
    assert {entry.action for entry in accounts.panel_ledger} == {"spliced", "derived"}
    assert accounts.contributions.loc[2019].round(9).tolist() == [7.0, 3.12, 0.6, 3.28]


def test_growth_accounts_of_provinces(load) -> None:
    accounts = load("growth_accounts_of_provinces")

    assert accounts.rows.entities == ("Huế", "Đà Nẵng")
    assert accounts.rows.starts.tolist() == [0, 4]
    assert accounts.rates == "log"
    assert accounts.elasticity_sum == 0.95
    assert [finding.code for finding in accounts.warnings] == ["firm-elasticities-on-aggregate"]
    last = accounts.contributions.loc[("Đà Nẵng", 2021)]
    assert last["output"] == pytest.approx(100 * math.log(321 / 300), rel=1e-14)
    assert last["capital"] == pytest.approx(100 * 0.35 / 0.95 * math.log(96 / 90), rel=1e-14)


def test_capital_stocks(load) -> None:
    stocks = load("capital_stocks")

    assert stocks.end_of_year.tolist() == [250.0, 269.5, 289.025, 309.57374999999996]
    assert stocks.surviving_share["surviving_share"].round(6).tolist() == [
        1.0, 0.881262, 0.780642, 0.692383,
    ]  # fmt: skip
    assert stocks.panel.column("output").unit == "billion VND"
    assert stocks.panel.column("labour").definitions == ("ICLS-13", "ICLS-19")
    assert stocks.panel.column("labour").accepted == (3,)
    assert stocks.options["initial_stock"]["ratio"] == 2.5
    assert stocks.panel.check().blocking == ()


def test_cohort_stocks(load) -> None:
    stocks = load("cohort_stocks")

    # Ten years of investment that grew by five per cent, all of it still in use.
    assert stocks.gross[0] == pytest.approx(30 * (1 - 1.05**-10) / (1 - 1 / 1.05), rel=1e-14)
    assert stocks.net[1] == pytest.approx(stocks.net[0] + 32 - stocks.consumption[1], rel=1e-14)
    assert stocks.productive.round(6).tolist() == [
        169.69523, 178.679992, 187.487676, 197.088083, 467.860935, 504.089809,
    ]  # fmt: skip
    assert stocks.options["retirement"] == {"distribution": "fixed", "life": 10.0}
    assert [finding.code for finding in stocks.warnings] == ["backcast-stock"]


def test_asset_stocks(load) -> None:
    stocks = load("asset_stocks")

    assert list(stocks.stocks) == ["buildings", "machinery"]
    assert stocks.stock["machinery"].iloc[:2].tolist() == [40.0, 0.8 * 40 + 6]
    assert stocks.total["total"].iloc[1] == 614.0 + 38.0
    assert stocks.stocks["machinery"].kind == "cohort_stocks"
    assert math.isnan(stocks.stocks["machinery"].gross[0])
    assert {entry.role for entry in stocks.panel.ledger} == {
        "capital:buildings", "capital:machinery",
    }  # fmt: skip


def test_capital_service_index(load) -> None:
    services = load("capital_service_index")

    assert services.assets == ("buildings", "machines")
    assert [(f.code, f.places[0].time) for f in services.warnings] == [("asset-appears", 2019)]
    # Income of 2020, revaluation and depreciation, over the stock at the prices of 2019.
    rate = (30 + 0.02 * 220 - 0.02 * 13 - 0.03 * 1.05 * 220 - 0.15 * 0.97 * 13) / (
        1.03 * 220 + 0.99 * 13
    )
    assert services.rate_of_return[2] == pytest.approx(rate, rel=1e-13)
    assert services.costs.loc[2020].sum() == pytest.approx(30.0, rel=1e-13)
    assert services.growth.loc[2019, "stock"] == pytest.approx(100 * math.log(1.05), rel=1e-13)
    assert services.growth.loc[2020, "stock"] == pytest.approx(100 * math.log(233 / 220), rel=1e-13)
    assert services.panel.column("capital").unit == "2019 = 100"
    assert services.options["user_cost"]["depreciation"] == {"buildings": 0.03, "machines": 0.15}


def test_index_series(load) -> None:
    prices = load("index_series")

    assert prices.items == ("rice", "fish", "tea")
    # Rice and fish are in both years: 22/20 at the first quantities, 21.6/20 at the last.
    assert prices.index.tolist() == pytest.approx([1.0, math.sqrt(22 / 20 * 21.6 / 20)], rel=1e-14)
    assert prices.coverage[1] == pytest.approx(21.6 / 22.6, rel=1e-14)
    assert prices.contributions.loc[2021, "fish"] == 0.0
    assert prices.options["missing"] == "matched"
    assert [(f.code, f.places[0].entity) for f in prices.warnings] == [("items-unmatched", "tea")]


def test_value_added_accounts(load) -> None:
    accounts = load("value_added_accounts")

    # One input: output of a worker rises by 12 / 10, then falls to 11 / 12 of the best.
    assert accounts.efficiency.round(9).tolist() == [1.0, 1.0, round(11 / 12, 9)]
    assert accounts.factors.loc[2021, "technical_progress"] == pytest.approx(1.2, rel=1e-14)
    assert accounts.factors.loc[2021, "output_price"] == pytest.approx(1.1, rel=1e-14)
    assert accounts.factors.loc[2022, "tfp"] == pytest.approx(11 / 12, rel=1e-14)
    assert accounts.largest_gap <= 1e-12


def test_initial_stock_range(load) -> None:
    found = load("initial_stock_range")

    assert found.names == ("stated", "initial stock x 0.75", "initial stock x 1.25")
    assert [capital[0] for capital in found.capital] == [250.0, 187.5, 312.5]
    assert found.growth.loc[2019].tolist() == pytest.approx([7.8, 12.0 + 1 / 15, 5.24], rel=1e-13)
    assert found.declared["initial stock x 0.75"]["initial_stock"]["scale"] == 0.75


def test_labour_share_range(load) -> None:
    found = load("labour_share_range")

    assert found.variants == (
        "mixed_to_labour, taxes in", "mixed_as_rest, taxes in", "compensation_only, taxes in",
    )  # fmt: skip
    assert found.labour_share["mixed_as_rest, taxes in"].tolist() == [
        30 / 80, 34 / 90, 34 / 89, 40 / 102,
    ]  # fmt: skip
    assert found.tfp_share.loc["2021"].tolist() == [
        38.631161056611, 29.75663051504479, 24.16134763217167,
    ]  # fmt: skip
    assert found.options["mixed_as_rest, taxes in"]["source"] == "yearbook 2022"
    assert [item.fields["variant"] for item in found.warnings] == ["average_wage, taxes in"]


def test_period_accounts(load) -> None:
    periods = load("period_accounts")

    assert periods.period == ("2019-2021", "2021")
    assert periods.average == "increments"
    # Increments of 7, -4 and 7 over levels of 100, 107 and 103.
    assert periods.total[0] == pytest.approx(10 / 310, rel=1e-14)
    assert periods.geometric_mean[0] == pytest.approx(1.1 ** (1 / 3) - 1, rel=1e-13)
    assert periods.share_of_growth.loc["2021", "tfp"] == pytest.approx(48.661373, abs=5e-7)


def test_target_comparison(load) -> None:
    comparison = load("target_comparison")

    first = comparison.outcomes[0]
    assert comparison.area == "Huế"
    assert (first.target.area, first.target.operator, first.target.lower) == (
        "Viet Nam", "at_least", 35.0,
    )  # fmt: skip
    assert {outcome.outcome for outcome in comparison.outcomes} == {"not_comparable"}
    assert first.reason == "area"


def test_a_decomposition(load) -> None:
    form = load("decomposition")

    assert form.total_name == "labour_productivity"
    assert form.term_names == ("capital_deepening", "tfp")
    assert form.contributions.loc[2019].round(6).tolist() == [5.940594, 2.682956, 3.257639]
    assert form.largest_gap <= 1e-12


def test_production_estimate(load) -> None:
    estimate = load("production_estimate")

    assert estimate.terms == ("capital", "labour", "constant")
    assert estimate.estimates.tolist() == [
        1.076652357060408, -0.07665235706040807, -1.0255319743378193,
    ]  # fmt: skip
    assert estimate.elasticities == {"capital": 1.076652357060408, "labour": -0.07665235706040807}
    assert estimate.std_errors.round(12).tolist() == [
        0.053465993058, 0.053465993058, 0.094638787165,
    ]  # fmt: skip
    assert (estimate.covariance_type, estimate.degrees_of_freedom) == ("conventional", 6.0)
    assert (estimate.output_concept, estimate.observed_units) == ("value_added", "aggregate")
    assert estimate.log_productivity is None
    assert math.isnan(estimate.productivity.loc[2023, "log_tfp"])
    assert [(entry.role, entry.cause, entry.rows) for entry in estimate.lost] == [
        ("labour", "incomplete", (("Huế", 2023),))
    ]
    assert estimate.provenance.options["constant_returns"] is True
    # Student's t with six degrees: 2.447 standard errors on either side.
    assert estimate.conf_int().loc["capital"].round(6).tolist() == [0.945826, 1.207479]


def test_production_estimate_with_roots(load) -> None:
    estimate = load("production_estimate_with_roots")

    assert (estimate.converged, estimate.identified) == (True, True)
    assert [(root.admissible, root.chosen) for root in estimate.roots] == [
        (True, True), (False, False), (True, False),
    ]  # fmt: skip
    assert estimate.roots[0].persistence == pytest.approx(0.5753510251470824, rel=1e-14)
    assert estimate.returns_to_scale == pytest.approx(1.0959805586968554, rel=1e-14)
    assert estimate.log_productivity[:2].tolist() == [0.21414795814036536, 0.212470710591512]
    assert estimate.tests[0].name == "constant_returns"
    assert estimate.tests[0].p_value == pytest.approx(0.23508065820892093, rel=1e-14)
    assert [finding.code for finding in estimate.warnings] == ["root-by-declared-rule"]


def test_production_estimate_of_replications(load) -> None:
    estimate = load("production_estimate_of_replications")

    assert estimate.replicates.shape == (5, 5)
    assert estimate.covariance_type == "bootstrap by entity"
    assert estimate.diagnostics["replications_failed"] == 0.0
    low, high = estimate.percentile_intervals(0.5)
    assert (low[0], high[0]) == pytest.approx((0.33987487, 0.60463656), abs=1e-8)


def test_production_estimate_of_draws(load) -> None:
    estimate = load("production_estimate_of_draws")

    assert estimate.posterior_draws.shape == (7, 2)
    assert estimate.posterior_draws[0].round(8).tolist() == [0.86269351, 0.5507534]
    assert estimate.tidy()["p_value"].isna().all()
    assert estimate.diagnostics["prior_weight"] == pytest.approx(0.6281177647816414, rel=1e-14)
    assert [finding.code for finding in estimate.warnings] == ["few-years", "prior-dominates"]


def test_markup_ratios(load) -> None:
    markups = load("markup_ratios")

    assert (markups.input_name, markups.meaning) == ("labour", "markup")
    assert markups.frame.loc[("1", 2001)].tolist() == [
        0.6600258711267989, 0.47570846562278224, 1.38745874589958,
    ]  # fmt: skip
    assert markups.median == pytest.approx(1.5866972914709723, rel=1e-14)
    assert markups.relative_error == pytest.approx(0.13184724318500265, rel=1e-14)


def test_left_out_years(load) -> None:
    left_out = load("left_out_years")

    assert left_out.times == (2015, 2016, 2017, 2018, 2019, 2020, 2021, 2022)
    assert left_out.elasticities_without[0].tolist() == [1.0454965259687814, 1.1982835974377366]
    assert left_out.range.loc["labour", "lowest_without"] == 2021
    assert left_out.whole.elasticities["labour"] == 1.1724160523790237


def test_estimate_comparison(load) -> None:
    comparison = load("estimate_comparison")

    assert comparison.names == ("least squares", "stated")
    assert comparison.sources["least squares"] == "pooled least squares"
    assert comparison.identified == {"least squares": True, "stated": True}
    assert comparison.bands[1] is None
    assert comparison.bands[0].level == 0.95
    assert comparison.tfp_growth.loc["2016-2019"].round(6).tolist() == [0.97254, 3.950698]
    assert math.isnan(comparison.elasticities.loc["stated", "capital_std_error"])
    assert [(item.code, item.fields["estimate"]) for item in comparison.warnings] == [
        ("elasticity-negative", "least squares")
    ]
