"""Persons, hours and full-time jobs: one labour input measured three ways."""

from __future__ import annotations

import numpy as np
import pytest

import tfp

WORKERS, HOURS = [100.0, 102.0, 101.0], [44.0, 40.0, 36.0]


def panel_of(unit="thousand persons", **further):
    frame = {
        "year": [2019, 2020, 2021], "workers": WORKERS, "hours": HOURS,
        "y": [100.0, 105.0, 106.0], "k": [250.0, 260.0, 272.0],
    }  # fmt: skip
    roles = {"labour": "workers", "hours_per_worker": "hours", "output": "y", "capital": "k"}
    return tfp.Panel(frame, time="year", units={"labour": unit}, **(roles | further))


def by_group():
    frame = {"year": [2020, 2021], "full": [80.0, 70.0], "part": [20.0, 40.0]}
    return tfp.Panel(
        frame, time="year", labour_by_group={"full": "full", "part": "part"},
        units={"labour_by_group": "thousand persons"},
    )  # fmt: skip


def jobs(panel, part_time, hours=40.0):
    return tfp.full_time_equivalents(
        panel, part_time=part_time, full_time_hours=hours, source="labour code"
    )


def refusal(code, function, *arguments, **options):
    with pytest.raises(tfp.TFPError) as error:
        function(*arguments, **options)
    assert error.value.code == code
    assert error.value.message("en") != error.value.message("vi")


def test_total_hours_take_the_place_of_persons_and_hours():
    panel = tfp.total_hours(panel_of(), unit="thousand hours a week", source="survey")
    assert panel.values("labour").tolist() == [4400.0, 4080.0, 3636.0]
    assert panel.column("labour").unit == "thousand hours a week"
    assert not panel.has("hours_per_worker")
    assert panel_of().has("hours_per_worker")


def test_in_logarithms_the_accounts_are_the_same_either_way():
    method = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.4), rates="log")
    apart = method.fit(panel_of()).contributions
    one = method.fit(tfp.total_hours(panel_of(), unit="hours", source="survey")).contributions
    np.testing.assert_allclose(
        apart[["labour", "hours_per_worker"]].sum(axis=1), one["labour"], atol=1e-12
    )
    np.testing.assert_allclose(apart["tfp"], one["tfp"], atol=1e-12)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("hours", [110.0, 102.0, 90.9]), ("capped", [100.0, 102.0, 90.9])],
)
def test_overtime_counts_or_does_not(rule, expected):
    panel = jobs(panel_of(), rule)
    assert panel.values("labour").tolist() == pytest.approx(expected, rel=1e-15)
    (entry,) = panel.ledger
    assert "40.0" in entry.why("en")
    assert entry.source == "labour code"
    assert panel.column("labour").unit == "full-time equivalents"


def test_the_length_of_a_full_time_job_cancels_from_growth_where_every_hour_counts():
    one, other = (jobs(panel_of(), "hours", norm).values("labour") for norm in (40.0, 48.0))
    np.testing.assert_allclose(one[1:] / one[:-1], other[1:] / other[:-1], rtol=1e-15)


def test_part_time_workers_by_group():
    panel = jobs(by_group(), {"full": 1.0, "part": 0.5}, None)
    assert panel.values("labour").tolist() == [90.0, 90.0]
    assert "part: 0.5" in panel.ledger[0].why("vi")


@pytest.mark.parametrize(
    ("code", "call"),
    [
        ("source-required", lambda: tfp.total_hours(panel_of(), unit="h", source="")),
        (
            "labour-in-hours",
            lambda: tfp.total_hours(panel_of("million hours"), unit="h", source="s"),
        ),
        ("full-time-hours", lambda: jobs(panel_of(), "hours", None)),
        ("full-time-hours", lambda: jobs(panel_of(), "hours", 0.0)),
        ("full-time-hours", lambda: jobs(by_group(), {"full": 1.0, "part": 0.5}, 40.0)),
        ("option-unknown", lambda: jobs(panel_of(), "half")),
        ("part-time-groups", lambda: jobs(by_group(), {"full": 1.0}, None)),
        ("part-time-groups", lambda: jobs(by_group(), {"full": 1.0, "part": 0.0}, None)),
        ("groups-missing", lambda: jobs(panel_of(), {"full": 1.0}, None)),
    ],
)
def test_what_is_refused(code, call):
    refusal(code, call)
