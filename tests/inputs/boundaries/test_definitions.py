"""Definitions of a merged series: settled where those of all its parts are."""

from __future__ import annotations

import pytest

import tfp

YEARS = list(range(2017, 2023))
OLD, NEW = "ICLS-13", "ICLS-19"


def panel_of(first_break, second_break, settle=("Hưng Yên", "Thái Bình")):
    """Return two parts whose definition changes in given years (None: never), spliced there."""
    breaks = {"Hưng Yên": first_break, "Thái Bình": second_break}
    rows = [
        {"p": name, "year": year, "y": 1.0 + year - 2017,
         "l": 100.0 + year - 2017 if at is None or year < at else 80.0,
         "d": OLD if at is None or year < at else NEW}
        for name, at in breaks.items()
        for year in YEARS
    ]  # fmt: skip
    frame = {key: [row[key] for row in rows] for key in rows[0]}
    panel = tfp.Panel(frame, entity="p", time="year", output="y", labour="l",
                      definitions={"labour": "d"})  # fmt: skip
    for name in settle:
        if breaks[name] is not None:
            panel = tfp.splice(
                panel, "labour", breaks[name], tfp.PublishedOverlap(80.0, source="survey"),
                entity=name,
            )  # fmt: skip
    return tfp.assign_areas(panel, "63 provinces")


def refusal(panel):
    with pytest.raises(tfp.MethodError) as error:
        tfp.merge_areas(panel)
    return error.value


def test_one_break_spliced_in_both_parts_is_settled_in_the_whole():
    labour = tfp.merge_areas(panel_of(2021, 2021)).column("labour")
    assert labour.accepted == (4,)
    assert [labour.definition_of(row) for row in range(6)] == [OLD] * 4 + [NEW] * 2
    assert labour.values[4] / labour.values[3] == 1.0


def test_one_break_left_open_in_one_part_is_open_in_the_whole():
    merged = tfp.merge_areas(panel_of(2021, 2021, settle=("Hưng Yên",)))
    assert merged.column("labour").accepted == ()
    with pytest.raises(tfp.MethodError, match="unspliced-break"):
        tfp.growth_accounts(merged, capital_share=0.4)


def test_breaks_in_two_years_spliced_in_both_parts_are_settled():
    labour = tfp.merge_areas(panel_of(2019, 2021)).column("labour")
    assert labour.accepted == (2, 4)
    names = [labour.definition_of(row) for row in range(6)]
    assert names == [OLD, OLD, f"{NEW} + {OLD}", f"{NEW} + {OLD}", NEW, NEW]
    assert labour.breaks_of_definition == (2, 4)


@pytest.mark.parametrize("settle", [(), ("Hưng Yên",), ("Thái Bình",)])
def test_two_definitions_in_one_year_are_not_added_before_they_are_linked(settle):
    error = refusal(panel_of(2019, 2021, settle))
    assert error.code == "definitions-of-parts-differ"
    assert error.fields["definitions"] == [NEW, OLD]
    assert [place.time for place in error.places] == [2019, 2020]


def test_parts_that_end_on_two_definitions_were_never_on_one_footing():
    error = refusal(panel_of(2021, None))
    assert error.code == "definitions-of-parts-differ"
    assert [place.time for place in error.places] == [2021, 2022]


def test_published_levels_do_not_enter_a_sum_of_spliced_parts():
    merged = tfp.merge_areas(panel_of(2021, 2021))
    entry = next(e for e in merged.ledger if e.action == "merged" and e.role == "labour")
    assert entry.fields["linked"] == (2017, 2018, 2019, 2020)
    values = merged.values("labour").copy()
    values[1] = float("nan")
    with pytest.raises(tfp.MethodError, match="level-spliced"):
        tfp.fill_values(merged.with_values("labour", values), "labour", {2018: 200.0}, reason="x")
