"""An estimate by the names of statsmodels, linearmodels, broom and maketables."""

from __future__ import annotations

import numpy as np
import pytest
from linearmodels.panel import PooledOLS

import tfp


@pytest.fixture(scope="module")
def frame():
    return tfp.datasets.generate_firms("DGP1", 60, 5, rng=1).frame


@pytest.fixture(scope="module")
def estimate(frame):
    panel = tfp.Panel(
        frame, entity="firm", time="year", output="output", capital="capital", labour="labour"
    )
    return tfp.PooledLeastSquares(covariance=tfp.Conventional()).fit(panel)


@pytest.fixture(scope="module")
def theirs(frame):
    logs = np.log(frame.set_index(["firm", "year"])).assign(constant=1.0)
    return PooledOLS(logs["output"], logs[["capital", "labour", "constant"]]).fit()


@pytest.mark.parametrize(
    ("ours", "name"),
    [("params", "params"), ("tstats", "tstats"), ("pvalues", "pvalues"), ("cov", "cov")],
)
def test_the_same_under_the_same_name_as_in_linearmodels(estimate, theirs, ours, name):
    found, expected = getattr(estimate, ours), getattr(theirs, name)
    assert list(found.index) == list(expected.index)
    np.testing.assert_allclose(found, expected, rtol=1e-8, atol=1e-14)


def test_intervals_residuals_and_rows_are_those_of_linearmodels(estimate, theirs):
    np.testing.assert_allclose(estimate.conf_int(0.9), theirs.conf_int(0.9), rtol=1e-9)
    assert list(estimate.conf_int().columns) == list(theirs.conf_int().columns)
    assert estimate.nobs == theirs.nobs == 300
    assert estimate.glance()["df_resid"].item() == theirs.df_resid
    assert list(estimate.resids.index.names) == list(theirs.resids.index.names)
    np.testing.assert_allclose(estimate.resids, theirs.resids, rtol=1e-9, atol=1e-12)


def test_no_residual_where_the_row_was_not_used(frame):
    holed = frame.assign(labour=frame["labour"].where(frame["year"] != 2003))
    panel = tfp.Panel(
        holed, entity="firm", time="year", output="output", capital="capital", labour="labour"
    )
    changes = tfp.FirstDifferences().fit(panel)
    assert changes.nobs == len(changes.resids) == 60 * 2
    assert len(changes.augment()) == 300


def test_one_row_and_all_rows(frame):
    panel = tfp.Panel(
        frame, entity="firm", time="year", output="output", capital="capital", labour="labour",
        further_inputs={"materials": "materials"},
    )  # fmt: skip
    estimate = tfp.AckerbergCavesFrazer(form="translog", degree=2).fit(panel)
    glance = estimate.glance()
    assert len(glance) == 1
    assert glance["nobs"].item() == 300
    assert glance["returns_to_scale"].item() == estimate.returns_to_scale
    assert glance["identified"].item() == estimate.identified
    assert list(estimate.augment().columns) == [
        "log_tfp", "log_productivity", "residual", "elasticity_capital", "elasticity_labour",
    ]  # fmt: skip


def test_frames_are_the_reader_s_own(estimate):
    coefficients, covariance = estimate.params, estimate.cov
    coefficients["capital"] = covariance.loc["capital", "capital"] = 9.0
    assert estimate.params["capital"] == estimate.elasticities["capital"] != 9.0
    assert estimate.cov.loc["capital", "capital"] != 9.0


def test_maketables_finds_what_it_asks_for(estimate):
    """The hooks of its plug-in format, version 0.2."""
    table = estimate.__maketables_coef_table__
    assert list(table.columns) == ["b", "se", "t", "p", "ci95l", "ci95u"]
    assert table.index.name == "Coefficient"
    assert table.loc["capital", "b"] == estimate.elasticities["capital"]
    assert estimate.__maketables_depvar__ == "log output"
    shown = {
        key: estimate.__maketables_stat__(key) for key in estimate.__maketables_default_stat_keys__
    }
    assert shown == {
        "N": 300,
        "entities": 60,
        "returns_to_scale": estimate.returns_to_scale,
        "se_type": "conventional",
    }
    assert estimate.__maketables_stat__("r2_of_another_kind") is None
    assert set(estimate.__maketables_stat_labels__) <= set(shown)
