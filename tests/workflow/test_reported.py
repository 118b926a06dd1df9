"""Figures already reported: recomputed, the difference, and the causes that are known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tfp.report.building import build_document
from tfp.report.quantities import QUANTITIES
from tfp.workflow.approval import options_hash
from tfp.workflow.plans.plan_reading import plan_of

DOCUMENT = {"document": "12/BC-SKHCN", "date": date(2024, 3, 5)}


@pytest.fixture
def tables(office: Any) -> dict[str, Any]:
    """Return the tables of a plan with a break that is spliced, and write its figures."""
    office.write(
        "figures.csv",
        year=list(range(2018, 2024)),
        y=[100, 106, 108, 111, 118, 124],
        k=[250, 262, 275, 287, 301, 316],
        l=[50, 51, 50.5, 47, 48, 48.5],
        word=["old"] * 3 + ["new"] * 3,
        status=["final"] * 5 + ["preliminary"],
    )
    office.tables |= {
        "plan": {"title": "An office", "area": "Hoa An", "language": "en"},
        "data": {
            "file": "figures.csv",
            "time": "year",
            "status": "status",
            "columns": {"output": "y", "capital": "k", "labour": "l"},
            "definitions": {"labour": "word"},
            "vintages": {"output": "yearbook 2024"},
        },
        "splice": [{"role": "labour", "at": 2021, "previous": 46.5, "source": "survey"}],
        "periods": {"list": ["2019-2023"]},
    }
    return dict(office.tables)


def one(office: Any, **said: Any) -> Any:
    (found,) = office.run(reported=[{**DOCUMENT, **said}]).content.reconciled
    return found


def test_every_quantity_is_recomputed_from_the_accounts(office: Any, tables: Any) -> None:
    del tables
    reported = [
        {**DOCUMENT, "quantity": quantity, "period": 2023, "value": 1.0} for quantity in QUANTITIES
    ]
    run = office.run(reported=reported)
    accounts = run.content.accounts
    points = accounts.contributions.loc[2023]
    shares = accounts.share_of_growth.loc[2023]
    wanted = {
        "output_growth": points["output"],
        "capital_growth": 100 * (316 / 301 - 1),
        "labour_growth": 100 * (48.5 / 48 - 1),
        **{f"{name}_points": points[name] for name in ("capital", "labour", "tfp")},
        **{f"{name}_share": shares[name] for name in ("capital", "labour", "tfp")},
    }
    assert set(wanted) == set(QUANTITIES)
    for item in run.content.reconciled:
        assert item.recomputed == pytest.approx(wanted[item.quantity])
        assert item.difference == pytest.approx(wanted[item.quantity] - 1.0)
        assert item.status == "preliminary"


def test_a_period_is_averaged_as_the_run_averages(office: Any, tables: Any) -> None:
    del tables
    reported = {**DOCUMENT, "quantity": "tfp_share", "period": "2019-2023", "value": 45.2}
    run = office.run(reported=[reported])
    share = run.content.periods[0].share_of_growth["tfp"].iloc[0]
    assert run.content.reconciled[0].recomputed == pytest.approx(share)


def test_the_causes_are_those_that_the_plan_knows(office: Any, tables: Any) -> None:
    options = options_hash(plan_of(tables))
    known = one(
        office,
        quantity="tfp_points",
        period=2023,
        value=0.1,
        status="estimate",
        vintage="yearbook 2023",
        options="0" * 64,
    )
    assert [cause.kind for cause in known.causes] == ["status", "vintage", "options"]
    same = one(
        office,
        quantity="tfp_points",
        period=2023,
        value=0.1,
        status="preliminary",
        vintage="yearbook 2024",
        options=options,
    )
    assert [cause.kind for cause in same.causes] == ["unknown"]
    across = one(office, quantity="tfp_points", period="2020-2021", value=0.1)
    assert [cause.kind for cause in across.causes] == ["break"]
    assert across.causes[0].fields == {"role": "labour", "year": "2021"}


def test_a_figure_that_agrees_as_printed_has_no_difference(office: Any, tables: Any) -> None:
    del tables
    growth = 100 * (124 / 118 - 1)
    agreed = one(office, quantity="output_growth", period=2023, value=round(growth, 1))
    assert [cause.kind for cause in agreed.causes] == ["none"]
    apart = one(office, quantity="output_growth", period=2023, value=round(growth, 1) + 0.1)
    assert [cause.kind for cause in apart.causes] == ["unknown"]


def test_years_that_the_run_lacks_are_said_to_lack(office: Any, tables: Any) -> None:
    del tables
    item = one(office, quantity="tfp_share", period="2015-2017", value=30.0)
    assert (item.recomputed, item.difference) == (None, None)
    assert [cause.kind for cause in item.causes] == ["not_computed"]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_the_report_shows_old_new_difference_document_and_causes(
    office: Any, tables: Any, language: str
) -> None:
    heading = {**tables["plan"], "language": language}
    reported = [
        {**DOCUMENT, "quantity": "tfp_share", "period": "2020-2021", "value": 45.2},
        {**DOCUMENT, "quantity": "tfp_points", "period": 2023, "value": 1.5, "status": "estimate"},
    ]
    table = build_document(office.run(plan=heading, reported=reported).content).table("reported")
    assert table.number == "B13b"
    assert [row[2] for row in table.rows] == [45.2, 1.5]
    for row in table.rows:
        assert row[5] == pytest.approx(row[4] - row[2])
        assert "12/BC-SKHCN" in row[3]
    causes = {"en": "2021 has been settled", "vi": "điểm gãy của lao động năm 2021"}[language]
    assert causes in table.rows[0][6]
    shown = {"en": "estimate → preliminary", "vi": "ước tính → sơ bộ"}[language]
    assert shown in table.rows[1][6]


def test_an_area_that_the_run_does_not_hold_is_refused(office: Any, tables: Any) -> None:
    del tables
    said = {**DOCUMENT, "quantity": "tfp_share", "period": 2023, "value": 1.0, "entity": "Far"}
    office.refused("plan-reported-entity", "reported[1].entity", reported=[said])


def test_the_nation_stands_beside_the_area(office: Any, tables: Any) -> None:
    del tables
    named = {"quantity": "output_growth", "period": 2023, "value": 5.05, "source": "office"}
    table = build_document(office.run(nation=[named]).content).table("nation")
    own = 100 * (124 / 118 - 1)
    assert table.number == "B11b"
    assert table.rows[0][2:5] == pytest.approx((own, 5.05, own - 5.05))
