"""One year at a time: what is left, and what hangs on it."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import tfp


def test_each_year_is_left_out_of_a_regression(national):
    found = tfp.leave_one_year_out(tfp.PooledLeastSquares(), national)
    assert list(found.times) == list(range(2010, 2025))
    logs = np.log(
        np.column_stack([national.values(name) for name in ("output", "capital", "labour")])
    )
    for at in range(15):
        rest = np.delete(logs, at, axis=0)
        regressors = np.column_stack([rest[:, 1:], np.ones(14)])
        expected = np.linalg.lstsq(regressors, rest[:, 0], rcond=None)[0][:2]
        np.testing.assert_allclose(found.elasticities_without[at], expected, rtol=1e-7)


def test_no_difference_reaches_over_the_year(national):
    whole = tfp.FirstDifferences().fit(national)
    found = tfp.leave_one_year_out(tfp.FirstDifferences(), national)
    logs = np.log(
        np.column_stack([national.values(name) for name in ("output", "capital", "labour")])
    )
    growth = np.delete(np.diff(logs, axis=0), [4, 5], axis=0)  # into 2015 and out of it
    regressors = np.column_stack([growth[:, 1:], np.ones(len(growth))])
    expected = np.linalg.lstsq(regressors, growth[:, 0], rcond=None)[0][:2]
    np.testing.assert_allclose(found.elasticities_without[5], expected, rtol=1e-6)
    assert found.whole.elasticities == whole.elasticities


def test_the_range_names_the_year(national):
    found = tfp.leave_one_year_out(tfp.PooledLeastSquares(), national)
    table = found.range
    assert (table["lowest"] <= table["all_years"]).all()
    assert (table["all_years"] <= table["highest"]).all()
    lowest = found.elasticities["labour"].idxmin()
    assert table.loc["labour", "lowest_without"] == lowest
    # Fifteen years: a single one moves the elasticity of labour by a quarter.
    assert table.loc["labour", "highest"] - table.loc["labour", "lowest"] > 0.25


def test_a_year_that_cannot_be_spared_is_said():
    panel = tfp.Panel(
        {"year": [2001, 2002, 2003, 2004], "y": [1.0, 2.0, 4.0, 5.0], "k": [1.0, 1.0, 1.0, 2.0],
         "l": [1.0, 2.0, 3.5, 4.0]},
        time="year", output="y", capital="k", labour="l",
    )  # fmt: skip
    method = tfp.PooledLeastSquares()
    with pytest.raises(tfp.MethodError):
        method.fit(panel.with_values("output", np.array([1.0, 2.0, 4.0, np.nan])))
    found = tfp.leave_one_year_out(tfp.PooledLeastSquares(constant_returns=True), panel)
    assert found.warnings == ()
    missing = tfp.leave_one_year_out(method, panel)
    assert [finding.fields["year"] for finding in missing.warnings] == [2001, 2002, 2003, 2004]
    assert missing.elasticities["capital"].isna().all()
    assert missing.range["lowest"].isna().all()
    assert missing.range["lowest_without"].isna().all()
    assert "nan to nan" in repr(missing)
    assert "2004" in missing.summary("vi")
    assert "Without 2004 there is no estimate" in missing.warnings[3].part("found")


def test_it_is_kept_and_shown(national, tmp_path):
    found = tfp.leave_one_year_out(tfp.PooledLeastSquares(), national)
    found.save(tmp_path / "years.tfp")
    again = tfp.load(tmp_path / "years.tfp")
    pd.testing.assert_frame_equal(again.tidy(), found.tidy())
    assert found.tidy().columns.tolist() == ["left_out", "term", "estimate", "change"]
    assert "Hệ số co giãn khi lần lượt bỏ từng năm" in found.summary("vi")
    assert "labour 0.3" in repr(found)


def test_a_seed_is_given_to_every_year_anew(national):
    method = tfp.BayesianCobbDouglas(
        elasticities={"capital": tfp.Prior(0.4, 0.2), "labour": tfp.Prior(0.6, 0.2)},
        signs="positive",
        draws=200,
    )
    first, second = (tfp.leave_one_year_out(method, national, rng=2) for _ in range(2))
    np.testing.assert_array_equal(first.elasticities_without, second.elasticities_without)
