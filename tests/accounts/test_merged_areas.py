"""TFP of a merged unit is that of its parts and what moved between them, term by term."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tfp

# Conventions: identities to 1e-12 relative to max(1, sum of sizes), in points.
IDENTITY = 1e-12
SEEDS = st.integers(0, 2**32 - 1)
UNITS = ("Hưng Yên", "Phú Thọ", "Quảng Ninh")
CONCORDANCE = tfp.viet_nam_concordance()
YEARS = list(range(2018, 2025))


def draw_panel(seed, *, shares=False):
    """Return all parts of some units, with shares of their own if wanted."""
    rng = np.random.default_rng(seed)
    names = [part.name for unit in UNITS for part in CONCORDANCE.parts(unit)]
    n = len(names) * len(YEARS)
    path = lambda low, high: np.cumprod(rng.uniform(low, high, (len(names), len(YEARS))), axis=1)  # noqa: E731  (used three times, below)
    size = np.exp(rng.normal(4.0, 1.5, (len(names), 1)))
    frame = {
        "p": np.repeat(names, len(YEARS)),
        "year": np.tile(YEARS, len(names)),
        "output": (size * path(0.95, 1.15)).ravel(),
        "capital": (2.5 * size * path(0.98, 1.2)).ravel(),
        "labour": (9.0 * size * path(0.95, 1.05)).ravel(),
        "income": rng.uniform(50.0, 200.0, n),
        "labour_share": rng.uniform(0.4, 0.7, n),
    }
    roles = ("output", "capital", "labour", *(("income", "labour_share") if shares else ()))
    panel = tfp.Panel(frame, entity="p", time="year", **{role: role for role in roles})
    return tfp.assign_areas(panel, "63 provinces")


def both_accounts(panel, method):
    merged = tfp.merge_areas(
        panel, weights={"labour_share": "income"} if panel.has("income") else {}
    )
    return method.fit(panel), method.fit(merged)


def gap(total, terms):
    """Return the largest difference of a total and its terms, as conventions measure it."""
    points = 100.0 * np.stack(terms)
    relative = np.abs(100.0 * total - points.sum(axis=0))
    return np.nanmax(relative / np.maximum(1.0, np.abs(points).sum(axis=0)))


FIXED = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.4))
OWN_SHARES = [
    tfp.GrowthAccounting(factor_weights=tfp.IncomeShares(), share_timing=timing)
    for timing in ("average", "current", "previous")
]


@pytest.mark.parametrize("method", [FIXED, *OWN_SHARES])
@settings(max_examples=20)
@given(seed=SEEDS)
def test_tfp_of_the_whole_is_the_sum_of_terms_computed_apart_from_it(method, seed):
    parts, whole = both_accounts(draw_panel(seed, shares=method is not FIXED), method)
    split = tfp.merged_tfp(parts, whole)
    assert split.total is not None
    assert not np.isnan(split.total[whole.rows.growth_rows]).any()
    # Without the discrepancy, which is what is left: of sums it must be rounding only.
    terms = dict(zip(split.term_names, split.terms, strict=True))
    discrepancy = terms.pop("statistical_discrepancy")
    assert np.nanmax(np.abs(100.0 * discrepancy)) < IDENTITY
    assert gap(split.total, list(terms.values())) < IDENTITY


@pytest.mark.parametrize("method", [FIXED, OWN_SHARES[0]])
@settings(max_examples=20)
@given(seed=SEEDS)
def test_contributions_of_the_whole_are_those_of_its_parts_less_reallocation(method, seed):
    parts, whole = both_accounts(draw_panel(seed, shares=method is not FIXED), method)
    of_tfp = tfp.merged_tfp(parts, whole)
    splits = [tfp.merged_tfp(parts, whole, of=name) for name in ("capital", "labour")]
    for split in splits:
        np.testing.assert_array_equal(split.total, whole.term(split.total_name))
        assert gap(split.total, split.terms) < IDENTITY
        name = f"{split.total_name}_reallocation"
        np.testing.assert_array_equal(split.term(name), -of_tfp.term(name))
    # What the inputs give up, TFP gains: output of the whole is that of its parts.
    sums = [s.term(f"{s.total_name}_of_parts") for s in (of_tfp, *splits)]
    assert gap(whole.total, sums) < IDENTITY


def test_terms_by_another_way_of_computing_them():
    panel = draw_panel(7)
    parts, whole = both_accounts(panel, FIXED)
    split = tfp.merged_tfp(parts, whole).contributions.loc["Phú Thọ"]
    names = [part.name for part in CONCORDANCE.parts("Phú Thọ")]
    level = {role: panel.frame[role].unstack(0)[names] for role in ("output", "capital", "labour")}
    weights = level["output"].shift().div(level["output"].sum(axis=1).shift(), axis=0)
    within = (weights * parts.contributions["tfp"].unstack(0)[names]).sum(axis=1, min_count=1)
    np.testing.assert_allclose(split["tfp_of_parts"], within.dropna(), rtol=1e-12)
    for role, share in (("capital", 0.4), ("labour", 0.6)):
        # Shares of output less shares of the input, times growth: Massell's own form.
        own = level[role].div(level[role].sum(axis=1), axis=0).shift()
        growth = level[role].pct_change()
        moved = 100.0 * share * ((weights - own) * growth).sum(axis=1, min_count=1)
        np.testing.assert_allclose(split[f"{role}_reallocation"], moved.dropna(), atol=1e-11)


def test_nothing_moves_where_all_parts_grow_alike_or_are_one():
    panel = draw_panel(3)
    rows = panel.rows
    common = 1.05 ** (rows.times - 2018.0)
    for role in ("capital", "labour"):
        starts = np.repeat(panel.values(role)[rows.starts], rows.lengths)
        panel = panel.with_values(role, starts * common)
    parts, whole = both_accounts(panel, FIXED)
    split = tfp.merged_tfp(parts, whole)
    for name in ("capital_reallocation", "labour_reallocation", "share_inconsistency"):
        assert np.nanmax(np.abs(split.term(name))) < 1e-14
    alone = tfp.merged_tfp(*both_accounts(draw_panel(4), FIXED)).contributions.loc["Quảng Ninh"]
    np.testing.assert_allclose(alone["tfp"], alone["tfp_of_parts"], rtol=1e-12)
    assert (alone[["capital_reallocation", "labour_reallocation"]] == 0.0).all().all()


def test_a_published_figure_leaves_a_statistical_discrepancy():
    panel = draw_panel(5)
    merged = tfp.merge_areas(panel)
    published = merged.values("output") * np.where(merged.rows.times == 2024, 1.01, 1.0)
    parts, whole = FIXED.fit(panel), FIXED.fit(merged.with_values("output", published))
    split = tfp.merged_tfp(parts, whole)
    last = split.rows.times == 2024
    assert (split.term("statistical_discrepancy")[last] > 0.008).all()
    assert np.nanmax(np.abs(split.term("statistical_discrepancy")[~last])) < 1e-14
    assert split.largest_gap < IDENTITY


def test_a_year_in_which_a_part_has_no_account_has_none():
    panel = draw_panel(6)
    _, whole = both_accounts(panel, FIXED)
    kept = ~(
        (panel.rows.codes == panel.rows.entities.index("Hưng Yên")) & (panel.rows.times == 2022)
    )
    frame = panel.frame[kept].reset_index()
    shorter = tfp.assign_areas(
        tfp.Panel(frame, entity="p", time="year", output="output", capital="capital",
                  labour="labour"), "63 provinces",
    )  # fmt: skip
    split = tfp.merged_tfp(FIXED.fit(shorter), whole).contributions["tfp_of_parts"]
    assert split.loc["Hưng Yên"].isna().tolist() == [False] * 3 + [True, True, False]
    assert not split.loc["Phú Thọ"].isna().any()


def test_it_is_a_result_like_any_other(tmp_path):
    split = tfp.merged_tfp(*both_accounts(draw_panel(8), FIXED))
    split.save(tmp_path / "split.tfp")
    back = tfp.load(tmp_path / "split.tfp")
    assert back.contributions.equals(split.contributions)
    assert set(split.tidy()["term"]) == {"tfp", *split.term_names}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rates": "log"}, "merged-needs-simple-rates"),
        ({"share_timing": "current"}, "accounts-differ"),
    ],
)
def test_accounts_that_do_not_compare(change, code):
    panel = draw_panel(9)
    parts, whole = both_accounts(panel, FIXED)
    other = tfp.GrowthAccounting(factor_weights=tfp.FixedShares(capital=0.4), **change)
    with pytest.raises(tfp.MethodError, match=code) as error:
        tfp.merged_tfp(other.fit(panel), whole)
    assert error.value.message("en") != error.value.message("vi")
    with pytest.raises(tfp.MethodError, match="option-unknown"):
        tfp.merged_tfp(parts, whole, of="energy")


def test_elasticities_that_do_not_sum_to_one_are_refused():
    panel = draw_panel(10)
    stated = tfp.StatedElasticities({"capital": 0.35, "labour": 0.6}, "value_added", "aggregate")
    method = tfp.GrowthAccounting(factor_weights=tfp.OutputElasticities(stated, returns="separate"))
    with pytest.raises(tfp.MethodError, match="form-needs-constant-returns"):
        tfp.merged_tfp(*both_accounts(panel, method))
