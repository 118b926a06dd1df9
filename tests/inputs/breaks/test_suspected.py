"""Suspected breaks are explained where one is known, and gone once they are settled."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp
from tfp.language.catalogue import LANGUAGES

YEARS = np.arange(2010, 2025)
PROVINCES = ["Cao Bằng", "Lạng Sơn", "Sơn La", "Hà Nội", "Huế", "Nghệ An", "Cà Mau", "An Giang",
             "Bắc Ninh", "Hưng Yên"]  # fmt: skip


def national(since=2021, factor=0.92, **options):
    noise = np.random.default_rng(5).normal(0.0, 0.004, (2, len(YEARS)))
    frame = {
        "year": YEARS,
        "y": 100.0 * np.exp(0.06 * (YEARS - 2010) + noise[0]),
        "l": 50.0 * np.exp(0.01 * (YEARS - 2010) + noise[1]) * np.where(since <= YEARS, factor, 1),
    }
    given = {"time": "year", "area": "Việt Nam", "output": "y", "labour": "l"}
    return tfp.Panel(frame, **{**given, **options})


def provinces(factors, **options):
    rng = np.random.default_rng(6)
    rows = []
    for name, factor in zip(PROVINCES, factors, strict=True):
        level = 500.0 * np.exp(0.01 * (YEARS - 2010) + rng.normal(0.0, 0.004, len(YEARS)))
        level *= np.where(YEARS >= 2021, factor, 1.0)
        rows.append(pd.DataFrame({"p": name, "year": YEARS, "l": level}))
    return tfp.Panel(pd.concat(rows), entity="p", time="year", labour="l", **options)


def test_the_national_break_is_explained() -> None:
    (item,) = tfp.suspected_breaks(national())

    assert (item.role, item.column, item.time) == ("labour", "l", 2021)
    assert item.entities == ("Việt Nam",)
    assert [known.name for known in item.known] == ["icls-19"]
    assert item.change == pytest.approx(-8.0, abs=1.5)
    assert "ICLS-19" in item.explanation("vi")
    assert "published figure of 2020" in item.advice()


def test_a_break_that_nobody_knows_says_so() -> None:
    (item,) = tfp.suspected_breaks(national(since=2016))

    assert item.known == ()
    assert item.explanation() == "No known break matches."
    assert "correct_values" in item.advice("vi")


def test_in_another_country_the_same_year_is_no_known_break() -> None:
    (item,) = tfp.suspected_breaks(national(area="France"))

    assert item.known == ()


def test_settled_breaks_are_not_suspected() -> None:
    panel = national()
    labels = {"d": np.where(YEARS >= 2021, "ICLS-19", "ICLS-13")}
    declared = tfp.Panel(
        {**{name: panel.values(role) for name, role in (("y", "output"), ("l", "labour"))},
         "year": YEARS, **labels},
        time="year", output="y", labour="l", definitions={"labour": "d"},
    )  # fmt: skip
    for settled in (
        declared,
        tfp.accept_break(panel, "labour", 2021, reason="as published"),
        tfp.splice(panel, "labour", 2021, tfp.AssumedGrowth(0.0, name="zero growth")),
    ):
        assert tfp.suspected_breaks(settled) == ()


def test_most_provinces_at_once_are_one_break() -> None:
    panel = provinces(np.linspace(0.6, 0.95, len(PROVINCES)))

    (item,) = tfp.suspected_breaks(panel)

    assert (item.kind, item.time, len(item.entities)) == ("common", 2021, len(PROVINCES))
    assert [known.name for known in item.known] == ["icls-19"]
    assert item.where() == "10 entities, 2021"
    assert -25.0 < item.change < -20.0


def test_once_most_are_spliced_the_others_are_a_common_break_no_more() -> None:
    panel = provinces(np.full(len(PROVINCES), 0.8))
    link = tfp.NationalRatio(100.0, 80.0, source="survey")
    for name in PROVINCES[:6]:
        panel = tfp.splice(panel, "labour", 2021, link, entity=name)

    left = tfp.suspected_breaks(panel)

    assert {entity for item in left for entity in item.entities} <= set(PROVINCES[6:])
    for name in PROVINCES[6:]:
        panel = tfp.splice(panel, "labour", 2021, link, entity=name)
    assert tfp.suspected_breaks(panel) == ()


def test_a_common_break_after_a_gap_is_measured_over_the_gap() -> None:
    panel = provinces(np.full(len(PROVINCES), 0.8))
    values = panel.values("labour").copy()
    values[panel.rows.times == 2020] = np.nan

    (item,) = tfp.suspected_breaks(panel.with_values("labour", values))

    # Two years of growth by one per cent, and a fifth less.
    assert (item.kind, item.time) == ("common", 2021)
    assert item.change == pytest.approx(100.0 * (0.8 * np.exp(0.02) - 1.0), abs=0.5)


def test_a_figure_that_comes_back_is_no_break() -> None:
    factors = np.ones(len(PROVINCES))
    panel = provinces(factors)
    values = panel.values("labour").copy()
    values[20] *= 10.0

    assert tfp.suspected_breaks(panel.with_values("labour", values)) == ()


def test_one_role_can_be_asked_for() -> None:
    panel = national()

    assert len(tfp.suspected_breaks(panel, "labour")) == 1
    assert tfp.suspected_breaks(panel, "output") == ()
    with pytest.raises(tfp.PanelError):
        tfp.suspected_breaks(panel, "capital")


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_show_themselves_in_words_and_as_a_frame(language) -> None:
    found = tfp.suspected_breaks(national())

    shown = found.show(language)
    frame = found.frame(language)
    assert "2021" in shown
    assert "ICLS-19" in shown
    assert len(frame) == 1
    assert frame["known"].tolist() == ["icls-19"]
    assert repr(found) == found.show("en")
    empty = tfp.suspected_breaks(national(), "output")
    assert len(empty.show(language).split()) > 3
    assert empty.frame(language).empty


def test_a_frame_is_no_panel() -> None:
    with pytest.raises(tfp.PanelError) as error:
        tfp.suspected_breaks(pd.DataFrame({"year": [2020]}))

    assert error.value.code == "panel-expected"
