"""Decompositions: terms, shares and their reasons, levels, the long frame."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import tfp
from tfp.errors import MethodError
from tfp.results.decomposition import Decomposition
from tfp.results.shares import REASONS, blank_reasons, growth_share
from tfp.results.tidying import long_frame


def test_contributions_are_points_and_add_up(examples) -> None:
    for accounts in (examples.accounts(), examples.provinces()):
        points = accounts.contributions
        parts = points.drop(columns="output")
        np.testing.assert_allclose(parts.sum(axis=1), points["output"], rtol=0, atol=1e-12)
        assert accounts.largest_gap <= 1e-12


def test_a_gap_between_total_and_terms_is_measured(examples) -> None:
    rows = examples.accounts().rows
    broken = Decomposition(
        rows=rows, total_name="output", total=np.array([np.nan, 0.05, 0.05, 0.05]),
        term_names=("a", "tfp"), terms=(np.full(4, 0.03), np.array([0.02, 0.02, 0.021, 0.02])),
        rates="simple",
    )  # fmt: skip

    assert broken.largest_gap == pytest.approx(0.1 / 5.1)


def test_terms_are_asked_for_by_name(examples) -> None:
    accounts = examples.accounts()

    assert accounts.term("tfp") is accounts.terms[2]
    with pytest.raises(MethodError, match="capital, labour, tfp"):
        accounts.term("output")


def test_typed_in_numbers(examples) -> None:
    # 2019: output 7 %; capital 0.4 x 19.5/250; labour 0.6 x 1 %.
    first = examples.accounts().contributions.loc[2019]

    assert first.round(12).to_dict() == {"output": 7.0, "capital": 3.12, "labour": 0.6, "tfp": 3.28}
    # 2021: the spliced 46.5 to 47 in place of the published 51 to 47.
    assert examples.accounts().contributions.loc[2021, "labour"] == pytest.approx(
        100 * 0.6 * (47 / 46.5 - 1), rel=1e-14
    )


def test_shares_are_blank_with_the_reason(examples) -> None:
    shares = examples.accounts().share_of_growth

    assert shares["reason"].tolist() == ["", "negative_growth", ""]
    assert shares["tfp"].isna().tolist() == [False, True, False]
    assert shares.loc[2019, "tfp"] == pytest.approx(100 * 3.28 / 7.0, rel=1e-14)
    kept = shares[shares["reason"] == ""][["capital", "labour", "tfp"]]
    np.testing.assert_allclose(kept.sum(axis=1), 100.0, rtol=1e-13)


@given(
    growth=st.floats(-20, 20) | st.just(np.nan), threshold=st.floats(0, 5), part=st.floats(-20, 20)
)
def test_a_share_is_given_or_a_reason_is(growth, threshold, part) -> None:
    total = np.array([growth])
    reasons = blank_reasons(total, threshold)
    share = growth_share(np.array([part]), total, reasons)[0]

    reason = REASONS[reasons[0]]
    assert (reason == "") == (not np.isnan(share))
    if np.isnan(growth):
        assert reason == "not_available"
    elif growth < 0:
        assert reason == "negative_growth"
    elif growth < threshold or growth == 0:
        assert reason == "growth_below_threshold"
    else:
        assert share == 100.0 * part / growth


def test_a_negative_share_of_sound_growth_is_given(examples) -> None:
    tidy = examples.provinces().tidy()
    row = tidy[(tidy["year"] == 2021) & (tidy["province"] == "Huế") & (tidy["term"] == "labour")]

    assert row["share"].item() < 0.0
    assert row["reason"].item() == ""


def test_the_long_frame_holds_every_term_of_every_growth(examples) -> None:
    accounts = examples.provinces()

    tidy = accounts.tidy()

    terms = ["output", "capital", "labour", "returns_to_scale", "tfp"]
    assert list(tidy.columns) == ["province", "year", "term", "points", "share", "reason"]
    assert tidy["term"].drop_duplicates().tolist() == terms
    assert len(tidy) == len(terms) * 4
    wide = tidy.pivot_table("points", ["province", "year"], "term", aggfunc="first")
    pd.testing.assert_frame_equal(
        wide[terms].sort_index(), accounts.contributions.sort_index(), check_names=False,
        check_exact=True, check_index_type=False,
    )  # fmt: skip


def test_growth_is_all_of_itself_wherever_shares_are_given(examples) -> None:
    tidy = examples.accounts().tidy()
    output = tidy[tidy["term"] == "output"]

    assert output["share"].tolist()[::2] == [100.0, 100.0]
    assert np.isnan(output["share"].tolist()[1])
    assert output["reason"].tolist() == ["", "negative_growth", ""]
    assert tidy["area"].unique().tolist() == ["Huế"]


def test_a_long_frame_of_nothing_is_empty() -> None:
    nothing = np.empty(0)

    frame = long_frame({"area": nothing}, {"output": nothing}, nothing, np.empty(0, dtype=np.int8))

    assert frame.shape == (0, 5)


def test_growth_that_was_lost_is_in_the_ledger() -> None:
    frame = {
        "year": [2015, 2016, 2018, 2019],
        "y": [100.0, 104.0, 112.0, 116.0],
        "l": [50.0, 50.5, 51.0, np.nan],
    }
    panel = tfp.Panel(frame, time="year", area="Huế", output="y", labour="l")
    accounts = tfp.GrowthAccounting(
        factor_weights=tfp.OutputElasticities(
            tfp.StatedElasticities({"labour": 0.6}, "value_added", "aggregate")
        )
    ).fit(panel)

    lost = accounts.ledger[accounts.ledger["action"] == "lost"]
    assert lost[["entity", "time"]].to_numpy().tolist() == [["Huế", 2018], ["Huế", 2019]]
    assert lost["reason"].nunique() == 2


def test_statuses_are_the_weakest_of_both_ends(examples) -> None:
    assert examples.accounts().statuses == ("final", "final", "final", "preliminary")
    assert examples.provinces().statuses == ("",) * 6


def test_the_level_of_tfp_is_one_in_the_base_period(examples) -> None:
    accounts = examples.accounts()

    assert accounts.tfp_index().iloc[0, 0] == 1.0
    assert accounts.tfp_index(base=2020).loc[2020, "tfp_index"] == 1.0
    growth = np.array([1.0328, 1 - 0.07230336346623402, 1 + 0.03307083577130181])
    np.testing.assert_allclose(accounts.tfp_level()[1:], np.cumprod(growth), rtol=1e-14)
    with pytest.raises(MethodError, match="Đà Nẵng"):
        examples.provinces().tfp_index(base=2018)


def test_the_fingerprint_knows_the_data_not_their_names(examples) -> None:
    frame = examples.one_area()
    renamed = {"gdp" if name == "grdp" else name: values for name, values in frame.items()}

    assert examples.accounts().fingerprint == examples.accounts(frame).fingerprint
    assert examples.accounts(renamed, output="gdp").fingerprint == examples.accounts().fingerprint
    other = {**frame, "grdp": [*frame["grdp"][:3], np.nextafter(110.0, 111.0)]}
    assert examples.accounts(other).fingerprint != examples.accounts().fingerprint


def test_provenance_says_what_was_run(examples) -> None:
    provenance = examples.accounts().provenance

    assert provenance.method == "national"
    assert provenance.version == tfp.__version__
    assert provenance.options["factor_weights"]["rule"] == "fixed shares"
    assert provenance.described("output", "unit") == "billion VND"
    assert provenance.described("labour", "vintage") is None
    assert provenance.described("energy", "unit") is None
    with pytest.raises(TypeError, match="cannot be changed"):
        provenance.options["factor_weights"]["rule"] = "x"
    with pytest.raises(TypeError, match="cannot be changed"):
        provenance.columns[0]["unit"] = "x"


def test_factor_weights_and_growth_rebuild_the_contributions(examples) -> None:
    for accounts in (examples.accounts(), examples.provinces()):
        growth, weights = accounts.factor_growth, accounts.factor_weights
        for name in accounts.factor_names:
            np.testing.assert_allclose(
                weights[name] * growth[name], accounts.contributions[name], rtol=1e-13
            )
