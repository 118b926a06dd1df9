"""Yearbook figures: each is that of the reference files, in whatever unit it is printed."""

from __future__ import annotations

import unicodedata

import pandas as pd
import pytest

from tfp.datasets import provinces, yearbook_figures

FILES = {"Hưng Yên": "hung_yen", "Hòa Bình": "hoa_binh", "Quảng Trị": "quang_tri"}
IN_FILE_UNITS = {"billion VND": 1_000.0, "thousand persons": 1_000.0}
# Growth that the files keep inside the name of a vintage or as the divisor of a derived level.
FROM_REMARKS = {
    ("Hòa Bình", "social_investment_cur_growth", 2021): 8.6,
    ("Hòa Bình", "social_investment_cur_share_nonstate", 2021): 60.31,
    ("Hưng Yên", "social_investment_cur_growth", 2019): 10.11,
    ("Hưng Yên", "social_investment_cur_growth", 2020): 8.25,
    ("Hưng Yên", "social_investment_cur_growth", 2021): -10.33,
    ("Hưng Yên", "social_investment_cur_growth", 2023): 24.71,
    ("Quảng Trị", "social_investment_cur_growth", 2021): 48.0,
}


@pytest.fixture
def frame():
    return yearbook_figures().frame


def test_every_figure_is_one_of_the_reference_files(reference_data, frame):
    found = 0
    for area, name in FILES.items():
        reference = pd.read_csv(reference_data(f"province_{name}.csv"), comment="#")
        printed = {
            (row.variable, row.year, round(float(row.value), 6)) for row in reference.itertuples()
        }
        for row in frame[frame["area"] == area].itertuples():
            key = (area, row.variable, row.year)
            if key in FROM_REMARKS:
                assert row.value == FROM_REMARKS[key]
                continue
            value = round(row.value * IN_FILE_UNITS.get(row.unit, 1.0), 6)
            assert (row.variable, row.year, value) in printed
            found += 1
    assert found + len(FROM_REMARKS) == len(frame) == 174


def test_every_row_says_which_book_and_where_it_was_read(frame):
    for column in ("unit", "vintage", "source"):
        assert frame[column].notna().all()
    assert frame["source"].str.contains("http").all()
    assert set(frame["status"].dropna()) == {"final", "preliminary", "estimate"}


def test_no_book_prints_one_figure_twice(frame):
    assert not frame.duplicated(["area", "variable", "year", "vintage"]).any()


def test_provinces_are_known_by_name_and_code(frame):
    names = provinces().frame.set_index("code_2004")["name_vi"]
    assert names[frame["code_2004"]].tolist() == frame["area"].tolist()
    assert all(unicodedata.is_normalized("NFC", area) for area in frame["area"])
