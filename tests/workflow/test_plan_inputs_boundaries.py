"""``[boundaries]`` names areas, adds them up and carries them on as the library does."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tfp.accounts.fixed_shares import FixedShares
from tfp.accounts.growth import GrowthAccounting
from tfp.accounts.merged_areas import merged_tfp
from tfp.inputs.boundaries.assigning import assign_areas
from tfp.inputs.boundaries.merging import merge_areas
from tfp.inputs.boundaries.series import one_series
from tfp.inputs.breaks.splicing import PublishedOverlap, splice
from tfp.language.catalogue import LANGUAGES
from tfp.language.terms import boundary_name
from tfp.report.building import build_document

OLD = "63 provinces (to 30 June 2025)"
NEW = "34 units (from 1 July 2025)"
ROLES = {"output": "y", "capital": "k", "labour": "l"}
DATA = {"file": "provinces.csv", "entity": "tinh", "time": "year", "columns": ROLES}
YEARS = list(range(2020, 2026))
GROWTH = {"HUNG YEN": 1.08, "Tỉnh Thái Bình": 1.06}


@pytest.fixture
def office(office):
    """Return an office with two provinces that became one, and figures of the new one."""
    steps = np.arange(6)
    columns: dict[str, list[Any]] = {name: [] for name in ("tinh", "year", "y", "k", "l", "p")}
    for name, growth in GROWTH.items():
        columns["tinh"] += [name] * 6
        columns["year"] += YEARS
        columns["y"] += (60 * growth**steps).round(3).tolist()
        columns["k"] += (150 * (growth + 0.01) ** steps).round(3).tolist()
        columns["l"] += (600 * 1.01**steps).round(2).tolist()
        columns["p"] += (1.03**steps).round(4).tolist()
    office.write("provinces.csv", **columns)
    office.write(
        "new.csv",
        nam=[2025, 2026, 2027],
        grdp=[170.1, 183.5, 197.2],
        von=[440.2, 481.0, 524.4],
        ld=[1262.0, 1270.4, 1281.7],
    )
    some = {"year": [2020, 2021], "y": [1.0, 1.1], "k": [3.0, 3.1], "l": [5.0, 5.1]}
    office.write("strange.csv", tinh=["Atlantis"] * 2, **some)
    office.tables["plan"] = {**office.tables["plan"], "area": "Hưng Yên"}
    office.tables["data"] = DATA
    return office


def former(office):
    panel = office.panel("provinces.csv", entity="tinh", **ROLES)
    return assign_areas(panel, "63 provinces")


PUBLISHED = {
    "vintage": "34 units",
    "link": "growth",
    "tolerance": 3.0,
    "data": {
        "file": "new.csv",
        "time": "nam",
        "columns": {"output": "grdp", "capital": "von", "labour": "ld"},
    },
}
MERGE = {"vintage": 2024, "merge": True}


def test_areas_take_their_own_names_and_the_boundary_is_declared(office) -> None:
    panel = office.run(boundaries={"vintage": "63 provinces"}).content.panel
    assert panel.rows.entities == ("Hưng Yên", "Thái Bình")
    assert {column.boundary for column in panel.columns.values()} == {OLD}
    assert panel.values("output").tolist() == former(office).values("output").tolist()


def test_later_tables_name_areas_by_their_own_names(office) -> None:
    overlap = {
        "role": "labour",
        "at": 2022,
        "previous": 590.0,
        "source": "survey",
        "entity": "Thái Bình",
    }
    panel = office.run(boundaries={"vintage": "63 provinces"}, splice=[overlap]).content.panel
    link = PublishedOverlap(590.0, source="survey")
    expected = splice(former(office), "labour", 2022, link, entity="Thái Bình")
    assert panel.values("labour").tolist() == expected.values("labour").tolist()


def test_a_gap_is_filled_from_a_column_whatever_the_file_calls_the_area(office) -> None:
    figures = office.figures["provinces.csv"]
    short = [*figures["l"]]
    short[2] = None
    office.write("provinces.csv", **{**figures, "l": short, "l2": figures["l"]})
    fill = {
        "role": "labour",
        "entity": "Hưng Yên",
        "from_column": "l2",
        "years": [2022],
        "reason": "left out",
    }
    panel = office.run(boundaries={"vintage": "63 provinces"}, fill=[fill]).content.panel
    assert panel.values("labour").tolist() == figures["l"]


def test_merged_areas_are_the_library_s(office) -> None:
    panel = office.run(boundaries=MERGE).content.panel
    expected = merge_areas(former(office))
    assert panel.rows.entities == ("Hưng Yên",)
    for role in ROLES:
        assert panel.values(role).tolist() == expected.values(role).tolist()
    total = np.reshape(office.figures["provinces.csv"]["y"], (2, 6)).sum(axis=0)
    np.testing.assert_allclose(panel.values("output"), total, rtol=1e-15)


def test_a_mean_is_merged_by_the_weight_that_is_named_or_left_out(office) -> None:
    columns = {**ROLES, "schooling": "p"}
    tables = {"data": {**DATA, "columns": columns}}
    weighed = office.run(**tables, boundaries={**MERGE, "weights": {"schooling": "labour"}})
    panel = office.panel("provinces.csv", entity="tinh", **columns)
    expected = merge_areas(assign_areas(panel, 2024), weights={"schooling": "labour"})
    found = weighed.content.panel.values("schooling")
    assert found.tolist() == expected.values("schooling").tolist()
    left_out = office.run(**tables, boundaries={**MERGE, "leave_out": ["schooling"]})
    assert not left_out.content.panel.has("schooling")
    office.refused("mean-without-weight", "boundaries", **tables, boundaries=MERGE)


def test_figures_of_the_new_unit_carry_the_series_on(office) -> None:
    run = office.run(boundaries={**MERGE, "published": PUBLISHED})
    columns = PUBLISHED["data"]["columns"]
    newer = office.panel("new.csv", time="nam", area="Hưng Yên", **columns)
    newer = assign_areas(newer, "34 units")
    expected = one_series(former(office), newer, link="growth", tolerance=3.0)
    panel = run.content.panel
    assert panel.rows.times.tolist() == list(range(2020, 2028))
    for role in ROLES:
        assert panel.values(role).tolist() == expected.values(role).tolist()
    assert panel.values("output")[-2:].tolist() == [183.5, 197.2]
    assert [file.name for file in run.files] == ["provinces.csv", "new.csv"]


def test_another_table_of_units_serves_as_well(office) -> None:
    office.write("units.csv", before=["HUNG YEN", "Thái Bình"], after=["Sông Hồng"] * 2)
    table = {
        "file": "units.csv",
        "old": {"boundary": "parts", "name": "before"},
        "new": {"boundary": "wholes", "name": "after"},
    }
    stated = {"vintage": "parts", "merge": True, "table": table}
    run = office.run(boundaries=stated)
    assert run.content.panel.rows.entities == ("Sông Hồng",)
    assert run.content.panel.column("output").boundary == "wholes"
    assert [file.name for file in run.files] == ["provinces.csv", "units.csv"]


def test_incomes_of_a_further_file_are_named_by_the_plan_s_table_of_units(office) -> None:
    office.write("units.csv", before=["HUNG YEN", "Thái Bình"], after=["Sông Hồng"] * 2)
    office.write("io.csv", vung=["SONG HONG"], nam=[2022], gdp=[200.0], luong=[120.0])
    table = {
        "file": "units.csv",
        "old": {"boundary": "parts", "name": "before"},
        "new": {"boundary": "wholes", "name": "after"},
    }
    incomes = {
        "file": "io.csv",
        "entity": "vung",
        "time": "nam",
        "columns": {"income": "gdp", "labour_income": "luong"},
    }
    stated = {
        "treatment": "mixed_to_labour",
        "production_taxes": "in",
        "hold": 2022,
        "data": incomes,
        "vintage": "wholes",
    }
    run = office.run(
        boundaries={"vintage": "parts", "merge": True, "table": table},
        method={"shares": {"rule": "labour_share", "labour_share": stated, "source": "table"}},
    )
    assert set(run.content.panel.values("labour_share")) == {0.6}
    assert [file.name for file in run.files] == ["provinces.csv", "units.csv", "io.csv"]


def test_a_sensitivity_may_join_the_two_boundaries_otherwise(office) -> None:
    levels = {**PUBLISHED, "link": "levels"}
    run = office.run(
        boundaries={**MERGE, "published": PUBLISHED},
        sensitivity=[{"name": "levels", "boundaries": {"published": levels}}],
    )
    ours, theirs = run.content.accounts.total, run.sensitivities[0][1].total
    assert ours[5] != theirs[5]
    np.testing.assert_allclose(ours[6:], theirs[6:], rtol=1e-15)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_report_says_which_areas_were_added_up(office, language: str) -> None:
    said = office.said(language, boundaries={**MERGE, "published": PUBLISHED})
    assert "Hưng Yên + Thái Bình" in said
    assert boundary_name(NEW, language) in said


def test_tfp_of_the_whole_is_that_of_its_parts_and_what_moved_between_them(office) -> None:
    run = office.run(boundaries={**MERGE, "reallocation": True})
    (found,) = run.content.ranges
    method = GrowthAccounting(factor_weights=FixedShares(capital=0.4, source="stated"))
    parts, whole = former(office), merge_areas(former(office))
    expected = merged_tfp(method.fit(parts), method.fit(whole))
    assert found.contributions.equals(expected.contributions)
    np.testing.assert_allclose(found.total, run.content.accounts.term("tfp"), rtol=1e-12)
    tables = build_document(run.content).tables()
    assert "decomposition" in [table.name for table in tables]


BAD: list[tuple[str, str, dict[str, Any]]] = [
    (
        "plan-key-needs",
        "boundaries.reallocation",
        {"boundaries": {"vintage": 2024, "reallocation": True}},
    ),
    (
        "merged-needs-simple-rates",
        "boundaries.reallocation",
        {
            "boundaries": {**MERGE, "reallocation": True},
            "method": {"rates": "log", "shares": {"capital": 0.4}},
        },
    ),
    ("plan-key-missing", "boundaries.vintage", {"boundaries": {"merge": True}}),
    ("plan-key-unknown", "boundaries.vintages", {"boundaries": {"vintages": 2024}}),
    ("plan-not-truth", "boundaries.merge", {"boundaries": {"vintage": 2024, "merge": "yes"}}),
    (
        "plan-key-needs",
        "boundaries.leave_out",
        {"boundaries": {"vintage": 2024, "leave_out": ["output"]}},
    ),
    (
        "plan-role-unknown",
        "boundaries.leave_out.1",
        {"boundaries": {**MERGE, "leave_out": ["prize"]}},
    ),
    ("boundary-unknown", "boundaries.vintage", {"boundaries": {"vintage": "62 provinces"}}),
    ("year-of-both-boundaries", "boundaries.vintage", {"boundaries": {"vintage": 2025}}),
    (
        "area-unknown",
        "boundaries.vintage",
        {"data": {**DATA, "file": "strange.csv"}, "boundaries": {"vintage": 2024}},
    ),
    (
        "plan-key-missing",
        "boundaries.published.link",
        {
            "boundaries": {
                **MERGE,
                "published": {k: v for k, v in PUBLISHED.items() if k != "link"},
            }
        },
    ),
    (
        "plan-key-missing",
        "boundaries.published.data.columns",
        {"boundaries": {**MERGE, "published": {**PUBLISHED, "data": {}}}},
    ),
    (
        "discrepancy-too-large",
        "boundaries.published",
        {"boundaries": {**MERGE, "published": {**PUBLISHED, "tolerance": 0.01}}},
    ),
    (
        "file-not-found",
        "boundaries.published.data.file",
        {
            "boundaries": {
                **MERGE,
                "published": {**PUBLISHED, "data": {**PUBLISHED["data"], "file": "later.csv"}},
            }
        },
    ),
    (
        "plan-key-missing",
        "boundaries.table.new",
        {
            "boundaries": {
                "vintage": "parts",
                "table": {"file": "u.csv", "old": {"boundary": "parts", "name": "a"}},
            }
        },
    ),
]


@pytest.mark.parametrize(("code", "key", "tables"), BAD)
def test_a_slip_is_answered_at_its_key(office, code: str, key: str, tables: dict[str, Any]) -> None:
    office.refused(code, key, **tables)


def test_a_single_province_is_named_too(office) -> None:
    own = {"file": "own.csv", "time": "year", "columns": ROLES}
    figures = {name: values[:6] for name, values in office.figures["provinces.csv"].items()}
    office.write("own.csv", **figures)
    office.tables["plan"] = {**office.tables["plan"], "area": "TP. Huế"}
    panel = office.run(data=own, boundaries={"vintage": 2024}).content.panel
    assert panel.rows.entities == ("Thừa Thiên Huế",)
