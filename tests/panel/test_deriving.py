"""What derived columns take from their parents: definitions, settled breaks, statuses."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.errors import TFPError
from tfp.panel.deriving import accumulated, marks_of, one_row_later, weakest_between
from tfp.panel.roles import Column

YEARS = [2018, 2019, 2020, 2021]
BREAK = ["old", "old", "new", "new"]
SOURCE = "survey"


def frame(**columns):
    flat = {
        "year": YEARS,
        "y": [100.0, 105.0, 110.0, 116.0],
        "k": [250.0, 260.0, 270.0, 280.0],
        "l": [50.0, 51.0, 52.0, 53.0],
        "d": BREAK,
    }
    return {**flat, **columns}


def panel_of(defined, data=None, **roles):
    return tfp.Panel(
        frame(**(data or {})), time="year", definitions=dict.fromkeys(defined, "d"), **roles
    )


def refused(panel):
    with pytest.raises(TFPError) as error:
        tfp.growth_accounts(panel, capital_share=0.4)
    return error.value


def total_hours():
    panel = panel_of(
        ["hours_per_worker"],
        {"h": [40.0] * 4},
        output="y",
        capital="k",
        labour="l",
        hours_per_worker="h",
    )
    return "labour", tfp.total_hours(panel, unit="hours", source=SOURCE)


def full_time_equivalents():
    panel = panel_of(
        ["hours_per_worker"],
        {"h": [40.0, 41.0, 36.0, 36.5]},
        output="y",
        capital="k",
        labour="l",
        hours_per_worker="h",
    )
    made = tfp.full_time_equivalents(panel, part_time="hours", full_time_hours=40.0, source=SOURCE)
    return "labour", made


def jobs_by_group():
    panel = panel_of(
        ["labour_by_group:b"],
        {"a": [30.0, 31.0, 32.0, 33.0]},
        output="y",
        capital="k",
        labour_by_group={"a": "a", "b": "l"},
    )
    made = tfp.full_time_equivalents(panel, part_time={"a": 1.0, "b": 0.5}, source=SOURCE)
    return "labour", made


def sum_of_groups():
    panel = panel_of(
        ["labour_by_group:b"],
        {"a": [30.0, 31.0, 32.0, 33.0]},
        output="y",
        capital="k",
        labour_by_group={"a": "a", "b": "l"},
    )
    wages = {"a": 1.0, "b": 2.0}
    made = tfp.labour_composition(panel, relative_wages=wages, source=SOURCE)
    return "labour", made


def capital_services():
    panel = panel_of(
        ["capital:b"],
        {"b": [20.0, 24.0, 29.0, 35.0], "ra": [30.0] * 4, "rb": [8.0] * 4},
        output="y",
        labour="l",
        capital={"a": "k", "b": "b"},
        capital_income={"a": "ra", "b": "rb"},
    )
    return "capital", tfp.CapitalServices(user_cost=None).fit(panel).panel


def inventory():
    panel = panel_of(
        ["investment"], {"i": [30.0, 31.0, 32.0, 33.0]}, output="y", labour="l", investment="i"
    )
    method = tfp.PerpetualInventory(
        depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(2.5, year=2018)
    )
    return "capital", method.fit(panel).panel


def cohorts():
    panel = panel_of(
        ["investment"], {"i": [30.0, 31.0, 32.0, 33.0]}, output="y", labour="l", investment="i"
    )
    method = tfp.CohortInventory(
        efficiency=tfp.Hyperbolic(0.5),
        retirement=tfp.NormalLife(12, 0.25),
        discount_rate=0.04,
        initial_stock=tfp.BackcastInvestment(growth=0.06, years=40),
    )
    return "capital", method.fit(panel).panel


def assets():
    panel = panel_of(
        ["investment:b"],
        {"i": [30.0, 31.0, 32.0, 33.0], "j": [3.0, 3.1, 3.2, 3.3]},
        output="y",
        labour="l",
        investment={"a": "i", "b": "j"},
    )
    each = tfp.PerpetualInventory(
        depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(1.5, year=2018)
    )
    return "capital:b", tfp.AssetInventory({"a": each, "b": each}).fit(panel).panel


def deflated():
    panel = panel_of(
        ["output_price"],
        {"p": [1.0, 1.1, 1.2, 1.3]},
        output_current="y",
        output_price="p",
        capital="k",
        labour="l",
    )
    return "output", tfp.deflate(panel, "output", base=2018, source=SOURCE)


def deflated_values():
    panel = panel_of(
        ["output_current"],
        {"p": [1.0, 1.1, 1.2, 1.3]},
        output_current="y",
        output_price="p",
        capital="k",
        labour="l",
    )
    return "output", tfp.deflate(panel, "output", base=2018, source=SOURCE)


def chained():
    data = {
        "a": [60.0, 62.0, 64.0, 66.0],
        "b": [40.0, 43.0, 46.0, 50.0],
        "va": [60.0, 65.0, 70.0, 72.0],
        "vb": [40.0, 44.0, 48.0, 53.0],
    }
    panel = panel_of(
        ["output_by_part:b"],
        data,
        capital="k",
        labour="l",
        output_by_part={"a": "a", "b": "b"},
        output_current_by_part={"a": "va", "b": "vb"},
    )
    return "output", tfp.chain_volumes(panel, base=2018).panel


def from_growth():
    panel = panel_of(
        ["output_growth"], {"g": [5.0, 5.0, 4.8, 5.5]}, output_growth="g", capital="k", labour="l"
    )
    made = tfp.levels_from_growth(panel, level_year=2018, level=100.0, source=SOURCE)
    return "output", made


MADE = [
    total_hours,
    full_time_equivalents,
    jobs_by_group,
    sum_of_groups,
    capital_services,
    inventory,
    cohorts,
    assets,
    deflated,
    deflated_values,
    chained,
    from_growth,
]


@pytest.mark.parametrize("make", MADE)
def test_growth_of_what_is_derived_does_not_cross_an_unsettled_break(make):
    role, panel = make()
    error = refused(panel.with_column(panel.column(role)))
    assert (error.code, error.fields["role"]) == ("unspliced-break", role)
    assert [place.time for place in error.places] == [2020]


@pytest.mark.parametrize("make", MADE)
def test_a_break_that_is_accepted_in_the_derived_column_passes(make):
    role, panel = make()
    panel = tfp.accept_break(panel, role, 2020, reason="small")
    if panel.has("labour_composition"):
        panel = tfp.accept_break(panel, "labour_composition", 2020, reason="small")
    if role != "capital:b":
        tfp.growth_accounts(panel, capital_share=0.4)
    assert 2020 not in [
        place.time
        for finding in panel.check()
        if finding.fields.get("role") == role and finding.code == "definition-change"
        for place in finding.places
    ]


def test_the_implicit_price_names_its_parents_definitions():
    panel = panel_of(
        ["output_current"], {"v": [100.0, 110.0, 120.0, 130.0]}, output="y", output_current="v"
    )
    assert tfp.implicit_price(panel, "output").column("output_price").definitions == ("old", "new")


def test_a_break_accepted_in_the_parent_is_settled_in_what_is_made_of_it():
    panel = panel_of(
        ["investment"], {"i": [30.0, 31.0, 32.0, 33.0]}, output="y", labour="l", investment="i"
    )
    panel = tfp.accept_break(panel, "investment", 2020, reason="small")
    method = tfp.PerpetualInventory(
        depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(2.5, year=2018)
    )
    assert method.fit(panel).panel.column("capital").accepted == (2,)
    tfp.growth_accounts(method.fit(panel).panel, capital_share=0.4)


def test_capital_at_the_start_of_the_year_breaks_a_year_later():
    panel = panel_of(
        ["investment"], {"i": [30.0, 31.0, 32.0, 33.0]}, output="y", labour="l", investment="i"
    )
    method = tfp.PerpetualInventory(
        depreciation=0.05, initial_stock=tfp.CapitalOutputRatio(2.5, year=2018), timing="start"
    )
    assert [place.time for place in refused(method.fit(panel).panel).places] == [2021]


def incomes(**options):
    data = {
        "w": [50.0] * 4,
        "e": [40.0] * 4,
        "income": [100.0] * 4,
        "status": ["final"] * 3 + ["estimate"],
    }
    return panel_of(
        ["employees"],
        data,
        income="income",
        compensation="w",
        employees="e",
        labour="l",
        **options,
    )


RULE = {"treatment": "average_wage", "production_taxes": "in", "source": SOURCE}


def test_a_share_names_the_definitions_and_the_status_of_its_parts_alone():
    panel = incomes(output="y", status={"output": "status"})
    column = tfp.LabourShare(**RULE).add_to(panel).column("labour_share")
    assert column.status is None  # output's status is none of the share's
    assert column.definition.tolist() == [0, 0, 1, 1]
    panel = incomes(status={"income": "status"})
    assert tfp.LabourShare(**RULE).add_to(panel).column("labour_share").status.tolist() == [
        0,
        0,
        0,
        3,
    ]


def test_a_share_of_another_panel_takes_its_marks_by_year():
    other = tfp.Panel({"year": [2020, 2021, 2022], "y": [1.0, 2.0, 3.0]}, time="year", output="y")
    panel = incomes(status={"income": "status"})
    column = tfp.LabourShare(**RULE).add_to(other, incomes=panel).column("labour_share")
    assert column.status.tolist() == [0, 3, 0]
    assert [column.definition_of(row) for row in range(3)] == ["new", "new", ""]


def test_a_share_that_is_held_has_no_change_of_definition():
    column = tfp.LabourShare(**RULE, hold=2019).add_to(incomes()).column("labour_share")
    assert column.definition is None


def test_a_change_of_definition_in_a_share_is_remarked_and_does_not_block():
    found = tfp.LabourShare(**RULE).add_to(incomes()).check()
    severities = {
        finding.severity
        for finding in found
        if finding.fields.get("role") == "labour_share" and "definition" in finding.code
    }
    assert severities == {"warn"}


def column(numbers, names, accepted=(), status=None):
    return Column(
        role="output",
        name="x",
        values=np.ones(len(numbers)),
        definition=np.array(numbers, dtype=np.int32),
        definitions=names,
        accepted=accepted,
        status=None if status is None else np.array(status, dtype=np.int8),
    )


class TestMarks:
    def test_definitions_are_combined_by_their_names(self):
        found = marks_of([column([0, 0, 1], ("a", "b")), column([0, 1, 1], ("a", "b"))])
        assert [found["definitions"][number] for number in found["definition"]] == [
            "a",
            "a + b",
            "b",
        ]

    def test_two_combinations_of_the_same_words_are_two(self):
        found = marks_of(
            [column([0, 0], ("a", "b")), column([0, 1], ("a", "b")), column([1, 1], ("a", "b"))]
        )
        assert found["definition"][0] != found["definition"][1]
        assert len(set(found["definitions"])) == 2

    def test_a_change_is_settled_where_every_parent_that_changes_is(self):
        settled, open_ = column([0, 1], ("a", "b"), (1,)), column([0, 1], ("c", "d"))
        steady = column([0, 0], ("e",))
        assert marks_of([settled, steady])["accepted"] == (1,)
        assert marks_of([settled, open_])["accepted"] == ()

    def test_blank_stays_blank_alone_and_is_a_change_beside_a_name(self):
        assert marks_of([column([-1, 0], ("a",))])["definition"].tolist() == [-1, 0]
        found = marks_of([column([-1, 0], ("a",)), column([0, 0], ("b",))])
        assert [found["definitions"][number] for number in found["definition"]] == [
            "– + b",
            "a + b",
        ]

    def test_nothing_declared_gives_nothing(self):
        bare = Column(role="output", name="x", values=np.ones(2))
        found = marks_of([bare])
        assert (found["status"], found["definition"], found["definitions"]) == (None, None, ())


ROWS = tfp.Panel(
    {"e": ["A"] * 3 + ["B"] * 3, "year": [2018, 2019, 2020] * 2, "y": [1.0] * 6},
    time="year",
    entity="e",
    output="y",
).rows


class TestAccumulation:
    def test_the_weakest_status_since_the_initial_row_of_each_entity(self):
        found = accumulated(
            marks_of([column([0] * 6, ("a",), status=[3, 2, 0, 0, 1, 0])]), ROWS, np.array([1, 3])
        )
        assert found["status"].tolist() == [3, 2, 2, 0, 1, 1]

    def test_changes_between_the_base_and_each_row_forwards_and_backwards(self):
        status = np.array([3, 1, 2, 3, 1, 2], dtype=np.int8)
        assert weakest_between(status, ROWS, np.array([2, 4])).tolist() == [2, 2, 0, 1, 0, 2]

    def test_marks_a_row_later_stay_within_their_entity(self):
        marks = marks_of([column([0, 0, 1, 1, 0, 0], ("a", "b"), (2, 4), [0, 2, 0, 3, 0, 1])])
        found = one_row_later(marks, ROWS)
        assert found["status"].tolist() == [0, 0, 2, 3, 3, 0]
        assert found["definition"].tolist() == [0, 0, 0, 1, 1, 0]
        assert found["accepted"] == (5,)

    def test_a_stock_is_as_weak_as_the_investment_in_it(self):
        panel = tfp.Panel(
            frame(i=[30.0, 31.0, 32.0, 33.0], s=["final", "Prel.", "final", "final"]),
            time="year",
            output="y",
            labour="l",
            investment="i",
            status={"investment": "s"},
        )
        ratio = tfp.CapitalOutputRatio(2.5, year=2018)
        for timing, expected in (("end", [0, 2, 2, 2]), ("start", [0, 0, 2, 2])):
            method = tfp.PerpetualInventory(depreciation=0.05, initial_stock=ratio, timing=timing)
            made = method.fit(panel).panel
            assert made.column("capital").status.tolist() == expected
            accounts = tfp.growth_accounts(made, capital_share=0.4)
            assert accounts.status.tolist() == [0, 2, 2, 2]

    def test_cohorts_rest_on_all_investment_there_is(self):
        panel = tfp.Panel(
            frame(i=[30.0, 31.0, 32.0, 33.0], s=["final", "Prel.", "final", "final"]),
            time="year",
            output="y",
            investment="i",
            status={"investment": "s"},
        )
        method = tfp.CohortInventory(
            efficiency=tfp.OneHossShay(),
            retirement=tfp.FixedLife(3),
            discount_rate=0.04,
            initial_stock=None,
        )
        made = method.fit(panel).panel.column("capital")
        assert np.isnan(made.values).any()
        assert made.status.tolist() == [0, 2, 2, 2]

    def test_chains_of_prices_and_of_growth(self):
        panel = tfp.Panel(
            {
                "year": YEARS,
                "p": [101.0, 102.0, 103.0, 104.0],
                "s": ["estimate", "final", "Prel.", "final"],
            },
            time="year",
            output_price="p",
            status={"output_price": "s"},
        )
        made = tfp.chain_price_index(panel, "output").column("output_price")
        assert made.status.tolist() == [0, 0, 2, 2]
        panel = tfp.Panel(
            {"year": YEARS, "g": [1.0, 2.0, 3.0, 4.0], "s": ["final", "final", "Prel.", "final"]},
            time="year",
            output_growth="g",
            status={"output_growth": "s"},
        )
        for year, expected in ((2018, [0, 0, 2, 2]), (2021, [2, 2, 2, 0])):
            made = tfp.levels_from_growth(panel, level_year=year, level=100.0, source=SOURCE)
            assert made.column("output").status.tolist() == expected
