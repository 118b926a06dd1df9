"""A plan gives the figures of the main example, its sensitivities, and says what it cannot do."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from tfp.datasets.national import vietnam
from tfp.errors import PlanError
from tfp.workflow.demonstration import demo_files, write_demo
from tfp.workflow.plans.plan_reading import plan_of, read_plan
from tfp.workflow.run import Run, prepare, run_plan

if TYPE_CHECKING:
    from pathlib import Path

# Published digits: points of growth are given with six decimals, shares with four.
POINTS, SHARES = 5e-7, 5e-5

MAIN = {
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
PERIODS = {
    "sum_of_rates": (35.0249, 46.0762, 44.7371, 42.8525, 40.7144),
    "increments": (36.0179, 46.2169, 44.6427, 43.0348, 41.7285),
    "log": (35.0933, 46.1175, 45.0763, 42.8373, 40.8545),
}
BASIC_PRICES, MID_YEAR = 6, 7
# By sum of rates: which sensitivity of the plan, which period, TFP share of growth.
SENSITIVITIES = [
    (0, "2021-2024", 59.5433),
    (1, "2021-2024", 37.6981),
    (2, "2011-2015", 33.5167),
    (2, "2016-2019", 45.3191),
    (2, "2021-2024", 42.4131),
    (BASIC_PRICES, "2011-2015", 37.7344),
    (BASIC_PRICES, "2021-2024", 44.3369),
    (MID_YEAR, "2016-2019", 46.3666),
    (MID_YEAR, "2021-2024", 42.0358),
]
CAPITAL_SHARES = {3: (39.09, 47.02), 4: (28.93, 36.60), 5: (13.70, 20.96)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workflow") / "demo"
    write_demo(folder, "en")
    return folder


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    return run_plan(read_plan((folder / "tfp.toml").read_bytes()), folder)


def tfp_shares(run: Run, accounts) -> dict[str, dict[str, float]]:
    return {
        periods.average: periods.share_of_growth["tfp"].to_dict()
        for periods in run.periods(accounts)
    }


def test_the_demonstration_is_the_main_example_to_its_last_printed_digit(run: Run) -> None:
    found = run.content.accounts.contributions[["output", "capital", "labour", "tfp"]]
    assert found.index.tolist() == list(MAIN)
    np.testing.assert_allclose(found.to_numpy(), list(MAIN.values()), rtol=0, atol=POINTS)


def test_its_periods_stand_under_all_three_averages(run: Run) -> None:
    found = tfp_shares(run, run.content.accounts)
    for average, shares in PERIODS.items():
        np.testing.assert_allclose(list(found[average].values()), shares, rtol=0, atol=SHARES)


def test_the_first_average_is_that_of_the_method_and_the_others_follow(run: Run) -> None:
    averages = [periods.average for periods in run.content.periods]
    assert averages[0] == "increments"
    assert sorted(averages) == ["increments", "log", "sum_of_rates"]


def test_the_initial_stock_is_derived_from_the_earlier_vintage(run: Run) -> None:
    assert run.content.capital.options["initial_stock"]["ratio"] == 2.5067903632755035


@pytest.mark.parametrize(("number", "period", "share"), SENSITIVITIES)
def test_a_sensitivity_is_the_plan_with_one_assumption_changed(
    run: Run, number: int, period: str, share: float
) -> None:
    _, accounts = run.sensitivities[number]
    found = tfp_shares(run, accounts)["sum_of_rates"][period]
    assert found == pytest.approx(share, abs=SHARES)


@pytest.mark.parametrize(("number", "shares"), CAPITAL_SHARES.items())
def test_other_capital_shares_give_other_tfp_shares(
    run: Run, number: int, shares: tuple[float, float]
) -> None:
    found = tfp_shares(run, run.sensitivities[number][1])["sum_of_rates"]
    expected = pytest.approx(shares, abs=0.005)
    assert (found["2011-2015"], found["2021-2024"]) == expected


def test_output_at_basic_prices_changes_output_and_tfp_alone(run: Run) -> None:
    main, other = run.content.accounts, run.sensitivities[BASIC_PRICES][1]
    figures = vietnam().frame
    output = (figures["gdp"] - figures["product_taxes"]).to_numpy()
    ours, theirs = main.contributions, other.contributions
    growth = 100 * (output[1:] / output[:-1] - 1)
    np.testing.assert_allclose(theirs["output"], growth, rtol=0, atol=1e-12)
    # The initial stock is the same, whatever output its ratio is taken of.
    for name in ("capital", "labour"):
        np.testing.assert_allclose(theirs[name], ours[name], rtol=0, atol=1e-12)
    gained = (theirs - ours)[["output", "tfp"]]
    assert gained["output"].abs().min() > 0.02
    np.testing.assert_allclose(gained["tfp"], gained["output"], rtol=0, atol=1e-12)


def test_capital_at_mid_year_starts_with_the_stock_before_the_stated_one(run: Run) -> None:
    end = run.content.capital.end_of_year
    investment = run.content.capital.panel.values("investment")
    start = np.append((end[0] - investment[0]) / 0.95, end[:-1])
    middle = (start + end) / 2
    accounts = run.sensitivities[MID_YEAR][1]
    expected = 40 * (middle[1:] / middle[:-1] - 1)
    capital = accounts.contributions["capital"].loc[2011:]
    np.testing.assert_allclose(capital, expected, rtol=0, atol=1e-12)
    for shown in (run.content.sensitivities[MID_YEAR].periods, *run.periods(accounts)):
        assert not shown.share_of_growth["tfp"].isna().any()


def test_both_languages_of_the_demonstration_give_the_same_figures(
    run: Run, tmp_path: Path
) -> None:
    write_demo(tmp_path / "vi", "vi")
    plan = read_plan((tmp_path / "vi" / "tfp.toml").read_bytes())
    other = run_plan(plan, tmp_path / "vi")
    for (_, ours), (_, theirs) in zip(run.sensitivities, other.sensitivities, strict=True):
        assert ours.fingerprint == theirs.fingerprint
    assert run.content.accounts.fingerprint == other.content.accounts.fingerprint
    outcomes = [o.outcome for o in other.content.comparison.outcomes]
    assert outcomes == [o.outcome for o in run.content.comparison.outcomes]


def test_the_ledger_says_what_was_done_to_the_data(run: Run) -> None:
    ledger = run.content.accounts.ledger
    labour = ledger[ledger["role"] == "labour"]
    assert labour["action"].value_counts().to_dict() == {"spliced": 11, "filled": 1}
    assert labour.loc[labour["action"] == "filled", "time"].tolist() == [2017]


def test_published_targets_come_out_under_the_name_of_the_plan(run: Run) -> None:
    outcomes = [
        (o.target.due_year, o.target.basis, o.outcome)
        for o in run.content.comparison.outcomes
        if o.target.due_year < 2030
    ]
    assert outcomes == [
        (2020, "year", "not_reached"),
        (2020, "period_average", "reached"),
        (2021, "year", "not_reached"),
        (2025, "period_average", "not_yet_due"),
        (2025, "year", "not_yet_due"),
    ]
    later = {o.outcome for o in run.content.comparison.outcomes if o.target.due_year == 2030}
    assert later == {"not_yet_due"}


def test_data_with_an_open_break_do_not_become_accounts(folder: Path) -> None:
    plan = read_plan((folder / "tfp.toml").read_bytes())
    unsettled = replace(plan, treatment=replace(plan.treatment, splice=()))
    assert [f.code for f in prepare(unsettled, folder).findings.blocking] == ["definition-change"]
    with pytest.raises(PlanError) as raised:
        run_plan(unsettled, folder)
    assert raised.value.code == "data-blocked"
    assert raised.value.places[0].time == 2021


def test_every_file_read_is_named_with_its_hash(run: Run) -> None:
    assert [file.name for file in run.files] == ["vietnam_2010_2024.csv", "vietnam_2005_2016.csv"]
    assert all(len(file.sha256) == 64 for file in run.files)
    assert run.content.sources[0].sha256 == run.files[0].sha256
    assert run.content.sources[1].sha256 == run.files[1].sha256


def test_without_periods_the_whole_span_is_averaged(folder: Path) -> None:
    plan = read_plan((folder / "tfp.toml").read_bytes())
    run = run_plan(replace(plan, periods=None, sensitivities=()), folder)
    assert set(run.content.periods[0].period) == {"2011-2024"}


def panel_plan(**tables: object) -> dict[str, object]:
    """Return the tables of a plan for two areas with capital given."""
    return {
        "plan": {"title": "Two areas", "area": "Both", "language": "en"},
        "data": {
            "file": "areas.csv",
            "entity": "area",
            "time": "year",
            "decimal": ",",
            "columns": {"output": "y", "capital": "k", "labour": "l"},
        },
        "method": {"shares": {"capital": 0.4}},
        **tables,
    }


@pytest.fixture
def areas(tmp_path: Path) -> Path:
    lines = ["area;year;y;k;l"]
    for area, growth in (("Hà Nội", 1.05), ("Huế", 1.03)):
        lines += [
            f"{area};{2018 + t};{100 * growth**t};{250 * 1.06**t};{10 * 1.01**t}".replace(".", ",")
            for t in range(5)
        ]
    (tmp_path / "areas.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    return tmp_path


def test_a_plan_for_several_areas_gives_accounts_of_each(areas: Path) -> None:
    accounts = run_plan(plan_of(panel_plan()), areas).content.accounts
    tfp = accounts.contributions["tfp"].groupby("area").mean()
    # 5 (or 3) less 0.4 x 6 less 0.6 x 1 points, every year.
    assert tfp.to_dict() == pytest.approx({"Huế": 0.0, "Hà Nội": 2.0}, abs=1e-9)


def test_a_gap_of_one_area_is_filled_by_naming_it(areas: Path) -> None:
    path = areas / "areas.csv"
    rows = path.read_text(encoding="utf-8-sig").splitlines()
    cells = rows[3].split(";")
    assert cells[:2] == ["Hà Nội", "2020"]
    rows[3] = ";".join([*cells[:4], ""])
    path.write_text("\n".join(rows), encoding="utf-8")
    entry = {"role": "labour", "entity": "Hà Nội", "reason": "survey of the year"}
    filled = plan_of(panel_plan(fill=[{**entry, "values": {"2020": 10.201}}]))
    bridged = plan_of(panel_plan(interpolate=[{**entry, "years": [2020], "method": "geometric"}]))
    for plan in (filled, bridged):
        tfp = run_plan(plan, areas).content.accounts.contributions["tfp"]
        assert tfp.loc["Hà Nội"].tolist() == pytest.approx([2.0] * 4, abs=1e-9)


def test_one_of_several_columns_of_a_role_may_be_another(areas: Path) -> None:
    path = areas / "areas.csv"
    head, *rows = path.read_text(encoding="utf-8-sig").splitlines()
    lines = [f"{head};b;still"] + [f"{row};{row.split(';')[3]};100,0" for row in rows]
    path.write_text("\n".join(lines), encoding="utf-8")
    tables = panel_plan(
        method={"shares": {"capital": {"machines": 0.1, "buildings": 0.3}}},
        sensitivity=[{"name": "still", "columns": {"capital": {"machines": "still"}}}],
    )
    capital = {"machines": "k", "buildings": "b"}
    tables["data"]["columns"] = {"output": "y", "labour": "l", "capital": capital}
    tables["data"]["units"] = {"capital": "billion VND"}
    plan = plan_of(tables)
    (_, other), main = *(run := run_plan(plan, areas)).sensitivities, run.content.accounts
    points = {"capital_machines": (0.6, 0.0), "capital_buildings": (1.8, 1.8)}
    for term, (before, after) in points.items():
        assert main.contributions[term].tolist() == pytest.approx([before] * 8)
        assert other.contributions[term].tolist() == pytest.approx([after] * 8)
    assert plan.normalised()["sensitivities"][0]["columns"] == {"capital": {"machines": "still"}}


@pytest.mark.parametrize(
    ("initial", "stock_2010"),
    [
        ({"method": "given", "value": 6000000.0, "year": 2010}, 6000000.0),
        ({"method": "capital_output_ratio", "ratio": 2.0, "year": 2010}, 2 * 2739843.2),
        (
            {"method": "steady_state", "years": "2010-2014"},
            # I (1 + g) / (g + delta), g the mean growth of investment over the window
            963320.3 * (1085936.9 / 963320.3) ** 0.25 / ((1085936.9 / 963320.3) ** 0.25 - 0.95),
        ),
        (
            {"method": "icor", "year": 2010, "years": "2011-2012"},
            2739843.2 * (917334.3 + 938799.9) / (3076041.9 - 2739843.2),
        ),
    ],
)
def test_each_rule_for_the_initial_stock(
    folder: Path, initial: dict[str, object], stock_2010: float
) -> None:
    tables = tomllib.loads(demo_files("en")["tfp.toml"].decode())
    tables["capital"] = {"depreciation": 0.05, "initial": initial}
    del tables["sensitivity"]
    run = run_plan(plan_of(tables), folder)
    assert run.content.capital.end_of_year[0] == pytest.approx(stock_2010, rel=1e-12)


@pytest.mark.parametrize(
    ("method", "name"),
    [
        ({"preset": "national", "shares": {"capital": 0.4}}, "national"),
        ({"preset": "national", "rates": "log", "shares": {"capital": 0.4}}, "national (varied)"),
        (
            {
                "preset": "index_fixed",
                "shares": {"rule": "labour_equivalents", "capital": 0.4, "base": 2010},
            },
            "index_fixed",
        ),
        (
            {
                "shares": {
                    "by_period": {"2011-2015": {"capital": 0.4}, "2016-2024": {"capital": 0.42}}
                }
            },
            "growth accounting",
        ),
    ],
)
def test_each_way_of_stating_the_method(folder: Path, method: dict[str, object], name: str) -> None:
    tables = tomllib.loads(demo_files("en")["tfp.toml"].decode())
    tables["method"] = method
    del tables["sensitivity"]
    accounts = run_plan(plan_of(tables), folder).content.accounts
    assert accounts.provenance.method == name
    assert accounts.largest_gap < 1e-12
