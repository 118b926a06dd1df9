"""Published TFP figures, as they were published."""

from __future__ import annotations

import pandas as pd
import pytest

from tfp.datasets import published_tfp

NUMBERS = {
    "first_year": "from",
    "last_year": "to",
    "output_growth": "g_y",
    "capital_growth": "g_k",
    "labour_growth": "g_l",
    "capital_share": "alpha_capital",
    "labour_share": "beta_labour",
    "tfp_growth": "tfp_growth",
    "tfp_share_of_growth": "tfp_share",
    "capital_share_of_growth": "capital_share_of_growth",
}


@pytest.fixture
def frame():
    return published_tfp().frame


def test_every_figure_is_that_of_the_reference_file(reference_data, frame):
    reference = pd.read_csv(reference_data("published_tfp.csv"), comment="#")
    for ours, theirs in NUMBERS.items():
        pd.testing.assert_series_equal(
            frame[ours], reference[theirs], check_names=False, check_dtype=False, check_exact=True
        )
    assert frame["area"].tolist() == reference["area"].str.split(":").str[0].tolist()


def test_every_row_names_its_source_and_method(frame):
    assert frame["source"].notna().all()
    assert frame["method"].notna().all()
    assert not frame["source"].str.startswith("same").any()
    assert not frame["method"].str.startswith("same").any()


def test_official_shares_rest_on_the_old_vintage(frame):
    official = frame[frame["output_vintage"] == "before the re-evaluation of 2019"]
    assert official["tfp_share_of_growth"].tolist() == [33.58, 44.46, 46.11]
    assert set(official["area"]) == {"Viet Nam"}


def test_provinces_are_known_by_name_and_code(frame):
    from tfp.datasets import provinces

    names = provinces().frame.set_index("code_2004")["name_vi"]
    provincial = frame[frame["area"] != "Viet Nam"]
    assert names[provincial["code_2004"]].tolist() == provincial["area_vi"].tolist()
    assert frame.loc[frame["area"] == "Viet Nam", "code_2004"].isna().all()
