"""Names and sums of provinces as official tables and other people's files have them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp

CONCORDANCE = tfp.viet_nam_concordance()
FILES = [
    "gso_province_labour_1995_2016.csv",
    "gso_vhlss_income_by_source_province.csv",
    "province_panel_2016_2022.csv",
]


@pytest.mark.parametrize("name", FILES)
def test_every_name_of_a_real_file_is_found(reference_data, name):
    labels = pd.read_csv(reference_data(name), comment="#")["name_en"].unique()
    assert len({CONCORDANCE.old.find(label) for label in labels}) == len(labels) == 63


def test_names_and_codes_of_both_boundaries_agree_with_the_reference_table(reference_data):
    table = pd.read_csv(reference_data("vn_provinces.csv"), comment="#", dtype=str)
    for row in table.itertuples():
        old = CONCORDANCE.old.find(row.code)
        new = CONCORDANCE.new.find(row.new_code)
        assert CONCORDANCE.old.find(row.name_vi) is CONCORDANCE.old.find(row.name_en) is old
        assert CONCORDANCE.new.find(row.new_name_vi) is CONCORDANCE.new.find(row.new_name_en)
        assert CONCORDANCE.successor(old) == new
        assert len(CONCORDANCE.parts(new)) == int(row.n_parts)
    renamed = {row.code for row in table.itertuples() if row.keeps_code == "1"} - {
        row.code for row in table.itertuples() if row.keeps_name == "1"
    }
    assert set(CONCORDANCE.reused_codes) == renamed - {"46"}  # Huế changed its name only


def test_labour_of_63_provinces_is_that_of_34_units(reference_data):
    frame = pd.read_csv(reference_data(FILES[0]), comment="#")
    column = "labour_force_thous"
    known = frame.dropna(subset=[column])
    known = known[known["year"] >= 2010]
    panel = tfp.Panel(known, entity="name_en", time="year", labour=column)
    merged = tfp.merge_areas(tfp.assign_areas(panel, "63 provinces"))
    assert len(merged.rows.entities) == 34
    np.testing.assert_allclose(
        merged.frame["labour"].groupby(level=1).sum(),
        known.groupby("year")[column].sum(),
        rtol=1e-13,
    )
