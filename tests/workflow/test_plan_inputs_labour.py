"""``[labour]`` and ``[investment]`` do what the library does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tfp.inputs.capital.fixed_capital_formation import fixed_capital_formation
from tfp.inputs.capital.research import separate_research
from tfp.inputs.labour.composition import labour_composition, trained_composition
from tfp.inputs.labour.hours import full_time_equivalents, total_hours
from tfp.inputs.labour.human_capital import Mincer, human_capital, human_capital_by_level
from tfp.inputs.prices.deflating import deflate
from tfp.language.catalogue import LANGUAGES

YEARS = list(range(2015, 2021))
COLUMNS = {"output": "y", "capital": "k", "labour": "l"}
GROUPS = {"low": "low", "high": "high"}
PAY = {"low": "w_low", "high": "w_high"}


@pytest.fixture
def office(office):
    """Return an office with persons, hours, groups, schooling and investment."""
    steps = np.arange(6)
    low = (40 * 0.99**steps).round(2)
    high = (12 * 1.05**steps).round(2)
    office.write(
        "figures.csv",
        year=YEARS,
        y=(100 * 1.07**steps).round(2).tolist(),
        k=(260 * 1.08**steps).round(2).tolist(),
        l=(low + high).round(2).tolist(),
        hours=[44.1, 43.6, 42.9, 43.2, 42.0, 41.2],
        low=low.tolist(),
        high=high.tolist(),
        w_low=(low * 5 * 1.06**steps).round(2).tolist(),
        w_high=(high * 9 * 1.05**steps).round(2).tolist(),
        school=[7.9, 8.0, 8.2, 8.3, 8.5, 8.6],
        trained=[19.9, 20.6, 21.4, 21.9, 22.6, 24.1],
        v=[31.0, 33.5, 36.9, 39.2, 42.8, 44.1],
        repairs=[2.0, 2.2, 2.1, 2.5, 2.6, 2.8],
        v_current=[34.0, 37.9, 43.2, 47.4, 53.0, 55.9],
        p=[1.10, 1.13, 1.17, 1.21, 1.24, 1.27],
        rd=[1.1, 1.2, 1.4, 1.5, 1.7, 1.8],
    )
    office.tables["data"] = data()
    return office


def data(**more: Any) -> dict[str, Any]:
    return {"file": "figures.csv", "time": "year", "columns": {**COLUMNS, **more}}


def panel_of(office, **more: Any):
    return office.panel("figures.csv", **{**COLUMNS, **more})


HOURS = {"hours_per_worker": "hours"}
BY_GROUP = {"labour_by_group": GROUPS, "labour_income_by_group": PAY}
SURVEY = {"source": "survey"}
LABOUR: list[tuple[dict[str, Any], dict[str, Any], Any]] = [
    (
        HOURS,
        {"measure": "hours", "unit": "hours a week", **SURVEY},
        lambda panel: total_hours(panel, unit="hours a week", source="survey"),
    ),
    (
        HOURS,
        {"measure": "full_time", "part_time": "capped", "full_time_hours": 40.0, **SURVEY},
        lambda panel: full_time_equivalents(
            panel, part_time="capped", full_time_hours=40.0, source="survey"
        ),
    ),
    (
        {"labour_by_group": GROUPS},
        {"measure": "full_time", "part_time": {"low": 0.5, "high": 1.0}, **SURVEY},
        lambda panel: full_time_equivalents(
            panel, part_time={"low": 0.5, "high": 1.0}, source="survey"
        ),
    ),
    (
        BY_GROUP,
        {"composition": SURVEY},
        lambda panel: labour_composition(panel, source="survey"),
    ),
    (
        {"labour_by_group": GROUPS},
        {
            "composition": {
                "relative_wages": {"low": 1.0, "high": 1.8},
                "total": "labour",
                **SURVEY,
            }
        },
        lambda panel: labour_composition(
            panel, relative_wages={"low": 1.0, "high": 1.8}, total="labour", source="survey"
        ),
    ),
    (
        {"trained_share": "trained"},
        {"composition": {"by": "trained", "premium": 0.4, **SURVEY}},
        lambda panel: trained_composition(panel, premium=0.4, source="survey"),
    ),
    (
        {"schooling": "school"},
        {"human_capital": {"returns": "pwt", **SURVEY}},
        lambda panel: human_capital(panel, returns="pwt", source="survey"),
    ),
    (
        {"schooling": "school"},
        {"human_capital": {"returns": "mincer", "rate": 0.08, "rate_source": "study", **SURVEY}},
        lambda panel: human_capital(panel, returns=Mincer(0.08, "study"), source="survey"),
    ),
    (
        {"labour_by_group": GROUPS},
        {"human_capital": {"returns": "pwt", "years": {"low": 6.0, "high": 14.0}, **SURVEY}},
        lambda panel: human_capital_by_level(
            panel, years={"low": 6.0, "high": 14.0}, returns="pwt", source="survey"
        ),
    ),
]


def assert_same(found, expected) -> None:
    assert set(found.columns) == set(expected.columns)
    for role, column in expected.columns.items():
        np.testing.assert_array_equal(found.values(role), column.values)


@pytest.mark.parametrize(("columns", "labour", "library"), LABOUR)
def test_labour_is_the_library_s(
    office, columns: dict[str, Any], labour: dict[str, Any], library
) -> None:
    run = office.run(data=data(**columns), labour=labour)
    assert_same(run.content.panel, library(panel_of(office, **columns)))
    assert run.content.accounts.largest_gap < 1e-12
    for language in LANGUAGES:
        assert "survey" in office.said(language, data=data(**columns), labour=labour)


def test_a_sensitivity_may_measure_labour_otherwise(office) -> None:
    hours = {"measure": "hours", "unit": "hours a week", **SURVEY}
    persons = {"name": "persons", "labour": {"measure": "persons", "unit": "", "source": ""}}
    columns = data(**HOURS)
    with pytest.raises(ValueError, match="plan-key-not-of-method"):
        office.run(data=columns, labour=hours, sensitivity=[persons])
    full_time = {"measure": "full_time", "part_time": "hours", "full_time_hours": 40.0}
    run = office.run(
        data=columns,
        labour={"measure": "full_time", "part_time": "capped", "full_time_hours": 40.0, **SURVEY},
        sensitivity=[{"name": "overtime counts", "labour": full_time}],
    )
    other = total_hours(panel_of(office, **HOURS), unit="hours a week", source="survey")
    growth = other.values("labour")[1:] / other.values("labour")[:-1] - 1
    found = run.sensitivities[0][1].term("labour")[1:]
    np.testing.assert_allclose(found, 0.6 * growth, rtol=0, atol=1e-14)


CAPITAL = {
    "depreciation": 0.05,
    "initial": {"method": "given", "value": 250.0, "year": 2015, "source": "census"},
}


def invested(office, investment: dict[str, Any], columns: dict[str, Any], **more: Any):
    """Return the panel of a plan that accumulates what investment becomes."""
    named = {"output": "y", "labour": "l", **columns}
    table = {"file": "figures.csv", "time": "year", "columns": named}
    return office.run(data=table, investment=investment, capital=CAPITAL, **more).content.panel


@pytest.mark.parametrize(
    ("ratio", "given"),
    [
        (0.8, 0.8),
        ({"2015-2017": 0.8, "2018-2020": 0.75}, {"2015-2017": 0.8, "2018-2020": 0.75}),
        (
            {str(year): 0.01 * (year - 1940) for year in YEARS},
            {y: 0.01 * (y - 1940) for y in YEARS},
        ),
    ],
)
def test_social_investment_becomes_capital_formation_by_a_ratio(office, ratio, given) -> None:
    stated = {"ratio": ratio, "source": "national accounts", "reason": "none of its own"}
    panel = invested(office, stated, {"investment": "v"})
    expected = fixed_capital_formation(
        office.panel("figures.csv", output="y", labour="l", investment="v"),
        ratio=given,
        source="national accounts",
        reason="none of its own",
    )
    np.testing.assert_array_equal(panel.values("investment"), expected.values("investment"))


def test_items_of_investment_count_by_their_fractions(office) -> None:
    items = {"outlays": 1.0, "repairs": 0.0}
    columns = {"investment": {"outlays": "v", "repairs": "repairs"}}
    panel = invested(office, {"items": items, "source": "yearbook"}, columns)
    assert panel.values("investment").tolist() == office.figures["figures.csv"]["v"]


def test_a_ratio_of_current_prices_comes_before_deflation(office) -> None:
    columns = {"investment_current": "v_current", "investment_price": "p"}
    stated = {"ratio": 0.8, "role": "investment_current", "source": "national accounts"}
    prices = {"role": "investment", "base": 2015, "source": "yearbook"}
    panel = invested(office, stated, columns, deflate=[prices])
    before = fixed_capital_formation(
        office.panel("figures.csv", output="y", labour="l", **columns),
        ratio=0.8,
        role="investment_current",
        source="national accounts",
    )
    expected = deflate(before, "investment", base=2015, source="yearbook")
    np.testing.assert_array_equal(panel.values("investment"), expected.values("investment"))


def test_research_is_an_asset_of_its_own_and_counted_once(office) -> None:
    columns = {"investment": {"total": "v", "research": "rd"}}
    research = {"accounts": "SNA 2008", "source": "yearbook"}
    named = {"output": "y", "labour": "l", **columns}
    assets = {"other": CAPITAL, "research": {**CAPITAL, "depreciation": 0.15}}
    run = office.run(
        data={"file": "figures.csv", "time": "year", "columns": named},
        investment={"research": research},
        capital={"assets": assets},
        method={"shares": {"capital": {"other": 0.35, "research": 0.05}, "source": "stated"}},
    )
    expected = separate_research(
        office.panel("figures.csv", **named), accounts="SNA 2008", source="yearbook"
    )
    for asset in assets:
        role = f"investment:{asset}"
        np.testing.assert_array_equal(run.content.panel.values(role), expected.values(role))


@pytest.mark.parametrize(("language", "words"), [("en", "ratio"), ("vi", "hệ số")])
def test_the_report_says_the_ratio_and_its_source(office, language: str, words: str) -> None:
    stated = {"ratio": 0.8, "source": "national accounts 2016"}
    columns = {"output": "y", "labour": "l", "investment": "v"}
    table = {"file": "figures.csv", "time": "year", "columns": columns}
    said = office.said(language, data=table, investment=stated, capital=CAPITAL)
    assert "national accounts 2016" in said
    assert ("0.8" if language == "en" else "0,8") in said
    assert words in said.casefold()


BAD: list[tuple[str, str, dict[str, Any]]] = [
    ("plan-word-unknown", "labour.measure", {"labour": {"measure": "heads"}}),
    ("plan-key-missing", "labour.unit", {"labour": {"measure": "hours", "source": "x"}}),
    ("plan-key-not-of-method", "labour.unit", {"labour": {"unit": "hours"}}),
    (
        "role-missing",
        "labour",
        {"labour": {"measure": "hours", "unit": "hours", "source": "x"}},
    ),
    ("plan-key-missing", "labour.composition.source", {"labour": {"composition": {}}}),
    ("groups-missing", "labour.composition", {"labour": {"composition": {"source": "x"}}}),
    (
        "plan-key-not-of-method",
        "labour.composition.premium",
        {"labour": {"composition": {"premium": 0.4, "source": "x"}}},
    ),
    (
        "plan-key-missing",
        "labour.human_capital.rate",
        {"labour": {"human_capital": {"returns": "mincer", "source": "x", "rate_source": "y"}}},
    ),
    (
        "plan-per-cent",
        "labour.human_capital.rate",
        {
            "labour": {
                "human_capital": {
                    "returns": "mincer",
                    "source": "x",
                    "rate_source": "y",
                    "rate": 8.0,
                }
            }
        },
    ),
    ("plan-choose-one", "investment.ratio", {"investment": {"source": "x"}}),
    ("plan-key-missing", "investment.source", {"investment": {"ratio": 0.8}}),
    ("plan-key-unknown", "investment.ratios", {"investment": {"ratios": 0.8}}),
    (
        "plan-word-unknown",
        "investment.research.accounts",
        {"investment": {"research": {"accounts": "SNA 2025", "source": "x"}}},
    ),
    (
        "ratio-out-of-range",
        "investment",
        {
            "data": {**data(), "columns": {"output": "y", "labour": "l", "investment": "v"}},
            "investment": {"ratio": 80.0, "source": "x"},
            "capital": CAPITAL,
        },
    ),
    (
        "ratio-missing",
        "investment",
        {
            "data": {**data(), "columns": {"output": "y", "labour": "l", "investment": "v"}},
            "investment": {"ratio": {"2016-2020": 0.8}, "source": "x"},
            "capital": CAPITAL,
        },
    ),
]


@pytest.mark.parametrize(("code", "key", "tables"), BAD)
def test_a_slip_is_answered_at_its_key(office, code: str, key: str, tables: dict[str, Any]) -> None:
    office.refused(code, key, **tables)
