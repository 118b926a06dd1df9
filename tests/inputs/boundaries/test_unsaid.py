"""A series over 2025 that does not say its boundary is found; others are left alone."""

from __future__ import annotations

import pytest

import tfp
from tfp.inputs.boundaries.unsaid import unsaid_boundaries


def panel_of(area, years=range(2022, 2028), **options):
    years = list(years)
    frame = {"year": years, "y": [100.0 * 1.05**n for n in range(len(years))]}
    return tfp.Panel(frame, time="year", area=area, output="y", **options)


@pytest.mark.parametrize("area", ["Hưng Yên", "LAO CAI", "TP.HCM", "Đồng Nai"])
def test_a_name_of_two_areas_over_the_change_is_found(area):
    (finding,) = unsaid_boundaries(panel_of(area))
    assert (finding.severity, finding.places[0].time) == ("block", 2026)
    for language in ("en", "vi"):
        assert area in finding.part("found", language)
    assert "boundary-unsaid" in [finding.code for finding in tfp.check_inputs(panel_of(area))]


@pytest.mark.parametrize(
    ("area", "years"),
    [
        ("Quảng Ninh", range(2022, 2028)),  # the same territory
        ("Thái Bình", range(2022, 2028)),  # no name of the new list
        ("Viet Nam", range(2022, 2028)),
        ("", range(2022, 2028)),
        ("Hưng Yên", range(2015, 2026)),  # one boundary only
        ("Hưng Yên", range(2026, 2030)),
    ],
)
def test_there_is_no_false_alarm(area, years):
    assert list(unsaid_boundaries(panel_of(area, years))) == []


def test_a_declared_boundary_settles_it():
    assert list(unsaid_boundaries(tfp.assign_areas(panel_of("Hưng Yên"), "34 units"))) == []


def coded(labels, **options):
    frame = {"p": [x for x in labels for _ in range(2)], "year": [2022, 2023] * len(labels),
             "y": [100.0, 105.0] * len(labels)}  # fmt: skip
    return tfp.Panel(frame, time="year", entity="p", output="y", **options)


def test_bare_codes_of_provinces_say_nothing():
    (finding,) = unsaid_boundaries(coded(["15", "24"]))
    assert (finding.code, finding.severity) == ("area-codes-unsaid", "block")
    assert "area-codes-unsaid" in [f.code for f in tfp.check_inputs(coded(["15", "24"]))]
    for language in ("en", "vi"):
        assert "15, 24" in finding.part("found", language)
    assert list(unsaid_boundaries(tfp.assign_areas(coded(["15", "24"]), 2024))) == []


@pytest.mark.parametrize("labels", [["1", "2"], ["10", "11", "13"], [str(n) for n in range(30)]])
def test_numbers_of_other_things_are_no_codes(labels):
    assert list(unsaid_boundaries(coded(labels))) == []
