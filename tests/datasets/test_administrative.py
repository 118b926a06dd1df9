"""Provinces before and after 1 July 2025."""

from __future__ import annotations

import pandas as pd
import pytest

from tfp.datasets import provinces


@pytest.fixture
def frame():
    return provinces().frame


def test_every_entry_is_that_of_the_reference_file(reference_data, frame):
    reference = pd.read_csv(
        reference_data("vn_provinces.csv"), comment="#", dtype={"code": str, "new_code": str}
    )
    for ours, theirs in (
        ("code_2004", "code"),
        ("name_vi", "name_vi"),
        ("name_en", "name_en"),
        ("region_vi", "region_vi"),
        ("region_en", "region"),
        ("unit_code_2025", "new_code"),
        ("unit_name_vi", "new_name_vi"),
        ("unit_name_en", "new_name_en"),
        ("parts", "n_parts"),
    ):
        assert frame[ours].tolist() == reference[theirs].tolist()


def test_63_provinces_became_34_units(frame):
    assert frame["code_2004"].is_unique
    assert frame["name_vi"].is_unique
    assert len(frame) == 63
    assert frame["unit_code_2025"].nunique() == frame["unit_name_vi"].nunique() == 34
    assert frame["region_vi"].nunique() == 6
    assert (frame["code_2004"].str.len() == 2).all()


def test_parts_counts_the_provinces_of_each_unit(frame):
    counted = frame.groupby("unit_code_2025")["code_2004"].transform("size")
    assert (frame["parts"] == counted).all()
    assert (frame["parts"] == 1).sum() == 11


def test_seven_codes_changed_hands(frame):
    """A code alone does not say which province is meant."""
    names_2004 = frame.set_index("code_2004")["name_vi"]
    names_2025 = frame.drop_duplicates("unit_code_2025").set_index("unit_code_2025")["unit_name_vi"]
    # Thừa Thiên Huế was renamed, Huế is the same territory.
    reused = {
        code
        for code, name in names_2025.items()
        if names_2004[code] != name and names_2004[code] != "Thừa Thiên Huế"
    }
    assert reused == {"15", "24", "44", "52", "80", "82", "91"}
