"""Solow (1957): the bundled table, its slip of 1943, and the published end point."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tfp.datasets import solow_1957

CONSTANT_SHARE = 0.335


def growth(values):
    return np.diff(values) / values[:-1]


@pytest.fixture
def frame():
    return solow_1957().frame


def test_every_figure_is_that_of_the_reference_file(reference_data, frame):
    reference = pd.read_csv(reference_data("solow1957_ecdat.csv"))
    for ours, theirs in (
        ("year", "year"),
        ("output_per_hour", "q"),
        ("capital_per_hour", "k"),
        ("technology", "A"),
    ):
        assert frame[ours].tolist() == reference[theirs].tolist()


def test_constant_share_gives_the_known_end_point(frame):
    output = frame["output_per_hour"].to_numpy()
    capital = frame["capital_per_hour"].to_numpy()
    residual = growth(output) - CONSTANT_SHARE * growth(capital)
    technology = np.prod(1 + residual)
    assert technology == pytest.approx(1.8533, abs=5e-5)
    assert frame["technology"].iloc[-1] == 1.809
    assert frame["year"].iloc[-1] == 1949


def test_only_1943_is_flagged_and_it_alone_implies_an_absurd_share(frame):
    output = growth(frame["output_per_hour"].to_numpy())
    capital = growth(frame["capital_per_hour"].to_numpy())
    technology = growth(frame["technology"].to_numpy())
    moved = capital != 0
    implied = pd.Series(
        (output[moved] - technology[moved]) / capital[moved], frame["year"].iloc[1:][moved]
    )
    flagged = frame.loc[frame["flag"].notna(), "year"].tolist()
    assert flagged == [1943]
    assert implied.index[(implied < 0.2) | (implied > 0.5)].tolist() == flagged
    assert implied[1943] == pytest.approx(-2.97, abs=0.005)
