"""``[method.shares] rule = "labour_share"`` gives the shares of the library."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from tfp.accounts.growth import GrowthAccounting
from tfp.accounts.income_shares import IncomeShares
from tfp.accounts.input_output_shares import input_output_shares
from tfp.accounts.presets import preset
from tfp.accounts.share_range import labour_share_range
from tfp.inputs.breaks.splicing import PublishedOverlap, splice
from tfp.inputs.shares.household_survey import HouseholdSurvey
from tfp.inputs.shares.labour_share import LabourShare
from tfp.language.catalogue import LANGUAGES
from tfp.report.building import build_document
from tfp.workflow.results_file import results_bytes

YEARS = list(range(2014, 2022))
ROLES = {"output": "y", "capital": "k", "labour": "l"}
INCOMES = {
    "income": "gdp",
    "compensation": "wages",
    "mixed_income": "mixed",
    "employees": "employees",
    "product_taxes": "taxes",
    "output_current_by_part": {"agriculture": "farms", "rest": "rest"},
    "population": "people",
    "labour_income_by_group": {"wages": "w_head", "farm": "f_head"},
}
SOURCE = "input-output table 2019"
SURVEY = {"wages": "wages", "self_employment": {"farm": 0.7}, "unit_factor": 1e-6}


@pytest.fixture
def office(office):
    """Return an office with the accounts of income."""
    steps = np.arange(8)
    gdp = (1000 * 1.09**steps).round(1)
    farms = (160 * 1.04**steps).round(1)
    office.write(
        "figures.csv",
        year=YEARS,
        y=(900 * 1.06**steps).round(1).tolist(),
        k=(2300 * 1.07**steps).round(1).tolist(),
        l=(50 * 1.01**steps).round(3).tolist(),
        gdp=gdp.tolist(),
        wages=(300 * 1.10**steps).round(1).tolist(),
        mixed=(230 * 1.06**steps).round(1).tolist(),
        employees=(21 * 1.04**steps).round(3).tolist(),
        taxes=(95 * 1.09**steps).round(1).tolist(),
        farms=farms.tolist(),
        rest=(gdp - farms).round(1).tolist(),
        people=(92000 * 1.01**steps).round(0).tolist(),
        w_head=(320 * 1.08**steps).round(1).tolist(),
        f_head=(110 * 1.05**steps).round(1).tolist(),
        definition=["old"] * 6 + ["new"] * 2,
    )
    office.write("table.csv", nam=[2016], gdp=[1190.0], lao_dong=[600.0], thue=[112.0])
    office.tables["data"] = data(**INCOMES)
    return office


def data(**more: Any) -> dict[str, Any]:
    return {"file": "figures.csv", "time": "year", "columns": {**ROLES, **more}}


def shares(**labour_share: Any) -> dict[str, Any]:
    return {"shares": {"rule": "labour_share", "labour_share": labour_share, "source": SOURCE}}


def panel_of(office, **more: Any):
    return office.panel("figures.csv", **{**ROLES, **INCOMES, **more})


TREATMENTS: list[dict[str, Any]] = [
    {"treatment": "mixed_to_labour", "production_taxes": "in"},
    {"treatment": "mixed_as_rest", "production_taxes": "out"},
    {"treatment": "average_wage", "production_taxes": "split", "taxes_to_labour": 0.5},
    {
        "treatment": "agriculture_to_labour",
        "production_taxes": "out",
        "agriculture": "agriculture",
    },
    {"treatment": "compensation_only", "production_taxes": "in", "hold": 2016},
    {"treatment": "mixed_to_labour", "production_taxes": "out", "hold": "mean"},
]


@pytest.mark.parametrize("stated", TREATMENTS)
def test_shares_and_accounts_are_the_library_s(office, stated: dict[str, Any]) -> None:
    run = office.run(method=shares(**stated))
    panel = LabourShare(source=SOURCE, **stated).add_to(panel_of(office))
    for role in ("labour_share", "capital_share"):
        np.testing.assert_array_equal(run.content.panel.values(role), panel.values(role))
    accounts = GrowthAccounting(factor_weights=IncomeShares()).fit(panel)
    found = run.content.accounts.term("tfp")
    np.testing.assert_array_equal(found, accounts.term("tfp"))
    for language in LANGUAGES:
        assert SOURCE in office.said(language, method=shares(**stated))


def test_a_household_survey_gives_labour_income(office) -> None:
    stated = {"treatment": "household_survey", "production_taxes": "in"}
    run = office.run(method=shares(**stated, survey=SURVEY))
    rule = LabourShare(source=SOURCE, **stated, survey=HouseholdSurvey(**SURVEY))
    found = run.content.panel.values("labour_share")
    np.testing.assert_array_equal(found, rule.shares(panel_of(office)))


def test_the_incomes_may_stand_in_a_further_file_with_a_date_of_its_own(office) -> None:
    table = {
        "file": "table.csv",
        "time": "nam",
        "columns": {"income": "gdp", "labour_income": "lao_dong", "product_taxes": "thue"},
    }
    stated = {"treatment": "mixed_to_labour", "production_taxes": "out", "hold": 2016}
    run = office.run(data=data(), method=shares(**stated, data=table))
    assert set(run.content.panel.values("labour_share")) == {600.0 / (1190.0 - 112.0)}
    assert [file.name for file in run.files] == ["figures.csv", "table.csv"]


def test_wage_workers_are_set_against_all_who_work_as_counted_with_them(office) -> None:
    overlap = {"role": "labour", "at": 2020, "previous": 49.0, "source": "survey"}
    stated = {"treatment": "average_wage", "production_taxes": "in"}
    definitions = {"definitions": {"labour": "definition"}}
    run = office.run(
        data={**data(**INCOMES), **definitions}, splice=[overlap], method=shares(**stated)
    )
    unspliced = panel_of(office, **definitions)
    panel = splice(unspliced, "labour", 2020, PublishedOverlap(49.0, "survey"))
    rule = LabourShare(source=SOURCE, **stated)
    expected = rule.add_to(panel, incomes=unspliced)
    for role in ("labour", "labour_share"):
        np.testing.assert_array_equal(run.content.panel.values(role), expected.values(role))


def test_the_national_formula_takes_a_labour_share_that_is_held(office) -> None:
    stated = {"treatment": "mixed_to_labour", "production_taxes": "in", "hold": 2016}
    run = office.run(method={"preset": "national", **shares(**stated)})
    share = LabourShare(source=SOURCE, **stated).shares(panel_of(office))[0]
    growth = run.content.panel.values("capital")
    points = (1 - share) * (growth[1:] / growth[:-1] - 1)
    np.testing.assert_allclose(run.content.accounts.term("capital")[1:], points, rtol=1e-12)


TABLE = {
    "file": "shares.csv",
    "of": "labour",
    "share": "labour",
    "first": "from",
    "last": "to",
    "source": "read_in",
}


@pytest.fixture
def dated(office):
    """Return an office with shares of two input-output tables."""
    columns = {"labour": [0.61, 0.57], "from": [2015, 2018], "to": [2017, 2021]}
    office.write("shares.csv", **columns, read_in=["table of 2012", "table of 2018"])
    return office


@pytest.mark.parametrize("language", LANGUAGES)
def test_dated_shares_of_a_file_hold_in_their_periods(dated, language: str) -> None:
    method = {"preset": "national", "shares": {"rule": "table", "table": TABLE}}
    run = dated.run(data=data(), method=method)
    rule = input_output_shares(
        dated.figures["shares.csv"],
        share="labour",
        of="labour",
        first="from",
        last="to",
        source="read_in",
    )
    expected = preset("national", factor_weights=rule).fit(dated.panel("figures.csv", **ROLES))
    np.testing.assert_array_equal(run.content.accounts.term("tfp"), expected.term("tfp"))
    assert [file.name for file in run.files] == ["figures.csv", "shares.csv"]
    assert "table of 2012; table of 2018" in dated.said(language, data=data(), method=method)


def test_treatments_stand_side_by_side_where_the_report_asks_for_it(office) -> None:
    stated = TREATMENTS[1]
    periods = ["2015-2017", "2018-2021"]
    run = office.run(
        method=shares(**stated), report={"ranges": ["labour_share"]}, periods={"list": periods}
    )
    (found,) = run.content.ranges
    panel = LabourShare(source=SOURCE, **stated).add_to(panel_of(office))
    expected = labour_share_range(
        panel, GrowthAccounting(factor_weights=IncomeShares()), periods, source=SOURCE
    )
    assert found.tidy().equals(expected.tidy())
    assert len(found.options) > 4
    tables = build_document(run.content).tables()
    assert "labour_share_range" in [table.name for table in tables]
    assert json.loads(results_bytes(run))["ranges"][0]["kind"] == "labour_share_range"


def test_a_sensitivity_may_treat_mixed_income_otherwise(office) -> None:
    other = {"name": "as the rest", "method": shares(**TREATMENTS[1])}
    run = office.run(method=shares(**TREATMENTS[0]), sensitivity=[other])
    alone = office.run(method=shares(**TREATMENTS[1]))
    np.testing.assert_array_equal(
        run.sensitivities[0][1].term("tfp"), alone.content.accounts.term("tfp")
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "compensation over income without mixed income"), ("vi", "thu nhập hỗn hợp")],
)
def test_the_report_says_what_becomes_of_mixed_income(office, language: str, words: str) -> None:
    assert words in office.said(language, method=shares(**TREATMENTS[1]))


def table(**changes: Any) -> dict[str, Any]:
    return {"method": {"shares": {"rule": "table", "table": {**TABLE, **changes}}}}


RULE = "method.shares.labour_share"
BAD: list[tuple[str, str, dict[str, Any]]] = [
    ("plan-key-missing", "method.shares.table", {"method": {"shares": {"rule": "table"}}}),
    ("plan-word-unknown", "method.shares.table.of", table(of="land")),
    ("plan-key-needs", "method.shares.table.area", table(area="Hoa An")),
    ("file-not-found", "method.shares.table.file", table(file="share.csv")),
    ("table-column-unknown", "method.shares.table.first", table(first="since")),
    (
        "plan-key-needs",
        "report.ranges",
        {"method": {"shares": {"capital": 0.4}}, "report": {"ranges": ["labour_share"]}},
    ),
    ("plan-word-unknown", "report.ranges.1", {"report": {"ranges": ["depreciation"]}}),
    (
        "plan-key-missing",
        "method.shares.labour_share",
        {"method": {"shares": {"rule": "labour_share", "source": "x"}}},
    ),
    (
        "plan-key-missing",
        "method.shares.source",
        {"method": {"shares": {"rule": "labour_share", "labour_share": TREATMENTS[0]}}},
    ),
    (
        "plan-key-not-of-method",
        "method.shares.capital",
        {"method": {"shares": {**shares(**TREATMENTS[0])["shares"], "capital": 0.4}}},
    ),
    ("plan-key-missing", f"{RULE}.production_taxes", {"method": shares(treatment="average_wage")}),
    (
        "plan-word-unknown",
        f"{RULE}.treatment",
        {"method": shares(treatment="gollin", production_taxes="in")},
    ),
    (
        "plan-key-missing",
        f"{RULE}.taxes_to_labour",
        {"method": shares(treatment="average_wage", production_taxes="split")},
    ),
    (
        "plan-key-needs",
        f"{RULE}.taxes_to_labour",
        {"method": shares(**TREATMENTS[0], taxes_to_labour=0.5)},
    ),
    (
        "plan-key-missing",
        f"{RULE}.agriculture",
        {"method": shares(treatment="agriculture_to_labour", production_taxes="in")},
    ),
    (
        "plan-key-not-of-method",
        f"{RULE}.survey",
        {"method": shares(**TREATMENTS[0], survey=SURVEY)},
    ),
    (
        "labour-share-components",
        RULE,
        {"data": data(), "method": shares(**TREATMENTS[0])},
    ),
    (
        "labour-share-year-missing",
        RULE,
        {"method": shares(**{**TREATMENTS[0], "hold": 2009})},
    ),
    (
        "plan-preset-rule",
        "method.shares.rule",
        {"method": {"preset": "index_fixed", **shares(**TREATMENTS[0])}},
    ),
]


@pytest.mark.parametrize(("code", "key", "tables"), BAD)
def test_a_slip_is_answered_at_its_key(dated, code: str, key: str, tables: dict[str, Any]) -> None:
    dated.refused(code, key, **tables)
