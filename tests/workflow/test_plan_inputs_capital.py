"""``[capital]`` by cohort, by asset and as services does what the library does."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from tfp.inputs.capital.asset_inventory import AssetInventory
from tfp.inputs.capital.backcasting import BackcastInvestment
from tfp.inputs.capital.cohort_inventory import CohortInventory
from tfp.inputs.capital.efficiency import (
    DecliningBalance,
    DelayedLinear,
    GeometricEfficiency,
    Hyperbolic,
    OneHossShay,
    StraightLine,
)
from tfp.inputs.capital.initial_band import initial_stock_range
from tfp.inputs.capital.initial_rules import (
    FittedSteadyState,
    InvestmentMultiple,
    Unbenchmarked,
)
from tfp.inputs.capital.initial_stock import CapitalOutputRatio, GivenStock
from tfp.inputs.capital.inventory import PerpetualInventory
from tfp.inputs.capital.retirement import (
    FixedLife,
    GammaLife,
    LogNormalLife,
    NoRetirement,
    NormalLife,
    StatedSurvival,
    WeibullLife,
    WinfreyLife,
)
from tfp.inputs.capital.services import CapitalServices
from tfp.inputs.capital.user_cost import UserCost
from tfp.language.catalogue import LANGUAGES, text
from tfp.report.building import build_document
from tfp.workflow.results_file import results_bytes
from tfp.workflow.writing import run_files

YEARS = list(range(2010, 2020))
WHOLE = {"output": "y", "investment": "i", "labour": "l"}
ASSETS = {
    "output": "y",
    "investment": {"buildings": "built", "ict": "ict"},
    "investment_price": {"buildings": "p_built", "ict": "p_ict"},
    "capital_income": "surplus",
    "labour": "l",
}
RATIO = {"method": "capital_output_ratio", "ratio": 2.5, "year": 2010, "source": "stated"}
HISTORY = {"method": "backcast", "growth": 0.06, "years_before": 40, "source": "stated"}
COHORTS = {
    "efficiency": {"profile": "hyperbolic", "b": 0.5},
    "retirement": {"distribution": "normal", "mean": 12.0, "variation": 0.25},
    "discount_rate": 0.04,
    "initial": HISTORY,
}
BY_ASSET = {
    "buildings": {
        "depreciation": 0.03,
        "initial": {"method": "given", "value": 900.0, "year": 2010, "source": "census"},
    },
    "ict": {
        "efficiency": {"profile": "one_hoss_shay"},
        "retirement": {"distribution": "fixed", "life": 5.0},
        "discount_rate": 0.04,
        "initial": {**HISTORY, "growth": 0.1, "years_before": 5},
    },
}
EX_POST = {
    "rate_of_return": "ex_post",
    "depreciation": {"buildings": 0.03, "ict": 0.30},
    "price_reference": 2010,
    "source": "ministry of finance",
}


@pytest.fixture
def office(office):
    """Return an office with investment, in all and by asset."""
    growth = 1.06 ** np.arange(10)
    office.write(
        "figures.csv",
        year=YEARS,
        y=(400 * growth).round(1).tolist(),
        i=[120.0, 131.4, 135.0, 140.7, 155.2, 163.8, 170.1, 185.5, 190.3, 204.6],
        built=[100.0, 108.4, 110.0, 113.7, 124.2, 130.8, 133.1, 145.5, 147.3, 157.6],
        ict=[20.0, 23.0, 25.0, 27.0, 31.0, 33.0, 37.0, 40.0, 43.0, 47.0],
        p_built=[1.0, 1.05, 1.11, 1.14, 1.19, 1.21, 1.26, 1.30, 1.36, 1.41],
        p_ict=[1.0, 0.97, 0.95, 0.91, 0.90, 0.87, 0.84, 0.83, 0.80, 0.78],
        surplus=(180 * growth * 1.02 ** np.arange(10)).round(1).tolist(),
        l=(50 * 1.01 ** np.arange(10)).round(3).tolist(),
    )
    office.tables["data"] = {"file": "figures.csv", "time": "year", "columns": WHOLE}
    return office


def whole(office):
    return office.panel("figures.csv", **WHOLE)


def by_asset(office):
    return office.panel("figures.csv", **ASSETS)


def assert_capital(run, panel) -> None:
    np.testing.assert_array_equal(run.content.panel.values("capital"), panel.values("capital"))


def data(columns: dict[str, Any]) -> dict[str, Any]:
    return {"file": "figures.csv", "time": "year", "columns": columns}


PROFILES = [
    ({"profile": "straight_line"}, StraightLine()),
    ({"profile": "hyperbolic", "b": 0.75}, Hyperbolic(0.75)),
    ({"profile": "one_hoss_shay"}, OneHossShay()),
    ({"profile": "delayed_linear", "delay": 3.0}, DelayedLinear(3.0)),
    ({"profile": "declining_balance", "rate": 2.0}, DecliningBalance(2.0)),
]
DISTRIBUTIONS = [
    ({"distribution": "fixed", "life": 9.0}, FixedLife(9.0)),
    ({"distribution": "normal", "mean": 9.0, "variation": 0.2}, NormalLife(9.0, 0.2)),
    (
        {"distribution": "lognormal", "mean": 9.0, "variation": 0.3, "longest": 20.0},
        LogNormalLife(9.0, 0.3, longest=20.0),
    ),
    (
        {"distribution": "gamma", "mean": 9.0, "variation": 0.3, "beyond": "dropped"},
        GammaLife(9.0, 0.3, beyond="dropped"),
    ),
    (
        {"distribution": "weibull", "mean": 9.0, "shape": 2.0, "rounding": "up"},
        WeibullLife(9.0, 2.0, rounding="up"),
    ),
    ({"distribution": "winfrey", "mean": 9.0, "curve": "S3"}, WinfreyLife(9.0, "S3")),
    ({"distribution": "stated", "shares": [1.0, 0.6, 0.2, 0.0]}, StatedSurvival([1, 0.6, 0.2, 0])),
]
CASES = [
    *((profile, rule, *DISTRIBUTIONS[1]) for profile, rule in PROFILES),
    *((*PROFILES[1], distribution, rule) for distribution, rule in DISTRIBUTIONS),
    (
        {"profile": "geometric", "rate": 0.08},
        GeometricEfficiency(0.08),
        {"distribution": "none"},
        NoRetirement(),
    ),
]


@pytest.mark.parametrize(("profile", "efficiency", "distribution", "retirement"), CASES)
def test_an_inventory_by_cohort_is_the_library_s(
    office, profile: dict[str, Any], efficiency, distribution: dict[str, Any], retirement
) -> None:
    stated = {**COHORTS, "efficiency": profile, "retirement": distribution}
    run = office.run(capital=stated)
    stocks = CohortInventory(
        efficiency=efficiency,
        retirement=retirement,
        discount_rate=0.04,
        initial_stock=BackcastInvestment(0.06, 40, "stated"),
    ).fit(whole(office))
    found = run.content.panel.values("capital")
    np.testing.assert_array_equal(found, stocks.panel.values("capital"))
    for language in LANGUAGES:
        assert "{" not in office.said(language, capital=stated)


@pytest.mark.parametrize(
    ("initial", "rule"),
    [
        ({"method": "fitted_steady_state", "years": "2010-2015"}, FittedSteadyState("2010-2015")),
        (
            {"method": "investment_multiple", "rate": 0.1, "year": 2010},
            InvestmentMultiple(0.1, 2010),
        ),
        ({"method": "unbenchmarked", "year": 2010}, Unbenchmarked(2010)),
        (
            {"method": "fitted_steady_state", "years": "2010-2015", "source": "Nehru 1993"},
            FittedSteadyState("2010-2015", source="Nehru 1993"),
        ),
        (
            {"method": "backcast", "growth": {"2010": 0.05, "2009": 0.08}, "years_before": 2},
            BackcastInvestment({2010: 0.05, 2009: 0.08}, 2),
        ),
    ],
)
def test_the_further_rules_for_the_initial_stock(office, initial: dict[str, Any], rule) -> None:
    run = office.run(capital={"depreciation": 0.05, "initial": initial})
    stocks = PerpetualInventory(depreciation=0.05, initial_stock=rule).fit(whole(office))
    np.testing.assert_array_equal(run.content.capital.end_of_year, stocks.end_of_year)
    assert run.content.capital.options["initial_stock"] == stocks.options["initial_stock"]


def inventories() -> AssetInventory:
    return AssetInventory(
        {
            "buildings": PerpetualInventory(
                depreciation=0.03, initial_stock=GivenStock(900.0, 2010, "census")
            ),
            "ict": CohortInventory(
                efficiency=OneHossShay(),
                retirement=FixedLife(5.0),
                discount_rate=0.04,
                initial_stock=BackcastInvestment(0.1, 5, "stated"),
            ),
        }
    )


def test_each_asset_has_an_inventory_of_its_own(office) -> None:
    shares = {"capital": {"buildings": 0.3, "ict": 0.1}, "source": "stated"}
    run = office.run(data=data(ASSETS), capital={"assets": BY_ASSET}, method={"shares": shares})
    stocks = inventories().fit(by_asset(office))
    for asset in BY_ASSET:
        found = run.content.panel.values(f"capital:{asset}")
        np.testing.assert_array_equal(found, stocks.panel.values(f"capital:{asset}"))
    assert [result.kind for result in run.content.further_results] == ["asset_stocks"]
    (written,) = json.loads(results_bytes(run))["inputs"]
    assert written["kind"] == "asset_stocks"
    assert written["options"]["ict"]["retirement"] == {"distribution": "fixed", "life": 5.0}
    assert {row["asset"] for row in written["rows"]} == set(BY_ASSET)


def test_an_asset_takes_the_timing_of_capital_unless_it_has_its_own(office) -> None:
    given = {"method": "given", "value": 300.0, "year": 2010, "source": "census"}
    assets = {name: {"depreciation": 0.1, "initial": given} for name in BY_ASSET}
    assets["ict"]["timing"] = "start"
    shares = {"capital": {"buildings": 0.3, "ict": 0.1}, "source": "stated"}
    run = office.run(
        data=data(ASSETS),
        capital={"timing": "mid", "assets": assets},
        method={"shares": shares},
    )
    stocks = run.content.further_results[0].stocks
    timings = {name: own.options["timing"] for name, own in stocks.items()}
    assert timings == {"buildings": "mid", "ict": "start"}


def services_run(office, **services: Any):
    shares = {"capital": 0.4, "source": "stated"}
    return office.run(
        data=data(ASSETS),
        capital={"assets": BY_ASSET, "services": {**EX_POST, **services}},
        method={"shares": shares},
    )


def test_capital_services_are_the_library_s_and_the_account_uses_them(office) -> None:
    run = services_run(office)
    rule = UserCost(
        rate_of_return="ex_post",
        depreciation={"buildings": 0.03, "ict": 0.30},
        price_reference=2010,
        source="ministry of finance",
    )
    index = CapitalServices(user_cost=rule).fit(inventories().fit(by_asset(office)).panel)
    assert_capital(run, index.panel)
    assert [each.kind for each in run.content.further_results] == [
        "asset_stocks",
        "capital_service_index",
    ]
    grown = run.content.accounts.term("capital")[3:]
    levels = index.panel.values("capital")
    np.testing.assert_allclose(grown, 0.4 * (levels[3:] / levels[2:-1] - 1), rtol=1e-12)


def test_the_rates_of_the_inventories_hold_in_the_cost_where_no_others_are_named(office) -> None:
    given = {"method": "given", "value": 300.0, "year": 2010, "source": "census"}
    assets = {
        name: {"depreciation": rate, "initial": given}
        for name, rate in (("buildings", 0.03), ("ict", 0.30))
    }
    cost = {key: value for key, value in EX_POST.items() if key != "depreciation"}
    shares = {"capital": 0.4, "source": "stated"}
    tables = {"data": data(ASSETS), "method": {"shares": shares}}
    silent = office.run(capital={"assets": assets, "services": cost}, **tables)
    stated = office.run(capital={"assets": assets, "services": EX_POST}, **tables)
    np.testing.assert_array_equal(
        silent.content.panel.values("capital"), stated.content.panel.values("capital")
    )


def test_stocks_of_the_data_are_weighed_without_an_inventory(office) -> None:
    columns = {
        "output": "y",
        "capital": {"buildings": "built", "ict": "ict"},
        "capital_income": {"buildings": "y", "ict": "surplus"},
        "labour": "l",
    }
    run = office.run(data=data(columns), capital={"services": {"rate_of_return": "published"}})
    index = CapitalServices(user_cost=None).fit(office.panel("figures.csv", **columns))
    assert_capital(run, index.panel)


def test_a_sensitivity_may_take_other_assets_and_another_rate_of_return(office) -> None:
    ex_ante = {**EX_POST, "rate_of_return": "ex_ante", "real_rate": 0.04, "inflation": 0.03}
    run = office.run(
        data=data(ASSETS),
        capital={"assets": BY_ASSET, "services": EX_POST},
        method={"shares": {"capital": 0.4, "source": "stated"}},
        sensitivity=[{"name": "ex ante", "capital": {"services": ex_ante}}],
    )
    ours = run.content.accounts.term("capital")[3:]
    theirs = run.sensitivities[0][1].term("capital")[3:]
    assert np.abs(ours - theirs).min() > 0


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ("one-hoss shay", "all assets live 5.0 years", "exhaust capital income", "30.00%")),
        (
            "vi",
            (
                "giữ nguyên đến hết đời tài sản",
                "dùng 5,0 năm",
                "vừa hết thu nhập của vốn",
                "30,00%",
            ),
        ),
    ],
)
def test_the_report_says_every_choice(office, language: str, words: tuple[str, ...]) -> None:
    said = office.said(
        language,
        data=data(ASSETS),
        capital={"assets": BY_ASSET, "services": EX_POST},
        method={"shares": {"capital": 0.4, "source": "stated"}},
    )
    for part in (*words, "ministry of finance", "census"):
        assert part in said


@pytest.mark.parametrize(
    ("capital", "method"),
    [
        (
            {"depreciation": 0.05, "initial": RATIO},
            PerpetualInventory(
                depreciation=0.05, initial_stock=CapitalOutputRatio(2.5, 2010, "stated")
            ),
        ),
        (
            {
                **COHORTS,
                "initial": {"method": "given", "value": 900.0, "year": 2010, "source": "census"},
                "initial_decay": 0.06,
            },
            CohortInventory(
                efficiency=Hyperbolic(0.5),
                retirement=NormalLife(12.0, 0.25),
                discount_rate=0.04,
                initial_stock=GivenStock(900.0, 2010, "census"),
                initial_decay=0.06,
            ),
        ),
    ],
)
def test_the_initial_stock_is_varied_where_the_report_asks_for_it(
    office, capital: dict[str, Any], method
) -> None:
    run = office.run(capital=capital, report={"ranges": ["initial_stock"]})
    (found,) = run.content.ranges
    expected = initial_stock_range(whole(office), method)
    assert found.tidy().equals(expected.tidy())
    tables = build_document(run.content).tables()
    assert "initial_stock_range" in [table.name for table in tables]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("columns", "capital", "shares"),
    [
        (WHOLE, COHORTS, {"capital": 0.4}),
        (ASSETS, {"assets": BY_ASSET}, {"capital": {"buildings": 0.3, "ict": 0.1}}),
        (ASSETS, {"assets": BY_ASSET, "services": EX_POST}, {"capital": 0.4}),
    ],
)
def test_every_document_can_be_written(
    office, columns: dict[str, Any], capital: dict[str, Any], shares: dict[str, Any], language: str
) -> None:
    run = office.run(
        plan={**office.tables["plan"], "language": language},
        data=data(columns),
        capital=capital,
        method={"shares": shares},
    )
    files, _ = run_files(run)
    assert {"report.html", "workbook.xlsx", "results.json"} <= set(files)
    for result in run.content.further_results:
        assert text(f"report.summary.{result.kind}", language) in files["report.html"].decode()


def without(table: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in table.items() if key != name}


BAD: list[tuple[str, str, dict[str, Any]]] = [
    (
        "plan-key-needs",
        "report.ranges",
        {
            "data": data(ASSETS),
            "capital": {"assets": BY_ASSET},
            "report": {"ranges": ["initial_stock"]},
        },
    ),
    ("plan-key-missing", "capital.initial", {"capital": {"depreciation": 0.05}}),
    ("plan-key-missing", "capital.retirement", {"capital": without(COHORTS, "retirement")}),
    ("plan-key-missing", "capital.discount_rate", {"capital": without(COHORTS, "discount_rate")}),
    ("plan-key-not-with", "capital.depreciation", {"capital": {**COHORTS, "depreciation": 0.05}}),
    (
        "plan-key-needs",
        "capital.stock",
        {"capital": {"depreciation": 0.05, "initial": RATIO, "stock": "net"}},
    ),
    ("plan-per-cent", "capital.discount_rate", {"capital": {**COHORTS, "discount_rate": 4.0}}),
    (
        "plan-word-unknown",
        "capital.efficiency.profile",
        {"capital": {**COHORTS, "efficiency": {"profile": "hyperbola"}}},
    ),
    (
        "plan-key-missing",
        "capital.efficiency.b",
        {"capital": {**COHORTS, "efficiency": {"profile": "hyperbolic"}}},
    ),
    (
        "plan-key-not-of-method",
        "capital.efficiency.delay",
        {"capital": {**COHORTS, "efficiency": {"profile": "hyperbolic", "b": 0.5, "delay": 3.0}}},
    ),
    (
        "efficiency-out-of-range",
        "capital",
        {"capital": {**COHORTS, "efficiency": {"profile": "hyperbolic", "b": 1.5}}},
    ),
    (
        "plan-not-positive",
        "capital.retirement.life",
        {"capital": {**COHORTS, "retirement": {"distribution": "fixed", "life": -5.0}}},
    ),
    (
        "plan-key-not-of-method",
        "capital.retirement.shape",
        {
            "capital": {
                **COHORTS,
                "retirement": {"distribution": "fixed", "life": 5.0, "shape": 2.0},
            }
        },
    ),
    (
        "plan-key-missing",
        "capital.initial.years_before",
        {"capital": {**COHORTS, "initial": without(HISTORY, "years_before")}},
    ),
    (
        "plan-key-not-with",
        "capital.depreciation",
        {"data": data(ASSETS), "capital": {"depreciation": 0.05, "assets": BY_ASSET}},
    ),
    ("plan-list-empty", "capital.assets", {"data": data(ASSETS), "capital": {"assets": {}}}),
    (
        "plan-key-unknown",
        "capital.assets.ict.depriciation",
        {"data": data(ASSETS), "capital": {"assets": {"ict": {"depriciation": 0.1}}}},
    ),
    (
        "assets-differ",
        "capital.assets",
        {"data": data(ASSETS), "capital": {"assets": {"ict": BY_ASSET["ict"]}}},
    ),
    (
        "plan-word-unknown",
        "capital.services.rate_of_return",
        {"capital": {"assets": BY_ASSET, "services": {"rate_of_return": "expost"}}},
    ),
    (
        "plan-key-missing",
        "capital.services.real_rate",
        {"capital": {"assets": BY_ASSET, "services": {**EX_POST, "rate_of_return": "ex_ante"}}},
    ),
    (
        "plan-key-not-of-method",
        "capital.services.source",
        {"capital": {"services": {"rate_of_return": "published", "source": "x"}}},
    ),
    (
        "price-reference-missing",
        "capital.services",
        {
            "data": data(ASSETS),
            "capital": {"assets": BY_ASSET, "services": without(EX_POST, "price_reference")},
        },
    ),
    (
        "plan-capital-twice",
        "capital",
        {"data": data({**WHOLE, "capital": "built"}), "capital": COHORTS},
    ),
]


@pytest.mark.parametrize(("code", "key", "tables"), BAD)
def test_a_slip_is_answered_at_its_key(office, code: str, key: str, tables: dict[str, Any]) -> None:
    office.refused(code, key, **tables)


def test_the_plain_inventory_is_what_it_was(office) -> None:
    run = office.run(capital={"depreciation": 0.05, "initial": RATIO})
    rule = CapitalOutputRatio(2.5, 2010, "stated")
    stocks = PerpetualInventory(depreciation=0.05, initial_stock=rule).fit(whole(office))
    np.testing.assert_array_equal(run.content.capital.end_of_year, stocks.end_of_year)
    assert run.content.further_results == ()
