"""A figure is replaced only by one who says what stands there, why, and where the right one is."""

from __future__ import annotations

import numpy as np
import pytest

import tfp
from tfp.language.catalogue import LANGUAGES

WHY = {"reason": "decimal comma lost", "source": "yearbook 2019, table 95"}


def panel_of(**columns):
    frame = {"year": [2016, 2017, 2018, 2019], "i": [21326.2, 18533.2, 219658.0, 25509.7]}
    return tfp.Panel({**frame, **columns}, time="year", investment="i")


def two_areas():
    frame = {"p": list("AABB"), "year": [2018, 2019] * 2, "l": [5.0, 6.0, 7.0, 80.0]}
    return tfp.Panel(frame, entity="p", time="year", labour="l")


def test_the_figure_is_replaced_and_the_ledger_says_so() -> None:
    panel = panel_of()
    right = tfp.correct_values(panel, "investment", {2018: (219658, 21965.8)}, **WHY)

    assert right.values("investment").tolist() == [21326.2, 18533.2, 21965.8, 25509.7]
    assert panel.values("investment")[2] == 219658.0
    (entry,) = right.ledger
    assert (entry.action, entry.role, entry.rows) == ("corrected", "investment", (("", 2018),))
    assert (entry.reason, entry.source) == (WHY["reason"], WHY["source"])
    assert entry.detail() == "2018: 219,658 → 21,965.8"
    assert [entry.what(language) for language in LANGUAGES] == ["corrected", "sửa số liệu"]


def test_a_figure_known_to_be_wrong_is_left_empty() -> None:
    right = tfp.correct_values(panel_of(), "investment", {2018: (219658, None)}, **WHY)

    assert np.isnan(right.values("investment")[2])
    assert right.ledger[0].detail() == "2018: 219,658 → –"


def test_several_years_of_one_of_several_areas() -> None:
    right = tfp.correct_values(
        two_areas(), "labour", {2018: (7.0, 7.5), 2019: (80.0, 8.0)}, entity="B", **WHY
    )

    assert right.values("labour").tolist() == [5.0, 6.0, 7.5, 8.0]
    assert right.ledger[0].rows == (("B", 2018), ("B", 2019))


@pytest.mark.parametrize(
    ("values", "options", "code"),
    [
        ({2018: (21965.8, 219658.0)}, {}, "correction-mismatch"),
        ({2018: (219658.001, 21965.8)}, {}, "correction-mismatch"),
        ({2018: (219658, 219658.0)}, {}, "correction-without-change"),
        ({2018: 21965.8}, {}, "correction-not-a-number"),
        ({2018: (219658, "many")}, {}, "correction-not-a-number"),
        ({2018: (219658, float("inf"))}, {}, "correction-not-a-number"),
        ({2018: (None, 1.0)}, {}, "correction-not-a-number"),
        ({2025: (1.0, 2.0)}, {}, "year-missing"),
        ({2018: (219658, 21965.8)}, {"reason": " "}, "reason-missing"),
        ({2018: (219658, 21965.8)}, {"source": ""}, "correction-without-source"),
        ({2018: (219658, 21965.8)}, {"entity": "Huế"}, "entity-unknown"),
    ],
)
def test_what_is_refused(values, options, code) -> None:
    with pytest.raises(tfp.MethodError) as error:
        tfp.correct_values(panel_of(), "investment", values, **{**WHY, **options})

    assert error.value.code == code


def test_an_empty_cell_is_filled_not_corrected() -> None:
    panel = panel_of(i=[1.0, 2.0, None, 4.0])
    with pytest.raises(tfp.MethodError) as error:
        tfp.correct_values(panel, "investment", {2018: (3.0, 3.5)}, **WHY)

    assert error.value.code == "correction-mismatch"
    assert error.value.places[0].time == 2018


def test_of_several_areas_one_is_named() -> None:
    with pytest.raises(tfp.MethodError) as error:
        tfp.correct_values(two_areas(), "labour", {2019: (80.0, 8.0)}, **WHY)

    assert error.value.code == "entity-needed"


def test_before_a_splice_not_after() -> None:
    panel = tfp.Panel({"year": [2019, 2020, 2021], "l": [50.0, 51.0, 48.0]}, time="year",
                      labour="l")  # fmt: skip
    spliced = tfp.splice(panel, "labour", 2021, tfp.AssumedGrowth(0.0, name="zero growth"))
    with pytest.raises(tfp.MethodError) as error:
        tfp.correct_values(spliced, "labour", {2020: (48.0, 47.0)}, **WHY)

    assert error.value.code == "level-spliced"
    assert tfp.correct_values(spliced, "labour", {2021: (48.0, 47.0)}, **WHY).ledger


def test_a_correction_outlives_saving(tmp_path) -> None:
    frame = {"year": [2018, 2019, 2020], "y": [1.0, 1.1, 1.2], "k": [3.0, 3.3, 33.0],
             "l": [1.0, 1.0, 1.1]}  # fmt: skip
    panel = tfp.Panel(frame, time="year", output="y", capital="k", labour="l")
    right = tfp.correct_values(panel, "capital", {2020: (33.0, 3.5)}, **WHY)
    accounts = tfp.GrowthAccounting(
        factor_weights=tfp.FixedShares(capital=0.4, source="table")
    ).fit(right)

    accounts.save(tmp_path / "a.tfp")

    again = tfp.load(tmp_path / "a.tfp")
    assert [entry.action for entry in again.panel_ledger] == ["corrected"]
    assert again.panel_ledger[0].detail("vi") == right.ledger[0].detail("vi")
