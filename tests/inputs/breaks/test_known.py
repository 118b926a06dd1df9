"""What is known of breaks: each has its words, its source, and the areas it is in."""

from __future__ import annotations

import dataclasses
import re

import pytest

import tfp
from tfp.language.catalogue import LANGUAGES, subject
from tfp.panel.roles import ROLES

ALL = tfp.known_breaks()


@pytest.mark.parametrize("known", ALL, ids=lambda known: known.name)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_says_what_changed_and_how_it_is_linked(known, language) -> None:
    assert len(known.what(language).split()) >= 10
    assert len(known.link(language).split()) >= 8
    assert str(known.first) in known.source + known.what(language)


@pytest.mark.parametrize("known", ALL, ids=lambda known: known.name)
def test_each_has_a_source_areas_and_roles_that_exist(known) -> None:
    assert known.source.strip()
    assert known.areas
    assert set(known.roles) <= set(ROLES)


def test_the_words_and_the_records_are_of_the_same_breaks() -> None:
    for language in LANGUAGES:
        assert set(subject("breaks", language)["known"]) == {known.name for known in ALL}


def test_they_come_in_the_order_of_their_years_and_cannot_be_changed() -> None:
    assert [known.first for known in ALL] == sorted(known.first for known in ALL)
    with pytest.raises(dataclasses.FrozenInstanceError):
        ALL[0].first = 1990


@pytest.mark.parametrize(
    ("area", "role", "names"),
    [
        ("Hà Nội", "population", ["ha-noi-2008"]),
        ("HA NOI", "population", ["ha-noi-2008"]),
        ("TP. Hà Nội", "population", ["ha-noi-2008"]),
        ("TP.HCM", "labour", ["icls-19", "units-2025"]),
        ("15", "labour", []),
        ("Lào Cai", "output", ["divisions-2004", "units-2025"]),
        ("Hòa Bình", "labour", ["hoa-binh-2008", "icls-19-hoa-binh", "icls-19", "units-2025"]),
        ("Quảng Ninh", "labour", ["icls-19"]),
        ("Quảng Ninh", "output_by_part:industry", ["sectors-2010"]),
        ("Viet Nam", "labour", ["pwt-employment-2019", "icls-19"]),
        ("Viet Nam", "investment", []),
        ("France", "labour", []),
        ("", "labour", ["pwt-employment-2019", "icls-19"]),
    ],
)
def test_areas_are_known_by_their_names_in_any_spelling(area, role, names) -> None:
    assert [known.name for known in tfp.known_breaks(area, role)] == names


def test_of_the_units_of_2025_those_that_kept_their_area_have_no_break() -> None:
    (merged,) = (known for known in ALL if known.name == "units-2025")
    frame = tfp.datasets.provinces().frame
    for row in frame.itertuples():
        assert merged.covers(row.name_vi) == (row.parts > 1)
        assert merged.covers(row.unit_name_en) == (row.parts > 1)


def test_a_misspelt_province_or_role_is_not_answered_with_nothing() -> None:
    with pytest.raises(tfp.PanelError, match="Hòa Bình"):
        tfp.known_breaks("Hoaa Binh")
    with pytest.raises(tfp.PanelError, match="labour"):
        tfp.known_breaks("Viet Nam", "labor")


def test_the_source_of_a_break_is_cited_in_the_language_of_the_reader() -> None:
    for known in ALL:
        assert known.said_source() == known.source
        assert re.search(r"Resolution|GSO| of ", known.said_source("vi")) is None
